"""Lists brought in: stock, certificates, specifications; every problem by row, all or nothing, five hundred at once."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from decimal import Decimal as D
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from strate.workshop.feedstock import actions, lists, queries
from strate.workshop.feedstock.models import Lot, LotProperty, Material, PowderContainer, PowderLimit
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.models import Fact
from strate.workshop.site.importing import Reading, read
from tests.workshop.feedstock.conftest import kg

Refusing = Callable[..., AbstractContextManager[None]]
STOCK = "Lot;Matière;Masse nette (kg);Contenant;Fournisseur;Issu de;Dans\n"
VALUES = "Lot;Propriété;Valeur;Unité;N° de certificat\n"


def reading(of: Any, text: str) -> Reading:
    found = read(text.encode(), of.COLUMNS, getattr(of, "unfold", None))
    of.check(found)
    return found


def problems(of: Any, text: str) -> list[tuple[int, str]]:
    return sorted((p.row, p.reason.code) for p in reading(of, text).problems)


def bring_in(by: Actor, found: Reading) -> list[Lot]:
    assert found.good, found.problems
    return actions.import_stock(by=by, rows=[row.values for row in found.rows], file_sha256=found.sha256)


def test_a_delivery_of_several_containers_is_one_lot_and_one_fact(ti64: Material, chloe: Actor) -> None:
    text = STOCK + "L-1;ti64;12,5;F-1;AP&C;;\nL-1;ti64;7,25;F-2;AP&C;;\n"
    bring_in(chloe, reading(lists.stock, text))
    each = queries.lot("L-1")
    assert (each.state, each.received_mass_mg, queries.on_hand_mg("L-1", "container:F-2")) == (
        "received",
        kg("19.75"),
        kg("7.25"),
    )
    assert not queries.ledger_gaps()
    assert Fact.objects.filter(what="feedstock.stock_imported").count() == 1


def test_every_problem_is_named_by_its_row(ti64: Material, amina: Actor) -> None:
    actions.receive(by=amina, lot="OLD", material="ti64", mass_mg=kg(1), container="F-9")
    text = STOCK + (
        "L-1;ti64;0;F-1;;;\n"
        "L-2;unobtainium;1;F-2;;;\n"
        "old;ti64;1;F-3;;;\n"
        "L-4;ti64;1;F-2;;;\n"
        "L-5;ti64;1;F-9;;;\n"
        "L-6;ti64;douze;F-6;;;\n"
        "L-7;ti64;1;F-7;A;;\n"
        "L-7;ti64;1;F-8;B;;\n"
        "L-8;ti64;0,0000001;f-9;;;\n"
    )
    assert problems(lists.stock, text) == [
        (2, "mass_is_zero"),
        (3, "no_such_material"),
        (4, "lot_exists"),
        (5, "cell_repeated"),
        (6, "container_not_empty"),
        (7, "cell_not_number"),
        (9, "cell_disagrees"),
        (10, "cell_repeated"),
        (10, "container_exists"),
        (10, "mass_too_fine"),
    ]
    assert Lot.objects.count() == 1


def test_the_same_qr_on_two_containers_of_a_list_is_refused(ti64: Material) -> None:
    text = STOCK + "L-1;ti64;1;F-1;;;\nL-2;ti64;1;f-1;;;\n"
    assert problems(lists.stock, text) == [(3, "cell_repeated")]


def test_a_lot_made_of_itself_is_refused_by_name(ti64: Material) -> None:
    text = STOCK + "A;ti64;1;F-1;;B=1;\nB;ti64;1;F-2;;C=1;\nC;ti64;1;F-3;;A=1;\nD;ti64;1;F-4;;D=1;\n"
    found = reading(lists.stock, text).problems
    assert {p.row for p in found} == {2, 3, 4, 5}
    assert {p.reason.code for p in found} == {"lot_made_of_itself"}


def test_a_container_standing_in_itself_is_refused(ti64: Material) -> None:
    text = STOCK + "A;ti64;1;F-1;;;F-2\nB;ti64;1;F-2;;;F-1\nC;ti64;1;F-3;;;NOWHERE\n"
    assert problems(lists.stock, text) == [
        (2, "container_inside_itself"),
        (3, "container_inside_itself"),
        (4, "no_such_container"),
    ]


def test_a_blend_of_the_past_is_brought_in_with_its_parents(
    ti64: Material, chloe: Actor, released: Callable[..., Lot]
) -> None:
    released("OLD", kg(30))
    text = STOCK + "MIX;ti64;20;F-2;;OLD=12 + NEW=8;\nNEW;ti64;8;F-3;AP&C;;\n"
    bring_in(chloe, reading(lists.stock, text))
    shares = {code: share.decimal for code, share in queries.composition("MIX").items()}
    assert shares == {"OLD": D("0.6"), "NEW": D("0.4")}
    assert not queries.ledger_gaps() and queries.on_hand_mg("OLD") == kg(30)


def test_two_people_bring_in_the_same_file_and_the_second_is_refused(
    ti64: Material, chloe: Actor, driss: Actor, refused: Refusing
) -> None:
    found = reading(lists.stock, STOCK + "L-1;ti64;1;F-1;;;\n")
    bring_in(chloe, found)
    with refused("lot_exists"):
        bring_in(driss, found)
    assert queries.on_hand_mg("L-1") == kg(1)


def test_certificates_in_commas_ppm_and_percent_are_read(ti64: Material, amina: Actor) -> None:
    actions.receive(by=amina, lot="L-1", material="ti64", mass_mg=kg(1))
    text = VALUES + (
        "L-1;Oxygène (O);0,13;wt-%;C-1\n"
        "L-1;N;200;mg/kg;C-1\n"
        "L-1;H;< 0,01;%;C-1\n"
        "L-1;D50;35,8;µm;C-1\n"
        "L-1;Écoulement Hall;ne coule pas;;C-1\n"
    )
    found = reading(lists.certificates, text)
    assert found.good, found.problems
    rows = [row.values for row in found.rows]
    actions.import_certificates(by=amina, rows=rows, file_sha256=found.sha256)
    known = queries.known_properties("L-1")
    assert {code: each.value for code, each in known.items()} == {
        "O": D("0.13"),
        "N": D("0.0200"),
        "H": D("0.01"),
        "D50": D("35.8"),
        "hall_flow": None,
    }
    assert known["H"].bound == "<" and known["hall_flow"].word == "does_not_flow"
    again = [row for row in rows if row["property"] == "O"]
    actions.import_certificates(by=amina, rows=[{**again[0], "value": "0,12"}], file_sha256="0" * 64)
    assert queries.known_properties("L-1")["O"].value == D("0.12")
    assert LotProperty.objects.filter(superseded_by__isnull=False).count() == 1


def test_certificates_with_a_row_for_each_lot_are_read_like_those_with_a_row_for_each_value(
    ti64: Material, amina: Actor
) -> None:
    for code in ("L-1", "L-2"):
        actions.receive(by=amina, lot=code, material="ti64", mass_mg=kg(1))
    across = (
        "Lot;Oxygène (O) (ppm);N [mg/kg];D50 µm;Écoulement Hall;Remarque;N° de certificat\n"
        "L-1;1300;200;35,8;ne coule pas;bon;C-1\n"
        "L-2;0,12 %;;;;;C-2\n"
    )
    found = reading(lists.certificates, across)
    # The cell says its unit too, and another than its column: told by its row.
    assert [(p.row, p.reason.code) for p in found.problems] == [(3, "property_two_units")]
    assert found.ignored == ["Remarque"]
    found = reading(lists.certificates, across.replace("0,12 %", "1200"))
    rows = [row.values for row in found.rows]
    actions.import_certificates(by=amina, rows=rows, file_sha256=found.sha256)
    known = queries.known_properties("L-1")
    assert (known["O"].value, known["N"].value, known["D50"].value) == (D("0.13"), D("0.02"), D("35.8"))
    assert known["hall_flow"].word == "does_not_flow"
    second = queries.lot("L-2")
    assert queries.known_properties("L-2")["O"].value == D("0.12") and second.certificate_number == "C-2"


def test_a_list_of_certificates_names_each_wrong_cell(ti64: Material, amina: Actor) -> None:
    actions.receive(by=amina, lot="L-1", material="ti64", mass_mg=kg(1))
    text = VALUES + (
        "L-1;O;beaucoup;;\nL-9;O;0,1;;\nL-1;Magie;1;;\nL-1;Perte au feu;1;;\nL-1;N;0,1;µm;\nL-1;O;0,1;;\n"
    )
    assert problems(lists.certificates, text) == [
        (2, "property_not_number"),
        (3, "no_such_lot"),
        (4, "cell_not_choice"),
        (5, "property_of_other_family"),
        (6, "property_unit_unknown"),
        (7, "certificate_line_twice"),
    ]


def test_a_specification_is_brought_in_as_drafts_that_judge_nothing(ti64: Material, driss: Actor) -> None:
    text = (
        "Matière;Propriété;Min;Max;Unité;Exigée;Source\n"
        "ti64;O;;2000;ppm;oui;ASTM F2924\nti64;Al;5,50;6,75;;;ASTM F2924\n"
    )
    found = reading(lists.limits, text)
    assert found.good, found.problems
    rows = [row.values for row in found.rows]
    actions.import_limits(by=driss, rows=rows, file_sha256=found.sha256)
    oxygen, aluminium = PowderLimit.objects.order_by("pk")
    assert (oxygen.high, oxygen.required, oxygen.state) == (D("0.2000"), True, "draft")
    assert (aluminium.low, aluminium.high) == (D("5.50"), D("6.75"))
    assert queries.limits_for("ti64") == []


def test_a_specification_with_a_row_that_says_nothing_is_refused(ti64: Material) -> None:
    text = "Matière;Propriété;Min;Max;Source\nti64;O;;;ASTM\nti64;N;;0,05;\nti64;H;9;1;x\n"
    assert problems(lists.limits, text) == [
        (2, "limit_says_nothing"),
        (3, "cell_empty"),
        (4, "limit_upside_down"),
    ]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_five_hundred_containers_come_in_within_two_seconds(kind: str, ti64: Material, chloe: Actor) -> None:
    rows = [(f"L-{n // 10}", "ti64", "12,5", f"F-{n}", "AP&C") for n in range(500)]
    if kind == "csv":
        content = "\n".join(";".join(row) for row in [STOCK.strip().split(";")[:5], *rows]).encode()
    else:
        book, out = Workbook(), BytesIO()
        for row in [STOCK.strip().split(";")[:5], *rows]:
            book.active.append(list(row))
        book.save(out)
        content = out.getvalue()
    start = time.process_time()
    found = read(content, lists.stock.COLUMNS)
    lists.stock.check(found)
    bring_in(chloe, found)
    took = time.process_time() - start
    print(f"500 containers from {kind}: {took:.2f} s")
    assert took < 2 and PowderContainer.objects.count() == 500 and not queries.ledger_gaps()

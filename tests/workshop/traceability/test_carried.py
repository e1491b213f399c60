"""What powder carries: hours at temperature, age, oxygen predicted by mixing until somebody measures it."""

import csv
import io
from datetime import date
from decimal import Decimal as D

import pytest

from strate.workshop.feedstock import lists
from strate.workshop.feedstock.models import Lot, LotProperty, Material
from strate.workshop.feedstock.rules import Share
from strate.workshop.feedstock.rules.properties import Known
from strate.workshop.journal import clock, guard
from strate.workshop.journal.actor import Actor
from strate.workshop.traceability import queries
from strate.workshop.traceability.queries import subject, tree
from strate.workshop.traceability.queries.carried import Borne, borne
from tests.workshop.at_tablet import Signs
from tests.workshop.feedstock.test_bringing_in import STOCK, bring_in, reading

Shop = dict[str, Lot]
SPEAKS = "01920000-0000-7000-8000-000000000001"


def known(lot: Lot, value: str, basis: str = "certificate", code: str = "O") -> None:
    with guard.lifted():
        LotProperty.objects.create(
            lot=lot,
            code=code,
            value=D(value),
            basis=basis,
            known_on=date(2026, 11, 1),
            recorded_at=clock.now(),
            event=SPEAKS,
        )


def stayed(lot: Lot, hours: str) -> None:
    with guard.lifted():
        Lot.objects.filter(pk=lot.pk).update(hours_mean=Share.parse(hours))


def carried(ref: str) -> Borne:
    of = subject(ref)
    found = borne(of, tree.backward(of))
    assert found is not None
    return found


def oxygen(ref: str) -> tuple[str, Known | None, Known | None]:
    row = next(each for each in carried(ref).properties if each.code == "O")
    return row.basis, row.known, row.predicted


@pytest.fixture()
def certified(shop: Shop) -> Shop:
    for code, value in (("A", "0.12"), ("B", "0.10"), ("C", "0.09")):
        known(shop[code], value)
    return shop


def test_oxygen_is_predicted_by_the_masses_that_were_mixed(certified: Shop) -> None:
    basis, mine, _predicted = oxygen("lot:MEL-2")
    assert (basis, mine and mine.value) == ("predicted", D("0.1032"))  # 0.36·0.12 + 0.24·0.10 + 0.40·0.09


def test_a_measurement_stands_instead_there_and_for_all_that_is_made_of_it(certified: Shop) -> None:
    known(certified["F-1-R"], "0.15", basis="measured")
    basis, mine, predicted = oxygen("lot:F-1-R")
    assert (basis, mine and mine.value, predicted and predicted.value) == ("measured", D("0.15"), D("0.112"))
    assert oxygen("lot:MEL-2")[1] == oxygen("build:F-2")[1]
    blend = oxygen("lot:MEL-2")[1]
    assert blend is not None and blend.value == D("0.126")


def test_what_one_parent_does_not_tell_is_unknown_and_said_so(certified: Shop) -> None:
    with guard.lifted():
        LotProperty.objects.filter(lot=certified["C"]).delete()
    assert oxygen("lot:MEL-2") == ("unknown", None, None)
    assert oxygen("lot:A")[0] == "certificate"


def test_hours_add_up_along_the_tree_and_the_longest_stay_is_kept(shop: Shop) -> None:
    stayed(shop["MEL-1"], "0")
    stayed(shop["F-1-R"], "30")
    stayed(shop["MEL-2"], "18")
    stayed(shop["F-2-R"], "38")
    told = carried("lot:F-2-R")
    assert (str(Share(told.hours_mean)), str(Share(told.hours_max))) == ("38", "50")
    poured = carried("build:F-2")
    assert (str(Share(poured.hours_mean)), str(Share(poured.hours_max))) == ("18", "30")
    assert not told.silent


def test_a_build_of_which_nobody_noted_the_hours_is_named(shop: Shop) -> None:
    told = carried("lot:F-2-R")
    assert (told.hours_known, told.silent) == (False, ["build:F-1", "build:F-2"])
    assert queries.answer("lot:F-2-R")["worth"]["hours_mean"] is None


def test_a_lot_brought_in_with_its_past_is_traced_and_named_as_declared(
    ti64: Material, chloe: Actor, at_tablet: Signs
) -> None:
    text = STOCK.replace("Issu de", "Poudre usagée (%);Âge;Issu de")
    text += "P-1;ti64;5;F-1;PI;100;3;;\nP-2;ti64;5;F-2;PI;;;P-1=2 + P-3=2;\nP-3;ti64;5;F-3;PI;;;;\n"
    bring_in(chloe, reading(lists.stock, text))
    told = carried("lot:P-2")
    assert (told.age_max, str(told.age_mean), told.declared) == (3, "1.5", ["P-1", "P-2"])
    page = at_tablet(chloe).get("/tracabilite/lot:P-2/").content.decode()
    assert "déclaré au départ" in page and "P-1, P-2" in page


def test_the_page_and_the_table_taken_away_say_how_each_thing_is_known(
    certified: Shop, amina: Actor, at_tablet: Signs
) -> None:
    known(certified["F-1-R"], "0.15", basis="measured")
    tablet = at_tablet(amina)
    page = tablet.get("/tracabilite/lot:F-1-R/").content.decode()
    assert "mesuré" in page and "0,112" in page and "Heures en température" in page
    answer = tablet.get("/tracabilite/lot:F-1-R/trace.csv")
    rows = csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")), delimiter=";")
    line = next(row for row in rows if row[1].startswith("Oxygène"))
    assert (line[0], line[7:]) == ("porte", ["0,15", "mesuré", "0,112"])

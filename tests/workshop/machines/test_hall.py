"""Entering machines and tools, fitting them, counting their life."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from strate.workshop.journal.actor import SYSTEM, Actor
from strate.workshop.journal.models import Fact
from strate.workshop.machines import actions, lists, queries
from strate.workshop.machines.models import Machine
from strate.workshop.notices.models import Notice
from strate.workshop.site.importing import read

Refuses = Callable[..., Any]


def plate(by: Actor, code: str = "PL-07", **more: Any) -> Any:
    return actions.enter_item(by=by, code=code, kind="plate", title=f"Plateau {code}", **more)


def test_an_operator_does_not_enter_machines(amina: Actor, refused: Refuses) -> None:
    with refused("not_allowed"):
        actions.enter(by=amina, code="X-1", title="X")


def test_a_code_is_given_to_one_machine_only(printer: Machine, driss: Actor, refused: Refuses) -> None:
    with refused("machine_code_taken"):
        actions.enter(by=driss, code="LPBF-1", title="Une autre")


@pytest.mark.parametrize("code", ["", " A", "A/B", "machine:1", 'Q"1', "x" * 41, "A\x00"])
def test_a_code_that_no_label_can_bear_is_refused(code: str, driss: Actor, refused: Refuses) -> None:
    with refused("code_not_a_label"):
        actions.enter(by=driss, code=code, title="Machine")


def test_names_with_quotes_and_pictures_are_kept_as_they_are(driss: Actor) -> None:
    entered = actions.enter(by=driss, code="É-1", title='La « grosse » d\'Essai 🚀 "1"')
    assert queries.machine("machine:É-1").title == entered.title == 'La « grosse » d\'Essai 🚀 "1"'


def test_every_reason_of_a_list_is_told_and_nothing_enters(driss: Actor, refused: Refuses) -> None:
    rows = [actions.Newcomer("A-1", "Une"), actions.Newcomer("A-1", ""), actions.Newcomer("A/2", "Deux")]
    with refused("machine_code_taken", "machine_title_missing", "code_not_a_label"):
        actions.import_machines(by=driss, newcomers=rows)
    assert not Machine.objects.exists()


def test_a_list_of_machines_is_understood_and_its_problems_named(printer: Machine) -> None:
    text = "Code;Nom;Type;Largeur (mm)\nLPBF-1;Déjà là;imprimante;250\nFOUR-2;Four 2;four;\nX;Y;avion;dix\n"
    reading = read(text.encode(), lists.COLUMNS)
    lists.check(reading)
    assert [(p.row, p.reason.code) for p in reading.problems] == [
        (4, "cell_not_choice"),
        (4, "cell_not_number"),
        (2, "machine_code_taken"),
    ]


def test_an_amendment_keeps_the_old_values_in_the_journal(
    printer: Machine, driss: Actor, refused: Refuses
) -> None:
    actions.amend(by=driss, machine="LPBF-1", title="Imprimante 1", place="hall", endpoint=printer.endpoint)
    fact = Fact.objects.get(what="machines.amended")
    assert '"old":{"place":""}' in fact.envelope and '"new":{"place":"hall"}' in fact.envelope
    with refused("nothing_changed"):
        actions.amend(
            by=driss, machine="LPBF-1", title="Imprimante 1", place="hall", endpoint=printer.endpoint
        )


def test_a_machine_is_retired_only_when_nothing_is_fitted_on_it(
    printer: Machine, driss: Actor, amina: Actor, refused: Refuses
) -> None:
    actions.fit(by=amina, machine="LPBF-1", item=plate(driss).ref)
    with refused("machine_still_fitted"):
        actions.retire(by=driss, machine="LPBF-1", reason="Vendue")
    actions.take_off(by=amina, item="plate:PL-07")
    actions.retire(by=driss, machine="LPBF-1", reason="Vendue")
    with refused("machine_retired"):
        actions.fit(by=amina, machine="LPBF-1", item="PL-07")
    assert not queries.machines().exists()


def test_fitting_a_plate_takes_the_old_one_off(printer: Machine, driss: Actor, amina: Actor) -> None:
    plate(driss), plate(driss, "PL-08")
    actions.fit(by=amina, machine="LPBF-1", item="plate:PL-07")
    actions.fit(by=amina, machine="LPBF-1", item="PL-08")
    assert [i.code for i in queries.fitted("LPBF-1").values()] == ["PL-08"]
    assert queries.item("PL-07").state == "available"


def test_a_plate_fitted_elsewhere_worn_and_of_another_material_is_refused_for_all_three(
    printer: Machine, driss: Actor, amina: Actor, refused: Refuses
) -> None:
    actions.enter(by=driss, code="LPBF-2", title="Imprimante 2")
    plate(driss, material="in718", life_unit="builds", life_max=Decimal(3), life_used=Decimal(2))
    actions.fit(by=amina, machine="LPBF-2", item="PL-07")
    actions.use_life(by=SYSTEM, machine="LPBF-2", unit="builds", amount=Decimal(1))
    with refused("item_fitted_elsewhere", "item_of_another_material", "item_worn"):
        actions.fit(by=amina, machine="LPBF-1", item="PL-07")


def test_maintenance_is_told_once_at_nine_tenths_and_once_at_the_end(
    printer: Machine, driss: Actor, amina: Actor
) -> None:
    actions.enter_item(
        by=driss,
        code="FI-3",
        kind="filter",
        title="Filtre",
        life_unit="h",
        life_max=Decimal(100),
        life_used=Decimal(80),
    )
    actions.fit(by=amina, machine="LPBF-1", item="filter:FI-3")
    for hours in ("5", "5.5", "5", "5"):
        actions.use_life(by=amina, machine="LPBF-1", unit="h", amount=Decimal(hours))
    assert Notice.objects.filter(code="item_nearly_worn").count() == 2
    assert queries.item("FI-3").life_used == Decimal("100.5")


def test_a_life_never_goes_backwards(printer: Machine, amina: Actor, refused: Refuses) -> None:
    with refused("life_not_positive"):
        actions.use_life(by=amina, machine="LPBF-1", unit="h", amount=Decimal(-1))


def test_a_life_without_its_unit_counts_nothing(driss: Actor, refused: Refuses) -> None:
    with refused("life_without_unit"):
        plate(driss, life_max=Decimal(10))


def test_a_worn_tool_is_set_aside_for_good(
    printer: Machine, driss: Actor, amina: Actor, refused: Refuses
) -> None:
    plate(driss)
    actions.take_off(by=amina, item="PL-07", worn=True, reason="Voilé")
    with refused("item_retired"):
        actions.fit(by=amina, machine="LPBF-1", item="PL-07")
    with refused("item_retired"):
        actions.take_off(by=amina, item="PL-07")


def test_what_is_not_fitted_is_not_taken_off(driss: Actor, amina: Actor, refused: Refuses) -> None:
    plate(driss)
    with refused("item_not_fitted"):
        actions.take_off(by=amina, item="PL-07")

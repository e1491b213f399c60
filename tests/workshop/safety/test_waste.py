"""Sorting waste: one stream, one drum, weighed in whole milligrams."""

from datetime import timedelta

import pytest

from strate.workshop.journal import clock
from strate.workshop.journal import queries as journal
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.notices import queries as notices
from strate.workshop.safety import actions, queries, rules
from strate.workshop.safety.models import SafetySheet

from ..conftest import refused
from .conftest import in_force

pytestmark = pytest.mark.django_db


@pytest.fixture()
def drum(gaelle: Actor) -> str:
    actions.open_drum(by=gaelle, code="D-1", stream="oversize", place="local déchets")
    return "D-1"


def test_waste_goes_in_the_drum_of_its_stream_and_is_tied_to_its_build(drum: str, amina: Actor) -> None:
    assert [r.code for r in queries.unsorted_waste("build:B1")] == ["waste_not_recorded"]
    actions.sort_waste(by=amina, stream="oversize", mass_mg=352_000, container=drum, about="build:B1")
    assert queries.drum(drum).mass_mg == 352_000
    assert [e.mass_mg for e in queries.waste_of("build:B1")] == [352_000]
    assert queries.unsorted_waste("build:B1") == []


def test_every_reason_against_a_drum_is_told_at_once(drum: str, gaelle: Actor, amina: Actor) -> None:
    actions.close_drum(by=gaelle, container=drum)
    with refused("waste_mass_not_positive", "waste_in_the_wrong_drum", "waste_drum_not_open"):
        actions.sort_waste(by=amina, stream="filters", mass_mg=0, container=drum)
    assert queries.drum(drum).mass_mg == 0 and journal.last().what == "safety.drum_closed"


def test_a_drum_is_closed_before_it_is_collected_and_never_opens_again(drum: str, gaelle: Actor) -> None:
    with refused("drum_is_open"):
        actions.collect_drum(by=gaelle, container=drum, collector="Trivalor")
    actions.close_drum(by=gaelle, container=drum)
    with refused("drum_without_a_code"):
        actions.collect_drum(by=gaelle, container=drum, collector="Trivalor")
    actions.choose_waste_code(by=gaelle, container=drum, waste_code="12 01 03")
    actions.collect_drum(by=gaelle, container=drum, collector="Trivalor", tracking_note="BSD-1")
    with refused("drum_is_collected"):
        actions.close_drum(by=gaelle, container=drum)


def test_the_waste_code_is_the_producers_choice_and_may_stay_empty(gaelle: Actor) -> None:
    assert actions.open_drum(by=gaelle, code="D-2", stream="filters").waste_code == ""
    assert (
        actions.open_drum(by=gaelle, code="D-3", stream="filters", waste_code="15 02 02*").waste_code
        == "15 02 02*"
    )
    with refused("waste_code_not_usable"):
        actions.open_drum(by=gaelle, code="D-4", stream="filters", waste_code="1502")


def test_an_operator_fills_drums_but_does_not_put_them_in_service(amina: Actor) -> None:
    with refused("not_allowed"):
        actions.open_drum(by=amina, code="D-9", stream="sand")


def test_a_star_that_contradicts_the_list_is_refused_and_a_code_outside_it_is_kept_and_said(
    gaelle: Actor,
) -> None:
    for code, refusal in (("150202", "waste_code_needs_its_star"), ("120103*", "waste_code_bears_no_star")):
        with refused(refusal):
            actions.open_drum(by=gaelle, code="D-5", stream="filters", waste_code=code)
    kept = actions.open_drum(by=gaelle, code="D-5", stream="filters", waste_code="990102")
    assert kept.waste_code == "99 01 02" and queries.code_doubts([kept]) == {kept.pk: "not_known"}


def test_hazardous_matter_under_a_code_without_star_is_a_doubt_in_sight(
    ti64: SafetySheet, gaelle: Actor, amina: Actor
) -> None:
    actions.open_drum(by=gaelle, code="D-6", stream="oversize", waste_code="12 01 03")
    assert queries.code_doubts(queries.drums()) == {queries.drum("D-6").pk: ""}
    actions.sort_waste(by=amina, stream="oversize", mass_mg=1, container="D-6", material="ti64")
    assert queries.code_doubts(queries.drums()) == {queries.drum("D-6").pk: "no_star"}


def test_two_families_of_metal_never_meet(
    ti64: SafetySheet, elsa: Actor, gaelle: Actor, amina: Actor
) -> None:
    in_force(elsa, gaelle, "alsi-x", material="alsi10mg", waste_group="aluminium")
    actions.open_drum(by=gaelle, code="D-7", stream="oversize")
    put = {"by": amina, "stream": "oversize", "mass_mg": 1, "container": "D-7"}
    actions.sort_waste(material="ti64", **put)
    with refused("waste_families_apart"):
        actions.sort_waste(material="alsi10mg", **put)
    with refused("waste_families_apart"):
        actions.sort_waste(material="in718", **put)
    assert queries.drum("D-7").mass_mg == 1


@pytest.mark.parametrize(
    ("drum", "waste"),
    [
        (rules.Drum("drum:D", "filters", "open", 0, reactive=True), rules.Waste("filters", 1, wet=True)),
        (rules.Drum("drum:D", "filters", "open", 0, wet=True), rules.Waste("filters", 1, reactive=True)),
    ],
)
def test_what_reacts_with_water_and_what_is_wet_never_meet(drum: rules.Drum, waste: rules.Waste) -> None:
    assert [r.code for r in rules.refuse_drum(drum, waste)] == ["waste_reactive_and_wet"]


def test_the_sludge_of_reactive_metal_is_kept_under_water(
    ti64: SafetySheet, gaelle: Actor, amina: Actor
) -> None:
    """Handbook 2.10: filters and sludge of reactive alloys are kept suspended in water throughout."""
    actions.open_drum(by=gaelle, code="D-8", stream="wet_sludge")
    put = {"by": amina, "stream": "wet_sludge", "mass_mg": 5, "container": "D-8"}
    actions.sort_waste(material="ti64", **put)
    actions.sort_waste(material="ti64", **put)
    assert queries.drum("D-8").mass_mg == 10


def test_hse_is_told_once_that_a_drum_is_nearly_full_and_it_never_overflows(
    gaelle: Actor, amina: Actor
) -> None:
    actions.open_drum(by=gaelle, code="D-9", stream="oversize", capacity_mg=100)
    put = {"by": amina, "stream": "oversize", "container": "D-9"}
    for mass_mg in (89, 1, 10):
        actions.sort_waste(mass_mg=mass_mg, **put)
    assert [n.code for n in notices.unread(gaelle)].count("drum_nearly_full") == 1
    with refused("waste_drum_too_full"):
        actions.sort_waste(mass_mg=1, **put)


def test_a_drum_kept_too_long_reminds_each_month(drum: str, amina: Actor, gaelle: Actor) -> None:
    actions.sort_waste(by=amina, stream="oversize", mass_mg=1, container=drum)
    with clock.at(clock.now() + timedelta(days=331)):
        assert actions.remind_drums(by=gaelle) == 1 and actions.remind_drums(by=gaelle) == 0
    with clock.at(clock.now() + timedelta(days=362)):
        assert actions.remind_drums(by=gaelle) == 1


def test_another_room_sorts_in_its_own_transaction_or_not_at_all(
    drum: str, gaelle: Actor, amina: Actor
) -> None:
    before = journal.last()
    with pytest.raises(RuntimeError), act("feedstock.sieved", by=amina) as done:
        actions.sort_waste(by=amina, stream="oversize", mass_mg=7, container=drum)
        done.tell()
        raise RuntimeError("the sieving failed afterwards")
    assert queries.drum(drum).mass_mg == 0 and journal.last() == before

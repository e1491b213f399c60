"""Sorting waste: one stream, one drum, weighed in whole milligrams."""

import pytest

from strate.workshop.journal import queries as journal
from strate.workshop.journal.actor import Actor
from strate.workshop.safety import actions, queries

from ..conftest import refused

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

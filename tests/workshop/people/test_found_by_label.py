"""People, stations and places are things like the others: scanned, searched, named in a sentence."""

from strate.workshop.journal.actor import SYSTEM
from strate.workshop.people import actions
from strate.workshop.site import actions as site
from strate.workshop.things import registry


def test_a_badge_a_station_and_a_place_are_found_by_their_labels(amina):
    actions.enrol_station(by=SYSTEM, code="hall-1", title="Tablette du hall")
    site.add_place(by=SYSTEM, code="arm-3", title="Armoire 3", zone="atex_22")
    assert registry.find("person:B-amina").ref == f"person:{amina.person}"
    assert registry.title_of("station:hall-1") == "Tablette du hall"
    assert registry.find("place:arm-3").title == "Armoire 3"


def test_somebody_is_found_by_a_part_of_their_name(amina, bruno):
    found = registry.search("amin")
    assert [thing.title for thing in found] == ["Amina Essai"]

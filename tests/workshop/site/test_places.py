"""The places of the site."""

from strate.workshop.journal import queries as journal
from strate.workshop.site import actions, queries


def test_a_cabinet_lies_in_a_hall_and_bears_its_zone(hugo):
    actions.add_place(by=hugo, code="hall-1", title="Hall 1")
    actions.add_place(by=hugo, code="arm-3", title="Armoire 3", zone="atex_22", parent="hall-1")
    assert queries.place("arm-3").parent.code == "hall-1" and queries.place("arm-3").zone == "atex_22"


def test_a_hall_does_not_lie_inside_its_own_cabinet(hugo, refused):
    actions.add_place(by=hugo, code="hall-1", title="Hall 1")
    actions.add_place(by=hugo, code="arm-3", title="Armoire 3", parent="hall-1")
    with refused("place_inside_itself"):
        actions.change_place(by=hugo, code="hall-1", title="Hall 1", parent="arm-3")
    with refused("place_inside_itself"):
        actions.change_place(by=hugo, code="hall-1", title="Hall 1", parent="hall-1")


def test_what_is_wrong_with_a_place_is_said(hugo, amina, refused):
    with refused("place_unnamed"):
        actions.add_place(by=hugo, code="hall-1", title=" ")
    with refused("no_such_zone"):
        actions.add_place(by=hugo, code="hall-1", title="Hall 1", zone="lave")
    with refused("no_such_place"):
        actions.add_place(by=hugo, code="hall-1", title="Hall 1", parent="lune")
    with refused("not_allowed"):
        actions.add_place(by=amina, code="hall-1", title="Hall 1")


def test_hse_changes_a_zone_and_the_fact_keeps_what_it_was(hugo, gaelle):
    actions.add_place(by=hugo, code="hall-1", title="Hall 1")
    actions.change_place(by=gaelle, code="hall-1", title="Hall 1", zone="atex_21")
    told = journal.told(journal.last())["data"]
    assert (told["was"]["zone"], told["zone"]) == ("none", "atex_21")

"""Who may do what about people: every role against every verb of the room."""

import pytest
from django.utils import translation

from strate.workshop.journal.actor import Actor
from strate.workshop.people.roles import AUTHORISATIONS, GIVEN, may, permit, rights
from strate.workshop.site import access
from strate.workshop.site.access import permit as permit_site

ADMINISTRATION = {
    "register",
    "give_role",
    "give_badge",
    "set_pin",
    "deactivate",
    "enrol_station",
    "revoke_token",
}
ADMINISTRATION |= {"create_gateway_token"}
EXPECTED = {
    **{f"people.{verb}": {"admin"} for verb in ADMINISTRATION},
    "people.authorise": {"shift_leader", "quality", "hse"},
    "people.qualify": {"trainer", "quality"},
    "people.demand": {"quality", "hse"},
    "people.team": {"shift_leader", "admin"},
    "people.export": {"admin", "hse"},
    "people.erase": {"admin"},
    "people.create_token": set(GIVEN),
    "site.configure": {"admin"},
    "site.place": {"admin", "hse"},
}


def with_role(role: str) -> Actor:
    held = frozenset(right for right, holders in rights().items() if role in holders)
    return Actor("p-x", frozenset({role}), held)


def test_no_verb_of_the_room_is_missing_from_this_table():
    assert {r for r in rights() if r.startswith(("people.", "site."))} == set(EXPECTED)


@pytest.mark.parametrize("right", sorted(EXPECTED))
@pytest.mark.parametrize("role", GIVEN)
def test_each_role_may_do_exactly_what_the_table_says(role, right, refused):
    by = with_role(role)
    assert may(by, right) is (role in EXPECTED[right])
    if role not in EXPECTED[right]:
        with refused("not_allowed"):
            permit(by, right)


@pytest.mark.parametrize("right", [access.CONFIGURE, access.PLACES])
@pytest.mark.parametrize("role", GIVEN)
def test_the_room_below_judges_its_two_rights_alike(role, right, refused):
    if role in EXPECTED[right]:
        assert permit_site(with_role(role), right) is None
    else:
        with refused("not_allowed"):
            permit_site(with_role(role), right)


@pytest.mark.parametrize("right", sorted(EXPECTED))
def test_nobody_may_do_nothing(right, refused):
    with refused("nobody_is_writing"):
        permit(Actor(""), right)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_two_authorisations_are_called_the_same(language):
    with translation.override(language):
        words = [str(word) for word in AUTHORISATIONS.values()]
    assert len(set(words)) == len(words)

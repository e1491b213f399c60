"""Registering people, giving roles and badges."""

import pytest

from strate.workshop.journal import queries as journal
from strate.workshop.people import actions, queries
from strate.workshop.people.hashing import seal_pin
from strate.workshop.people.roles import ADMIN, OPERATOR, QUALITY, rights

SIGNING_VERBS = {
    "release",
    "sign",
    "approve",
    "launch",
    "decide",
    "lift",
    "seal",
    "waive",
    "override",
    "authorise",
}


def test_a_registered_person_can_be_found_by_their_badge_and_facts_hold_no_name(hugo):
    who = actions.register(by=hugo, name="Zoé « O'Brien » 🙂 d'Essai", badge="B-900", roles=[OPERATOR])
    assert queries.by_badge("B-900") == who and queries.by_badge("B-90") is None
    assert "Brien" not in journal.last().envelope and who.pk in journal.last().envelope


def test_two_people_never_share_a_badge_or_a_login(hugo, refused):
    actions.register(by=hugo, name="Ida d'Essai", login="ida", badge="B-1")
    with refused("login_taken", "badge_taken"):
        actions.register(by=hugo, name="Ida d'Autre", login="IDA", badge="B-1")


def test_an_operator_registers_nobody(amina, refused):
    with refused("not_allowed"):
        actions.register(by=amina, name="Ami d'Essai")


def test_nobody_gives_themselves_a_role(hugo, refused):
    with refused("not_for_oneself"):
        actions.give_role(by=hugo, person=hugo.person, role=QUALITY)


def test_the_last_administrator_stays(hugo, refused):
    with refused("last_administrator"):
        actions.deactivate(by=hugo, person=hugo.person)
    with refused("last_administrator"):
        actions.withdraw_role(by=hugo, person=hugo.person, role=ADMIN)


def test_one_of_two_administrators_may_leave(hugo):
    second = actions.register(by=hugo, name="Iris d'Essai", roles=[ADMIN])
    actions.deactivate(by=hugo, person=second.pk)
    assert not queries.person(second.pk).is_active


def test_an_administrator_never_signs_production_through_that_role():
    signed_by_admin = {
        r for r, roles in rights().items() if ADMIN in roles and r.rpartition(".")[2] in SIGNING_VERBS
    }
    assert signed_by_admin == set()


def test_a_lost_badge_opens_nothing_once_another_is_given(hugo, amina):
    actions.give_badge(by=hugo, person=amina.person, badge="B-new", reason="perdu")
    assert queries.by_badge("B-amina") is None and queries.by_badge("B-new").pk == amina.person


def test_a_pin_given_by_an_administrator_is_temporary_and_ones_own_is_not(hugo, amina, signed):
    assert actions.set_pin(by=hugo, person=amina.person, pin=seal_pin("280517")).pin_is_temporary
    assert not actions.set_pin(by=signed(amina), person=amina.person, pin=seal_pin("739152")).pin_is_temporary


def test_ones_own_pin_is_not_changed_without_the_old_one(hugo, amina, refused):
    actions.set_pin(by=hugo, person=amina.person, pin=seal_pin("280517"))
    with refused("signature_needed"):
        actions.set_pin(by=amina, person=amina.person, pin=seal_pin("739152"))


@pytest.mark.parametrize(
    "pin", ["12345", "111111", "123456", "987654", "abcdef", "", "1234567", "2805171", "٣٤٥٦٧٨"]
)
def test_a_weak_pin_is_refused(pin, refused):
    with refused("pin_too_easy" if pin in ("111111", "123456", "987654") else "pin_not_digits"):
        seal_pin(pin)


def test_a_sealed_secret_never_says_itself():
    assert str(seal_pin("280517")) == repr(seal_pin("280517")) == "(sealed)"

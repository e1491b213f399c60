"""Authorisations: judged at the moment of the act, never given to oneself."""

from datetime import date, timedelta

import pytest

from strate.workshop.journal import queries as journal
from strate.workshop.people import actions, queries
from strate.workshop.people.roles import SHIFT_LEADER

TODAY = date(2026, 11, 23)


@pytest.fixture()
def authorised(amina, chloe, signed):
    def give(**values):
        return actions.authorise(
            by=signed(chloe), person=amina.person, kind="machine", granted_on=TODAY, **values
        )

    return give


def test_an_authorisation_is_missing_until_somebody_gives_it(amina, authorised):
    missing = queries.lacks(amina, ("machine", "M1"), on=TODAY)
    assert [r.code for r in missing] == ["authorisation_missing"] and missing[0].lifted_by == (
        "shift_leader",
    )
    authorised(scope="M1")
    assert queries.lacks(amina, ("machine", "M1"), on=TODAY) == []
    assert [r.code for r in queries.lacks(amina, ("machine", "M10"), on=TODAY)] == ["authorisation_missing"]


def test_the_last_day_is_still_valid_and_the_next_one_is_refused(amina, authorised):
    authorised(scope="M1", expires_on=TODAY)
    assert queries.lacks(amina, ("machine", "M1"), on=TODAY) == []
    (reason,) = queries.lacks(amina, ("machine", "M1"), on=TODAY + timedelta(days=1))
    assert reason.code == "authorisation_expired" and reason.values["expired_on"] == TODAY


def test_an_authorisation_does_not_count_before_it_begins(amina, authorised):
    authorised(scope="M1")
    assert queries.lacks(amina, ("machine", "M1"), on=TODAY - timedelta(days=1))


def test_an_authorisation_without_scope_covers_every_machine(amina, authorised):
    authorised()
    assert queries.lacks(amina, ("machine", "M1"), ("machine", "M2"), on=TODAY) == []


def test_every_missing_authorisation_is_told_at_once(amina):
    missing = queries.lacks(amina, ("machine", "M1"), ("material", "TI64"), on=TODAY)
    assert [str(r.values["what"]) for r in missing] == ["Machine", "Matière"]


def test_a_suspended_authorisation_is_refused_until_reinstated(amina, chloe, authorised, signed):
    given = authorised(scope="M1")
    actions.suspend(by=chloe, authorisation=given.pk, reason="Accident du 23")
    assert [r.code for r in queries.lacks(amina, ("machine", "M1"), on=TODAY)] == ["authorisation_suspended"]
    actions.reinstate(by=signed(chloe), authorisation=given.pk)
    assert queries.lacks(amina, ("machine", "M1"), on=TODAY) == []


def test_nobody_authorises_themselves(chloe, signed, refused):
    with refused("not_for_oneself"):
        actions.authorise(by=signed(chloe), person=chloe.person, kind="machine", scope="M1")


def test_an_administrator_does_not_authorise(hugo, amina, signed, refused):
    with refused("not_allowed"):
        actions.authorise(by=signed(hugo), person=amina.person, kind="machine")


def test_authorising_is_signed(chloe, amina, refused):
    with refused("signature_needed"):
        actions.authorise(by=chloe, person=amina.person, kind="machine")


def test_an_authorisation_cannot_end_before_it_begins(authorised, refused):
    with refused("authorisation_ends_before_it_begins"):
        authorised(expires_on=TODAY - timedelta(days=1))


def test_what_ends_within_thirty_days_is_told(amina, authorised):
    authorised(scope="M1", expires_on=TODAY + timedelta(days=30))
    authorised(scope="M2", expires_on=TODAY + timedelta(days=31))
    assert [(s.record.scope, s.state) for s in queries.ending_soon(on=TODAY)] == [("M1", "soon")]


def test_the_fact_names_the_person_by_pseudonym_only(amina, authorised):
    authorised(scope="M1")
    fact = journal.last()
    assert fact.what == "people.authorised" and "Amina" not in fact.envelope
    assert journal.told(fact)["signature"]["meaning"] == "authorised"
    assert SHIFT_LEADER in journal.told(fact)["roles"]

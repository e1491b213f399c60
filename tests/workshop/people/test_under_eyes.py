"""Who learns acts under the eyes of a named person, who must hold the same: the gate reads both, the act tells both."""

from datetime import date, timedelta

import pytest

from strate.workshop.journal import queries as journal
from strate.workshop.journal.actions import act
from strate.workshop.journal.refusals import Refused
from strate.workshop.people import actions, queries, shown

TODAY = date(2026, 11, 23)
M1 = ("machine", "M1")


@pytest.fixture()
def authorised(chloe, signed, morning):
    def give(who, **values):
        told = {"kind": "machine", "scope": "M1", "granted_on": TODAY, **values}
        return actions.authorise(by=signed(chloe), person=who.person, **told)

    return give


def codes(by, *needs, on=TODAY):
    return [r.code for r in queries.lacks(by, *needs or (M1,), on=on)]


def test_who_learns_may_while_the_one_who_watches_holds_the_same(amina, bruno, authorised, chloe):
    own = authorised(amina)
    authorised(bruno, under=amina.person)
    assert codes(bruno) == [] and codes(bruno, ("machine", "M2")) == ["authorisation_missing"]
    actions.suspend(by=chloe, authorisation=own.pk, reason="Accident du 23")
    assert codes(bruno) == ["supervisor_not_authorised"]
    (reason,) = queries.lacks(bruno, M1, on=TODAY)
    assert reason.values["person"] == amina.person and reason.lifted_by == ("shift_leader",)


def test_the_act_tells_both(amina, bruno, authorised):
    authorised(amina)
    authorised(bruno, under=amina.person)
    for by in (bruno, amina):
        with act("test.done", by=by) as done:
            assert queries.lacks(by, M1, on=TODAY) == []
            done.tell("machine:M1")
    told = [journal.told(fact) for fact in journal.of("machine:M1")]
    assert [each["data"].get("supervised_by") for each in told] == [[amina.person], None]
    assert f"person:{amina.person}" in told[0]["things"], "it stands on her page too"
    assert "sous la surveillance de Amina Essai" in shown.about(f"person:{amina.person}")[-2]["what"]


def test_looking_at_a_page_tells_nothing(amina, bruno, authorised):
    authorised(amina)
    authorised(bruno, under=amina.person)
    queries.lacks(bruno, M1, on=TODAY)
    with act("test.done", by=bruno) as done:
        done.tell("machine:M9")
    assert "supervised_by" not in journal.told(journal.last())["data"]


def test_an_authorisation_of_one_s_own_needs_nobody_beside(amina, bruno, authorised, chloe):
    own = authorised(amina)
    authorised(bruno, under=amina.person)
    authorised(bruno)
    actions.suspend(by=chloe, authorisation=own.pk, reason="Accident du 23")
    assert codes(bruno) == []


def test_who_watches_holds_it_alone_today_and_is_somebody_else(amina, bruno, farid, authorised, refused):
    with refused("supervisor_not_authorised"):
        authorised(bruno, under=amina.person)
    authorised(amina)
    authorised(bruno, under=amina.person)
    with refused("supervisor_not_authorised"):
        authorised(farid, under=bruno.person)
    with refused("supervisor_is_oneself"):
        authorised(amina, under=amina.person)
    with refused("never_under_supervision"):
        authorised(bruno, kind="licence", under=amina.person)


def test_who_left_watches_nobody(amina, bruno, hugo, authorised):
    authorised(amina)
    authorised(bruno, under=amina.person)
    actions.deactivate(by=hugo, person=amina.person)
    assert codes(bruno) == ["supervisor_not_authorised"]


def test_who_learns_fills_no_gap_of_a_team(amina, bruno, authorised, chloe):
    authorised(amina)
    authorised(bruno, under=amina.person)
    actions.new_team(by=chloe, code="nuit", title="Nuit")
    actions.join_team(by=chloe, person=bruno.person, team="nuit")
    found = queries.matrix(on=TODAY, team="nuit")
    assert [gap.skill.scope for gap in found.gaps] == ["M1"]
    assert list(found.cells.values()) == ["supervised"]
    assert queries.authorised("machine", "M1", on=TODAY) == [amina.person]


def test_what_was_ended_for_good_is_not_reinstated(amina, chloe, authorised, signed, refused):
    given = authorised(amina)
    actions.withdraw(by=chloe, authorisation=given.pk, reason="Départ de l'atelier Ti")
    assert codes(amina) == ["authorisation_withdrawn"]
    with refused("authorisation_ended_for_good"):
        actions.reinstate(by=signed(chloe), authorisation=given.pk)
    with refused("reason_missing"):
        actions.suspend(by=chloe, authorisation=given.pk, reason=" ")


@pytest.mark.parametrize("days", [1, 40])
def test_what_begins_later_does_not_count_today_and_says_so(amina, authorised, days):
    authorised(amina, granted_on=TODAY + timedelta(days=days))
    assert codes(amina) == ["authorisation_missing"]
    assert [s.state for s in queries.authorisations_of(amina.person, on=TODAY)] == ["coming"]
    with pytest.raises(Refused):
        authorised(amina, granted_on=TODAY, expires_on=TODAY - timedelta(days=1))


def test_eyes_beside_are_no_test_where_a_qualification_is_demanded_the_watcher_acts(
    amina, bruno, elsa, authorised, signed
):
    authorised(amina)
    authorised(bruno, under=amina.person)
    told = {"asked_for": "builds.launch", "record": "qualification", "source": "Procédure FA-12"}
    actions.demand(by=signed(elsa), **told)
    asked = {"on": TODAY, "act": "builds.launch", "machine": "LPBF-1", "material": "Ti-6Al-4V"}
    assert [r.code for r in queries.lacks(bruno, M1, **asked)] == ["qualification_missing"]

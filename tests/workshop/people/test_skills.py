"""The skills of a team: who holds what by name, and what nobody on the night shift may do."""

from datetime import date, timedelta

import pytest

from strate.workshop.people import actions, queries
from strate.workshop.people.queries.matrix import Skill

TODAY = date(2026, 11, 23)
SIEVE = Skill("authorisation", "equipment", "tamis-ti")


@pytest.fixture()
def teams(amina, bruno, chloe, signed, morning):
    """Amina in the morning, Bruno at night; only Amina may open the sieve of titanium."""
    for code, title, who in (("matin", "Matin", amina), ("nuit", "Nuit", bruno)):
        actions.new_team(by=chloe, code=code, title=title)
        actions.join_team(by=chloe, person=who.person, team=code)
    actions.authorise(by=signed(chloe), person=amina.person, kind="equipment", scope="tamis-ti")


def test_nobody_on_the_night_shift_may_open_the_sieve(teams):
    gaps = [(g.team.title, g.skill) for g in queries.matrix(on=TODAY).gaps]
    assert gaps == [("Nuit", SIEVE)]


def test_what_the_site_demands_is_a_column_even_when_nobody_holds_it(teams, elsa, signed):
    actions.demand(
        by=signed(elsa), asked_for="builds.launch", record="authorisation", kind="atex", source="DRPCE"
    )
    found = queries.matrix(on=TODAY)
    assert Skill("authorisation", "atex", "") in found.skills
    assert [g.skill.kind for g in found.gaps][:2] == ["atex", "atex"], "what is demanded comes first"


def test_an_authorisation_for_everything_covers_the_sieve(teams, bruno, chloe, signed):
    actions.authorise(by=signed(chloe), person=bruno.person, kind="equipment")
    assert SIEVE not in [g.skill for g in queries.matrix(on=TODAY).gaps]


def test_an_ended_authorisation_covers_nothing(teams, amina, chloe, signed):
    (held,) = [s.record for s in queries.authorisations_of(amina.person, on=TODAY)]
    actions.suspend(by=chloe, authorisation=held.pk, reason="Accident")
    found = queries.matrix(on=TODAY)
    assert found.cells[amina.person, SIEVE] == "suspended"
    assert {g.team.title for g in found.gaps} == {"Matin", "Nuit"}


def test_the_matrix_of_a_team_shows_only_its_people_by_name(teams, amina):
    found = queries.matrix(on=TODAY, team="matin")
    assert [p.pk for p in found.people] == [amina.person]


def test_what_ends_soon_is_shown_team_by_team(teams, amina, bruno, chloe, signed):
    for who in (amina, bruno):
        actions.authorise(
            by=signed(chloe), person=who.person, kind="fire", expires_on=TODAY + timedelta(days=12)
        )
    assert len(queries.ending_soon(on=TODAY)) == 2
    assert [s.record.person_id for s in queries.ending_soon(on=TODAY, team="nuit")] == [bruno.person]


def test_somebody_is_in_one_team_at_a_time(teams, amina, chloe):
    actions.join_team(by=chloe, person=amina.person, team="nuit")
    assert queries.team_of(amina.person).code == "nuit"
    actions.join_team(by=chloe, person=amina.person)
    assert queries.team_of(amina.person) is None

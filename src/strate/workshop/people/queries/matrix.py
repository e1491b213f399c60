"""What a team can do and what nobody in it may: people down, records across, gaps below. By name, never by rank."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

from strate.workshop.people import rules
from strate.workshop.people.models import Authorisation, Certification, OperatorQualification, Person, Team
from strate.workshop.people.queries.records import (
    AUTHORISATION,
    CERTIFICATION,
    QUALIFICATION,
    demands,
)
from strate.workshop.people.rules import Certified, Held, Qualified

MOST_PEOPLE = 300
# Who still learns holds nothing alone: without the other, nobody of the team may.
BEST = {"valid": 0, "soon": 1, "supervised": 2, "coming": 3, "suspended": 4, "withdrawn": 4, "expired": 5}


class Skill(NamedTuple):
    """A column: one authorisation, qualification or certificate somebody may hold."""

    sort: str
    kind: str
    scope: str


@dataclass(frozen=True)
class Coverage:
    """How many of a team hold a skill today; nobody is a gap."""

    team: Team
    skill: Skill
    holders: int
    soon: int


@dataclass(frozen=True)
class Matrix:
    """The people of a team by name, the skills, how each stands, and what nobody may."""

    people: list[Person]
    skills: list[Skill]
    cells: dict[tuple[str, Skill], str]
    coverage: dict[tuple[str, Skill], Coverage]
    asked: frozenset[Skill]
    cut: bool

    @property
    def gaps(self) -> list[Coverage]:
        """What is asked for somewhere and nobody of a team holds; then what other teams hold and this one not."""
        empty = [c for c in self.coverage.values() if c.holders == 0]
        return sorted(empty, key=lambda c: (c.skill not in self.asked, c.team.title, c.skill))


def matrix(*, on: date, team: str = "", sort: str = "") -> Matrix:
    """The matrix of one team, or of everybody (three hundred people at most are drawn)."""
    found = Person.objects.filter(is_active=True).order_by("name", "pk").select_related("membership__team")
    shown = list((found.filter(membership__team__code=team) if team else found)[: MOST_PEOPLE + 1])
    cut, shown = len(shown) > MOST_PEOPLE, shown[:MOST_PEOPLE]
    cells: dict[tuple[str, Skill], str] = {}
    for who, skill, state in _records([p.pk for p in shown], on):
        if sort in ("", skill.sort) and BEST[state] < BEST.get(cells.get((who, skill), ""), 9):
            cells[who, skill] = state
    asked = frozenset(s for s in _asked_for() if sort in ("", s.sort))
    skills = sorted({skill for _who, skill in cells} | asked)
    teams = {p.membership.team for p in shown if hasattr(p, "membership")}
    covered = _coverage(shown, skills, cells, teams)
    return Matrix(shown, skills, cells, covered, asked, cut)


def _records(people: list[str], on: date) -> Iterable[tuple[str, Skill, str]]:
    """Every record of these people as (person, skill, state), in three questions."""
    authorised = Authorisation.objects.filter(person_id__in=people, granted_on__lte=on)
    # Of twelve thousand authorisations most are for the same few things and end on the same days.
    skill = cache(lambda kind, scope: Skill(AUTHORISATION, kind, rules.bare(scope)))
    stands = cache(lambda *held: rules.authorisation_state(Held("", "", *held), on=on))
    for who, kind, scope, ends, off, gone, under in authorised.values_list(
        "person_id", "kind", "scope", "expires_on", "suspended", "withdrawn", "under_id"
    ).iterator():
        state = stands(ends, off, gone)
        if under and state in ("valid", "soon"):
            state = "supervised"
        yield who, skill(kind, scope), state
    for q in OperatorQualification.objects.filter(person_id__in=people):
        seen = Qualified(q.machine_model, q.material, (), q.issued_on, q.expires_on, None, q.disqualified_on)
        model = Skill(QUALIFICATION, q.machine_model, q.material)
        yield q.person_id, model, rules.qualification_state(seen, on=on)
    for c in Certification.objects.filter(person_id__in=people):
        seen_c = Certified(c.reference, c.block, c.awarded_on, c.expires_on, c.withdrawn)
        whole = Skill(CERTIFICATION, c.reference, c.block)
        yield c.person_id, whole, rules.certification_state(seen_c, on=on)


def _asked_for() -> list[Skill]:
    """What the site demands by name: the columns that stay even when nobody holds them."""
    found = []
    for each in demands():
        if each.record == AUTHORISATION:
            found.append(Skill(AUTHORISATION, each.kind, rules.bare(each.scope)))
        elif each.record == CERTIFICATION:
            found.append(Skill(CERTIFICATION, each.scope, ""))
        elif each.scope or each.machine:
            found.append(Skill(QUALIFICATION, each.scope or each.machine, each.material))
    return found


def _coverage(
    shown: list[Person], skills: list[Skill], cells: dict[tuple[str, Skill], str], teams: set[Team]
) -> dict[tuple[str, Skill], Coverage]:
    """Team by team; a record without a scope covers every scope of its kind."""
    covered = {}
    for team in teams:
        members = [p.pk for p in shown if hasattr(p, "membership") and p.membership.team == team]
        ranks = cache(lambda skill, of=members: [BEST.get(cells.get((m, skill), ""), 9) for m in of])
        for skill in skills:
            best = list(map(min, ranks(skill), ranks(skill._replace(scope=""))))
            soon = sum(1 for rank in best if rank == BEST["soon"])
            holders = soon + sum(1 for rank in best if rank == BEST["valid"])
            covered[team.code, skill] = Coverage(team, skill, holders, soon)
    return covered

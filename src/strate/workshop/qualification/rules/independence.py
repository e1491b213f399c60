"""The laws of independence: nobody decides for themselves, for their own trainee, for their family."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from strate.workshop.journal.refusals import Reason

SELF, TRAINEE, FAMILY, HIERARCHY, TUTOR = "self", "trainee", "family", "hierarchy", "tutor"
COMPANY, ASSESSOR, OTHER = "company", "assessor", "other"
# What the house always excludes, for a jury as for a commission (frame: ISO/IEC 17024, impartiality).
ALWAYS = frozenset({SELF, TRAINEE, FAMILY, HIERARCHY, TUTOR})
# What a centre may exclude besides.
MAY_EXCLUDE = (COMPANY, ASSESSOR, OTHER)
TIES = (SELF, TRAINEE, FAMILY, HIERARCHY, TUTOR, *MAY_EXCLUDE)
SOURCE = "Règle de la maison (cadre ISO/IEC 17024, impartialité)"


@dataclass(frozen=True)
class Candidate:
    """What the house knows of a candidate's ties: who they are, who leads or tutors them, who evaluated them."""

    number: str
    person: str
    company: str = ""
    company_person: str = ""
    leaders: frozenset[str] = frozenset()
    trainers: frozenset[str] = frozenset()
    assessors: frozenset[str] = frozenset()


def known_ties(person: str, company: str, candidate: Candidate) -> frozenset[str]:
    """The ties the house can see by itself, without anybody declaring them."""
    same_company = (
        bool(company.strip()) and company.casefold().strip() == candidate.company.casefold().strip()
    )
    seen = {
        SELF: person == candidate.person,
        TUTOR: person == candidate.company_person,
        HIERARCHY: person in candidate.leaders,
        TRAINEE: person in candidate.trainers,
        ASSESSOR: person in candidate.assessors,
        COMPANY: same_company,
    }
    return frozenset(tie for tie, holds in seen.items() if holds)


def excluding(ties: Iterable[str], configured: Iterable[str] | None) -> list[str]:
    """Which of these ties exclude, in the order of gravity."""
    excluded = ALWAYS | frozenset(configured or ())
    found = set(ties)
    return [tie for tie in TIES if tie in found and tie in excluded]


def juror(
    person: str, ties: Mapping[str, Iterable[str]], configured: Iterable[str] | None, *, source: str = ""
) -> list[Reason]:
    """Why this juror may not sit for these candidates (number -> ties)."""
    reasons = []
    for number, each in ties.items():
        for tie in excluding(each, configured):
            values = {"person": person, "candidate": number, "tie": tie}
            where = SOURCE if tie in ALWAYS else source
            reasons.append(Reason("juror_not_independent", values, where, ("centre",)))
    return reasons


def commission(person: str, company: str, candidate: Candidate) -> list[Reason]:
    """Why this person may not evaluate this candidate: tutor and line manager give their opinion, they do not judge."""
    ties = known_ties(person, company, candidate) & ALWAYS
    return [
        Reason("assessor_not_independent", {"person": person, "tie": tie}, SOURCE, ("centre",))
        for tie in TIES
        if tie in ties
    ]

"""What ties people to a candidate, as far as the house can see: for a commission and for a jury."""

from collections.abc import Iterable

from strate.workshop.journal.refusals import Reason
from strate.workshop.people import queries as people
from strate.workshop.qualification.models import CandidateFile, Seat
from strate.workshop.qualification.rules import independence as rules
from strate.workshop.qualification.rules.jury import Rule


def candidate(of: CandidateFile) -> rules.Candidate:
    """The ties of a candidate that are written somewhere."""
    return rules.Candidate(
        number=of.number,
        person=of.person,
        company=of.company,
        company_person=of.company_person,
        leaders=people.leaders_of(of.person),
        assessors=frozenset(of.members.values_list("person", flat=True)),
    )


def of_commission(of: CandidateFile) -> list[Reason]:
    """Why this commission may not judge this candidate: besides themselves and the company's voice, their leaders."""
    known = candidate(of)
    reasons = []
    for person in of.members.filter(left_at=None).values_list("person", flat=True):
        if person in known.leaders:
            reasons += rules.commission(person, "", known)
    return reasons


def of_seat(seat: Seat, files: Iterable[CandidateFile], jury_rules: dict[str, Rule]) -> list[Reason]:
    """Why this juror may not sit for these candidates: what the house sees and what they declared."""
    rule = jury_rules["incompatibilities"]
    ties = {}
    for of in files:
        seen = rules.known_ties(seat.person, seat.company, candidate(of))
        ties[of.number] = sorted(seen | set(seat.ties.get(of.number, ())))
    return rules.juror(seat.person, ties, rule.value, source=rule.citation)

"""Juries: who sits, which cases, what was said, what still stands in the way."""

from collections.abc import Iterable
from datetime import date

from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import NotFound, Reason, RuleBroken
from strate.workshop.people import queries as people
from strate.workshop.people.roles import AUDITOR, CENTRE
from strate.workshop.qualification.models import CandidateFile, Case, Jury, Minutes, Seat
from strate.workshop.qualification.models.candidate import COMMISSION_CONCLUDED
from strate.workshop.qualification.queries import files, holding, independence, ruling
from strate.workshop.qualification.rules import jury as rules
from strate.workshop.qualification.rules.jury import Rule, Sits


def jury(code: str) -> Jury:
    """A jury by its code or reference."""
    found = Jury.objects.select_related("reference").filter(code=code.removeprefix("jury:")).first()
    if found is None:
        raise NotFound("no_such_jury", jury=code)
    return found


def for_update(code: str, *states: str) -> Jury:
    """The same inside an act: whoever comes second waits, then reads what the first one wrote.

    With `states`, a jury that is past them, or not yet there, refuses.
    """
    asked = Jury.objects.select_for_update(of=("self",)).select_related("reference")
    found = asked.get(pk=jury(code).pk)
    if states and found.state not in states:
        raise RuleBroken("jury_past_that_point", jury=found.ref, jury_state=found.state)
    return found


def juries(by: Actor) -> list[Jury]:
    """The juries this person has to do with, the latest first."""
    found = Jury.objects.select_related("reference")
    if {CENTRE, AUDITOR} & by.roles:
        return list(found[:200])
    return list(found.filter(seats__person=by.person, seats__excused_at=None)[:200]) if by.person else []


def concerned(of: Jury, by: Actor) -> bool:
    """Whether somebody may open the papers of a jury: the centre, an auditor, whoever sits in it."""
    return bool({CENTRE, AUDITOR} & by.roles) or any(seat.person == by.person for seat in seats(of))


def rules_of(of: Jury) -> dict[str, Rule]:
    """The rules of a jury: those of the day it was convened, and what the centre filled in since where it was blank."""
    kept = ruling.thawed(of.rules)
    known = {code: rule for code, rule in kept.items() if rule.known}
    return {code: known.get(code, rule) for code, rule in {**kept, **ruling.in_force()}.items()}


def seats(of: Jury, *, also_excused: bool = False) -> list[Seat]:
    found = of.seats.order_by("side", "pk")
    return list(found if also_excused else found.filter(excused_at=None))


def seat(of: Jury, person: str) -> Seat:
    """The seat somebody holds today in a jury."""
    found = of.seats.filter(person=person, excused_at=None).first()
    if found is None:
        raise NotFound("no_such_juror", jury=of.ref, person=person)
    return found


def chair(of: Jury) -> Seat | None:
    return of.seats.filter(chair=True, excused_at=None).first()


def sits(of: Iterable[Seat]) -> list[Sits]:
    """Seats as the rules see them."""
    return [
        Sits(
            person=each.person,
            side=each.side,
            organisation=each.organisation,
            chair=each.chair,
            leave_needed=each.leave_needed,
            leave_noticed_on=each.leave_noticed_on,
            declared=each.declared_at is not None,
            present=each.present_at is not None,
        )
        for each in of
    ]


def cases(of: Jury, *, also_withdrawn: bool = False) -> list[Case]:
    found = of.cases.select_related("file", "file__reference", "file__block")
    return list(found if also_withdrawn else found.filter(withdrawn_at=None))


def case(of: Jury, candidate: str) -> Case:
    """The case of a candidate before this jury."""
    number = candidate.removeprefix("candidate:")
    found = next((each for each in cases(of) if each.file.number == number), None)
    if found is None:
        raise NotFound("no_such_case", jury=of.ref, candidate=candidate)
    return found


def waiting() -> list[CandidateFile]:
    """The files a commission has concluded, and that no jury has yet."""
    found = CandidateFile.objects.select_related("reference", "block").filter(state=COMMISSION_CONCLUDED)
    return list(found.order_by("concluded_at"))


def to_sit(of: Jury) -> list[Reason]:
    """Why a jury may not begin today."""
    return rules.sitting(
        rules_of(of), sits(seats(of)), region_informed=of.region_informed_on is not None, held_on=of.held_on
    )


def to_deliberate(of: Case) -> list[Reason]:
    """Why this jury may not decide for this candidate: a juror who is not independent of them."""
    jury_rules, reasons = rules_of(of.jury), []
    for each in seats(of.jury):
        reasons += independence.of_seat(each, [of.file], jury_rules)
    return reasons


def to_decide(of: CandidateFile, *, on: date) -> list[str]:
    """The competences a jury decides for a file: those of the file that are not kept from before."""
    kept = holding.held_by(of, on=on)
    return [each.id for each in files.scope(of) if each.id not in kept]


def minutes(of: Jury) -> Minutes:
    found = Minutes.objects.filter(jury=of).first()
    if found is None:
        raise NotFound("no_minutes_yet", jury=of.ref)
    return found


def people_of(of: Case) -> set[str]:
    """Everybody who took part in a case, and who leads the candidate: none of them answers a complaint about it."""
    taken = {each.person for each in seats(of.jury, also_excused=True)}
    taken |= set(of.file.members.values_list("person", flat=True))
    taken |= people.leaders_of(of.file.person)
    return taken | {of.jury.convened_by, of.file.registered_by, of.file.company_person, of.file.person} - {""}

"""Convening a jury: who sits, for whom, and when, against the dates the texts give."""

from datetime import date
from typing import Annotated, Any, Literal

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from pydantic import Field
from typing_extensions import TypedDict

from strate.workshop.doors.texts import Code, Sentence, Word
from strate.workshop.journal.actions import Done, act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Reason, Refused, RuleBroken
from strate.workshop.notices.actions import notify
from strate.workshop.people import queries as people
from strate.workshop.people.roles import JUROR, permit
from strate.workshop.qualification.models import CandidateFile, Case, Jury, Seat
from strate.workshop.qualification.models.candidate import COMMISSION_CONCLUDED, JURY
from strate.workshop.qualification.queries import files, independence, references, ruling
from strate.workshop.qualification.queries import jury as queries
from strate.workshop.qualification.rules import jury as rules
from strate.workshop.qualification.rules.jury import Rule

Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$|^$")]


class Seated(TypedDict, total=False):
    """Who is asked to sit: for which side and organisation; whether an employer must release them."""

    person: Code
    side: Literal["employer", "union"]
    organisation: Sentence
    company: Sentence
    chair: bool
    leave_needed: bool
    leave_noticed_on: date | None


def convene(
    *,
    by: Actor,
    reference: Word,
    held_on: date,
    place: Sentence,
    unions_asked_on: date,
    seats: list[Seated],
    candidates: list[Code],
    starts: Clock = "",
    region_informed_on: date | None = None,
) -> Jury:
    """Convene a joint jury for candidates whose commission has concluded (signed)."""
    permit(by, "qualification.convene")
    found = references.reference(reference)
    jury_rules = ruling.in_force()
    with act("qualification.jury_convened", by=by, meaning="jury_convened") as done:
        before = [files.for_update(number) for number in dict.fromkeys(candidates)]
        made = _create(done, found, jury_rules, held_on, place, unions_asked_on, starts, region_informed_on)
        invited = [seat_of(made, each, localdate(done.happened_at)) for each in seats]
        reasons = _reasons(made, jury_rules, invited, before, done)
        if reasons:
            raise Refused(reasons)
        for each in invited:
            each.save()
        for of in before:
            _bring(made, of)
        invite(by, made, invited)
        done.tell(
            made,
            *before,
            jury=made.ref,
            held_on=held_on,
            place=place,
            unions_asked_on=unions_asked_on,
            people=[each.person for each in invited],
            candidates=[of.number for of in before],
        )
    return made


def _create(
    done: Done,
    reference: Any,
    jury_rules: dict[str, Rule],
    held_on: date,
    place: str,
    unions_asked_on: date,
    starts: str,
    region_informed_on: date | None,
) -> Jury:
    made = Jury(
        code=_code(held_on),
        reference=reference,
        held_on=held_on,
        starts=starts,
        place=place.strip(),
        rules=ruling.frozen(jury_rules),
        unions_asked_on=unions_asked_on,
        region_informed_on=region_informed_on,
        convened_by=done.by.person,
        convened_at=done.happened_at,
    )
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as twin:
        raise RuleBroken("jury_convened_meanwhile", jury=made.ref) from twin
    return made


def _code(held_on: date) -> str:
    """« J-2026-003 »: juries are counted by year."""
    start = f"J-{held_on.year}-"
    last = (
        Jury.objects.filter(code__startswith=start).order_by("-code").values_list("code", flat=True).first()
    )
    return f"{start}{int(last.rpartition('-')[2]) + 1 if last else 1:03d}"


def seat_of(made: Jury, told: Seated, today: date) -> Seat:
    who = people.person(told.get("person", "")).pk
    return Seat(
        jury=made,
        person=who,
        side=told.get("side", rules.UNION),
        organisation=told.get("organisation", "").strip(),
        company=told.get("company", "").strip(),
        chair=bool(told.get("chair")),
        leave_needed=bool(told.get("leave_needed")),
        leave_noticed_on=told.get("leave_noticed_on"),
        invited_on=today,
    )


def _reasons(
    made: Jury, jury_rules: dict[str, Rule], seats: list[Seat], found: list[CandidateFile], done: Done
) -> list[Reason]:
    sits = queries.sits(seats)
    reasons = rules.composition(jury_rules, sits)
    reasons += rules.dates(
        jury_rules,
        held_on=made.held_on,
        unions_asked_on=made.unions_asked_on,
        today=localdate(done.happened_at),
    )
    given = [each for each in sits if each.leave_noticed_on]
    reasons += rules.leave(jury_rules, given, held_on=made.held_on)
    twice = sorted({s.person for s in seats if [o.person for o in seats].count(s.person) > 1})
    reasons += [Reason("juror_twice", {"person": person}) for person in twice]
    reasons += [Reason("juror_without_role", {"person": p}, "", ("admin",)) for p in not_jurors(seats)]
    reasons += [
        Reason("juror_without_organisation", {"person": s.person}) for s in seats if not s.organisation
    ]
    if not found:
        reasons.append(Reason("jury_without_candidates"))
    for of in found:
        reasons += _file_reasons(made, of)
    for each in seats:
        reasons += independence.of_seat(each, found, jury_rules)
    return reasons


def not_jurors(seats: list[Seat]) -> list[str]:
    return sorted({each.person for each in seats if not people.holds_role(each.person, JUROR)})


def _file_reasons(made: Jury, of: CandidateFile) -> list[Reason]:
    """A jury only sees files that a commission concluded, and one jury at a time does."""
    values = {"candidate": of.ref}
    if of.reference.code != made.reference.code:
        return [Reason("case_of_another_reference", {**values, "reference": of.reference.code})]
    if of.state == JURY:
        other = Case.objects.filter(file=of, withdrawn_at=None, decided_at=None).first()
        return [Reason("case_before_another_jury", {**values, "jury": other.jury.ref if other else "—"})]
    if of.state != COMMISSION_CONCLUDED:
        return [Reason("case_not_concluded", values, "", ("assessor",))]
    return _lapsed(made, of)


def _lapsed(made: Jury, of: CandidateFile) -> list[Reason]:
    """A jury decides of nothing that no commission evaluated: what was kept must still be on its day."""
    proposed = set(of.proposals.values_list("competence", flat=True))
    unknown = [code for code in queries.to_decide(of, on=made.held_on) if code not in proposed]
    if not unknown:
        return []
    told = {"candidate": of.ref, "competences": unknown, "held_on": made.held_on}
    return [Reason("case_competence_lapsed", told, made.rules["retention_months"]["citation"], rules.CENTRE)]


def _bring(made: Jury, of: CandidateFile) -> None:
    Case.objects.create(jury=made, file=of)
    of.state = JURY
    of.save(update_fields=["state"])


def invite(by: Actor, made: Jury, seats: list[Seat]) -> None:
    for each in seats:
        notify(
            by=by,
            to=f"person:{each.person}",
            about=made.ref,
            code="jury_invitation",
            held_on=made.held_on,
            place=made.place,
        )

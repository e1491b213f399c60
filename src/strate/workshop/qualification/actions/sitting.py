"""The day of the jury: who is there, the conditions found met, and what is decided of each competence."""

from dataclasses import dataclass
from typing import Literal

from django.utils.timezone import localdate
from typing_extensions import TypedDict

from strate.workshop.doors.texts import Code, Page
from strate.workshop.journal.actions import Done, act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Reason, Refused, RuleBroken
from strate.workshop.people.roles import permit
from strate.workshop.qualification.models import Case, Decision, Jury, Seat, Vote
from strate.workshop.qualification.models.jury import CONVENED, SITTING
from strate.workshop.qualification.queries import jury as queries
from strate.workshop.qualification.rules import jury as rules

Voice = Literal["validated", "not_validated", "abstains"]


class Said(TypedDict, total=False):
    """What was said of one competence: each juror's voice, and the reason when it is not validated."""

    competence: Code
    voices: dict[Code, Voice]
    reason: Page


def attend(*, by: Actor, jury: Code) -> Seat:
    """A juror signs the attendance sheet, on the day the jury sits."""
    permit(by, "qualification.sit")
    with act("qualification.juror_attended", by=by, meaning="juror_attended") as done:
        found = queries.for_update(jury, CONVENED)
        if localdate(done.happened_at) != found.held_on:
            raise RuleBroken("jury_is_not_today", jury=found.ref, held_on=found.held_on)
        seat = queries.seat(found, by.person)
        if seat.present_at:
            raise RuleBroken("juror_signed_already", person=seat.person)
        if seat.declared_at is None:
            raise RuleBroken("jury_declarations_missing", people=[seat.person])
        seat.present_at = done.happened_at
        seat.save(update_fields=["present_at"])
        done.tell(found, jury=found.ref, person=seat.person, jury_side=seat.side)
    return seat


def open_sitting(*, by: Actor, jury: Code, conditions_met: bool) -> Jury:
    """The chair opens the sitting: parity and quorum hold today, the conditions were found met (signed)."""
    permit(by, "qualification.sit")
    with act("qualification.sitting_opened", by=by, meaning="sitting_opened") as done:
        found = queries.for_update(jury, CONVENED)
        reasons = _not_the_chair(found, by)
        if localdate(done.happened_at) != found.held_on:
            reasons.append(Reason("jury_is_not_today", {"jury": found.ref, "held_on": found.held_on}))
        reasons += queries.to_sit(found)
        checked = queries.rules_of(found)["conditions_checked"]
        if checked.value and not conditions_met:
            reasons.append(Reason("jury_conditions_not_found_met", {}, checked.citation, ("juror",)))
        if reasons:
            raise Refused(reasons)
        found.state, found.conditions_met_at = SITTING, done.happened_at
        found.save(update_fields=["state", "conditions_met_at"])
        here = [seat.person for seat in queries.seats(found) if seat.present_at]
        done.tell(found, jury=found.ref, people=here)
    return found


def deliberate(*, by: Actor, jury: Code, candidate: Code, said: list[Said]) -> list[Decision]:
    """The chair writes down, signed, what the jury decides of every competence of one candidate.

    All at once or nothing: each competence has every present juror's voice; a tie is settled by the chair's.
    """
    permit(by, "qualification.sit")
    with act("qualification.case_decided", by=by, meaning="jury_decided") as done:
        found = queries.for_update(jury, SITTING)
        case = queries.case(found, candidate)
        reasons = [*_not_the_chair(found, by), *queries.to_deliberate(case)]
        if case.decided_at:
            raise RuleBroken("case_already_decided", candidate=case.file.ref)
        told = {each.get("competence", ""): each for each in said}
        asked = queries.to_decide(case.file, on=found.held_on)
        reasons += _not_what_is_asked(asked, list(told), len(said))
        table = _table(found)
        for code in asked:
            reasons += _spoken(table, code, told.get(code))
        if reasons:
            raise Refused(reasons)
        made = [_decide(done, table, case, told[code]) for code in asked]
        case.decided_at = done.happened_at
        case.save(update_fields=["decided_at"])
        done.tell(
            found,
            case.file,
            jury=found.ref,
            candidate=case.file.ref,
            outcomes={each.competence: each.outcome for each in made},
            casting=[each.competence for each in made if each.casting],
        )
    return made


def _not_the_chair(found: Jury, by: Actor) -> list[Reason]:
    chair = queries.chair(found)
    if chair is None or chair.person != by.person:
        who = chair.person if chair else ""
        return [Reason("only_the_chair", {"person": who}, "", ("juror",))]
    return []


def _not_what_is_asked(asked: list[str], told: list[str], lines: int) -> list[Reason]:
    """Neither a competence of another file, nor one kept from before, nor one left without a word."""
    reasons = [Reason("competence_not_asked", {"competence": code}) for code in told if code not in asked]
    if lines != len(told):
        reasons.append(Reason("competence_said_twice"))
    return reasons


@dataclass(frozen=True)
class _Table:
    """Who sits around the table today, who chairs, under which rules: read once for a whole deliberation."""

    seats: dict[str, Seat]
    present: list[str]
    chair: str
    rules: dict[str, rules.Rule]


def _table(found: Jury) -> _Table:
    seats = queries.seats(found)
    chair = next((seat.person for seat in seats if seat.chair), "")
    here = [seat.person for seat in seats if seat.present_at]
    return _Table({seat.person: seat for seat in seats}, here, chair, queries.rules_of(found))


def _spoken(table: _Table, code: str, told: Said | None) -> list[Reason]:
    return rules.deciding(
        table.rules,
        voices=dict(told.get("voices", {})) if told else {},
        present=table.present,
        chair=table.chair,
        reason=told.get("reason", "") if told else "",
        competence=code,
    )


def _decide(done: Done, table: _Table, case: Case, told: Said) -> Decision:
    voices = told["voices"]
    counted = rules.tally(table.rules, voices, chair=table.chair)
    Vote.objects.bulk_create(
        Vote(
            case=case, competence=told["competence"], seat=table.seats[who], voice=voice, at=done.happened_at
        )
        for who, voice in sorted(voices.items())
    )
    return Decision.objects.create(
        case=case,
        competence=told["competence"],
        outcome=counted.outcome,
        votes_for=counted.votes_for,
        votes_against=counted.votes_against,
        abstained=counted.abstained,
        casting=counted.casting,
        reason=told.get("reason", "").strip(),
        decided_at=done.happened_at,
        event=done.event,
    )

"""Between convening and sitting: who is told, who is excused and replaced, what each juror declares."""

from datetime import date

from django.utils.timezone import localdate

from strate.workshop.doors.texts import Code, Page
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Reason, Refused, RuleBroken
from strate.workshop.notices.actions import notify
from strate.workshop.people.roles import permit
from strate.workshop.qualification.actions.convening import Seated, invite, not_jurors, seat_of
from strate.workshop.qualification.models import Case, Jury, Seat
from strate.workshop.qualification.models.candidate import COMMISSION_CONCLUDED
from strate.workshop.qualification.models.jury import CALLED_OFF, CONVENED
from strate.workshop.qualification.queries import files, independence
from strate.workshop.qualification.queries import jury as queries
from strate.workshop.qualification.rules import independence as ties_rules
from strate.workshop.qualification.rules import jury as rules
from strate.workshop.qualification.rules.jury import Sits
from strate.workshop.qualification.rules.words import digest_of


def inform_region(*, by: Actor, jury: Code, on: date) -> Jury:
    """Note the day the regional committee was told the composition and the calendar."""
    permit(by, "qualification.convene")
    with act("qualification.region_informed", by=by) as done:
        found = queries.for_update(jury, CONVENED)
        if on > localdate(done.happened_at):
            raise RuleBroken("date_is_to_come", told_on=on)
        found.region_informed_on = on
        found.save(update_fields=["region_informed_on"])
        done.tell(found, jury=found.ref, told_on=on)
    return found


def notice_leave(*, by: Actor, jury: Code, person: Code, on: date) -> Seat:
    """Note the day a juror's employer was told in writing that they would sit."""
    permit(by, "qualification.convene")
    with act("qualification.leave_noticed", by=by) as done:
        found = queries.for_update(jury, CONVENED)
        if on > localdate(done.happened_at):
            raise RuleBroken("date_is_to_come", told_on=on)
        seat = queries.seat(found, person)
        seat.leave_needed, seat.leave_noticed_on = True, on
        seat.save(update_fields=["leave_needed", "leave_noticed_on"])
        done.tell(found, jury=found.ref, person=seat.person, told_on=on)
    return seat


def excuse_juror(*, by: Actor, jury: Code, person: Code, reason: Page) -> Seat:
    """Excuse a juror before the deliberation; until somebody of the same side replaces them, parity is broken."""
    permit(by, "qualification.convene")
    if not reason.strip():
        raise RuleBroken("reason_missing")
    with act("qualification.juror_excused", by=by) as done:
        found = queries.for_update(jury, CONVENED)
        seat = queries.seat(found, person)
        seat.excused_at, seat.excused_reason = done.happened_at, reason.strip()
        seat.save(update_fields=["excused_at", "excused_reason"])
        done.tell(
            found, jury=found.ref, person=seat.person, jury_side=seat.side, reason_sha256=digest_of(reason)
        )
    return seat


def replace_juror(*, by: Actor, jury: Code, excused: Code, seat: Seated) -> Seat:
    """Somebody of the same side takes the seat of an excused juror, so that parity holds."""
    permit(by, "qualification.convene")
    with act("qualification.juror_replaced", by=by) as done:
        found = queries.for_update(jury, CONVENED)
        before = found.seats.filter(person=excused).exclude(excused_at=None).first()
        if before is None or before.replaced_by.exists():
            raise RuleBroken("no_such_juror", jury=found.ref, person=excused)
        made = seat_of(
            found, {**seat, "side": before.side, "chair": before.chair}, localdate(done.happened_at)
        )
        made.replaces = before
        _must_fit(found, made)
        made.save()
        invite(by, found, [made])
        done.tell(found, jury=found.ref, person=made.person, replaces=before.person, jury_side=made.side)
    return made


def _must_fit(found: Jury, made: Seat) -> None:
    jury_rules = queries.rules_of(found)
    # Somebody who was excused does not come back by another seat.
    others = queries.seats(found, also_excused=True)
    reasons = (
        [Reason("juror_twice", {"person": made.person})] if made.person in {o.person for o in others} else []
    )
    sits = [each for each in queries.sits([*queries.seats(found), made]) if each.side == made.side]
    named = [each.organisation.casefold() for each in sits]
    if made.side == rules.UNION and named.count(made.organisation.casefold()) > 1:
        citation = jury_rules["one_per_union"].citation
        reasons.append(Reason("jury_union_twice", {"organisations": [made.organisation]}, citation))
    if not made.organisation:
        reasons.append(Reason("juror_without_organisation", {"person": made.person}))
    reasons += [Reason("juror_without_role", {"person": p}, "", ("admin",)) for p in not_jurors([made])]
    reasons += independence.of_seat(made, [case.file for case in queries.cases(found)], jury_rules)
    given: list[Sits] = [s for s in queries.sits([made]) if s.leave_noticed_on]
    reasons += rules.leave(jury_rules, given, held_on=found.held_on)
    if reasons:
        raise Refused(reasons)


def declare_independence(*, by: Actor, jury: Code, ties: dict[Code, list[Code]]) -> Seat:
    """A juror declares, signed, their ties with each candidate, or that there is none."""
    permit(by, "qualification.sit")
    with act("qualification.independence_declared", by=by, meaning="independence_declared") as done:
        found = queries.for_update(jury, CONVENED)
        seat = queries.seat(found, by.person)
        told = {
            case.file.number: sorted(set(ties.get(case.file.number, []))) for case in queries.cases(found)
        }
        unknown = {tie for each in told.values() for tie in each} - set(ties_rules.TIES)
        missing = sorted(set(told) - set(ties))
        if unknown or missing:
            raise RuleBroken("declaration_incomplete", candidates=missing or sorted(unknown))
        seat.ties, seat.declared_at = told, done.happened_at
        seat.save(update_fields=["ties", "declared_at"])
        done.tell(found, jury=found.ref, person=seat.person, ties=told)
        if any(told.values()):
            notify(
                by=by, to=f"person:{found.convened_by}", about=found.ref, code="jury_tie", person=seat.person
            )
    return seat


def withdraw_case(*, by: Actor, jury: Code, candidate: Code, reason: Page) -> Case:
    """Take a file away from a jury before it decides: it goes back to the files that wait for a jury."""
    permit(by, "qualification.convene")
    if not reason.strip():
        raise RuleBroken("reason_missing")
    with act("qualification.case_withdrawn", by=by) as done:
        found = queries.for_update(jury)
        case = queries.case(found, candidate)
        if case.decided_at or case.decisions.exists():
            raise RuleBroken("case_already_decided", candidate=case.file.ref)
        of = files.for_update(case.file.number)
        case.withdrawn_at, case.withdrawn_reason = done.happened_at, reason.strip()
        case.save(update_fields=["withdrawn_at", "withdrawn_reason"])
        of.state = COMMISSION_CONCLUDED
        of.save(update_fields=["state"])
        done.tell(found, of, jury=found.ref, candidate=of.ref, reason_sha256=digest_of(reason))
    return case


def call_off_jury(*, by: Actor, jury: Code, reason: Page) -> Jury:
    """Call a jury off: every file it had goes back to those that wait."""
    permit(by, "qualification.convene")
    if not reason.strip():
        raise RuleBroken("reason_missing")
    with act("qualification.jury_called_off", by=by) as done:
        found = queries.for_update(jury, CONVENED)
        for case in queries.cases(found):
            withdraw_case(by=by, jury=found.code, candidate=case.file.number, reason=reason)
        found.state, found.called_off_reason = CALLED_OFF, reason.strip()
        found.save(update_fields=["state", "called_off_reason"])
        done.tell(found, jury=found.ref, reason_sha256=digest_of(reason))
    return found

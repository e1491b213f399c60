"""A member present can no longer sign the minutes: it is stated, signed and dated, where the centre allows it."""

from datetime import datetime

from strate.workshop.doors.texts import Code, Page
from strate.workshop.journal.actions import act, moment
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import NotFound, Reason, Refused, RuleBroken
from strate.workshop.people.roles import CENTRE, permit
from strate.workshop.qualification.actions import recording
from strate.workshop.qualification.documents import ahead, papers
from strate.workshop.qualification.models import Jury, Seat
from strate.workshop.qualification.models.jury import DELIBERATED
from strate.workshop.qualification.queries import jury as queries
from strate.workshop.qualification.rules import jury as rules
from strate.workshop.qualification.rules.words import digest_of


@ahead.prepared
def state_unable(*, by: Actor, jury: Code, person: Code, reason: Page) -> Seat:
    """The chair states, signed, that a member present cannot sign the minutes; for the chair, the centre does.

    Only where the centre entered a rule that allows it; once nobody else is left to sign, the jury is closed.
    """
    permit(by, "qualification.state_unable")
    if not reason.strip():
        raise RuleBroken("reason_missing")
    at = moment()
    ready = ahead.printed(_last_page(by, jury, person, at), at=at)
    with ready, act("qualification.member_unable", by=by, meaning="member_unable", happened_at=at) as done:
        found = queries.for_update(jury, DELIBERATED)
        seat = _unsigned(found, person)
        if reasons := [*_not_theirs_to_state(by, found, seat), *in_the_way(found, seat)]:
            raise Refused(reasons)
        _stated(found, seat, by, at)
        seat.unable_reason = reason.strip()
        seat.save(update_fields=["unable_at", "unable_told_by", "unable_source", "unable_reason"])
        if not recording.missing_signatures(found):
            made = queries.minutes(found)
            recording.close(by, found, made, ready.paper(papers.minutes(found, made), at=at))
        told = {"person": seat.person, "source": seat.unable_source, "state": found.state}
        done.tell(found, jury=found.ref, reason_sha256=digest_of(reason), **told)
    return seat


def _stated(found: Jury, seat: Seat, by: Actor, at: datetime) -> None:
    """When, by whom, and by which rule of the centre."""
    seat.unable_at, seat.unable_told_by = at, by.person
    seat.unable_source = queries.rules_of(found)["unsigned_minutes"].citation


def in_the_way(found: Jury, *unable: Seat) -> list[Reason]:
    """Why these minutes cannot close without a signature."""
    gone = {each.pk for each in unable}
    here = [seat for seat in queries.seats(found) if seat.present_at]
    left = [seat for seat in here if seat.unable_at is None and seat.pk not in gone]
    return rules.unable(queries.rules_of(found), signing_left=len(left))


def mine_to_state(by: Actor, found: Jury) -> list[Seat]:
    """The members of whom this person may state that they cannot sign."""
    waiting = [seat for seat in recording.unsigned(found) if seat.unable_at is None]
    return [seat for seat in waiting if not _not_theirs_to_state(by, found, seat)]


def _not_theirs_to_state(by: Actor, found: Jury, seat: Seat) -> list[Reason]:
    """The chair states it of the others; nobody states it of themselves, so that of the chair the centre does."""
    chair = queries.chair(found)
    who = chair.person if chair else ""
    if seat.person == who:
        allowed = CENTRE in by.roles and by.person != who
        return [] if allowed else [Reason("only_the_centre_for_the_chair", {"person": who}, "", rules.CENTRE)]
    return [] if by.person == who else [Reason("only_the_chair", {"person": who}, "", ("juror",))]


def _unsigned(found: Jury, person: str) -> Seat:
    seat = queries.seat(found, person)
    waiting = {each.pk: each for each in recording.unsigned(found) if each.unable_at is None}
    if seat.present_at is None:
        raise RuleBroken("minutes_signed_by_an_absent", person=seat.person)
    if seat.pk not in waiting:
        raise RuleBroken("minutes_signed_already", person=seat.person)
    return waiting[seat.pk]


def _last_page(by: Actor, jury: str, person: str, at: datetime) -> papers.Paper | None:
    """The minutes as they will read once this is stated, when nobody else is left to sign."""
    try:
        found = queries.jury(jury)
        seat, made = queries.seat(found, person), queries.minutes(found)
    except NotFound:
        return None
    if by.signature is None or recording.missing_signatures(found) != [seat.person]:
        return None
    _stated(found, seat, by, at)
    known = [each for each in queries.seats(found) if each.unable_at is not None]
    return papers.minutes(found, made, unable=sorted([*known, seat], key=lambda each: each.pk))

"""The minutes: written from what was decided, locked, signed by every member present, corrected only by a dated act."""

import hashlib
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from strate.kernels.sealing import canonical
from strate.workshop.attachments import actions as attachments
from strate.workshop.attachments.rules import Stored
from strate.workshop.doors.texts import Code, Page, Sentence
from strate.workshop.journal.actions import act, moment
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Reason, Refused, RuleBroken
from strate.workshop.people.roles import CENTRE, permit
from strate.workshop.qualification.documents import ahead, papers, written
from strate.workshop.qualification.models import Jury, Minutes, MinutesSignature, Rectification, Seat
from strate.workshop.qualification.models.candidate import DECIDED
from strate.workshop.qualification.models.jury import CLOSED, DELIBERATED, SITTING
from strate.workshop.qualification.queries import files
from strate.workshop.qualification.queries import jury as queries
from strate.workshop.qualification.rules.words import digest_of
from strate.workshop.qualification.wording.jury import place_words


def lock_minutes(*, by: Actor, jury: Code) -> Minutes:
    """Write the minutes from what was decided and lock them: nothing in them changes any more."""
    permit(by, "qualification.lock_minutes")
    with act("qualification.minutes_locked", by=by) as done:
        found = queries.for_update(jury, SITTING)
        if CENTRE not in by.roles:
            queries.seat(found, by.person)
        open_ = [case.file.ref for case in queries.cases(found) if case.decided_at is None]
        if open_:
            raise Refused([Reason("case_not_decided", {"candidate": ref}, "", ("juror",)) for ref in open_])
        content = written.minutes(found)
        made = Minutes.objects.create(
            jury=found,
            content=content,
            sha256=hashlib.sha256(canonical(content)).hexdigest(),
            locked_by=by.person,
            locked_at=done.happened_at,
            event=done.event,
        )
        found.state = DELIBERATED
        found.save(update_fields=["state"])
        done.tell(found, jury=found.ref, sha256=made.sha256)
    return made


@ahead.prepared
def sign_minutes(*, by: Actor, jury: Code, sha256: Sentence) -> MinutesSignature:
    """A member present signs the minutes they read (their digest); with the last signature the jury is closed."""
    permit(by, "qualification.sit")
    at = moment()
    ready = ahead.printed(_last_page(by, jury, at), at=at)
    with (
        ready,
        act("qualification.minutes_signed", by=by, meaning="minutes_signed", happened_at=at) as done,
    ):
        found = queries.for_update(jury)
        made = queries.minutes(found)
        seat = queries.seat(found, by.person)
        if made.sha256 != sha256.strip():
            raise RuleBroken("minutes_not_those_read", jury=found.ref)
        if seat.present_at is None:
            raise RuleBroken("minutes_signed_by_an_absent", person=seat.person)
        if seat.unable_at and found.state == CLOSED:
            raise RuleBroken("jury_past_that_point", jury=found.ref, jury_state=found.state)
        try:
            with transaction.atomic():
                signed = MinutesSignature.objects.create(
                    minutes=made, seat=seat, sha256=made.sha256, at=done.happened_at, event=done.event
                )
        except IntegrityError as twice:
            raise RuleBroken("minutes_signed_already", person=seat.person) from twice
        # Somebody who was said unable, and signs after all, is not unable any more.
        gone = {"unable_reason": "", "unable_told_by": "", "unable_source": ""}
        Seat.objects.filter(pk=seat.pk).update(unable_at=None, **gone)
        if not missing_signatures(found):
            close(by, found, made, ready.paper(papers.minutes(found, made), at=at))
        done.tell(found, jury=found.ref, person=seat.person, sha256=made.sha256, state=found.state)
    return signed


def unsigned(found: Jury) -> list[Seat]:
    """Who was present and whose signature the minutes do not bear."""
    signed = set(MinutesSignature.objects.filter(minutes__jury=found).values_list("seat_id", flat=True))
    return [seat for seat in queries.seats(found) if seat.present_at and seat.pk not in signed]


def missing_signatures(found: Jury) -> list[str]:
    """Who was present, has not signed the minutes yet, and was not stated to be unable to."""
    return [seat.person for seat in unsigned(found) if seat.unable_at is None]


def _last_page(by: Actor, jury: str, at: datetime) -> papers.Paper | None:
    """The minutes as they will read once this person has signed, when nobody else is left to."""
    found = queries.jury(jury)
    if by.signature is None or missing_signatures(found) != [by.person]:
        return None
    return papers.minutes(found, queries.minutes(found), signing=[(queries.seat(found, by.person), at)])


def close(by: Actor, found: Jury, made: Minutes, stored: Stored) -> None:
    """Every member who can has signed: the printed minutes are kept, and each case is decided."""
    attachments.attach(by=by, stored=stored, about=found.ref, caption=stored.name)
    made.document = stored.digest
    made.save(update_fields=["document"])
    for case in queries.cases(found):
        of = files.for_update(case.file.number)
        of.state = DECIDED
        of.save(update_fields=["state"])
    found.state = CLOSED
    found.save(update_fields=["state"])


def places(content: Any, at: str = "") -> dict[str, str]:
    """The places of the minutes where a clerical error can be corrected: never an outcome, a vote or a rule."""
    found = {}
    for name in ("held_on", "starts", "place"):
        found[name] = str(content[name])
    for group in ("members", "excused"):
        for number, each in enumerate(content[group], 1):
            for name in ("name", "organisation"):
                found[f"{group}/{number}/{name}"] = str(each[name])
    for case in content["cases"]:
        found[f"cases/{case['candidate']}/name"] = str(case["name"])
        for each in case["decisions"]:
            if each["reason"]:
                found[f"cases/{case['candidate']}/{each['competence']}/reason"] = str(each["reason"])
    return found


@ahead.prepared
def rectify(*, by: Actor, jury: Code, place: Sentence, after: Page, reason: Page) -> Rectification:
    """Correct one place of the minutes by a dated act beside them (signed); an outcome is never corrected so."""
    permit(by, "qualification.rectify")
    if not reason.strip() or not after.strip():
        raise RuleBroken("reason_missing")
    at, found = moment(), queries.jury(jury)
    made = queries.minutes(found)
    asked: dict[str, Any] = {
        "place": place,
        "after": after.strip(),
        "reason": reason.strip(),
        "by": by.person,
        "at": at,
    }
    row = Rectification(minutes=made, before=current(made).get(place, ""), **asked)
    drawn = papers.rectification(found, made, row, rank=made.rectifications.count() + 1)
    ready = ahead.printed(drawn if by.signature else None, at=at)
    told: dict[str, Any] = {
        "by": by,
        "meaning": "minutes_rectified",
        "corrects": made.event,
        "happened_at": at,
    }
    with ready, act("qualification.minutes_rectified", **told) as done:
        queries.for_update(jury, CLOSED)
        known = current(made)
        if place not in known:
            raise RuleBroken("minutes_place_not_corrigible", place=place_words(place))
        if known[place] == row.after:
            raise RuleBroken("nothing_to_do")
        row.before, row.event, rank = known[place], done.event, made.rectifications.count() + 1
        stored = ready.paper(papers.rectification(found, made, row, rank=rank), at=at)
        row.save()
        attachments.attach(by=by, stored=stored, about=found.ref, caption=stored.name)
        # What it read, reads, and why may name somebody: the room's table holds the words, the entry their digests.
        words = {"before": row.before, "after": row.after, "reason": row.reason}
        digests = {f"{name}_sha256": digest_of(text) for name, text in words.items()}
        done.tell(found, jury=found.ref, place=place, **digests, sha256=made.sha256)
    return row


def current(made: Minutes) -> dict[str, str]:
    """What the minutes say today at each place that may be corrected: as locked, then as rectified."""
    known = places(made.content)
    for each in made.rectifications.all():
        known[each.place] = each.after
    return known

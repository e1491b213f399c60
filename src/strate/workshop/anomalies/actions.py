"""The verbs of anomalies: report, answer, pass on, close, open again."""

from collections.abc import Sequence
from typing import Any, Literal

from strate.workshop.anomalies import queries, rules
from strate.workshop.anomalies.models import ANSWERED, CLOSED, OPEN, Anomaly, AnomalyThing
from strate.workshop.attachments import actions as attachments
from strate.workshop.attachments import queries as files
from strate.workshop.doors.texts import Page, Paragraph, Title, Word
from strate.workshop.holds import actions as holds
from strate.workshop.holds import queries as held
from strate.workshop.journal import clock
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Reason, Refused, RuleBroken
from strate.workshop.notices.actions import notify
from strate.workshop.people.roles import QUALITY, permit

LONGEST = 4000


def report(
    *,
    by: Actor,
    about: Sequence[Title] = (),
    kind: Word,
    text: Page = "",
    photos: Sequence[Title] = (),
    to: Word = "",
    severity: Literal["", "minor", "major", "critical"] = "",
    hold: bool = False,
) -> Anomaly:
    """Report an anomaly on one or more things: it goes to whom the rule says, unless `to` names another.

    `hold` stops each thing until the recipient (or quality) lets it go.
    """
    permit(by, "anomalies.report")
    row = queries.kind(kind)
    recipient = queries.recipient(to or queries.recipient_for(kind))
    files.need(*photos)
    refs = list(dict.fromkeys(about))
    if hold and not refs:
        raise RuleBroken("nothing_to_hold")
    with act("anomalies.reported", by=by) as done:
        anomaly = Anomaly.objects.create(
            kind=kind,
            text=text.strip()[:LONGEST],
            severity=severity or row.severity,
            recipient=recipient.code,
            reported_by=by.person,
            reported_at=done.happened_at,
            station=by.station,
        )
        AnomalyThing.objects.bulk_create(AnomalyThing(anomaly=anomaly, ref=ref) for ref in refs)
        for digest in dict.fromkeys(photos):
            attachments.attach(by=by, stored=digest, about=anomaly.ref)
        if hold:
            _stop(by, anomaly, refs, recipient)
        _tell_recipient(by, anomaly, recipient, "anomaly_reported")
        done.tell(anomaly, *refs, **_told(anomaly), photos=list(photos), hold=hold)
    return anomaly


def _told(anomaly: Anomaly) -> dict[str, Any]:
    return {
        "anomaly_kind": anomaly.kind,
        "severity": anomaly.severity,
        "recipient": anomaly.recipient,
        "text": anomaly.text,
    }


def answer(*, by: Actor, anomaly: Word, text: Page) -> Anomaly:
    """Answer an anomaly: what was found, what is to be done. Goes back to whoever reported it."""
    found = queries.one(anomaly)
    reasons = rules.why_not_answer(queries.seen(found), roles=by.roles)
    _refuse(reasons, text, "answer_needs_words")
    with act("anomalies.answered", by=by) as done:
        _move(found, ANSWERED, answer=text.strip()[:LONGEST], answered_by=by.person, answered_at=clock.now())
        _tell_reporter(by, found, "anomaly_answered")
        done.tell(found, *queries.things_of(found), text=found.answer)
    return found


def forward(*, by: Actor, anomaly: Word, to: Word, reason: Paragraph = "") -> Anomaly:
    """Pass an anomaly on to another recipient."""
    found, recipient = queries.one(anomaly), queries.recipient(to)
    permit(by, "anomalies.report")
    _refuse(rules.why_not_forward(queries.seen(found)))
    before = found.recipient
    with act("anomalies.forwarded", by=by, reason=reason.strip()[:500]) as done:
        Anomaly.objects.filter(pk=found.pk).update(recipient=recipient.code)
        found.refresh_from_db()
        _tell_recipient(by, found, recipient, "anomaly_reported")
        done.tell(found, *queries.things_of(found), recipient=recipient.code, before_recipient=before)
    return found


def close(*, by: Actor, anomaly: Word, conclusion: Page) -> Anomaly:
    """Close an anomaly: it is settled, and nothing it stopped is still stopped."""
    found = queries.one(anomaly)
    reasons = rules.why_not_close(queries.seen(found), person=by.person, roles=by.roles)
    # Nothing it stopped is left hanging.
    reasons += [held.reason(hold) for hold in held.from_origin(found.ref)]
    _refuse(reasons, conclusion, "conclusion_needs_words")
    with act("anomalies.closed", by=by) as done:
        _move(
            found, CLOSED, conclusion=conclusion.strip()[:LONGEST], closed_by=by.person, closed_at=clock.now()
        )
        _tell_reporter(by, found, "anomaly_closed")
        done.tell(found, *queries.things_of(found), text=found.conclusion)
    return found


def reopen(*, by: Actor, anomaly: Word, reason: Paragraph) -> Anomaly:
    """Open an anomaly again: it is not settled."""
    found = queries.one(anomaly)
    permit(by, "anomalies.report")
    _refuse(rules.why_not_reopen(queries.seen(found)), reason, "reopening_needs_words")
    with act("anomalies.reopened", by=by, reason=reason.strip()[:500]) as done:
        _move(found, OPEN, closed_by="", closed_at=None)
        _tell_recipient(by, found, queries.recipient(found.recipient), "anomaly_reopened")
        done.tell(found, *queries.things_of(found))
    return found


def _refuse(reasons: list[Reason], words: str | None = None, missing: str = "") -> None:
    if words is not None and not words.strip():
        reasons = [*reasons, Reason(missing)]
    if reasons:
        raise Refused(reasons)


def _move(found: Anomaly, to: str, **values: Any) -> None:
    """Two people on one anomaly: only the first of two contrary moves counts."""
    before = found.state
    if not Anomaly.objects.filter(pk=found.pk, state=before).update(state=to, **values):
        raise RuleBroken("anomaly_moved_meanwhile", anomaly=found.ref)
    found.refresh_from_db()


def _stop(by: Actor, anomaly: Anomaly, refs: Sequence[str], recipient: rules.Addressee) -> None:
    lifters = sorted({QUALITY, *recipient.roles})
    for ref in refs:
        holds.place(
            by=by,
            about=ref,
            code="anomaly_reported",
            text=anomaly.text[:500],
            liftable_by=lifters,
            origin=anomaly.ref,
        )


def _tell_recipient(by: Actor, anomaly: Anomaly, recipient: rules.Addressee, code: str) -> None:
    to = [f"role:{role}" for role in recipient.roles]
    notify(
        by=by,
        to=to,
        about=anomaly.ref,
        code=code,
        anomaly_kind=anomaly.kind,
        severity=anomaly.severity,
        recipient=recipient.code,
    )


def _tell_reporter(by: Actor, anomaly: Anomaly, code: str) -> None:
    if anomaly.reported_by:
        to = f"person:{anomaly.reported_by}"
        notify(
            by=by, to=to, about=anomaly.ref, code=code, anomaly_kind=anomaly.kind, severity=anomaly.severity
        )

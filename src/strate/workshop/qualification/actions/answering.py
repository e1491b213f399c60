"""After the jury: the letter to each candidate, a complaint and its answer, what goes to the technical group."""

from datetime import date, datetime, timedelta
from typing import Any, Literal

from django.utils.timezone import localdate

from strate.workshop.attachments import actions as attachments
from strate.workshop.attachments.rules import Stored
from strate.workshop.doors.texts import Code, Number, Page, Sentence
from strate.workshop.journal.actions import act, moment
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import NotFound, Reason, Refused, RuleBroken
from strate.workshop.notices.actions import notify
from strate.workshop.people.roles import permit
from strate.workshop.qualification.documents import ahead, letters, papers, written
from strate.workshop.qualification.models import Case, Complaint, Jury, Notification, Transmission
from strate.workshop.qualification.models.candidate import ARCHIVED, COMMISSION_CONCLUDED, DECIDED
from strate.workshop.qualification.models.jury import CLOSED, FILED, REJECTED, UPHELD
from strate.workshop.qualification.queries import files
from strate.workshop.qualification.queries import jury as queries
from strate.workshop.qualification.rules import jury as rules
from strate.workshop.qualification.rules.words import digest_of


@ahead.prepared
def notify_candidate(*, by: Actor, jury: Code, candidate: Code) -> Notification:
    """Send the letter that tells a candidate what was decided, what is kept, until when, and how to complain."""
    permit(by, "qualification.notify")
    at, found = moment(), queries.jury(jury)
    case = queries.case(found, candidate)
    ready = ahead.printed(None if _silent(found, case) else _letter(found, case, at)[0], at=at)
    with ready, act("qualification.candidate_notified", by=by, happened_at=at) as done:
        found = queries.for_update(jury)
        case = queries.case(found, candidate)
        if reasons := _silent(found, case):
            raise Refused(reasons)
        paper, content, until = _letter(found, case, at)
        stored = _kept(by, ready, paper, case.file.ref, at)
        made = Notification.objects.create(
            case=case,
            content=content,
            sent_on=localdate(at),
            complaint_until=until,
            sent_by=by.person,
            document=stored.digest,
            event=done.event,
        )
        notify(by=by, to=f"person:{case.file.person}", about=case.file.ref, code="jury_result")
        done.tell(found, case.file, candidate=case.file.ref, complaint_until=until, document=stored.digest)
    return made


def _silent(found: Jury, case: Case) -> list[Reason]:
    """Why no letter leaves yet, or no other one."""
    if found.state != CLOSED:
        return [Reason("minutes_not_signed_yet", {"jury": found.ref})]
    if _notified(case):
        return [Reason("notified_already", {"candidate": case.file.ref})]
    return rules.unknown(queries.rules_of(found), "notification")


def _letter(found: Jury, case: Case, at: datetime) -> tuple[papers.Paper, dict[str, Any], date]:
    today = localdate(at)
    until = today + timedelta(days=int(queries.rules_of(found)["complaint_days"].value))
    content = written.notification(case, sent_on=today, complaint_until=until)
    return letters.notification(found, case, content), content, until


def _kept(by: Actor, ready: ahead.Ready, paper: papers.Paper, about: str, at: datetime) -> Stored:
    """The paper printed before this act, attached, if it still says what the act says."""
    stored = ready.paper(paper, at=at)
    attachments.attach(by=by, stored=stored, about=about, caption=paper.title)
    return stored


def complain(*, by: Actor, jury: Code, candidate: Code, grounds: Page) -> Complaint:
    """A candidate disputes what the jury decided for them, before the day their letter names."""
    permit(by, "qualification.take_part")
    if not grounds.strip():
        raise RuleBroken("complaint_without_grounds")
    with act("qualification.complaint_filed", by=by) as done:
        found = queries.for_update(jury)
        case = queries.case(found, candidate)
        if by.person != case.file.person:
            raise RuleBroken("complaint_of_somebody_else", candidate=case.file.ref)
        letter = Notification.objects.filter(case=case).first()
        if letter is None:
            raise RuleBroken("not_notified_yet", candidate=case.file.ref)
        if localdate(done.happened_at) > letter.complaint_until:
            rule = queries.rules_of(found)["complaint_days"]
            raise RuleBroken("complaint_too_late", source=rule.citation, until_on=letter.complaint_until)
        if Complaint.objects.filter(case=case, state=FILED).exists():
            raise RuleBroken("complaint_already_open", candidate=case.file.ref)
        made = Complaint.objects.create(
            case=case,
            grounds=grounds.strip(),
            filed_by=by.person,
            filed_at=done.happened_at,
            due_on=letter.complaint_until,
            event=done.event,
        )
        notify(by=by, to="role:centre", about=case.file.ref, code="complaint_filed", candidate=case.file.ref)
        done.tell(found, case.file, made, jury=found.ref, candidate=case.file.ref)
    return made


def answer_complaint(
    *, by: Actor, complaint: Number, outcome: Literal["upheld", "rejected"], answer: Page, effect: Page = ""
) -> Complaint:
    """Answer a complaint (signed), by somebody who took no part in the case; upheld, another jury sees it again."""
    permit(by, "qualification.answer_complaint")
    if not answer.strip():
        raise RuleBroken("reason_missing")
    with act("qualification.complaint_answered", by=by, meaning="complaint_answered") as done:
        made = Complaint.objects.select_for_update().filter(pk=complaint).first()
        if made is None:
            raise NotFound("no_such_complaint", complaint=complaint)
        if made.state != FILED:
            raise RuleBroken("complaint_answered_already", complaint=complaint)
        if by.person in queries.people_of(made.case):
            raise RuleBroken("reviewer_not_independent", person=by.person, lifted_by=("centre", "quality"))
        made.state = UPHELD if outcome == "upheld" else REJECTED
        made.reviewer, made.outcome, made.effect = by.person, answer.strip(), effect.strip()
        made.answered_at = done.happened_at
        made.save()
        if made.state == UPHELD:
            _open_again(made.case)
        notify(by=by, to=f"person:{made.filed_by}", about=made.case.file.ref, code="complaint_answered")
        told = {"candidate": made.case.file.ref, "complaint_outcome": made.state}
        done.tell(made.case.jury, made.case.file, made, jury=made.case.jury.ref, **told)
    return made


def _open_again(case: Case) -> None:
    """What was refused waits for another jury; what was validated stays. A file already waiting, waits as it did."""
    of = files.for_update(case.file.number)
    if of.state == ARCHIVED:
        raise RuleBroken("file_archived", candidate=of.ref)
    if of.state == DECIDED and queries.to_decide(of, on=case.jury.held_on):
        of.state = COMMISSION_CONCLUDED
        of.save(update_fields=["state"])


@ahead.prepared
def transmit(*, by: Actor, jury: Code) -> Transmission:
    """Send the papers of a jury to the joint technical group: composition, deliberation, documents, each by digest."""
    permit(by, "qualification.transmit")
    at, found = moment(), queries.jury(jury)
    early = None if _not_to_send(found) else letters.transmission(found, written.transmission(found))
    ready = ahead.printed(early, at=at)
    with ready, act("qualification.jury_transmitted", by=by, happened_at=at) as done:
        found = queries.for_update(jury)
        if reasons := _not_to_send(found):
            raise Refused(reasons)
        content = written.transmission(found)
        stored = _kept(by, ready, letters.transmission(found, content), found.ref, at)
        made = Transmission.objects.create(
            jury=found,
            content=content,
            sent_on=localdate(done.happened_at),
            sent_by=by.person,
            document=stored.digest,
            event=done.event,
        )
        done.tell(found, jury=found.ref, document=stored.digest, documents=len(content["documents"]))
    return made


def _not_to_send(found: Jury) -> list[Reason]:
    if found.state != CLOSED:
        return [Reason("minutes_not_signed_yet", {"jury": found.ref})]
    if Transmission.objects.filter(jury=found).exists():
        return [Reason("transmitted_already", {"jury": found.ref})]
    silent = [case.file.ref for case in queries.cases(found) if not _notified(case)]
    return [Reason("candidate_not_notified", {"candidate": ref}) for ref in silent]


def _sent(found: Jury, on: date, *, today: date) -> Transmission:
    """The papers the technical group was sent, for what it did with them: not tomorrow, nor before it had them."""
    made = Transmission.objects.select_for_update().filter(jury=found).first()
    if made is None:
        raise RuleBroken("not_transmitted_yet", jury=found.ref)
    if on > today:
        raise RuleBroken("date_is_to_come", told_on=on)
    if on < made.sent_on:
        raise RuleBroken("received_before_sent", sent_on=made.sent_on)
    return made


def note_receipt(*, by: Actor, jury: Code, on: date, received_by: Sentence) -> Transmission:
    """Note that the technical group received the papers of a jury: the day, and who received them there."""
    permit(by, "qualification.transmit")
    if not received_by.strip():
        raise RuleBroken("receiver_missing")
    with act("qualification.transmission_received", by=by) as done:
        found = queries.for_update(jury)
        made = _sent(found, on, today=localdate(done.happened_at))
        if made.received_on:
            raise RuleBroken("receipt_noted_already", jury=found.ref, received_on=made.received_on)
        made.received_on, made.received_by = on, received_by.strip()[:160]
        made.receipt_noted_by = by.person
        made.save(update_fields=["received_on", "received_by", "receipt_noted_by"])
        # Whoever received is a person of another house: their name stays in the room's table.
        done.tell(found, jury=found.ref, received_on=on, document=made.document)
    return made


def note_control(
    *, by: Actor, jury: Code, on: date, control: Literal["in_order", "remarks"], words: Page = ""
) -> Transmission:
    """Note what the technical group found: papers in order, or the remarks it addressed to the jury; once."""
    permit(by, "qualification.transmit")
    if control == "remarks" and not words.strip():
        raise RuleBroken("control_without_remarks")
    with act("qualification.jury_controlled", by=by) as done:
        found = queries.for_update(jury)
        made = _sent(found, on, today=localdate(done.happened_at))
        if made.control:
            raise RuleBroken("control_noted_already", jury=found.ref, told_on=made.controlled_on)
        made.control, made.controlled_on = control, on
        made.control_words, made.control_noted_by = words.strip(), by.person
        made.save(update_fields=["control", "controlled_on", "control_words", "control_noted_by"])
        # Remarks may name somebody: the room's table holds the words, the entry their digest.
        told = {"control": control, "told_on": on, "words_sha256": digest_of(words)}
        done.tell(found, jury=found.ref, **told)
    return made


def _notified(case: Case) -> bool:
    return Notification.objects.filter(case=case).exists()

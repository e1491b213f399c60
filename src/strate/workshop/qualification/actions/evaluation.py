"""Questions and answers, the report and its receipt, presentations: what completes the observation."""

from datetime import date
from typing import Annotated, Literal

from django.utils import timezone
from pydantic import Field

from strate.workshop.attachments import queries as attachments
from strate.workshop.attachments.registry import must_open
from strate.workshop.doors.texts import Page, Paragraph, Sentence
from strate.workshop.journal import clock
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import NotFound, Reason, Refused, RuleBroken
from strate.workshop.notices import actions as notices
from strate.workshop.people.roles import permit
from strate.workshop.qualification.models import CandidateFile, Presentation, QuestionAsked, Report
from strate.workshop.qualification.models.reference import APPROVED
from strate.workshop.qualification.queries import files, references
from strate.workshop.qualification.references import outline
from strate.workshop.qualification.rules import candidate as rules
from strate.workshop.qualification.rules import evaluation
from strate.workshop.qualification.rules.words import digest_of

Number = Annotated[str, Field(max_length=40)]
Target = Annotated[str, Field(max_length=20)]
QuestionCode = Annotated[str, Field(max_length=60)]
Digest = Annotated[str, Field(max_length=64)]
Verdict = Literal["known", "partly_known", "not_known"]
Strings = Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=60)]


def ask_question(
    *,
    by: Actor,
    candidate: Number,
    about: Target,
    answer: Page,
    verdict: Verdict,
    question: QuestionCode = "",
    text: Page = "",
) -> QuestionAsked:
    """Write down a question put to the candidate, from the bank or one's own, and the answer as it was given."""
    permit(by, "qualification.evaluate")
    bank = references.question(question) if question else None
    if bank and bank.state != APPROVED:
        raise RuleBroken("question_not_approved", question=bank.ref)
    said = bank.text if bank else text.strip()
    if not said or not answer.strip():
        raise RuleBroken("question_needs_words")
    with act("qualification.question_asked", by=by) as done:
        found = _under_evaluation(by, candidate)
        seen = outline.of(found.reference)
        if about not in dict(seen.knowledge(files.block_name(found))) and about not in _lines(found):
            raise NotFound("no_such_target", target=about)
        row = QuestionAsked.objects.create(
            file=found,
            question=bank,
            about=about,
            competence=about.partition(".")[0] if about in _lines(found) else "",
            text=said,
            answer=answer.strip(),
            verdict=verdict,
            by=by.person,
            at=done.happened_at,
            event=done.event,
        )
        done.tell(found, bank, target=about, verdict=verdict)
    return row


def _lines(found: CandidateFile) -> set[str]:
    return {i.id for c in files.competences(found) for i in c.items()}


def _under_evaluation(by: Actor, number: str) -> CandidateFile:
    found = files.for_update(number)
    if by.person not in files.active_members(found):
        raise RuleBroken("not_in_the_commission", person=by.person, lifted_by=("centre",))
    if found.state not in rules.UNDER_EVALUATION:
        code = "file_not_signed" if found.collecting_from is None else "file_is_settled"
        raise RuleBroken(code, candidate=found.ref)
    return found


def receive_report(
    *, by: Actor, candidate: Number, title: Sentence, attachment: Digest, attachment_name: Sentence = ""
) -> Report:
    """Receive the candidate's report: a receipt with the hour of arrival here; after the deadline it says so."""
    attachments.need(attachment)
    must_open(by, attachment)
    if not title.strip():
        raise RuleBroken("report_without_title")
    with act("qualification.report_received", by=by) as done:
        found = files.for_update(candidate)
        files.must_be(found, by, files.CANDIDATE, files.CENTRE_SIDE)
        reasons = _cannot_receive(found)
        if reasons:
            raise Refused(reasons)
        assert found.report_due is not None
        # The hour the house received it: the clock of the sender has no say.
        at = clock.now()
        late = evaluation.is_late(at, found.report_due)
        row = Report.objects.create(
            file=found,
            receipt=f"AR-{timezone.localtime(at):%Y%m%d-%H%M%S}-{done.event[-6:].upper()}",
            title=title.strip(),
            attachment=attachment,
            attachment_name=attachment_name.strip(),
            received_at=at,
            due_at=found.report_due,
            late=late,
            accepted=None if late else True,
            sent_by=by.person,
            event=done.event,
        )
        told = {"receipt": row.receipt, "sha256": attachment, "received_at": at, "due_at": row.due_at}
        done.tell(found, row, f"file:{attachment}", **told, late=late)
        _tell_of_report(by, found, late=late)
    return row


def _cannot_receive(found: CandidateFile) -> list[Reason]:
    if found.state not in rules.UNDER_EVALUATION:
        code = "file_not_signed" if found.collecting_from is None else "file_is_settled"
        return [Reason(code, {"candidate": found.ref})]
    if found.report_due is None:
        return [Reason("no_report_expected", {"candidate": found.ref})]
    return []


def _tell_of_report(by: Actor, found: CandidateFile, *, late: bool) -> None:
    to = [f"person:{p}" for p in [*files.active_members(found), found.person] if p != by.person]
    to += ["role:centre"] if late else []
    notices.notify(by=by, to=to, about=found.ref, code="report_late" if late else "report_received")


def decide_late_report(
    *, by: Actor, candidate: Number, receipt: Sentence, accepted: bool, reason: Paragraph
) -> Report:
    """Decide whether a report that came after its deadline is taken, with the reason."""
    permit(by, "qualification.manage_file")
    if not reason.strip():
        raise RuleBroken("reason_missing")
    with act("qualification.late_report_decided", by=by) as done:
        found = files.for_update(candidate)
        row = Report.objects.select_for_update().filter(file=found, receipt=receipt).first()
        if row is None:
            raise NotFound("no_such_report", receipt=receipt)
        if by.person == found.person:
            raise RuleBroken("candidate_in_own_commission")
        if not row.late or row.accepted is not None:
            raise RuleBroken("report_decided_already", receipt=row.receipt)
        row.accepted, row.decided_by, row.decided_reason = accepted, by.person, reason.strip()
        row.save()
        done.tell(found, row, receipt=row.receipt, accepted=accepted, reason_sha256=digest_of(reason))
    return row


def hold_presentation(
    *,
    by: Actor,
    candidate: Number,
    competences: Strings,
    held_on: date,
    members: Strings,
    place: Sentence = "",
    minutes: Page = "",
) -> Presentation:
    """Write down that the candidate presented projects before members of the commission, and what was said."""
    permit(by, "qualification.evaluate")
    with act("qualification.presentation_held", by=by) as done:
        found = _under_evaluation(by, candidate)
        reasons = _presentation_reasons(found, competences, members, held_on)
        if reasons:
            raise Refused(reasons)
        row = Presentation.objects.create(
            file=found,
            competences=list(dict.fromkeys(competences)),
            held_on=held_on,
            place=place.strip(),
            members=list(dict.fromkeys(members)),
            minutes=minutes.strip(),
            by=by.person,
            at=done.happened_at,
            event=done.event,
        )
        done.tell(found, competences=row.competences, held_on=held_on, members=row.members)
    return row


def _presentation_reasons(
    found: CandidateFile, competences: list[str], members: list[str], held_on: date
) -> list[Reason]:
    """By this modality only, before several members, a report taken, and not tomorrow."""
    modes = {m.competence: m.modes for m in found.modalities.all()}
    reasons = [
        Reason("competence_not_by_projects", {"competence": c})
        for c in competences
        if evaluation.PROJECTS not in modes.get(c, ())
    ]
    strangers = [m for m in members if m not in files.active_members(found)]
    reasons += [Reason("not_in_the_commission", {"person": m}) for m in strangers]
    if len(set(members)) < evaluation.LEAST_MEMBERS:
        values = {"count": len(set(members)), "least": evaluation.LEAST_MEMBERS}
        reasons.append(Reason("commission_too_small", values, evaluation.MEMBERS_SOURCE))
    if not found.reports.filter(accepted=True).exists():
        reasons.append(Reason("report_missing", {"candidate": found.ref}))
    if held_on > timezone.localdate(clock.now()):
        reasons.append(Reason("presentation_not_held_yet"))
    if not competences:
        reasons.append(Reason("presentation_of_nothing"))
    return reasons

"""What the candidate says of the evidence: comments, withdrawals, pieces of their own."""

import hashlib
from datetime import date
from typing import Annotated
from uuid import uuid4

from pydantic import Field

from strate.kernels.sealing import canonical
from strate.workshop.attachments import queries as attachments
from strate.workshop.attachments.registry import must_open
from strate.workshop.doors.texts import Page, Sentence
from strate.workshop.journal import clock
from strate.workshop.journal.actions import Done, act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Reason, Refused, RuleBroken
from strate.workshop.notices import actions as notices
from strate.workshop.qualification.models import CandidateFile, EvidenceNote, GridEvidence
from strate.workshop.qualification.models.evaluation import GRID_LATE
from strate.workshop.qualification.queries import evidence, files
from strate.workshop.qualification.rules import candidate as rules

Number = Annotated[str, Field(max_length=40)]
Key = Annotated[str, Field(max_length=64)]
Targets = Annotated[list[Annotated[str, Field(max_length=20)]], Field(max_length=60)]
Digest = Annotated[str, Field(max_length=64)]


def comment_evidence(*, by: Actor, candidate: Number, piece: Key, comment: Page) -> EvidenceNote:
    """Say something about a piece of evidence of one's own file."""
    with act("qualification.evidence_commented", by=by) as done:
        found = _mine(by, candidate)
        row = _note(found, piece, done)
        row.comment = comment.strip()
        row.save()
        done.tell(found, sha256=row.digest)
    return row


def tie_evidence(*, by: Actor, candidate: Number, piece: Key, targets: Targets) -> EvidenceNote:
    """Say for which other criteria a piece speaks; none undoes what was said of an entry."""
    with act("qualification.evidence_tied", by=by) as done:
        found = _mine(by, candidate)
        row = _note(found, piece, done)
        if (
            targets or row.added
        ):  # an entry stays where the map puts it; a piece of one's own stands somewhere
            _must_be_targets(found, targets)
        row.targets = list(dict.fromkeys(targets))
        row.save()
        done.tell(found, sha256=row.digest, targets=row.targets)
    return row


def withdraw_evidence(*, by: Actor, candidate: Number, piece: Key, reason: Page = "") -> EvidenceNote:
    """Withdraw a piece: it is no longer shown; a grid that cites it keeps its digest, and its assessor is told."""
    with act("qualification.evidence_withdrawn", by=by) as done:
        found = _mine(by, candidate)
        row = _note(found, piece, done)
        if row.withdrawn_at:
            raise RuleBroken("evidence_withdrawn_already")
        row.withdrawn_at, row.withdrawn_reason = done.happened_at, reason.strip()
        row.save()
        citing = GridEvidence.objects.filter(key=row.key, row__grid__file=found).exclude(
            row__grid__state=GRID_LATE
        )
        assessors = sorted(set(citing.values_list("row__grid__assessor", flat=True)))
        if assessors:
            to = [f"person:{a}" for a in assessors]
            notices.notify(by=by, to=to, about=found.ref, code="cited_evidence_withdrawn")
        done.tell(found, sha256=row.digest, cited=len(citing))
    return row


def restore_evidence(*, by: Actor, candidate: Number, piece: Key) -> EvidenceNote:
    """Bring a withdrawn piece back."""
    with act("qualification.evidence_restored", by=by) as done:
        found = _mine(by, candidate)
        row = EvidenceNote.objects.filter(file=found, key=piece).exclude(withdrawn_at=None).first()
        if row is None:
            raise RuleBroken("no_such_evidence", piece=piece)
        row.withdrawn_at, row.withdrawn_reason = None, ""
        row.save()
        done.tell(found, sha256=row.digest)
    return row


def add_evidence(
    *,
    by: Actor,
    candidate: Number,
    title: Sentence,
    targets: Targets,
    comment: Page = "",
    happened_on: date | None = None,
    attachment: Digest = "",
) -> EvidenceNote:
    """Add a piece of one's own: a document, a photo, an account; the assessor sees that it is not an entry."""
    if not title.strip():
        raise RuleBroken("evidence_without_title")
    if attachment:
        attachments.need(attachment)
        must_open(by, attachment)
    with act("qualification.evidence_added", by=by) as done:
        found = _mine(by, candidate)
        _must_be_targets(found, targets)
        said = [title.strip(), comment.strip(), attachment, happened_on.isoformat() if happened_on else ""]
        row = EvidenceNote.objects.create(
            file=found,
            key=f"n-{uuid4().hex[:20]}",
            title=title.strip(),
            targets=list(dict.fromkeys(targets)),
            comment=comment.strip(),
            happened_on=happened_on,
            attachment=attachment,
            digest=hashlib.sha256(canonical(said)).hexdigest(),
            added=True,
            at=done.happened_at,
        )
        done.tell(found, sha256=row.digest, targets=row.targets, title=row.key)
    return row


def _mine(by: Actor, number: str) -> CandidateFile:
    """The candidate's own file while evidence is collected."""
    found = files.for_update(number)
    if not by.person or found.person != by.person:
        raise RuleBroken("only_the_candidate", candidate=found.ref)
    if found.state not in rules.UNDER_EVALUATION:
        code = "file_not_signed" if found.collecting_from is None else "file_is_settled"
        raise RuleBroken(code, candidate=found.ref)
    return found


def _note(found: CandidateFile, key: str, done: Done) -> EvidenceNote:
    """What is said of a piece so far; the first word on an entry of the journal makes its row."""
    row = EvidenceNote.objects.select_for_update().filter(file=found, key=key).first()
    if row:
        return row
    fact = evidence.fact_of(found, key)
    if fact is None:
        raise RuleBroken("no_such_evidence", piece=key)
    return EvidenceNote(file=found, key=key, event=key, digest=evidence.digest_of(fact), at=clock.now())


def _must_be_targets(found: CandidateFile, targets: list[str]) -> None:
    known = {i.id for c in files.competences(found) for i in c.items() if i.kind in "MOREK" or i.kind == "S"}
    reasons = [Reason("no_such_target", {"target": t}) for t in targets if t not in known]
    if reasons or not targets:
        raise Refused(reasons or [Reason("evidence_without_target")])

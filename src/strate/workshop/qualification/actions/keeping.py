"""Keeping: a candidate's folder closed, the centre's layouts and the key it signs with."""

import hashlib
from datetime import date, datetime
from typing import Annotated

from django.db import IntegrityError
from django.utils.timezone import localdate
from pydantic import Field

from strate.kernels.printing import CannotPrint
from strate.workshop.attachments import actions as attachments
from strate.workshop.attachments import store
from strate.workshop.doors.texts import Code, Sentence, Word
from strate.workshop.journal import clock
from strate.workshop.journal.actions import act, moment
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Reason, Refused, RuleBroken
from strate.workshop.people.roles import permit
from strate.workshop.qualification import archiving, issuing
from strate.workshop.qualification.credentials import did_of
from strate.workshop.qualification.credentials.multikey import NotAKey
from strate.workshop.qualification.documents import ahead, printing, trial
from strate.workshop.qualification.models import (
    Archive,
    CandidateFile,
    Case,
    Complaint,
    IssuerKey,
    Layout,
    Notification,
)
from strate.workshop.qualification.models.award import WHOLE
from strate.workshop.qualification.models.candidate import ARCHIVED, DECIDED
from strate.workshop.qualification.models.jury import FILED
from strate.workshop.qualification.queries import award as awards
from strate.workshop.qualification.queries import files
from strate.workshop.qualification.queries import jury as juries
from strate.workshop.qualification.rules.jury import CENTRE

LayoutText = Annotated[str, Field(max_length=60_000)]
Pem = Annotated[str, Field(max_length=4_000)]


@ahead.prepared
def archive(*, by: Actor, candidate: Code) -> Archive:
    """Close a candidate's folder: everything in it is listed by its digest, and the list is signed."""
    permit(by, "qualification.archive")
    at = moment()
    ready, manifest = _packed(files.file(candidate), at)
    with ready, act("qualification.file_archived", by=by, happened_at=at) as done:
        of = files.for_update(candidate)
        if reasons := _still_open(of, localdate(at)):
            raise Refused(reasons)
        stored = ready.taken(archiving.folder(of).digest)
        attachments.attach(by=by, stored=stored, about=of.ref, caption=stored.name)
        made = Archive.objects.create(
            file=of,
            digest=stored.digest,
            manifest_sha256=manifest,
            made_by=by.person,
            made_at=done.happened_at,
            event=done.event,
        )
        of.state = ARCHIVED
        of.save(update_fields=["state"])
        done.tell(of, candidate=of.ref, sha256=manifest, document=stored.digest)
        done.milestone_reached("archive")
    return made


def _packed(of: CandidateFile, at: datetime) -> tuple[ahead.Ready, str]:
    """The folder as it stands, before the act: reading and packing its papers takes long."""
    if _still_open(of, localdate(at)):
        return ahead.Ready(), ""
    made = archiving.folder(of)
    content, manifest = archiving.packed(of, made, at=at)
    return ahead.Ready(made.digest, store.keep(content, f"{of.number}.zip", untouched=True)), manifest


def _still_open(of: CandidateFile, on: date) -> list[Reason]:
    """Why a folder is not closed yet: no decision, a letter or an answer still owed."""
    values, reasons = {"candidate": of.ref}, []
    if of.state != DECIDED:
        return [Reason("file_not_decided", values)]
    if Complaint.objects.filter(case__file=of, state=FILED).exists():
        reasons.append(Reason("complaint_still_open", values, lifted_by=CENTRE))
    if Case.objects.filter(file=of, notification=None).exclude(decided_at=None).exists():
        reasons.append(Reason("candidate_not_notified", values, lifted_by=CENTRE))
    return [*reasons, *_still_disputable(of, on), *_still_owed(of)]


def _still_disputable(of: CandidateFile, on: date) -> list[Reason]:
    """While a refusal may still be disputed, the folder stays open: a complaint that is right opens it again."""
    last = Notification.objects.filter(case__file=of).order_by("complaint_until").last()
    if last is None or last.complaint_until < on or not juries.to_decide(of, on=last.case.jury.held_on):
        return []
    told = {"candidate": of.ref, "until_on": last.complaint_until}
    return [
        Reason("complaint_still_possible", told, juries.rules_of(last.case.jury)["complaint_days"].citation)
    ]


def _still_owed(of: CandidateFile) -> list[Reason]:
    """Everything was validated for the whole certificate: it is issued before its folder is closed."""
    case = awards.last_case(of)
    issued = of.awards.filter(kind=WHOLE).exists()
    if of.block_id or issued or case is None or juries.to_decide(of, on=case.jury.held_on):
        return []
    return [Reason("certificate_still_owed", {"candidate": of.ref}, "Référentiel, section 4", CENTRE)]


def put_layout(*, by: Actor, kind: Word, text: LayoutText) -> Layout:
    """Put the centre's own layout in place of ours for one kind of paper; it is printed once before it counts."""
    permit(by, "qualification.put_layout")
    trial.must_be_a_kind(kind)
    try:
        printing.printed(trial.paper(kind), at=clock.now(), layout=text)
    except CannotPrint as error:
        raise RuleBroken("layout_does_not_print", problem=str(error)[:300]) from error
    with act("qualification.layout_put", by=by) as done:
        last = Layout.objects.select_for_update().filter(kind=kind).first()
        Layout.objects.filter(kind=kind, in_force=True).update(in_force=False)
        try:
            made = Layout.objects.create(
                kind=kind,
                version=last.version + 1 if last else 1,
                text=text,
                sha256=hashlib.sha256(text.encode()).hexdigest(),
                put_by=by.person,
                put_at=done.happened_at,
            )
        except IntegrityError as twin:
            raise RuleBroken("layout_put_meanwhile", paper=kind) from twin
        done.tell(f"layout:{kind}", paper=kind, version=made.version, sha256=made.sha256)
    return made


def drop_layout(*, by: Actor, kind: Word) -> None:
    """Come back to our layout for one kind of paper; the centre's stays kept."""
    permit(by, "qualification.put_layout")
    trial.must_be_a_kind(kind)
    with act("qualification.layout_dropped", by=by) as done:
        if not Layout.objects.filter(kind=kind, in_force=True).update(in_force=False):
            raise RuleBroken("nothing_to_do")
        done.tell(f"layout:{kind}", paper=kind)


def enter_issuer_key(*, by: Actor, centre: Sentence, pem: Pem = "") -> IssuerKey:
    """Enter the key the centre signs certificates with (Ed25519), or make one; the former one signs no more."""
    permit(by, "qualification.enter_issuer_key")
    if not centre.strip():
        raise RuleBroken("field_missing", field="centre")
    # A file is never written inside an act; a key whose act is then refused lies unused, and is found again.
    if by.signature is None:
        raise RuleBroken("signature_needed", meaning="issuer_key_entered")
    private = pem.encode() if pem.strip() else issuing.made()
    try:
        did = did_of(private)
    except NotAKey as error:
        raise RuleBroken("issuer_key_not_read") from error
    if did == issuing.factory_key()[0]:
        raise RuleBroken("issuer_key_is_the_factory")
    issuing.keep(private)
    with act("qualification.issuer_key_entered", by=by, meaning="issuer_key_entered") as done:
        IssuerKey.objects.filter(until=None).update(until=done.happened_at)
        try:
            made = IssuerKey.objects.create(
                did=did, centre=centre.strip(), since=done.happened_at, entered_by=by.person
            )
        except IntegrityError as twin:
            raise RuleBroken("issuer_key_known", did=did) from twin
        done.tell(did=did, centre=made.centre)
    return made

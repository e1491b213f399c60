"""A candidate's file, from its registration to the moment evidence may be collected."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.utils.timezone import localdate
from pydantic import Field

from strate.workshop.doors.texts import Page, Paragraph, Sentence, Word
from strate.workshop.journal import queries as journal
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Reason, Refused, RuleBroken
from strate.workshop.notices import actions as notices
from strate.workshop.people import queries as people
from strate.workshop.people.roles import permit
from strate.workshop.qualification.models import (
    Applicability,
    CandidateFile,
    FileSignature,
    Modality,
)
from strate.workshop.qualification.models import candidate as states
from strate.workshop.qualification.models.reference import APPROVED
from strate.workshop.qualification.queries import files, holding, references
from strate.workshop.qualification.rules import candidate as rules
from strate.workshop.qualification.rules import evaluation
from strate.workshop.qualification.rules.words import digest_of

Number = Annotated[str, Field(max_length=40)]
ReferenceCode = Annotated[str, Field(max_length=80)]
Identity = Annotated[str, Field(max_length=120)]
Digest = Annotated[str, Field(max_length=64)]
Edition = Annotated[int, Field(ge=0, le=10**6)]
Place = Annotated[str, Field(max_length=160)]
Status = Literal["employee", "vae", "job_seeker", "other"]
Capacity = Literal["", "tutor", "line_manager", "functional_manager"]
PlaceKind = Literal["", "company", "training_centre", "other"]


def register_candidate(
    *,
    by: Actor,
    person: Word,
    reference: ReferenceCode,
    centre: Place,
    status: Status = "employee",
    block: Identity = "",
    company: Place = "",
    company_person: Word = "",
    company_capacity: Capacity = "",
) -> CandidateFile:
    """Register somebody with the centre, for a whole certificate or for one block of it."""
    permit(by, "qualification.manage_file")
    who, one = people.person(person), references.reference(reference)
    if one.state != APPROVED:
        raise RuleBroken("reference_not_in_force", reference=one.code)
    if company_person:
        people.person(company_person)
    wanted = references.block(block) if block else None
    if wanted and not one.blocks.filter(block=wanted).exists():
        raise RuleBroken("block_not_in_reference", block_name=block, reference=one.code)
    _must_not_be_its_own(who.pk, company_person)
    with act("qualification.candidate_registered", by=by) as done:
        if files.open_for(who.pk, one, wanted):
            raise RuleBroken("candidate_registered_already", person=who.pk)
        what = {"person": who.pk, "reference": one, "block": wanted, "status": status}
        made = CandidateFile.objects.create(
            **what,
            centre=centre.strip(),
            company=company.strip(),
            company_person=company_person,
            company_capacity=company_capacity,
            kept=holding.at_registration(who.pk, one, wanted, on=localdate(done.happened_at)),
            registered_by=by.person,
            registered_at=done.happened_at,
        )
        done.tell(made, one, wanted, reference=one.code, version=one.version, candidate_status=status)
        tell(by, [who.pk], made, "candidate_registered")
    return made


def _must_not_be_its_own(candidate: str, company_person: str) -> None:
    if candidate and candidate == company_person:
        raise RuleBroken("candidate_speaks_for_company")


def frame_file(
    *,
    by: Actor,
    candidate: Number,
    place: Sentence,
    place_kind: PlaceKind = "",
    evaluation_from: date | None = None,
    evaluation_to: date | None = None,
    report_due: datetime | None = None,
    report_due_source: Paragraph = "",
    accommodations: Page = "",
    company: Place = "",
    company_person: Word = "",
    company_capacity: Capacity = "",
    edition: Edition | None = None,
) -> CandidateFile:
    """Settle where and when the evaluation takes place, the deadline of the report, and the accommodations."""
    if company_person:
        people.person(company_person)
    values = {k: v for k, v in locals().items() if k not in ("by", "candidate", "edition")}
    with act("qualification.file_framed", by=by) as done:
        found = _being_prepared(by, candidate, edition)
        _must_not_be_its_own(found.person, company_person)
        if report_due and not report_due_source.strip():
            raise RuleBroken("report_deadline_without_source")
        for name, value in values.items():
            setattr(found, name, value.strip() if isinstance(value, str) else value)
        touched(found)
        done.tell(found, sha256=files.digest(found), report_due_at=report_due or "")
    return found


def set_modalities(*, by: Actor, candidate: Number, modes: dict[str, list[str]]) -> CandidateFile:
    """Say by which modalities each competence is evaluated (MOD1: real work, MOD2: presented projects)."""
    with act("qualification.modalities_set", by=by) as done:
        found = _being_prepared(by, candidate)
        known = {c.id for c in files.competences(found)}
        reasons = [
            Reason("no_such_competence", {"competence": c, "candidate": found.ref})
            for c in modes
            if c not in known
        ]
        reasons += [
            Reason("no_such_modality", {"modality": m})
            for given in modes.values()
            for m in given
            if m not in evaluation.MODES
        ]
        if reasons:
            raise Refused(reasons)
        for competence, given in modes.items():
            kept = [m for m in evaluation.MODES if m in given]
            Modality.objects.update_or_create(file=found, competence=competence, defaults={"modes": kept})
        touched(found)
        done.tell(found, modalities={c: list(m) for c, m in modes.items()}, sha256=files.digest(found))
    return found


def decide_applicability(
    *, by: Actor, candidate: Number, decisions: dict[str, dict[str, Any]]
) -> CandidateFile:
    """Decide, with a reason, which conditional criteria apply to this candidate: before, never on the day."""
    with act("qualification.applicability_decided", by=by) as done:
        found = _being_prepared(by, candidate)
        known = {i.id for i in files.conditional(found)}
        reasons = [Reason("no_such_target", {"target": t}) for t in decisions if t not in known]
        reasons += [
            Reason("applicability_without_reason", {"target": t})
            for t, d in decisions.items()
            if not str(d.get("reason", "")).strip()
        ]
        if reasons:
            raise Refused(reasons)
        for target, given in decisions.items():
            kept = {"applies": bool(given.get("applies")), "reason": str(given["reason"]).strip()[:2000]}
            Applicability.objects.update_or_create(file=found, target=target, defaults=kept)
        touched(found)
        applies = {t: bool(d.get("applies")) for t, d in decisions.items()}
        done.tell(found, applies=applies, sha256=files.digest(found))
    return found


def settle_modalities(
    *,
    by: Actor,
    candidate: Number,
    modes: dict[str, list[str]],
    decisions: dict[str, dict[str, Any]],
    edition: Edition | None = None,
) -> CandidateFile:
    """Settle modalities and applicability together: both or neither."""
    with act("qualification.modalities_settled", by=by) as done:
        _being_prepared(by, candidate, edition)
        found = set_modalities(by=by, candidate=candidate, modes=modes)
        if decisions:
            found = decide_applicability(by=by, candidate=candidate, decisions=decisions)
        done.tell(found, sha256=files.digest(found))
    return found


def sign_file(*, by: Actor, candidate: Number, seen: Digest = "") -> FileSignature:
    """Sign the file for one's own side: the centre, the company or, in its absence, the candidate.

    `seen` is the digest of the file that was read: one changed since is read again before it is signed.
    """
    with act("qualification.file_signed", by=by, meaning="file_signed") as done:
        found = files.for_update(candidate)
        side = _side(found, by)
        if found.state not in rules.BEFORE_SIGNATURE:
            raise RuleBroken("file_is_settled", candidate=found.ref)
        if seen and seen != files.digest(found):
            raise RuleBroken("file_changed_meanwhile", candidate=found.ref)
        reasons = rules.refuse_signature(files.prepared(found))
        if reasons:
            raise Refused(reasons)
        if found.signatures.filter(side=side).exists():
            raise RuleBroken("file_signed_already", side=side)
        if found.signatures.filter(person=by.person).exists():
            raise RuleBroken("file_signed_by_two_sides")
        row = FileSignature.objects.create(
            file=found,
            side=side,
            person=by.person,
            digest=files.digest(found),
            at=done.happened_at,
            event=done.event,
        )
        found.state = states.MODALITIES
        if found.signatures.count() == 2:
            found.state, found.signed_at = states.SIGNED, done.happened_at
            tell(by, [found.person], found, "file_signed")
        found.save()
        done.tell(found, side=side, sha256=row.digest, file_state=found.state)
    return row


def _side(found: CandidateFile, by: Actor) -> str:
    """For which side this person signs."""
    mine = files.sides(found, by)
    second = rules.second_side(found.company, found.company_person)
    if second == rules.COMPANY_SIDE and files.COMPANY in mine:
        return rules.COMPANY_SIDE
    if second == rules.CANDIDATE_SIDE and files.CANDIDATE in mine:
        return rules.CANDIDATE_SIDE
    if files.CENTRE_SIDE in mine and files.CANDIDATE not in mine:
        return rules.CENTRE_SIDE
    raise RuleBroken("not_a_signatory", candidate=found.ref)


def accept_collection(*, by: Actor, candidate: Number) -> CandidateFile:
    """The candidate was told how signed work is used and says so: from this moment on, and not before, it counts."""
    with act("qualification.collection_accepted", by=by, meaning="collection_known") as done:
        found = files.for_update(candidate)
        if found.person != by.person:
            raise RuleBroken("only_the_candidate", candidate=found.ref)
        if found.state != states.SIGNED:
            code = "file_not_signed" if found.state in rules.BEFORE_SIGNATURE else "file_is_settled"
            raise RuleBroken(code, candidate=found.ref)
        head = journal.head()
        found.state = states.COLLECTING
        found.collecting_from, found.collecting_from_seq = done.happened_at, head.seq if head else 0
        found.save()
        done.tell(found, file_state=found.state)
        tell(by, files.active_members(found), found, "collection_begun")
    return found


def cancel_file(*, by: Actor, candidate: Number, reason: Paragraph) -> CandidateFile:
    """Close a file before the jury, with the reason: the candidate gave up, or it was a mistake."""
    permit(by, "qualification.manage_file")
    if not reason.strip():
        raise RuleBroken("reason_missing")
    with act("qualification.file_cancelled", by=by) as done:
        found = files.for_update(candidate)
        if not rules.can_move(found.state, states.CANCELLED):
            raise RuleBroken("file_is_settled", candidate=found.ref)
        found.state, found.cancelled_reason = states.CANCELLED, reason.strip()
        found.save()
        # Why somebody gave up is said of a person: the file keeps the words, the journal what proves them.
        done.tell(found, file_state=found.state, reason_sha256=digest_of(reason))
        tell(by, [found.person], found, "file_cancelled")
    return found


def _being_prepared(by: Actor, number: str, edition: int | None = None) -> CandidateFile:
    """The file before its signature, as the writer saw it: nobody's change is written over unread."""
    permit(by, "qualification.manage_file")
    found = files.for_update(number)
    if found.state not in rules.BEFORE_SIGNATURE:
        raise RuleBroken("file_is_settled", candidate=found.ref)
    if edition is not None and edition != found.edition:
        raise RuleBroken("file_changed_meanwhile", candidate=found.ref)
    return found


def touched(found: CandidateFile) -> None:
    """A change of what was to be signed undoes the signature already given."""
    found.signatures.all().delete()
    found.state = states.MODALITIES
    found.edition += 1
    found.save()


def tell(by: Actor, to: list[str], found: CandidateFile, code: str) -> None:
    """Tell these people about the file, but not whoever did it."""
    others = [f"person:{p}" for p in to if p and p != by.person]
    if others:
        notices.notify(by=by, to=others, about=found.ref, code=code)

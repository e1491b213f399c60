"""The award: the certificate once every competence is validated, a block where it may be, an attestation besides."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import IntegrityError
from django.utils.timezone import localdate

from strate.workshop.attachments import actions as attachments
from strate.workshop.attachments import store
from strate.workshop.attachments.rules import Stored
from strate.workshop.doors.texts import Code, Page, Word
from strate.workshop.journal.actions import Done, act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import NotFound, Refused, RuleBroken
from strate.workshop.people.actions import award_certification
from strate.workshop.people.roles import permit
from strate.workshop.qualification import issuing
from strate.workshop.qualification.credentials import Achieved, Outcome, Proven, open_badge, signed
from strate.workshop.qualification.documents import certificates, printing
from strate.workshop.qualification.documents.papers import house_words
from strate.workshop.qualification.models import Award, BlockInReference, CandidateFile, Case, Grid
from strate.workshop.qualification.models.award import BLOCK, INTERNAL, WHOLE
from strate.workshop.qualification.models.candidate import PROPOSED_ACQUIRED
from strate.workshop.qualification.queries import award as queries
from strate.workshop.qualification.queries import files, ruling
from strate.workshop.qualification.queries import jury as juries
from strate.workshop.qualification.rules import award as rules
from strate.workshop.qualification.wording.jury import OUTCOMES, PROPOSALS

PAPERS = {WHOLE: "certificate", BLOCK: "block_certificate", INTERNAL: "attestation"}


@dataclass(frozen=True)
class _Given:
    """What is about to be certified: for whom, of what, signed by which key."""

    of: CandidateFile
    kind: str
    scope: str
    name: str
    code: str
    outcomes: list[Outcome]
    case: Case | None
    until: date | None
    did: str
    issuer: str
    pem: bytes


def award_whole(*, by: Actor, candidate: Code) -> Award:
    """Award the certificate: every competence acquired and validated by a jury, its minutes signed (signed)."""
    permit(by, "qualification.award")
    did, centre, pem = issuing.centre_key()
    with act("qualification.certificate_awarded", by=by, meaning="certificate_awarded") as done:
        of, case = _decided(candidate)
        today = localdate(done.happened_at)
        needed = [each.id for each in files.competences(of)]
        reasons = rules.whole(needed, juries.held_by(of, on=today))
        if of.block_id is not None:
            raise RuleBroken("award_file_of_a_block", candidate=of.ref)
        if reasons:
            raise Refused(reasons)
        outcomes = _validated(of, needed)
        title = of.reference.title
        given = _Given(of, WHOLE, "", title, "", outcomes, case, None, did, centre, pem)
        made = _issue(by, given, done)
        _known(by, given, made, title=title)
    return made


def award_block(*, by: Actor, candidate: Code, block: Word) -> Award:
    """Issue the certificate of a block: only while the certificate is at the RNCP, and once the block has a code."""
    permit(by, "qualification.award")
    with act("qualification.block_awarded", by=by, meaning="certificate_awarded") as done:
        of, case = _decided(candidate)
        use = _block(of, block)
        needed = [each.id for each in files.competences(of) if each.block == use.name]
        registered = ruling.registered(of.reference.code)
        held_on = case.jury.held_on
        kept = juries.held_by(of, on=localdate(done.happened_at))
        code = str(use.block.code or "")
        reasons = rules.block(
            use.block.title, code=code, needed=needed, kept=kept, registered=registered, on=held_on
        )
        if reasons:
            raise Refused(reasons)
        did, centre, pem = issuing.centre_key()
        years = int(ruling.one("retention_block_years").value)
        until = rules.block_kept_until(held_on, years=years, registered=registered)
        scope, title = use.block.identity, use.block.title
        given = _Given(of, BLOCK, scope, title, code, _validated(of, needed), case, until, did, centre, pem)
        made = _issue(by, given, done)
        _known(by, given, made, title=title)
    return made


def _block(of: CandidateFile, name: str) -> BlockInReference:
    use = BlockInReference.objects.select_related("block").filter(reference=of.reference, name=name).first()
    if use is None:
        raise NotFound("no_such_block", block_name=name)
    return use


def _known(by: Actor, given: _Given, made: Award, *, title: str) -> None:
    """The people room knows it from then on: the gate of who may do what reads it there."""
    assert given.case is not None
    award_certification(
        by=by,
        person=given.of.person,
        reference=given.of.reference.code,
        title=title[:120],
        body=given.issuer[:120],
        awarded_on=given.case.jury.held_on,
        block=given.code,
        number=made.number,
        expires_on=given.until,
    )


def attest(*, by: Actor, candidate: Code) -> Award:
    """The factory attests what the commission proposed: internal, worth no certificate, signed by its own key."""
    permit(by, "qualification.attest")
    did, pem = issuing.factory_key()
    with act("qualification.attested", by=by, meaning="attested") as done:
        of = files.for_update(candidate)
        if of.concluded_at is None:
            raise RuleBroken("case_not_concluded", candidate=of.ref)
        titles = {each.id: each.title for each in files.competences(of)}
        proposed = of.proposals.filter(outcome=PROPOSED_ACQUIRED)
        with house_words():
            word = str(PROPOSALS[PROPOSED_ACQUIRED])
        outcomes = [Outcome(each.competence, titles.get(each.competence, ""), word) for each in proposed]
        if not outcomes:
            raise RuleBroken("nothing_to_attest", candidate=of.ref)
        issuer = queries.factory_name()
        given = _Given(of, INTERNAL, "", of.reference.title, "", outcomes, None, None, did, issuer, pem)
        return _issue(by, given, done)


def _decided(candidate: str) -> tuple[CandidateFile, Case]:
    """The file and the last case in which a jury, its minutes signed, decided for it."""
    of = files.for_update(candidate)
    case = queries.last_case(of)
    if case is None:
        raise RuleBroken("award_before_the_jury", candidate=of.ref, lifted_by=("juror",))
    return of, case


def _validated(of: CandidateFile, codes: list[str]) -> list[Outcome]:
    titles = {each.id: each.title for each in files.competences(of)}
    with house_words():
        return [Outcome(code, titles[code], str(OUTCOMES["validated"])) for code in codes]


def _issue(by: Actor, given: _Given, done: Done) -> Award:
    """The number, the signed credential, the printed certificate, and the row; a second one at once is refused."""
    of, today = given.of, localdate(done.happened_at)
    done.in_turn("award")
    if queries.one_of(of, given.kind, given.scope):
        raise RuleBroken("certificate_already_issued", candidate=of.ref)
    position = queries.next_position()
    number = f"{'A' if given.kind == INTERNAL else 'Q'}-{today.year}-{position:05d}"
    credential = signed(open_badge(_achieved(given, number, position, done)), given.pem, at=done.happened_at)
    text = json.dumps(credential, ensure_ascii=False, sort_keys=True)
    stored = _printed(by, given, number, credential, done)
    try:
        made = Award.objects.create(
            number=number,
            file=of,
            kind=given.kind,
            scope=given.scope,
            competences=[each.code for each in given.outcomes],
            minutes_sha256=_minutes(given),
            issued_on=today,
            valid_until=given.until,
            issued_by=by.person,
            issuer=given.did,
            position=position,
            credential=credential,
            credential_sha256=hashlib.sha256(text.encode()).hexdigest(),
            document=stored.digest,
            event=done.event,
        )
    except IntegrityError as twin:
        raise RuleBroken("certificate_already_issued", candidate=of.ref) from twin
    told = {"sha256": made.credential_sha256, "document": made.document, "did": given.did}
    done.tell(made, of, candidate=of.ref, certificate=made.ref, name=given.name, **told)
    return made


def _minutes(given: _Given) -> str:
    return str(given.case.jury.minutes.sha256) if given.case else ""


def _printed(by: Actor, given: _Given, number: str, credential: dict[str, Any], done: Done) -> Stored:
    """The certificate on paper, its credential inside, kept with the file."""
    paper = certificates.certificate(
        PAPERS[given.kind],
        given.of,
        number=number,
        name=given.name,
        code=given.code,
        issuer=given.issuer,
        outcomes=given.outcomes,
        jury=given.case.jury if given.case else None,
        minutes_sha256=_minutes(given),
        until=given.until,
        credential=credential,
    )
    stored = store.keep(printing.printed(paper, at=done.happened_at), f"{number}.pdf", untouched=True)
    attachments.attach(by=by, stored=stored, about=given.of.ref, caption=stored.name)
    return stored


def _achieved(given: _Given, number: str, position: int, done: Done) -> Achieved:
    of, internal = given.of, given.kind == INTERNAL
    description = queries.INTERNAL_WARNING if internal else queries.admissibility(of.reference)
    since: datetime = done.happened_at
    until = datetime.combine(given.until, time(), UTC) + timedelta(days=1) if given.until else None
    proven = [Proven("Procès-verbal du jury", given.case.jury.minutes.sha256)] if given.case else []
    grids = Grid.objects.filter(file=of, state="signed").exclude(digest="").order_by("competence", "pk")
    codes = {each.code for each in given.outcomes}
    proven += [Proven(f"Grille {g.competence}", g.digest) for g in grids if g.competence in codes]
    kind = (
        "Competency"
        if given.kind == BLOCK
        else "Certification"
        if given.kind == WHOLE
        else "CertificateOfCompletion"
    )
    return Achieved(
        number=number,
        name=f"{queries.INTERNAL_WARNING} : {given.name}" if internal else given.name,
        description=description,
        kind=kind,
        code=given.code,
        criteria=queries.admissibility(of.reference),
        framework=f"{of.reference.code} {of.reference.version}",
        framework_sha256=of.reference.digest,
        candidate=of.number,
        issuer=given.did,
        issuer_name=given.issuer,
        outcomes=given.outcomes,
        proven=_once(proven),
        since=since.replace(microsecond=0),
        until=until,
        list_address=queries.list_address(given.did),
        position=position,
    )


def _once(proven: list[Proven]) -> list[Proven]:
    return list({each.sha256: each for each in proven}.values())


def revoke(*, by: Actor, certificate: Code, reason: Page) -> Award:
    """Withdraw a certificate (signed): its bit is set in the list that everybody reads; the paper stays kept."""
    permit(by, "qualification.award")
    if not reason.strip():
        raise RuleBroken("reason_missing")
    with act(
        "qualification.certificate_revoked", by=by, meaning="certificate_revoked", reason=reason
    ) as done:
        made = Award.objects.select_for_update().get(pk=queries.award(certificate).pk)
        if made.revoked_on:
            raise RuleBroken("certificate_revoked_already", certificate=made.ref)
        made.revoked_on, made.revoked_by = localdate(done.happened_at), by.person
        made.revoked_reason = reason.strip()
        made.save(update_fields=["revoked_on", "revoked_by", "revoked_reason"])
        for known in queries.known_elsewhere(made):
            known.withdrawn, known.reason = True, reason.strip()[:200]
            known.save(update_fields=["withdrawn", "reason"])
        done.tell(made, made.file, certificate=made.ref)
    return made

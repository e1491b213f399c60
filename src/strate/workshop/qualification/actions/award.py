"""The award: the certificate once every competence is validated, a block where it may be, an attestation besides."""

from typing import Any

from django.utils.timezone import localdate

from strate.workshop.doors.texts import Code, Page, Word
from strate.workshop.journal.actions import act, moment
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import NotFound, Refused, RuleBroken
from strate.workshop.people.actions import Certificate, award_certification
from strate.workshop.people.roles import permit
from strate.workshop.qualification import issuing
from strate.workshop.qualification.actions.certifying import Given, drawn, issue
from strate.workshop.qualification.credentials import Outcome
from strate.workshop.qualification.documents import ahead
from strate.workshop.qualification.documents.papers import house_words
from strate.workshop.qualification.models import Award, BlockInReference, CandidateFile, Case
from strate.workshop.qualification.models.award import BLOCK, INTERNAL, WHOLE
from strate.workshop.qualification.models.candidate import PROPOSED_ACQUIRED
from strate.workshop.qualification.queries import award as queries
from strate.workshop.qualification.queries import files, holding
from strate.workshop.qualification.rules import award as rules
from strate.workshop.qualification.rules.words import digest_of
from strate.workshop.qualification.wording.jury import OUTCOMES, PROPOSALS


@ahead.prepared
def award_whole(*, by: Actor, candidate: Code) -> Award:
    """Award the certificate: every competence acquired and validated by a jury, its minutes signed (signed)."""
    permit(by, "qualification.award")
    issuing.centre_key()
    at = moment()
    early = drawn(by, lambda: _whole(files.file(candidate)), at=at)
    told: dict[str, Any] = {"by": by, "meaning": "certificate_awarded", "happened_at": at}
    with early.ready, act("qualification.certificate_awarded", **told) as done:
        given = _whole(files.for_update(candidate))
        made = issue(by, given, early, done)
        _known(by, given, made)
    return made


def _whole(of: CandidateFile) -> Given:
    """The whole, if the jury has validated what was missing on its day: what was kept then counts."""
    did, centre, pem = issuing.centre_key()
    case = _decided(of)
    needed = [each.id for each in files.scope(of)]
    if of.block_id is not None:
        raise RuleBroken("award_file_of_a_block", candidate=of.ref)
    if reasons := rules.whole(needed, holding.held_by(of, on=case.jury.held_on)):
        raise Refused(reasons)
    return Given(of, WHOLE, "", of.reference.title, "", _validated(of, needed), case, None, did, centre, pem)


@ahead.prepared
def award_block(*, by: Actor, candidate: Code, block: Word) -> Award:
    """Issue the certificate of a block: only while the certificate is at the RNCP, and once the block has a code."""
    permit(by, "qualification.award")
    at = moment()
    early = drawn(by, lambda: _block(files.file(candidate), block), at=at)
    told: dict[str, Any] = {"by": by, "meaning": "certificate_awarded", "happened_at": at}
    with early.ready, act("qualification.block_awarded", **told) as done:
        given = _block(files.for_update(candidate), block)
        made = issue(by, given, early, done)
        _known(by, given, made)
    return made


def _block(of: CandidateFile, block: str) -> Given:
    """A block, if it may be issued and all of it was held on the day of the jury."""
    case = _decided(of)
    use = _block_of(of, block)
    reasons, until = queries.block_stands(of, use, on=case.jury.held_on)
    if reasons:
        raise Refused(reasons)
    did, centre, pem = issuing.centre_key()
    code, outcomes = str(use.block.code or ""), _validated(of, queries.needed(of, use))
    return Given(
        of, BLOCK, use.block.identity, use.block.title, code, outcomes, case, until, did, centre, pem
    )


def _block_of(of: CandidateFile, name: str) -> BlockInReference:
    use = BlockInReference.objects.select_related("block").filter(reference=of.reference, name=name).first()
    if use is None:
        raise NotFound("no_such_block", block_name=name)
    return use


def _known(by: Actor, given: Given, made: Award) -> None:
    """The people room knows it from then on: the gate of who may do what reads it there."""
    assert given.case is not None
    told = Certificate(
        reference=given.of.reference.code,
        title=given.name[:120],
        body=given.issuer[:120],
        awarded_on=given.case.jury.held_on,
        block=given.code,
        number=made.number,
        expires_on=given.until,
    )
    award_certification(by=by, person=given.of.person, certificate=told)


@ahead.prepared
def attest(*, by: Actor, candidate: Code) -> Award:
    """The factory attests what the commission proposed: internal, worth no certificate, signed by its own key."""
    permit(by, "qualification.attest")
    at = moment()
    early = drawn(by, lambda: _attested(files.file(candidate)), at=at)
    with early.ready, act("qualification.attested", by=by, meaning="attested", happened_at=at) as done:
        return issue(by, _attested(files.for_update(candidate)), early, done)


def _attested(of: CandidateFile) -> Given:
    did, pem = issuing.factory_key()
    if of.concluded_at is None:
        raise RuleBroken("case_not_concluded", candidate=of.ref)
    titles = {each.id: each.title for each in files.scope(of)}
    proposed = of.proposals.filter(outcome=PROPOSED_ACQUIRED)
    with house_words():
        word = str(PROPOSALS[PROPOSED_ACQUIRED])
    outcomes = [Outcome(each.competence, titles.get(each.competence, ""), word) for each in proposed]
    if not outcomes:
        raise RuleBroken("nothing_to_attest", candidate=of.ref)
    issuer = queries.factory_name()
    return Given(of, INTERNAL, "", of.reference.title, "", outcomes, None, None, did, issuer, pem)


def _decided(of: CandidateFile) -> Case:
    """The last case in which a jury, its minutes signed, decided for this file."""
    case = queries.last_case(of)
    if case is None:
        raise RuleBroken("award_before_the_jury", candidate=of.ref, lifted_by=("juror",))
    return case


def _validated(of: CandidateFile, codes: list[str]) -> list[Outcome]:
    titles = {each.id: each.title for each in files.scope(of)}
    with house_words():
        return [Outcome(code, titles[code], str(OUTCOMES["validated"])) for code in codes]


def revoke(*, by: Actor, certificate: Code, reason: Page) -> Award:
    """Withdraw a certificate (signed): its bit is set in the list that everybody reads; the paper stays kept."""
    permit(by, "qualification.award")
    if not reason.strip():
        raise RuleBroken("reason_missing")
    with act("qualification.certificate_revoked", by=by, meaning="certificate_revoked") as done:
        made = Award.objects.select_for_update().get(pk=queries.award(certificate).pk)
        if made.revoked_on:
            raise RuleBroken("certificate_revoked_already", certificate=made.ref)
        made.revoked_on, made.revoked_by = localdate(done.happened_at), by.person
        made.revoked_reason = reason.strip()
        made.save(update_fields=["revoked_on", "revoked_by", "revoked_reason"])
        for known in queries.known_elsewhere(made):
            known.withdrawn, known.reason = True, reason.strip()[:200]
            known.save(update_fields=["withdrawn", "reason"])
        done.tell(made, made.file, certificate=made.ref, reason_sha256=digest_of(reason))
    return made

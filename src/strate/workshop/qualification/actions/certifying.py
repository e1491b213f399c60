"""A certificate made: its number, its signed credential, its page; drawn before the act, written down inside it."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import IntegrityError
from django.utils.timezone import localdate

from strate.workshop.attachments import actions as attachments
from strate.workshop.attachments import store
from strate.workshop.journal.actions import Done
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Refused, RuleBroken
from strate.workshop.qualification.credentials import Achieved, Outcome, Proven, open_badge, signed
from strate.workshop.qualification.documents import ahead, certificates, printing
from strate.workshop.qualification.documents.papers import Paper
from strate.workshop.qualification.models import Award, CandidateFile, Case, Grid
from strate.workshop.qualification.models.award import BLOCK, INTERNAL, WHOLE
from strate.workshop.qualification.queries import award as queries

PAPERS = {WHOLE: "certificate", BLOCK: "block_certificate", INTERNAL: "attestation"}
# As Open Badges 3.0 names the types of an achievement.
ACHIEVEMENTS = {WHOLE: "Certification", BLOCK: "Competency", INTERNAL: "CertificateOfCompletion"}


@dataclass(frozen=True)
class Given:
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


@dataclass(frozen=True)
class Drawn:
    """A certificate drawn before its act: its credential, its page, and what they were made from."""

    ready: ahead.Ready = field(default_factory=ahead.Ready)
    credential: dict[str, Any] = field(default_factory=dict)


def drawn(by: Actor, judged: Callable[[], Given], *, at: datetime) -> Drawn:
    """Sign the credential and print the page with the number that comes next; refused, the act will say why."""
    if by.signature is None:
        return Drawn()
    try:
        given = judged()
    except Refused:
        return Drawn()
    position = queries.next_position()
    number = _number(given, position, at)
    achieved = _achieved(given, number, position, at)
    credential = signed(open_badge(achieved), given.pem, at=at)
    paper = _paper(given, number, credential, at)
    stored = store.keep(printing.printed(paper, at=at), f"{number}.pdf", untouched=True)
    return Drawn(ahead.Ready(_made_from(achieved, paper, at), stored), credential)


def _number(given: Given, position: int, at: datetime) -> str:
    return f"{'A' if given.kind == INTERNAL else 'Q'}-{localdate(at).year}-{position:05d}"


def _made_from(achieved: Achieved, paper: Paper, at: datetime) -> str:
    return ahead.digest_of(repr(achieved), ahead.source_of(paper, at=at))


def issue(by: Actor, given: Given, made_before: Drawn, done: Done) -> Award:
    """The row of the certificate drawn before, if it is still exact; a second one at once is refused."""
    of, at = given.of, done.happened_at
    done.in_turn("award")
    if queries.one_of(of, given.kind, given.scope):
        raise RuleBroken("certificate_already_issued", candidate=of.ref)
    position, credential = queries.next_position(), made_before.credential
    number = _number(given, position, at)
    paper = _paper(given, number, credential, at)
    made_from = _made_from(_achieved(given, number, position, at), paper, at)
    stored = made_before.ready.taken(made_from)
    attachments.attach(by=by, stored=stored, about=of.ref, caption=stored.name)
    text = json.dumps(credential, ensure_ascii=False, sort_keys=True)
    try:
        made = Award.objects.create(
            number=number,
            file=of,
            kind=given.kind,
            scope=given.scope,
            competences=[each.code for each in given.outcomes],
            minutes_sha256=_minutes(given),
            issued_on=localdate(at),
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


def _minutes(given: Given) -> str:
    return str(given.case.jury.minutes.sha256) if given.case else ""


def _paper(given: Given, number: str, credential: dict[str, Any], at: datetime) -> Paper:
    """The certificate on paper, its credential inside."""
    return certificates.certificate(
        PAPERS[given.kind],
        given.of,
        number=number,
        name=given.name,
        code=given.code,
        issuer=given.issuer,
        outcomes=given.outcomes,
        jury=given.case.jury if given.case else None,
        minutes_sha256=_minutes(given),
        issued_on=localdate(at),
        until=given.until,
        credential=credential,
    )


def _achieved(given: Given, number: str, position: int, at: datetime) -> Achieved:
    of, internal = given.of, given.kind == INTERNAL
    description = queries.INTERNAL_WARNING if internal else queries.admissibility(of.reference)
    until = datetime.combine(given.until, time(), UTC) + timedelta(days=1) if given.until else None
    proven = [Proven("Procès-verbal du jury", given.case.jury.minutes.sha256)] if given.case else []
    grids = Grid.objects.filter(file=of, state="signed").exclude(digest="").order_by("competence", "pk")
    codes = {each.code for each in given.outcomes}
    proven += [Proven(f"Grille {g.competence}", g.digest) for g in grids if g.competence in codes]
    return Achieved(
        number=number,
        name=f"{queries.INTERNAL_WARNING} : {given.name}" if internal else given.name,
        description=description,
        kind=ACHIEVEMENTS[given.kind],
        code=given.code,
        criteria=queries.admissibility(of.reference),
        framework=f"{of.reference.code} {of.reference.version}",
        framework_sha256=of.reference.digest,
        candidate=of.number,
        issuer=given.did,
        issuer_name=given.issuer,
        outcomes=given.outcomes,
        proven=_once(proven),
        since=at.replace(microsecond=0),
        until=until,
        list_address=queries.list_address(given.did),
        position=position,
    )


def _once(proven: list[Proven]) -> list[Proven]:
    return list({each.sha256: each for each in proven}.values())

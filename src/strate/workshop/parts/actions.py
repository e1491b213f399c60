"""The verbs of parts: enter a part, add a verified exchange file, approve it by a second person."""

from typing import Any

from django.db import IntegrityError

from strate.workshop.attachments import actions as attachments
from strate.workshop.attachments import store
from strate.workshop.attachments.rules import Stored, is_digest
from strate.workshop.journal import clock
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Reason, Refused, RuleBroken
from strate.workshop.parts import queries, rules
from strate.workshop.parts.models import ExchangeFile, Part
from strate.workshop.parts.rules import Code, Title
from strate.workshop.people.roles import permit
from strate.workshop.work.actions import later


def enter(*, by: Actor, code: Code, title: Title, customer: Title = "") -> Part:
    """Enter a part, by its drawing number."""
    permit(by, "parts.enter")
    reasons = rules.code_faults(code)
    if not title.strip():
        reasons.append(Reason("part_title_missing"))
    if Part.objects.filter(code=code).exists():
        reasons.append(Reason("part_code_taken", {"part": code}))
    if reasons:
        raise Refused(reasons)
    with act("parts.entered", by=by) as done:
        try:
            part = Part.objects.create(code=code, title=title, customer=customer[:120])
        except IntegrityError as taken:
            raise RuleBroken("part_code_taken", part=code) from taken
        done.tell(part, title=title, customer=customer)
    return part


def add_file(
    *, by: Actor, part: str, revision: str, digest: str, name: str, size: int, verdict: dict[str, Any]
) -> ExchangeFile:
    """Add an exchange file the kernel has read; a refused one is kept too, with its reasons, and never used.

    `verdict` is `Verdict.to_dict()` of the geometry kernel, or {"state": "refused", "code", "values"}:
    untrusted files are read before, in a child process. What lies in the cupboard is received with it.
    """
    permit(by, "parts.add_file")
    found, revision = queries.part(part), revision.strip()
    if not 1 <= len(revision) <= 20:
        raise RuleBroken("revision_missing", part=found.ref)
    if ExchangeFile.objects.filter(part=found, revision=revision, digest=digest).exists():
        raise RuleBroken("file_already_known", file=name, part=found.ref, revision=revision)
    lies_here = is_digest(digest) and store.path_of(digest).is_file()
    state = rules.VERIFIED if rules.may_be_printed(verdict, digest) else rules.REFUSED
    with act("parts.file_added", by=by) as done:
        if lies_here:
            attachments.receive(by=by, stored=Stored(digest, size, _media_type(verdict), name[:200]))
        file = ExchangeFile.objects.create(
            digest=digest,
            name=name[:200],
            size=size,
            part=found,
            revision=revision,
            state=state,
            verdict=verdict,
            added_by=by.person,
            added_at=clock.now(),
        )
        if state != rules.REFUSED:
            later("parts.prepare_views", {"digest": digest, "layer_um": _layer_um(verdict)}, dedupe=digest)
        done.tell(
            found, file, name=file.name, revision=revision, sha256=digest, state=state, **_measures(verdict)
        )
    return file


def approve_file(*, by: Actor, file: str, part: str, revision: str) -> ExchangeFile:
    """Approve a verified file for production; signed, by another person than the one who added it."""
    permit(by, "parts.approve_file")
    with act("parts.file_approved", by=by, meaning="approved_file") as done:
        found = queries.file_for_update(file, part=part, revision=revision)
        sound = found.state != rules.REFUSED and rules.may_be_printed(found.verdict, found.digest)
        reasons = rules.approval_reasons(
            name=found.name, state=found.state, sound=sound, added_by=found.added_by, by=by.person
        )
        if reasons:
            raise Refused(reasons)
        before = ExchangeFile.objects.filter(part=found.part, revision=revision, state=rules.APPROVED)
        replaced = [f"file:{digest}" for digest in before.values_list("digest", flat=True)]
        before.update(state=rules.RETIRED)
        found.state, found.approved_by = rules.APPROVED, by.person
        found.save(update_fields=["state", "approved_by"])
        findings = sorted({f["code"] for f in found.verdict.get("findings", ())})
        told = {"revision": revision, "sha256": found.digest, "findings": findings}
        done.tell(found.part, found, *replaced, name=found.name, **told)
    return found


_MEDIA = {"stl": "model/stl", "3mf": "model/3mf", "obj": "model/obj", "ply": "model/ply"}


def _media_type(verdict: dict[str, Any]) -> str:
    """What the kernel read the file as; a file it refused is only bytes."""
    family = str(verdict.get("format", "")).partition("-")[0]
    return _MEDIA.get(family, "application/octet-stream")


def _layer_um(verdict: dict[str, Any]) -> int:
    return int(verdict.get("layer_um") or rules.DEFAULT_LAYER_UM)


def _measures(verdict: dict[str, Any]) -> dict[str, Any]:
    """The few numbers of a verdict that the journal holds; the rest lies in the stored verdict."""
    names = ("triangles", "closed", "volume_mm3", "height_um", "layers", "unit", "code")
    return {name: verdict[name] for name in names if name in verdict}

"""The verbs of parts: enter a part, add a verified exchange file, approve it by a second person."""

from typing import Any

from strate.workshop.journal import clock
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import RuleBroken
from strate.workshop.parts import queries
from strate.workshop.parts.models import ExchangeFile, Part
from strate.workshop.people.roles import permit


def enter(*, by: Actor, code: str, title: str, customer: str = "") -> Part:
    """Enter a part, by its drawing number."""
    permit(by, "parts.enter")
    if Part.objects.filter(code=code).exists():
        raise RuleBroken("part_code_taken", part=code)
    with act("parts.entered", by=by) as done:
        part = Part.objects.create(code=code, title=title, customer=customer)
        done.tell(part, title=title, customer=customer)
    return part


def add_file(
    *, by: Actor, part: str, revision: str, digest: str, name: str, size: int, verdict: dict[str, Any]
) -> ExchangeFile:
    """Add an exchange file that the kernel has read; a refused one is kept too, with its reasons, and never used.

    `verdict` is `Verdict.to_dict()` of the geometry kernel, or {"state": "refused", "code", "values"}: reading
    untrusted files happens before, in a child process, never inside the act.
    """
    permit(by, "parts.add_file")
    found = queries.part(part)
    if ExchangeFile.objects.filter(part=found, revision=revision, digest=digest).exists():
        raise RuleBroken("file_already_known", file=name, part=found.ref, revision=revision)
    state = "refused" if verdict.get("state") == "refused" else "verified"
    with act("parts.file_added", by=by) as done:
        file = ExchangeFile.objects.create(
            digest=digest,
            name=name,
            size=size,
            part=found,
            revision=revision,
            state=state,
            verdict=verdict,
            added_by=by.person,
            added_at=clock.now(),
        )
        done.tell(found, file, name=name, revision=revision, sha256=digest, state=state, **_measures(verdict))
    return file


def approve_file(*, by: Actor, file: str, part: str, revision: str) -> ExchangeFile:
    """Approve a verified exchange file for production; signed, by another person than the one who added it."""
    permit(by, "parts.approve_file")
    found = queries.file(file, part=part, revision=revision)
    if found.state == "approved":
        raise RuleBroken("file_already_approved", file=found.name)
    if found.state != "verified":
        raise RuleBroken("file_not_sound", file=found.name, lifted_by=("methods",))
    if found.added_by == by.person:
        raise RuleBroken("approved_by_its_author", file=found.name, lifted_by=("methods",))
    with act("parts.file_approved", by=by, meaning="approved") as done:
        ExchangeFile.objects.filter(part=found.part, revision=revision, state="approved").update(state="retired")
        found.state, found.approved_by = "approved", by.person
        found.save()
        done.tell(found.part, found, name=found.name, revision=revision, sha256=found.digest)
    return found


def _measures(verdict: dict[str, Any]) -> dict[str, Any]:
    """The few numbers of a verdict that the journal holds; the rest lies in the stored verdict."""
    names = ("triangles", "closed", "volume_mm3", "height_um", "layers", "unit", "code")
    return {name: verdict[name] for name in names if name in verdict}

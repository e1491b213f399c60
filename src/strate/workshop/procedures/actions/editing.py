"""Writing in a draft: its head, one step at a time, or all its steps; two authors never write over each other."""

from typing import Any

from strate.workshop.attachments import actions as attachments
from strate.workshop.attachments.rules import Stored
from strate.workshop.doors.texts import Code, Minutes, Number, Sentence, Title, Word
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import NotFound, RuleBroken
from strate.workshop.people.roles import permit
from strate.workshop.procedures import comparing, rules, sheets
from strate.workshop.procedures.actions.authoring import ProcedureKind
from strate.workshop.procedures.actions.drafts import digest_of, draft, step_digest
from strate.workshop.procedures.kinds import said
from strate.workshop.procedures.models import ProcedureVersion

Steps = list[dict[str, Any]]


def edit(
    *, by: Actor, procedure: Code, version: Number, steps: Steps, note: Sentence = "", seen: Title = ""
) -> ProcedureVersion:
    """Change the steps of a draft; `seen` (its digest) refuses to write over what somebody wrote meanwhile."""
    permit(by, "procedures.author")
    with act("procedure.edited", by=by) as done:
        found = draft(procedure, version, seen)
        found.note = note or found.note
        _write(done, found, [sheets.tidy(s) if isinstance(s, dict) else s for s in steps], by)
    return found


def head(
    *,
    by: Actor,
    procedure: Code,
    version: Number,
    kind: ProcedureKind,
    title_fr: Title,
    title_en: Title,
    applies_to: list[Word] | None = None,
    every_min: Minutes | None = None,
    note: Sentence = "",
    seen: Title = "",
) -> ProcedureVersion:
    """Change the head of a draft: titles, kind, families it is for, how often it is filled in."""
    permit(by, "procedures.author")
    with act("procedure.edited", by=by) as done:
        found = draft(procedure, version, seen)
        found.heading = rules.heading(kind, title_fr, title_en, applies_to or [], every_min)
        found.note = note
        _write(done, found, found.steps, by)
    return found


def write_step(
    *,
    by: Actor,
    procedure: Code,
    version: Number,
    step: dict[str, Any],
    replaces: Code = "",
    after: Code = "",
    seen: Title = "",
) -> ProcedureVersion:
    """Write one step: over the one it `replaces` (refused if it changed since it was `seen`), or a new one `after`."""
    permit(by, "procedures.author")
    with act("procedure.edited", by=by) as done:
        found = draft(procedure, version)
        card, steps = sheets.tidy(_with_picture(step, found, by)), list(found.steps)
        code = str(card.get("code", ""))
        if not rules.CODE.match(code):
            raise RuleBroken("step_code_not_usable", step=code)
        if code != replaces and any(s.get("code") == code for s in steps):
            raise RuleBroken("step_code_twice", step=code)
        if replaces:
            steps[_place(found, replaces, seen)] = card
        else:
            steps.insert(_place(found, after) + 1 if after else len(steps), card)
        _write(done, found, comparing.renamed(steps, replaces, code), by, step=code)
    return found


def move_step(
    *, by: Actor, procedure: Code, version: Number, step: Code, after: Code = ""
) -> ProcedureVersion:
    """Put a step behind another one; with none named, at the head."""
    permit(by, "procedures.author")
    with act("procedure.edited", by=by) as done:
        found = draft(procedure, version)
        steps = list(found.steps)
        moved = steps.pop(_place(found, step))
        codes = [s.get("code") for s in steps]
        if after and after not in codes:
            raise NotFound("no_such_step", step=after)
        steps.insert(codes.index(after) + 1 if after else 0, moved)
        _write(done, found, steps, by, step=step)
    return found


def copy_step(*, by: Actor, procedure: Code, version: Number, step: Code) -> ProcedureVersion:
    """Write a step once more, just behind itself, under a code of its own."""
    permit(by, "procedures.author")
    with act("procedure.edited", by=by) as done:
        found = draft(procedure, version)
        steps, index = list(found.steps), _place(found, step)
        codes = {s.get("code") for s in steps}
        free = next(code for n in range(2, len(steps) + 3) if (code := f"{step[:36]}-{n}") not in codes)
        steps.insert(index + 1, {**steps[index], "code": free})
        _write(done, found, steps, by, step=free)
    return found


def remove_step(
    *, by: Actor, procedure: Code, version: Number, step: Code, seen: Title = ""
) -> ProcedureVersion:
    """Take a step out of a draft."""
    permit(by, "procedures.author")
    with act("procedure.edited", by=by) as done:
        found = draft(procedure, version)
        steps = list(found.steps)
        steps.pop(_place(found, step, seen))
        _write(done, found, steps, by, step=step)
    return found


def _with_picture(step: dict[str, Any], found: ProcedureVersion, by: Actor) -> dict[str, Any]:
    """A picture that a page has just kept is received in the same act; the card names it by its digest."""
    picture = step.get("picture")
    if not isinstance(picture, Stored):
        return step
    attachments.attach(by=by, stored=picture, about=found.ref, caption=said(step.get("text")))
    return step | {"picture": picture.digest}


def _place(found: ProcedureVersion, code: str, seen: str = "") -> int:
    """Where a step stands, refused when it is gone or not as it was seen."""
    index = next((i for i, s in enumerate(found.steps) if s.get("code") == code), None)
    meanwhile = {"step": code, "person": found.authored_by, "at": found.authored_at}
    if index is None:
        if seen:
            raise RuleBroken("step_gone_meanwhile", **meanwhile)
        raise NotFound("no_such_step", step=code)
    if seen and seen != step_digest(found.steps[index]):
        raise RuleBroken("step_changed_meanwhile", **meanwhile)
    return index


def _write(done: Any, found: ProcedureVersion, steps: Steps, by: Actor, step: str = "") -> None:
    found.steps, found.digest = steps, digest_of(found.heading, steps)
    found.authored_by, found.authored_at = by.person, done.happened_at
    found.authors = list(dict.fromkeys([*found.authors, by.person]))
    found.save()
    told = {"step": step} if step else {}
    done.tell(
        found,
        procedure=found.ref,
        version=found.number,
        steps=len(steps) if isinstance(steps, list) else 0,
        sha256=found.digest,
        **told,
    )

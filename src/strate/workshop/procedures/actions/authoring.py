"""Writing a procedure: a draft, submitted by its author, approved by somebody else, retired one day."""

import hashlib
import json
from typing import Annotated, Any

from pydantic import Field

from strate.workshop.doors.texts import PLAIN, Code, Number, Sentence, Title, Word
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Reason, Refused, RuleBroken
from strate.workshop.people.roles import permit
from strate.workshop.procedures import defaults, queries, rules
from strate.workshop.procedures.kinds import KINDS
from strate.workshop.procedures.models import Procedure, ProcedureVersion

ProcedureKind = Annotated[str, Field(max_length=30, pattern=PLAIN)]


def author(
    *,
    by: Actor,
    procedure: Code,
    kind: ProcedureKind,
    title_fr: Title,
    title_en: Title,
    steps: list[dict[str, Any]],
    applies_to: list[Word] | None = None,
    note: Sentence = "",
) -> ProcedureVersion:
    """Write a new version of a procedure (a new procedure if the code is new), as a draft."""
    permit(by, "procedures.author")
    return _draft(by, procedure, kind, title_fr, title_en, steps, applies_to or [], note, is_default=False)


def _draft(
    by: Actor,
    code: str,
    kind: str,
    title_fr: str,
    title_en: str,
    steps: list[dict[str, Any]],
    applies_to: list[str],
    note: str,
    *,
    is_default: bool,
) -> ProcedureVersion:
    if not rules.CODE.match(code):
        raise RuleBroken("step_code_not_usable", step=code)
    with act("procedure.drafted", by=by) as done:
        heading = {"title_fr": title_fr, "title_en": title_en, "kind": kind, "applies_to": applies_to}
        above, _new = Procedure.objects.get_or_create(code=code, defaults=heading)
        if above.versions.filter(state__in=(rules.DRAFT, rules.SUBMITTED)).exists():
            raise RuleBroken("procedure_draft_exists", procedure=above.ref)
        last = above.versions.order_by("-number").first()
        version = ProcedureVersion.objects.create(
            procedure=above,
            number=last.number + 1 if last else 1,
            heading=heading,
            steps=steps,
            note=note,
            is_default=is_default,
            digest=digest_of(heading, steps),
            authored_by=by.person,
            authored_at=done.happened_at,
        )
        done.tell(above, procedure=above.ref, version=version.number, steps=len(steps), sha256=version.digest)
    return version


def edit(
    *, by: Actor, procedure: Code, version: Number, steps: list[dict[str, Any]], note: Sentence = ""
) -> ProcedureVersion:
    """Change the steps of a draft; whoever changes it becomes its author."""
    permit(by, "procedures.author")
    with act("procedure.edited", by=by) as done:
        draft = _locked(procedure, version)
        if draft.state != rules.DRAFT:
            raise RuleBroken("procedure_not_a_draft", procedure=draft.ref, version=version)
        draft.steps, draft.digest, draft.authored_by = steps, digest_of(draft.heading, steps), by.person
        draft.authored_at, draft.note = done.happened_at, note or draft.note
        draft.save()
        done.tell(draft, procedure=draft.ref, version=version, steps=len(steps), sha256=draft.digest)
    return draft


def submit(*, by: Actor, procedure: Code, version: Number) -> ProcedureVersion:
    """Ask for a draft to be approved; every fault of every step is told at once."""
    permit(by, "procedures.author")
    with act("procedure.submitted", by=by) as done:
        draft = _locked(procedure, version)
        _must_move(draft, rules.SUBMITTED)
        reasons = faults(draft.steps)
        if reasons:
            raise Refused(reasons)
        draft.state = rules.SUBMITTED
        draft.save()
        done.tell(draft, procedure=draft.ref, version=version, sha256=draft.digest)
    return draft


def take_back(*, by: Actor, procedure: Code, version: Number, reason: Sentence) -> ProcedureVersion:
    """Send a submitted version back to its author, with what is to be changed."""
    permit(by, "procedures.author")
    if not reason.strip():
        raise RuleBroken("gesture_reason_missing")
    with act("procedure.returned", by=by, reason=reason.strip()) as done:
        sent = _locked(procedure, version)
        _must_move(sent, rules.DRAFT)
        sent.state = rules.DRAFT
        sent.save()
        done.tell(sent, procedure=sent.ref, version=version)
    return sent


def approve(*, by: Actor, procedure: Code, version: Number) -> ProcedureVersion:
    """Approve a submitted version (signed, by another person than its author); the one before is retired."""
    permit(by, "procedures.approve")
    with act("procedure.approved", by=by, meaning="procedure_approved") as done:
        sent = _locked(procedure, version)
        _must_move(sent, rules.APPROVED)
        rules.must_be_another(sent.authored_by, by.person)
        reasons = faults(sent.steps)
        if reasons:
            raise Refused(reasons)
        before = sent.procedure.versions.filter(state=rules.APPROVED).first()
        if before:
            before.state = rules.RETIRED
            before.save()
        sent.state, sent.approved_by, sent.approved_at = rules.APPROVED, by.person, done.happened_at
        sent.save()
        Procedure.objects.filter(pk=sent.procedure.pk).update(**sent.heading)
        replaces = before.number if before else 0
        done.tell(
            sent,
            procedure=sent.ref,
            version=version,
            sha256=sent.digest,
            author=sent.authored_by,
            replaces=replaces,
        )
    return sent


def retire(*, by: Actor, procedure: Code, version: Number, reason: Sentence) -> ProcedureVersion:
    """Withdraw a version: nobody starts it any more; the gestures under way end with it."""
    permit(by, "procedures.approve")
    if not reason.strip():
        raise RuleBroken("gesture_reason_missing")
    with act("procedure.retired", by=by, reason=reason.strip()) as done:
        old = _locked(procedure, version)
        _must_move(old, rules.RETIRED)
        old.state = rules.RETIRED
        old.save()
        done.tell(old, procedure=old.ref, version=version)
    return old


def load_defaults(*, by: Actor, only: list[Code] | None = None) -> list[ProcedureVersion]:
    """Propose the default procedures of the house as drafts; those that exist already are left alone."""
    permit(by, "procedures.author")
    known = {p.code for p in queries.procedures()}
    sheets = [s for s in defaults.read_all() if s["code"] not in known and (not only or s["code"] in only)]
    if not sheets:
        return []
    with act("procedure.defaults_loaded", by=by) as done:
        drafts = [
            _draft(
                by,
                sheet["code"],
                sheet["kind"],
                sheet["title"]["fr"],
                sheet["title"]["en"],
                sheet["steps"],
                sheet.get("applies_to", []),
                sheet.get("note", ""),
                is_default=True,
            )
            for sheet in sheets
        ]
        done.tell(*drafts, procedures=[d.procedure.code for d in drafts])
    return drafts


def faults(steps: Any) -> list[Reason]:
    """All that is wrong with a list of steps."""
    found = rules.faults(steps)
    if any(reason.code == "steps_missing" for reason in found):
        return found
    for step in steps:
        kind = KINDS.get(str(step.get("kind")))
        if kind is None:
            found.append(
                Reason("step_kind_unknown", {"step": str(step.get("code")), "kind": str(step.get("kind"))})
            )
        else:
            found += kind.validate_spec(step)
    return found


def digest_of(heading: dict[str, Any], steps: Any) -> str:
    """The fingerprint of a version: what was approved is what is followed."""
    text = json.dumps(
        [heading, steps], sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str
    )
    return hashlib.sha256(text.encode()).hexdigest()


def _must_move(version: ProcedureVersion, to: str) -> None:
    values = {"procedure": version.ref, "version": version.number}
    rules.must_move(rules.VERSION_MOVES, version.state, to, noun="procedure", **values)


def _locked(procedure: Code, number: int) -> ProcedureVersion:
    version = queries.version(procedure, number)
    held = ProcedureVersion.objects.select_for_update(of=("self",)).select_related("procedure")
    return held.get(pk=version.pk)

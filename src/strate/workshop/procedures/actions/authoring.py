"""Writing a procedure: a draft, submitted by its author, approved by somebody else, retired one day."""

from typing import Annotated, Any

from pydantic import Field

from strate.workshop.doors.texts import PLAIN, Code, Minutes, Number, Sentence, Title, Word
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Refused, RuleBroken
from strate.workshop.people.roles import permit
from strate.workshop.procedures import defaults, queries, rules
from strate.workshop.procedures.actions.drafts import digest_of, faults, locked, loops
from strate.workshop.procedures.models import Procedure, ProcedureVersion
from strate.workshop.procedures.sheets import heading_of

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
    every_min: Minutes | None = None,
    note: Sentence = "",
) -> ProcedureVersion:
    """Write a new version of a procedure (a new procedure if the code is new), as a draft."""
    permit(by, "procedures.author")
    heading = rules.heading(kind, title_fr, title_en, applies_to or [], every_min)
    return _draft(by, procedure, heading, steps, note)


def copy(
    *, by: Actor, procedure: Code, version: Number, code: Code, title_fr: Title, title_en: Title
) -> ProcedureVersion:
    """Write a procedure of one's own from a version of another: the same steps under a new code."""
    permit(by, "procedures.author")
    model = queries.version(procedure, version)
    if Procedure.objects.filter(code=code).exists():
        raise RuleBroken("procedure_code_taken", procedure=f"procedure:{code}")
    heading = dict(model.heading) | {"title_fr": title_fr, "title_en": title_en}
    return _draft(by, code, heading, model.steps, model.note)


def _draft(
    by: Actor,
    code: str,
    heading: dict[str, Any],
    steps: list[dict[str, Any]],
    note: str,
    *,
    is_default: bool = False,
) -> ProcedureVersion:
    if not rules.CODE.match(code):
        raise RuleBroken("step_code_not_usable", step=code)
    with act("procedure.drafted", by=by) as done:
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
            authors=[by.person],
            authored_at=done.happened_at,
        )
        done.tell(above, procedure=above.ref, version=version.number, steps=len(steps), sha256=version.digest)
    return version


def submit(*, by: Actor, procedure: Code, version: Number) -> ProcedureVersion:
    """Ask for a draft to be approved; every fault of every step is told at once."""
    permit(by, "procedures.author")
    with act("procedure.submitted", by=by) as done:
        draft = locked(procedure, version)
        _must_move(draft, rules.SUBMITTED)
        reasons = [*faults(draft.steps), *loops(draft)]
        if reasons:
            raise Refused(reasons)
        draft.state = rules.SUBMITTED
        draft.save()
        done.tell(draft, procedure=draft.ref, version=version, sha256=draft.digest)
    return draft


def take_back(*, by: Actor, procedure: Code, version: Number, reason: Sentence) -> ProcedureVersion:
    """Send a submitted version back to its author, with what is to be changed."""
    permit(by, "procedures.author")
    return _put_back(by, procedure, version, rules.DRAFT, "procedure.returned", reason)


def approve(*, by: Actor, procedure: Code, version: Number) -> ProcedureVersion:
    """Approve a submitted version (signed, by another person than its author); the one before is retired."""
    permit(by, "procedures.approve")
    with act("procedure.approved", by=by, meaning="procedure_approved") as done:
        sent = locked(procedure, version)
        _must_move(sent, rules.APPROVED)
        rules.must_be_another({sent.authored_by, *sent.authors}, by.person)
        reasons = [*faults(sent.steps), *loops(sent)]
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
    return _put_back(by, procedure, version, rules.RETIRED, "procedure.retired", reason)


def _put_back(by: Actor, code: str, number: int, state: str, what: str, reason: str) -> ProcedureVersion:
    """Out of the way to its approval, or out of force: with a reason that stays written."""
    if not reason.strip():
        raise RuleBroken("gesture_reason_missing")
    with act(what, by=by, reason=reason.strip()) as done:
        version = locked(code, number)
        _must_move(version, state)
        version.state = state
        version.save()
        done.tell(version, procedure=version.ref, version=number)
    return version


def load_defaults(*, by: Actor, only: list[Code] | None = None) -> list[ProcedureVersion]:
    """Propose the default procedures of the house as drafts; those that exist already are left alone."""
    permit(by, "procedures.author")
    known = set(Procedure.objects.values_list("code", flat=True))
    sheets = [defaults.read(c) for c in defaults.codes() if c not in known and (not only or c in only)]
    if not sheets:
        return []
    with act("procedure.defaults_loaded", by=by) as done:
        drafts = [
            _draft(
                by, sheet["code"], heading_of(sheet), sheet["steps"], sheet.get("note", ""), is_default=True
            )
            for sheet in sheets
        ]
        done.tell(*drafts, procedures=[d.ref for d in drafts])
    return drafts


def _must_move(version: ProcedureVersion, to: str) -> None:
    values = {"procedure": version.ref, "version": version.number}
    rules.must_move(rules.VERSION_MOVES, version.state, to, noun="procedure", **values)

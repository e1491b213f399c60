"""Following a procedure: start it, do its steps in order, correct an entry."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from strate.workshop.attachments import actions as attachments
from strate.workshop.attachments.rules import Stored
from strate.workshop.doors.texts import Code, Number, Title
from strate.workshop.journal import clock
from strate.workshop.journal.actions import Done, act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import RuleBroken
from strate.workshop.journal.rows import insert, update
from strate.workshop.people.roles import permit
from strate.workshop.procedures import queries, registry, rules
from strate.workshop.procedures.actions.judging import meaning, must_be_doable, must_call
from strate.workshop.procedures.kinds import KINDS, Outcome, Situation, conditions, skipped
from strate.workshop.procedures.models import (
    ProcedureRun,
    ProcedureVersion,
    ReadingWatch,
    RunThing,
    StepDone,
)


def start(
    *,
    by: Actor,
    procedure: Code,
    about: list[Title] | None = None,
    context: dict[str, Title] | None = None,
    place: Title = "",
    parent: Number | None = None,
    parent_step: Code = "",
) -> ProcedureRun:
    """Start a gesture: follow the approved version of a procedure, about a machine, a build, a lot."""
    version = queries.approved(procedure)
    above = queries.run(parent) if parent else None
    if above:
        must_call(above, parent_step, procedure)
        about = about or list(above.about)
        context = dict(above.context) | (context or {})
    return open_run(
        by=by,
        version=version,
        about=about,
        context=context,
        place=place,
        parent=above,
        parent_step=parent_step,
    )


def open_run(
    *,
    by: Actor,
    version: ProcedureVersion,
    about: list[str] | None = None,
    context: dict[str, str] | None = None,
    place: str = "",
    own_steps: list[dict[str, Any]] | None = None,
    parent: ProcedureRun | None = None,
    parent_step: str = "",
    reading: tuple[ReadingWatch, datetime] | None = None,
    belated_why: str = "",
) -> ProcedureRun:
    """For the other rooms: the same, with a version in hand or steps made for this one time (a round)."""
    permit(by, "procedures.run")
    refs = list(dict.fromkeys(about or []))
    known = queries.known_of(refs) | {k: str(v) for k, v in (context or {}).items()}
    with act("run.started", by=by, reason=belated_why) as done:
        run = ProcedureRun(
            version=version,
            own_steps=own_steps,
            about=refs,
            context=known,
            place=place,
            parent=parent,
            parent_step=parent_step,
        )
        if reading:
            run.watch, run.planned_at, run.belated_why = *reading, belated_why
        _begin(run, by, done)
    return run


def _begin(run: ProcedureRun, by: Actor, done: Done) -> None:
    """The gesture stands at its first step that concerns the job; its things find it again."""
    run.station, run.started_by = by.station, by.person
    run.started_at, run.last_activity_at = done.happened_at, clock.now()
    run.index = rules.next_index(run.steps, (), _left_out(run, {}))
    if run.index >= len(run.steps):
        raise RuleBroken("no_step_concerns_this", procedure=run.version.ref)
    run.save()
    RunThing.objects.bulk_create(RunThing(run=run, ref=ref) for ref in run.about)
    told = {"procedure": run.version.ref, "version": run.version.number, "about": run.about}
    told |= {"planned_at": run.planned_at} if run.planned_at else {}
    done.tell(run, run.version, *run.about, run=run.ref, **told)


def _left_out(run: ProcedureRun, done: Mapping[str, StepDone]) -> list[str]:
    """What does not concern this job, as it stands now."""
    if not any(step.get("when") for step in run.steps):
        return []
    return conditions.left_out(run.steps, queries.situation(run, done))


def do_step(*, by: Actor, run: Number, step: Code, entry: dict[str, Any] | None = None) -> StepDone:
    """Do the next step of a gesture; refused out of order, out of bounds, or without the rights it needs.

    A page that has just kept a photo gives it as `stored` in the entry: it is received in the same act.
    """
    entry = entry or {}
    with act("step.done", by=by, meaning=meaning(queries.run(run), step, entry)) as done:
        followed = queries.run_for_update(run)
        already = queries.steps_done(followed)
        seen = queries.situation(followed, already)
        spec = must_be_doable(followed, step, already, seen, by=by, at=done.happened_at)
        if done.meaning == "wait_cut_short":
            permit(by, "procedures.cut_wait")
        outcome = judge(spec, _received(entry, by), seen, at=clock.now())
        kept = keep(followed, spec, outcome, by, done)
        done_now = {**already, step: kept}
        followed.index = rules.next_index(followed.steps, done_now, _left_out(followed, done_now))
        followed.last_activity_at, followed.asked_at = clock.now(), None
        update(followed, "index", "last_activity_at", "asked_at")
        _attach_photo(followed, spec, outcome, by)
        _carry_effect(followed, spec, outcome, by)
        tell(done, followed, spec, outcome)
        if followed.index >= len(followed.steps):
            _finish(followed, by, done.happened_at)
    return kept


def judge(spec: dict[str, Any], entry: dict[str, Any], seen: Situation, *, at: datetime) -> Outcome:
    passed = skipped(spec, entry)
    return passed or KINDS[spec["kind"]].judge(spec, entry, seen, at)


def keep(
    run: ProcedureRun,
    spec: dict[str, Any],
    outcome: Outcome,
    by: Actor,
    done: Done,
    corrects: StepDone | None = None,
) -> StepDone:
    kept = StepDone(
        run=run,
        step=spec["code"],
        kind=spec["kind"],
        outcome=outcome.values,
        deviation=outcome.deviation is not None,
        by=by.person,
        at=done.happened_at,
        event=done.event,
        corrects=corrects,
    )
    insert(kept)
    return kept


def tell(done: Done, run: ProcedureRun, spec: dict[str, Any], outcome: Outcome) -> None:
    values = {k: v for k, v in outcome.values.items() if k not in ("min", "max")}
    done.tell(
        run,
        run.version,
        *run.about,
        *outcome.things,
        run=run.ref,
        version=run.version.number,
        step=spec["code"],
        text=str(spec["text"].get("fr", "")),
        kind=spec["kind"],
        entered=in_words(spec, outcome.values),
        outcome=values,
        limits={k: v for k, v in outcome.values.items() if k in ("min", "max")},
        deviation=outcome.deviation.code if outcome.deviation else "",
    )


def in_words(spec: dict[str, Any], values: dict[str, Any]) -> str:
    """What was entered, as the floor writes it, for the fact's sentence (`outcome` is exact)."""
    if "value" in values:
        return f"{values['value']} {values.get('unit', '')}".strip().replace(".", ",")
    if "choice" in values:
        chosen = next((o for o in spec.get("options") or () if o["value"] == values["choice"]), {})
        return str((chosen.get("text") or {}).get("fr") or values["choice"])
    if "skipped" in values:
        return f"— ({values['skipped']})"
    mark = "✗" if values.get("ok") is False else "✓"
    return str(values.get("ref") or f"{mark} {values.get('note', '')}".strip())


def _received(entry: dict[str, Any], by: Actor) -> dict[str, Any]:
    stored = entry.get("stored")
    if not isinstance(stored, Stored):
        return entry
    attachments.receive(by=by, stored=stored)
    return entry | {"digest": stored.digest}


def _attach_photo(run: ProcedureRun, spec: dict[str, Any], outcome: Outcome, by: Actor) -> None:
    """A photo belongs to the gesture and to what the gesture is about."""
    if spec["kind"] == "photo" and "digest" in outcome.values:
        for ref in (run.ref, *run.about):
            attachments.attach(by=by, stored=outcome.values["digest"], about=ref, caption=spec["text"]["fr"])


def _carry_effect(run: ProcedureRun, spec: dict[str, Any], outcome: Outcome, by: Actor) -> None:
    name = spec.get("effect") or KINDS[spec["kind"]].effect
    if not name or "skipped" in outcome.values:
        return
    carry = registry.effects().get(name)
    if carry is None:
        raise RuleBroken("step_effect_unknown", step=spec["code"], effect=name)
    carry(by, run, spec, outcome)


def _finish(run: ProcedureRun, by: Actor, at: datetime) -> None:
    rules.must_move(rules.RUN_MOVES, run.state, rules.DONE, noun="run", run=run.ref)
    with act("run.finished", by=by, happened_at=at) as done:
        run.state, run.ended_by, run.ended_at = rules.DONE, by.person, at
        run.save()
        steps = len(run.steps)
        deviated = len(queries.deviations([run]))
        past = queries.steps_done(run)
        left_out = [code for code in _left_out(run, past) if code not in past]
        told = {"left_out": left_out} if left_out else {}
        done.tell(
            run,
            run.version,
            *run.about,
            run=run.ref,
            procedure=run.version.ref,
            steps=steps,
            deviations=deviated,
            **told,
        )
    registry.tell_finished(by, run)

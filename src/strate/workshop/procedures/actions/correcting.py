"""Correcting an entry: what was written stays, the new value points at it."""

from typing import Any

from strate.workshop.doors.texts import Code, Number, Sentence
from strate.workshop.journal import clock
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import RuleBroken
from strate.workshop.people.roles import may, permit
from strate.workshop.procedures import queries, rules
from strate.workshop.procedures.actions.running import in_words, judge, keep, tell
from strate.workshop.procedures.kinds import KINDS, conditions, said
from strate.workshop.procedures.models import ProcedureRun, StepDone


def correct_step(*, by: Actor, run: Number, step: Code, entry: dict[str, Any], reason: Sentence) -> StepDone:
    """Correct an entry (« I typed 12,5 for 125 »): a new fact points at the old one, still visible."""
    permit(by, "procedures.run")
    if not reason.strip():
        raise RuleBroken("gesture_reason_missing")
    first = _correctable(queries.run(run), step, by)
    with act(
        "step.corrected", by=by, corrects=first.event, reason=reason.strip(), meaning=_signed_again(first)
    ) as done:
        followed = queries.run_for_update(run)
        first = _correctable(followed, step, by)
        spec = next(s for s in followed.steps if s["code"] == step)
        outcome = judge(spec, entry, queries.situation(followed), at=clock.now())
        first.corrected = True
        first.save()
        kept = keep(followed, spec, outcome, by, done, corrects=first)
        followed.last_activity_at = clock.now()
        if followed.state in (rules.OPEN, rules.INTERRUPTED):
            past = queries.steps_done(followed)
            left_out = conditions.left_out(followed.steps, queries.situation(followed, past))
            followed.index = rules.next_index(followed.steps, past, left_out)
        followed.save()
        tell(done, followed, spec, outcome)
        done.data |= {"instead_of": in_words(spec, first.outcome), "before": first.outcome}
    return kept


def _signed_again(first: StepDone) -> str:
    """What was signed is corrected with a signature."""
    spec = next(s for s in first.run.steps if s["code"] == first.step)
    return f"step_{spec.get('meaning') or 'done'}" if KINDS[spec["kind"]].signed or spec.get("signed") else ""


def _correctable(run: ProcedureRun, step: str, by: Actor) -> StepDone:
    first = queries.steps_done(run).get(step)
    if first is None:
        raise RuleBroken("step_not_done", step=step)
    spec = next(s for s in run.steps if s["code"] == step)
    if spec.get("effect"):
        # The effect wrote in another room: that room has its own correction.
        raise RuleBroken("step_had_an_effect", step=said(spec["text"]))
    mine = first.by == by.person and run.state in (rules.OPEN, rules.INTERRUPTED)
    if not mine and not may(by, "procedures.correct"):
        raise RuleBroken("not_yours_to_correct", person=first.by, lifted_by=("shift_leader", "quality"))
    return first

"""When a gesture stops before its end: interrupted, taken up by another, abandoned, forgotten."""

from strate.workshop.doors.texts import Number, Sentence
from strate.workshop.journal import clock
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import RuleBroken
from strate.workshop.people.roles import permit
from strate.workshop.procedures import queries, rules
from strate.workshop.procedures.models import ProcedureRun


def interrupt(*, by: Actor, run: Number, reason: Sentence) -> ProcedureRun:
    """Stop here for now, and say why; somebody will take it up again."""
    return _stop(by, run, rules.INTERRUPTED, "run.interrupted", reason)


def abandon(*, by: Actor, run: Number, reason: Sentence) -> ProcedureRun:
    """Give a gesture up for good, and say why; what was done stays written."""
    return _stop(by, run, rules.ABANDONED, "run.abandoned", reason)


def _stop(by: Actor, run: int, state: str, what: str, reason: str) -> ProcedureRun:
    permit(by, "procedures.run")
    if not reason.strip():
        raise RuleBroken("gesture_reason_missing")
    with act(what, by=by, reason=reason.strip()) as done:
        followed = queries.run_for_update(run)
        rules.must_move(rules.RUN_MOVES, followed.state, state, noun="run", **_who(followed))
        followed.state, followed.interrupted_why = state, reason.strip()[:300]
        if state == rules.INTERRUPTED:
            followed.interrupted_by = by.person
        else:
            followed.ended_by, followed.ended_at = by.person, done.happened_at
        followed.last_activity_at = clock.now()
        followed.save()
        step = queries.current_step(followed)
        done.tell(
            followed, followed.version, *followed.about, run=followed.ref, step=step["code"] if step else ""
        )
    return followed


def _who(run: ProcedureRun) -> dict[str, str]:
    person = run.interrupted_by if run.state == rules.INTERRUPTED else run.ended_by
    return {"run": run.ref, "person": person, "why": run.interrupted_why}


def resume(*, by: Actor, run: Number) -> ProcedureRun:
    """Take up an interrupted gesture where it was left; both people are named."""
    permit(by, "procedures.run")
    with act("run.resumed", by=by) as done:
        followed = queries.run_for_update(run)
        rules.must_move(rules.RUN_MOVES, followed.state, rules.OPEN, noun="run", **_who(followed))
        followed.state, followed.resumed_by = rules.OPEN, by.person
        followed.last_activity_at, followed.asked_at = clock.now(), None
        followed.save()
        step = queries.current_step(followed)
        done.tell(
            followed,
            followed.version,
            *followed.about,
            run=followed.ref,
            step=step["code"] if step else "",
            person=followed.interrupted_by,
            why=followed.interrupted_why,
        )
    return followed


def still_working(*, by: Actor, run: Number) -> ProcedureRun:
    """Answer « yes » to « still working? »."""
    permit(by, "procedures.run")
    with act("run.confirmed", by=by) as done:
        followed = queries.run_for_update(run)
        if followed.state != rules.OPEN:
            raise RuleBroken(f"run_is_{followed.state}", run=followed.ref, person=followed.ended_by, why="")
        followed.last_activity_at, followed.asked_at = clock.now(), None
        followed.save()
        done.tell(followed, *followed.about, run=followed.ref)
    return followed


def ask_still_working(*, by: Actor) -> list[ProcedureRun]:
    """Ask « still working? », once, about every gesture where nothing was done for a long time."""
    now = clock.now()
    asked = [run for run in queries.forgotten(now) if run.asked_at is None]
    if not asked:
        return []
    with act("run.forgotten", by=by) as done:
        ProcedureRun.objects.filter(pk__in=[run.pk for run in asked]).update(asked_at=now)
        done.tell(*asked, runs=[run.ref for run in asked])
    return asked

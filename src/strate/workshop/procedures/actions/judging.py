"""Before a step is done: whose turn it is, who may, what the signature will mean."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Reason, Refused, RuleBroken
from strate.workshop.people import queries as people
from strate.workshop.people.roles import permit
from strate.workshop.procedures import queries, rules
from strate.workshop.procedures.kinds import KINDS, Situation, conditions, said
from strate.workshop.procedures.models import ProcedureRun, StepDone


def must_call(above: ProcedureRun, step: str, procedure: str) -> None:
    """A sub-procedure is started from the very step that calls it, and never inside itself."""
    current = queries.current_step(above)
    if (
        above.state != rules.OPEN
        or current is None
        or current["code"] != step
        or current.get("procedure") != procedure
    ):
        raise RuleBroken("step_not_next", step=step, expected=current["code"] if current else "")
    higher: ProcedureRun | None = above
    while higher is not None:
        if higher.procedure.code == procedure:
            raise RuleBroken("procedure_calls_itself", procedure=f"procedure:{procedure}")
        higher = higher.parent
    if above.children.filter(parent_step=step, state__in=(rules.OPEN, rules.INTERRUPTED)).exists():
        raise RuleBroken("sub_procedure_under_way", procedure=f"procedure:{procedure}")


def meaning(run: ProcedureRun, step: str, entry: Mapping[str, Any]) -> str:
    """The meaning of the signature the step asks for; empty when it asks for none."""
    spec = next((s for s in run.steps if s["code"] == step), None)
    if spec is None or run.state != rules.OPEN or queries.outcome(run, step) is not None:
        return ""
    if spec["kind"] == "wait" and spec.get("early") and str(entry.get("early") or "").strip():
        return "wait_cut_short"
    if not (KINDS[spec["kind"]].signed or spec.get("signed")):
        return ""
    return f"step_{spec.get('meaning') or 'done'}"


def must_be_doable(
    run: ProcedureRun,
    step: str,
    already: Mapping[str, StepDone],
    seen: Situation,
    *,
    by: Actor,
    at: datetime,
) -> dict[str, Any]:
    """Judge the person and the order; the entry is judged afterwards."""
    permit(by, "procedures.run")
    if step in already:
        first = already[step]
        spec = next(s for s in run.steps if s["code"] == step)
        raise RuleBroken("step_already_done", step=said(spec["text"]), person=first.by, at=first.at)
    if run.state != rules.OPEN:
        person = run.interrupted_by if run.state == rules.INTERRUPTED else run.ended_by
        raise RuleBroken(f"run_is_{run.state}", run=run.ref, person=person, why=run.interrupted_why)
    spec = dict(rules.must_be_next(run.steps, already, step, conditions.left_out(run.steps, seen)))
    must_be_allowed(spec, seen, by=by, at=at)
    hands = queries.hands_in(run) if spec.get("second_person") else ()
    rules.must_not_be(spec, by.person, {code: d.by for code, d in already.items()}, hands)
    return spec


def must_be_allowed(spec: dict[str, Any], seen: Situation, *, by: Actor, at: datetime) -> None:
    """The right, the role and the authorisations the step asks for, all that lack at once."""
    if spec.get("right"):
        permit(by, spec["right"])
    role, reasons = spec.get("role"), []
    if role and role not in by.roles:
        reasons.append(Reason("step_of_another_role", {"role": role}, lifted_by=(role,)))
    needs = [(str(kind), seen.fill(scope)) for kind, scope in spec.get("authorisation") or ()]
    if spec.get("zone"):
        needs.append(("zone", seen.fill(str(spec["zone"]))))
    if needs:
        reasons += people.lacks(by, *needs, on=timezone.localdate(at))
    if reasons:
        raise Refused(reasons)

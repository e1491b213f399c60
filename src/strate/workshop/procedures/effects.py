"""What a step does in the rooms below: tell HSE, hold what was touched, confirm equipment, sort waste."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from strate.workshop.anomalies import actions as anomalies
from strate.workshop.holds import actions as holds
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Refused, RuleBroken
from strate.workshop.notices.actions import notify
from strate.workshop.procedures import queries
from strate.workshop.procedures.kinds import Outcome, said
from strate.workshop.procedures.models import ProcedureRun
from strate.workshop.procedures.registry import effect
from strate.workshop.safety import actions as safety
from strate.workshop.safety import queries as sheets

MASS_UNITS = {"kg": 6, "g": 3, "mg": 0}
CONFIRM = "safety.confirm_ppe"


@effect("notices.hse")
def tell_hse(by: Actor, run: ProcedureRun, step: dict[str, Any], outcome: Outcome) -> None:
    """HSE sees it now; a spill reported has told them already."""
    if run.context.get("spill"):
        return
    notify(
        by=by, to="role:hse", about=run.ref, code="spill_under_way", where=run.place or ", ".join(run.about)
    )


@effect("holds.place")
def hold_what_was_touched(by: Actor, run: ProcedureRun, step: dict[str, Any], outcome: Outcome) -> None:
    """Everything the gesture is about stops until HSE lets it go; a spill reported has stopped it already."""
    if run.context.get("spill"):
        return
    for ref in run.about:
        holds.place(
            by=by, about=ref, code="touched_by_a_spill", liftable_by=("hse", "quality"), origin=run.ref
        )


@effect(CONFIRM)
def confirm_equipment(by: Actor, run: ProcedureRun, step: dict[str, Any], outcome: Outcome) -> None:
    """The step is also the person's confirmation that gates ask for; it begins the operation.

    What is to be read before that operation was read; a spill waits for no paper.
    """
    if outcome.deviation is None:
        wear(by=by, run=run, operation=_operation(step))


def wear(*, by: Actor, run: ProcedureRun, operation: str) -> None:
    """This person puts on what an operation of this gesture asks for, and says so."""
    materials = materials_of(run)
    if operation != "spill" and (
        unread := sheets.unread_for(by, operation, machine=run.thing("machine"), materials=materials)
    ):
        raise Refused(unread)
    safety.confirm_ppe(by=by, operation=operation, about=_where(run), materials=materials)


def not_worn_by(by: Actor, run: ProcedureRun, at: datetime) -> str:
    """The operation for which equipment was confirmed in this gesture, but not by this person, or too long ago."""
    past = queries.steps_done(run)
    asked = [_operation(s) for s in run.steps if s.get("effect") == CONFIRM and s["code"] in past]
    return next((each for each in asked if sheets.missing_ppe(by.person, each, _where(run), at=at)), "")


def _operation(step: Mapping[str, Any]) -> str:
    return str(step.get("operation") or "powder")


def _where(run: ProcedureRun) -> str:
    return run.thing("machine") or (run.about[0] if run.about else "")


@effect("anomalies.means_missing")
def report_missing(by: Actor, run: ProcedureRun, step: dict[str, Any], outcome: Outcome) -> None:
    """What is not in its place goes to whoever sees to it, without another form to fill in."""
    if outcome.deviation is not None:
        words = [said(step["text"]), said(step.get("place")), str(outcome.values.get("note", ""))]
        text = " · ".join(word for word in words if word)
        anomalies.report(by=by, about=[run.ref, *run.about, *outcome.things], kind="tool_missing", text=text)


@effect("safety.sheets_read")
def must_have_read(by: Actor, run: ProcedureRun, step: dict[str, Any], outcome: Outcome) -> None:
    """Refused while a sheet of these materials, or a document this work needs, is not read."""
    materials = materials_of(run)
    reasons = [
        *sheets.unread_sheets(by.person, materials, run.about),
        *sheets.unread_documents(
            by, [run.thing("machine") or "-"], materials=materials, operations=["powder"]
        ),
    ]
    if reasons:
        raise Refused(reasons)


@effect("safety.spill_mass")
def weigh_the_spill(by: Actor, run: ProcedureRun, step: dict[str, Any], outcome: Outcome) -> None:
    """What was weighed or estimated goes to the record of the spill this gesture is about."""
    if run.context.get("spill"):
        safety.weigh_spill(by=by, spill=run.context["spill"], mass_mg=_mass_mg(step, outcome.values))


@effect("safety.sort_waste")
def sort_waste(by: Actor, run: ProcedureRun, step: dict[str, Any], outcome: Outcome) -> None:
    """The drum just scanned takes the mass and the stream entered before."""
    stream = queries.outcome(run, str(step.get("stream_step"))) or {}
    weighed = queries.outcome(run, str(step.get("mass_step"))) or {}
    if not stream.get("choice"):
        raise RuleBroken("step_field_wrong", step=step["code"], field="stream_step")
    mass_mg = _mass_mg(step, weighed)
    drum = str(outcome.values["ref"]).partition(":")[2]
    about = run.thing("build") or (run.about[0] if run.about else "")
    materials, lot = materials_of(run), run.thing("lot")
    material = materials[0] if len(materials) == 1 else ""
    safety.sort_waste(
        by=by,
        stream=stream["choice"],
        mass_mg=mass_mg,
        container=drum,
        about=about,
        material=material,
        lot=lot,
    )


def _mass_mg(step: dict[str, Any], weighed: Mapping[str, Any]) -> int:
    """A mass as it was weighed, in whole milligrams."""
    unit = str(weighed.get("unit", ""))
    if unit not in MASS_UNITS:
        raise RuleBroken("step_field_wrong", step=step["code"], field="mass_step")
    return int(Decimal(weighed["value"]).scaleb(MASS_UNITS[unit]).to_integral_value())


def materials_of(run: ProcedureRun) -> list[str]:
    """The materials at hand: named by the context (`material`, or several separated by commas)."""
    named = [m.strip().removeprefix("material:") for m in str(run.context.get("material", "")).split(",")]
    named += [ref.removeprefix("material:") for ref in run.about if ref.startswith("material:")]
    return list(dict.fromkeys(m for m in named if m))

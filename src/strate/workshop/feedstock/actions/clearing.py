"""A change of material: cleaned by its procedure, looked at by a second person, then free for another powder."""

from django.db.models import Q

from strate.workshop.doors.texts import Code, Title
from strate.workshop.feedstock import queries, registry
from strate.workshop.feedstock.models import Carried, Material, PowderContainer, PowderMovement
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Reason, Refused
from strate.workshop.machines import actions as machine_acts
from strate.workshop.people.roles import permit
from strate.workshop.procedures import queries as procedures
from strate.workshop.procedures import rules as gestures
from strate.workshop.procedures.queries import ProcedureRun

# The procedure of the house, under its code or its kind.
PROCEDURES = frozenset({"material-change", "material_change"})


def clear_for(*, by: Actor, about: Title, material: Code, run: int) -> Carried:
    """Free a machine, a sieve, a vacuum, a tool or a container for another material.

    `run`: the finished gesture of change of material about it, later than the last powder it saw, whose last look
    was signed by somebody who did nothing else of it.
    """
    permit(by, "feedstock.clear_for")
    of = queries.material(material)
    ref = queries.tool_ref(about) if not about.startswith("container:") else queries.container(about).ref
    followed = procedures.run(run)
    if reasons := _why_not(ref, followed):
        raise Refused(reasons)
    return _free(by, ref, of, followed)


def clear_after(*, by: Actor, run: ProcedureRun) -> list[Carried]:
    """With its last signature, a change of material frees all it is about for the new material.

    The new material is the one the gesture names, else that of the job on the machine; known by neither,
    somebody says it afterwards. Without a second person's look nothing is freed.
    """
    material = _new_material(run)
    refs = [ref for ref in run.about if _keeps_traces(ref) and queries.carried_by(ref) != material]
    if not material or not refs or not looked_at_by_another(run):
        return []
    if reasons := [reason for ref in refs for reason in _why_not(ref, run)]:
        raise Refused(reasons)
    of = queries.material(material)
    return [_free(by, ref, of, run) for ref in refs]


def _new_material(run: ProcedureRun) -> str:
    if named := run.thing("material"):
        return named.removeprefix("material:")
    limits = registry.job_on(run.thing("machine")).limits
    return limits.material if limits else ""


def _keeps_traces(ref: str) -> bool:
    """Whether the house knows this thing as one that powder leaves traces in."""
    if ref.startswith("container:"):
        return PowderContainer.objects.filter(code=ref.removeprefix("container:")).exists()
    return queries.is_a_tool(ref)


def _free(by: Actor, ref: str, of: Material, followed: ProcedureRun) -> Carried:
    before = queries.carried_by(ref)
    with act("feedstock.cleared", by=by) as done:
        values = {"material": of.code, "since": done.happened_at, "by": by.person, "run": followed.ref}
        carried, _new = Carried.objects.update_or_create(about=ref, defaults=values)
        if ref.startswith("container:"):
            PowderContainer.objects.filter(code=ref.partition(":")[2]).update(material=of.code)
        if ref.startswith("machine:"):
            machine_acts.dedicate(by=by, machine=ref, material=of.code)
        told = {"about": ref, "material": of.ref, "before": f"material:{before}" if before else ""}
        done.tell(ref, of, followed.ref, **told, run=followed.ref)
    return carried


def _why_not(ref: str, run: ProcedureRun) -> list[Reason]:
    reasons = []
    if queries.content(ref).mass_mg:
        reasons.append(Reason("still_holds_powder", {"about": ref, "mass_mg": queries.content(ref).mass_mg}))
    named = {run.procedure.kind, run.procedure.code}
    if not named & PROCEDURES or run.state != gestures.DONE or ref not in run.about:
        reasons.append(Reason("not_a_change_of_material", {"about": ref, "run": run.ref}, queries.CHANGE))
        return reasons
    if run.ended_at is None or run.started_at < (_last_powder(ref) or run.started_at):
        reasons.append(Reason("powder_since_the_change", {"about": ref, "run": run.ref}, queries.CHANGE))
    if not looked_at_by_another(run):
        reasons.append(
            Reason("second_look_missing", {"run": run.ref}, queries.CHANGE, ("operator", "quality"))
        )
    return reasons


def _last_powder(ref: str) -> object:
    """When powder last entered it, or was worked with it; what is only taken out of it does not count."""
    lines = PowderMovement.objects.filter(Q(target=ref) | Q(tool=ref), ~Q(source=ref))
    return lines.order_by("-at").values_list("at", flat=True).first()


def looked_at_by_another(run: ProcedureRun) -> bool:
    """The last signature is of somebody who did no other step of it."""
    steps = list(procedures.steps_done(run).values())
    signed = [step for step in steps if step.kind == "sign" and not step.deviation]
    if not signed:
        return False
    last = signed[-1]
    return all(step.by != last.by for step in steps if step.pk != last.pk)

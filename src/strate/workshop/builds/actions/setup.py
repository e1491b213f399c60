"""Setting up a build: which orders on which machine, which file, and that the machine holds exactly that."""

from decimal import Decimal
from typing import Any

from strate.kernels.geometry.refusal import PowderRefused
from strate.kernels.geometry.shop.powder import exact_volume_mm3, powder_need
from strate.workshop.attachments import actions as attachments
from strate.workshop.builds import layout, means, powder, queries, rules
from strate.workshop.builds.actions.layout import write_copies
from strate.workshop.builds.layout import Laid
from strate.workshop.builds.models import Build, BuildOrder
from strate.workshop.builds.rules import BuildCode, Plan, Quantity, Text
from strate.workshop.feedstock import queries as feedstock
from strate.workshop.journal import clock
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Reason, Refused, RuleBroken
from strate.workshop.machines import actions as machines
from strate.workshop.machines import queries as hall
from strate.workshop.machines.queries import Machine, MachineCommand
from strate.workshop.orders import actions as orders
from strate.workshop.orders import queries as order_book
from strate.workshop.parts import queries as parts
from strate.workshop.parts.rules import melted_mm3
from strate.workshop.people.roles import permit
from strate.workshop.procedures import actions as procedures
from strate.workshop.procedures import queries as gestures
from strate.workshop.procedures.queries import ProcedureRun


def prepare(*, by: Actor, code: BuildCode, machine: BuildCode, quantities: dict[str, Quantity]) -> Build:
    """Prepare a build: the orders it makes (order code → how many on this plate) on one machine.

    Orders share a plate only when they follow the same released routing. The powder needed is worked out from
    the approved exchange files, with its arithmetic kept. Parts of several files are laid out in rows, and the
    machine is given one file for the whole plate.
    """
    permit(by, "builds.prepare")
    target, code = hall.machine(machine), rules.good_code(code)
    plan = _plan(target.code, quantities)
    if plan.reasons:
        raise Refused(plan.reasons)
    laid = _laid_out(code, target, plan)
    with act("builds.prepared", by=by) as done:
        _must_be_free(code, target.code)
        build = _written(by, code, target.code, plan)
        for row in plan.rows:
            BuildOrder.objects.create(build=build, **row)
            orders.reserve(by=by, order=row["order"], build=build.ref, quantity=row["quantity"])
        if laid:
            attachments.receive(by=by, stored=laid.stored)
            write_copies(build, laid)
            build.save()
        done.tell(
            build,
            target,
            *(f"order:{row['order']}" for row in plan.rows),
            f"file:{build.file_digest}",
            quantities=quantities,
            layers=plan.layers,
            need_mg=plan.need_mg,
            reckoned_mg=plan.reckoned_mg,
            past=plan.past,
            sha256=build.file_digest,
            routing=rules.routing_name(plan.routing),
        )
    return build


def _laid_out(code: str, target: Machine, plan: Plan) -> Laid | None:
    """Parts of one file are multiplied by the machine; those of several are laid out here, outside any act."""
    if len({row["file_digest"] for row in plan.rows}) == 1:
        return None
    if queries.find(code) or queries.on_machine(target.code):
        _must_be_free(code, target.code)  # before the slow work, and again inside the act
    wanted = rules.wanted(plan.routing)
    copies = layout.rows_of(layout.labelled(plan.rows), layout.sizes_of(plan.verdicts), target, wanted)
    return layout.work_out(code, copies, target, wanted)


def _written(by: Actor, code: str, machine: str, plan: Plan) -> Build:
    """The build as it was planned."""
    return Build.objects.create(
        code=code,
        machine=machine,
        routing=plan.routing,
        material=plan.material,
        file_digest=plan.file_digest,
        file_name=plan.file_name,
        layer_um=plan.layer_um,
        layers_planned=plan.layers,
        need_mg=plan.need_mg,
        need_lines=plan.need_lines,
        reckoned_mg=plan.reckoned_mg,
        past=plan.past,
        parts_mg=plan.parts_mg,
        prepared_by=by.person,
        prepared_at=clock.now(),
    )


def _must_be_free(code: str, machine: str) -> None:
    """The number and the machine, looked at while nobody else can take them."""
    if queries.find(code):
        raise RuleBroken("build_code_taken", build=code)
    if busy := queries.on_machine(machine):
        raise RuleBroken("machine_has_a_build", machine=f"machine:{machine}", build=busy.ref)


def _plan(machine: str, quantities: dict[str, int]) -> Plan:
    """What this plate will be, and everything that speaks against it."""
    if not quantities or any(n <= 0 for n in quantities.values()):
        raise RuleBroken("no_order_on_the_plate")
    rows: list[dict[str, Any]] = []
    snapshots: list[dict[str, Any]] = []
    measures: list[tuple[dict[str, Any], int]] = []
    file_name, reasons = "", []
    for order_code, quantity in quantities.items():
        order = order_book.order(order_code)
        file = parts.approved_file(order.part, order.revision)
        snapshots.append(order.routing)
        reasons += rules.order_reasons(
            order=order.ref, quantity=quantity, left=order_book.left_to_make(order), file=file
        )
        rows.append(
            {
                "order": order.code,
                "part": order.part,
                "revision": order.revision,
                "quantity": quantity,
                "file_digest": file.digest if file else "",
            }
        )
        if file:
            file_name = file_name or file.name
            layer_um = rules.wanted(order.routing).layer_um
            reasons += rules.measure_reasons(order=order.ref, verdict=file.verdict, layer_um=layer_um)
            measures.append((file.verdict, quantity))
    reasons += rules.plate_reasons(snapshots)
    plan = _worked_out(machine, rows, snapshots[0], measures, file_name, reasons)
    plan.verdicts = {row["file_digest"]: verdict for row, (verdict, _n) in zip(rows, measures, strict=False)}
    return plan


def _worked_out(
    machine: str,
    rows: list[dict[str, Any]],
    routing: dict[str, Any],
    measures: list[tuple[dict[str, Any], int]],
    file_name: str,
    reasons: list[Reason],
) -> Plan:
    wanted = rules.wanted(routing)
    plan = Plan(
        rows=rows, routing=routing, material=wanted.material, layer_um=wanted.layer_um, reasons=reasons
    )
    if reasons or not measures:
        return plan
    target, material = hall.machine(machine), feedstock.material(wanted.material)
    dense = bool(material.density_g_cm3 and material.bulk_density_g_cm3)
    plan.reasons = [
        *rules.machine_reasons(machine=target.ref, kind=target.kind),
        *rules.powder_reasons(wanted, dense=dense),
    ]
    return plan if plan.reasons else _reckoned(plan, wanted, target, material, measures, file_name)


def _reckoned(
    plan: Plan,
    wanted: Any,
    target: Any,
    material: Any,
    measures: list[tuple[dict[str, Any], int]],
    file_name: str,
) -> Plan:
    """The layers and the powder, from the measures of the verified file; the kernel's refusals become ours."""
    height_um = max(int(verdict["height_um"]) for verdict, _n in measures)
    volume = sum((exact_volume_mm3(melted_mm3(v)) * n for v, n in measures), Decimal(0))
    try:
        need = powder_need(
            bed_x_mm=target.width_mm,
            bed_y_mm=target.depth_mm,
            height_mm=Decimal(height_um) / 1000,
            part_volume_mm3=volume,
            solid_density_g_cm3=material.density_g_cm3,
            bulk_density_g_cm3=material.bulk_density_g_cm3,
            dosing=wanted.dosing,
            margin=wanted.limit("powder_margin") or 0,
        )
    except PowderRefused as no:
        plan.reasons = [Reason(no.code, dict(no.values), wanted.name, ("methods",))]
        return plan
    plan.file_digest, plan.file_name = plan.rows[0]["file_digest"], file_name
    plan.layers = -(-height_um // wanted.layer_um)
    known = powder.past(target.code, plan.material)
    plan.need_mg, plan.need_lines = powder.to_prepare(need, known)
    plan.reckoned_mg, plan.past = powder.grams_above(need.to_load_mg), known.kept
    plan.parts_mg = need.part_mg
    plan.reasons = rules.height_reasons(height_um=height_um, machine_mm=target.height_mm, machine=target.ref)
    return plan


def send_file(*, by: Actor, build: BuildCode) -> MachineCommand:
    """Send the approved exchange file to the machine, which gives its hash back."""
    permit(by, "builds.send_file")
    found = queries.build(build)
    with act("builds.file_sent", by=by) as done:
        found = queries.for_update(found)
        rules.move(found.state, rules.SENT)
        command = machines.tell_machine(
            by=by,
            machine=found.machine,
            verb="put_file",
            args={"name": found.file_name, "sha256": found.file_digest},
            about=found.ref,
        )
        found.machine_digest = ""
        found.save()
        done.tell(found, found.machine_ref, f"file:{found.file_digest}", sha256=found.file_digest)
    return command


def read_parameters(*, by: Actor, build: BuildCode) -> MachineCommand:
    """Read the parameter set back from the machine, to be compared with the routing."""
    permit(by, "builds.send_file")
    found = queries.build(build)
    return machines.tell_machine(by=by, machine=found.machine, verb="read_parameters", about=found.ref)


def check_means(*, by: Actor, build: BuildCode) -> ProcedureRun:
    """Start the means check of a build: one step for each document, tool, gauge and consumable it needs."""
    permit(by, "builds.prepare")
    found = queries.build(build)
    ready = gestures.ready("means", gestures.known_of([found.ref]).get("family", ""))
    if not ready:
        raise RuleBroken("no_means_check_approved", lifted_by=("methods", "quality"))
    for run in gestures.open_runs(about=found.ref):
        if run.procedure.kind == "means":
            raise RuleBroken("means_check_under_way", build=found.ref, run=run.ref)
    own = [*ready[0].steps, *means.steps(found)]
    about = [found.machine_ref, found.ref]
    return procedures.open_run(by=by, version=ready[0], about=about, own_steps=own)


def abandon(*, by: Actor, build: BuildCode, reason: Text) -> Build:
    """Give up a build before its launch; its orders go back to the queue."""
    permit(by, "builds.prepare")
    found = queries.build(build)
    if not reason.strip():
        raise RuleBroken("reason_missing")
    with act("builds.abandoned", by=by, reason=reason) as done:
        found = queries.for_update(found)
        found.state = rules.move(found.state, rules.ABANDONED)
        found.save()
        for row in found.orders.all():
            orders.give_back(by=by, order=row.order, build=found.ref)
        done.tell(found, found.machine_ref, *(f"order:{row.order}" for row in found.orders.all()))
    return found

"""The launch: everything is looked at once more, all reasons are told at once, then the machine is told to start."""

from strate.workshop.builds import queries, rules
from strate.workshop.builds.models import Build
from strate.workshop.builds.rules import BuildCode
from strate.workshop.doors.texts import Sentence
from strate.workshop.feedstock.rules import OVERRIDABLE
from strate.workshop.journal import clock
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Refused, RuleBroken
from strate.workshop.machines import actions as machines
from strate.workshop.machines.queries import MachineCommand
from strate.workshop.people.roles import permit
from strate.workshop.procedures import actions as procedures
from strate.workshop.procedures import queries as gestures


def prepare_machine(*, by: Actor, build: BuildCode) -> MachineCommand:
    """Inert the chamber and heat the plate, as the routing asks."""
    permit(by, "builds.launch")
    found = queries.build(build)
    return machines.tell_machine(by=by, machine=found.machine, verb="prepare", about=found.ref)


def launch(*, by: Actor, build: BuildCode, override: Sentence = "") -> Build:
    """Launch a build: refused with every reason at once, or told to the machine and signed by the operator.

    What the gate saw (used share, powder, file, parameters, gestures) is kept in the fact. `override` says why
    what the site lets somebody with the right pass over is passed over; it stays in the fact for ever.
    """
    permit(by, "builds.launch")
    found = queries.build(build)
    _must_be_free(found, by, override)
    with act("builds.launched", by=by, meaning="launched", reason=override.strip()) as done:
        # Looked at again while nobody else can move this build: of two who launch at once, one is first.
        found = queries.for_update(found)
        gate, passed_over = _must_be_free(found, by, override)
        found.state = rules.move(found.state, rules.LAUNCHED)
        found.launched_at = clock.now()
        found.loaded_share = gate.used_share
        found.save()
        machines.tell_machine(
            by=by, machine=found.machine, verb="start", args=_order_to_start(found, gate), about=found.ref
        )
        done.tell(
            found,
            found.machine_ref,
            *(f"lot:{lot}" for lot in gate.lots),
            *(f"order:{row.order}" for row in found.orders.all()),
            *gate.fitted,
            used_share=gate.used_share,
            ceiling=gate.ceiling,
            powder_mg=gate.powder_mg,
            need_mg=found.need_mg,
            lots=gate.lots,
            sha256=found.file_digest,
            parameters=gate.parameters,
            fitted=gate.fitted,
            layers=found.layers_planned,
            passed_over=passed_over,
            **({"override": passed_over} if passed_over else {}),
        )
        _read_regularly(found, by)
    return found


def _read_regularly(found: Build, by: Actor) -> None:
    """The reading sheet of the family is owed from now on, every so many minutes, until the build ends."""
    family = gestures.known_of([found.ref]).get("family", "")
    sheet = next((v for v in gestures.ready("reading_sheet", family) if v.procedure.every_min), None)
    if sheet is not None and not gestures.watches_open_on(found.ref):
        procedures.watch(by=by, procedure=sheet.procedure.code, about=[found.ref, found.machine_ref])


def say_start(*, by: Actor, build: BuildCode, started: bool) -> Build:
    """Say, having looked at the machine, whether it started this build; signed, and nothing is sent by it."""
    permit(by, "builds.launch")
    with act("builds.start_seen", by=by, meaning="start_seen") as done:
        found = queries.for_update(queries.build(build))
        start = queries.start_to_be_seen(found)
        if start is None:
            raise RuleBroken("start_not_in_doubt", build=found.ref)
        done.tell(found, found.machine_ref, started=started)
        machines.settle_by_sight(by=by, command=str(start.id), obeyed=started)
    return queries.build(build)


def _must_be_free(found: Build, by: Actor, override: str) -> tuple[queries.Gate, list[str]]:
    """The gate, and what is passed over; reasons that nobody may pass over are told with the others."""
    gate = queries.gate(found, by=by)
    if gate.reasons and not (override.strip() and all(r.overridable for r in gate.reasons)):
        raise Refused(gate.reasons)
    if gate.reasons:
        permit(by, "builds.override")
        # A limit of the powder is passed over by those its rule names, not by any who may launch by derogation.
        beyond = [r for r in gate.reasons if r.code in OVERRIDABLE and not by.roles & set(r.lifted_by)]
        if beyond:
            raise Refused(beyond)
    return gate, [r.code for r in gate.reasons]


def _order_to_start(found: Build, gate: queries.Gate) -> dict[str, object]:
    return {
        "job": found.code,
        "file": found.file_name,
        "sha256": found.file_digest,
        "layers_planned": found.layers_planned,
        "parameters": gate.parameters,
    }

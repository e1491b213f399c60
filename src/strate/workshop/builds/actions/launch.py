"""The launch: everything is looked at once more, all reasons are told at once, then the machine is told to start."""

from strate.workshop.builds import queries, rules
from strate.workshop.builds.models import Build
from strate.workshop.journal import clock
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Refused
from strate.workshop.machines import actions as machines
from strate.workshop.machines.models import MachineCommand
from strate.workshop.people.roles import permit


def prepare_machine(*, by: Actor, build: str) -> MachineCommand:
    """Inert the chamber and heat the plate, as the routing asks."""
    permit(by, "builds.launch")
    found = queries.build(build)
    return machines.tell_machine(by=by, machine=found.machine, verb="prepare", about=found.ref)


def launch(*, by: Actor, build: str) -> Build:
    """Launch a build: refused with every reason at once, or told to the machine and signed by the operator.

    What the gate saw (used share, powder, file, parameters, gestures) is kept in the fact.
    """
    permit(by, "builds.launch")
    found = queries.build(build)
    gate = queries.gate(found, by=by)
    if gate.reasons:
        raise Refused(gate.reasons)
    with act("builds.launched", by=by, meaning="launched") as done:
        found.state = rules.move(found.state, rules.LAUNCHED)
        found.launched_at = clock.now()
        found.loaded_share = gate.used_share
        found.save()
        machines.tell_machine(
            by=by,
            machine=found.machine,
            verb="start",
            args={
                "job": found.code,
                "file": found.file_name,
                "sha256": found.file_digest,
                "layers_planned": found.layers_planned,
                "parameters": gate.parameters,
            },
            about=found.ref,
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
        )
    return found

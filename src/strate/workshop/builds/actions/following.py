"""What the machine says of a build, written in its name: started, held, going on, ended."""

from datetime import datetime
from decimal import Decimal

from strate.workshop.builds import queries, rules
from strate.workshop.builds.models import Build, Interruption
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.machines import actions as machines
from strate.workshop.machines.queries import MachineCommand
from strate.workshop.machines.rules import UNKNOWN
from strate.workshop.notices import actions as notices
from strate.workshop.procedures import actions as procedures

NOT_OBEYED = ("failed", "withdrawn")
DECIDERS = ["role:shift_leader", "role:quality", "role:methods"]


def file_answered(by: Actor, command: MachineCommand) -> None:
    """The machine has the file: the hash it gave back is what counts, not what was sent."""
    build = queries.find(command.about)
    if build is None or build.state not in (rules.PREPARED, rules.SENT):
        return
    with act("builds.file_read_back", by=by) as done:
        build.machine_digest = str(command.result.get("sha256", "")) if command.state == "done" else ""
        if build.machine_digest == build.file_digest:
            build.state = rules.move(build.state, rules.SENT)
        build.save()
        done.tell(
            build,
            build.machine_ref,
            sha256=build.machine_digest,
            expected_sha256=build.file_digest,
            equal=build.machine_digest == build.file_digest,
            code=command.result.get("code", ""),
        )


def parameters_answered(by: Actor, command: MachineCommand) -> None:
    """The parameter set as the machine holds it."""
    build = queries.find(command.about)
    if build is None:
        return
    with act("builds.parameters_read", by=by) as done:
        found = {k: v for k, v in command.result.items() if k not in ("ok", "code")}
        build.machine_parameters = {k: str(v) for k, v in found.items()} if command.state == "done" else {}
        build.save()
        done.tell(
            build,
            build.machine_ref,
            parameters=build.machine_parameters,
            wanted=rules.wanted(build.routing).parameters,
        )


def start_answered(by: Actor, command: MachineCommand) -> None:
    """A machine that refuses to start puts the build back before its launch; nothing pretends to run."""
    build = queries.find(command.about)
    if build is None or command.state not in NOT_OBEYED or build.state != rules.LAUNCHED:
        return
    if command.result.get("code") == UNKNOWN:
        _start_unknown(by, build, command)
        return
    with act("builds.start_refused", by=by) as done:
        build.state, build.launched_at = rules.SENT, None
        build.save()
        answer = str(command.result.get("code", ""))
        procedures.end_watches_of(by=by, thing=build.ref, reason=answer or "start_refused")
        done.tell(build, build.machine_ref, answer=answer)
        to = [f"person:{command.ordered_by}", "role:shift_leader"]
        notices.notify(by=by, to=to, about=build.ref, code="start_refused", answer=answer)


def _start_unknown(by: Actor, build: Build, command: MachineCommand) -> None:
    """Cut off in the middle: the build stays launched, nothing is sent again, somebody looks at the machine."""
    if queries.runs(build):
        # The answer was lost, not the order: the machine is making this very build.
        machines.settle_by_sight(by=by, command=str(command.id), obeyed=True)
        return
    with act("builds.start_lost", by=by) as done:
        done.tell(build, build.machine_ref)
        to = [f"person:{command.ordered_by}", "role:operator", "role:shift_leader"]
        notices.notify(by=by, to=to, about=build.ref, code="start_unknown")


def start_heard(by: Actor, build: Build) -> None:
    """The machine is heard making this build: that settles a start whose answer was lost."""
    doubt = queries.start_in_doubt(build)
    if doubt is not None:
        machines.settle_by_sight(by=by, command=str(doubt.id), obeyed=True)


def decision_answered(by: Actor, command: MachineCommand) -> None:
    """A decision that the machine did not obey is to be taken again: the build never waits for nobody."""
    build = queries.find(command.about)
    if build is None or command.state not in NOT_OBEYED or build.state != rules.HELD:
        return
    stop = build.interruptions.filter(ended_at=None, decision=command.verb).order_by("-started_at").first()
    if stop is None:
        return
    answer = str(command.result.get("code", ""))
    with act("builds.decision_not_obeyed", by=by) as done:
        stop.decision, stop.decided_by = "", ""
        stop.save()
        done.tell(build, build.machine_ref, decision=command.verb, layer=stop.layer, answer=answer)
        to = [*DECIDERS, f"person:{command.ordered_by}"]
        notices.notify(
            by=by, to=to, about=build.ref, code="decision_not_obeyed", decision=command.verb, answer=answer
        )


def held(by: Actor, build: Build, *, at: datetime, layer: int, cause: str, oxygen_ppm: int | None) -> None:
    """The machine stopped before the end: an interruption that somebody with the right must decide."""
    with act("builds.interrupted", by=by, happened_at=at) as done:
        build.state = rules.move(build.state, rules.HELD)
        build.save()
        Interruption.objects.create(
            build=build, layer=layer, cause=cause, started_at=at, oxygen_max_ppm=oxygen_ppm
        )
        done.tell(build, build.machine_ref, layer=layer, cause=cause, oxygen_ppm=oxygen_ppm)
        notices.notify(
            by=by, to=DECIDERS, about=build.ref, code="build_interrupted", layer=layer, cause=cause
        )


def going_on(by: Actor, build: Build, *, at: datetime) -> None:
    """The machine runs again after an interruption."""
    with act("builds.resumed", by=by, happened_at=at) as done:
        build.state = rules.move(build.state, rules.LAUNCHED)
        build.save()
        open_ones = build.interruptions.filter(ended_at=None)
        undecided = open_ones.filter(decision="").exists()
        open_ones.update(ended_at=at)
        done.tell(build, build.machine_ref, undecided=undecided)
        if undecided:
            # Somebody resumed at the machine's own console: the decision is still owed, and it is told.
            notices.notify(by=by, to=DECIDERS, about=build.ref, code="resumed_without_decision")


def ended(by: Actor, build: Build, *, at: datetime, aborted: bool, layers: int) -> None:
    """The machine says it is done (or was stopped for good); cooling begins."""
    with act("builds.aborted" if aborted else "builds.ended", by=by, happened_at=at) as done:
        build.state = rules.move(build.state, rules.ABORTED if aborted else rules.ENDED)
        build.ended_at, build.layers_done = at, layers
        build.save()
        build.interruptions.filter(ended_at=None).update(ended_at=at)
        procedures.end_watches_of(by=by, thing=build.ref, reason=build.state, at=at)
        machines.use_life(by=by, machine=build.machine, unit="builds", amount=Decimal(1))
        done.tell(build, build.machine_ref, layers=layers, layers_planned=build.layers_planned)
        notices.notify(
            by=by,
            to=["role:operator"],
            about=build.ref,
            code="build_ended",
            layers=layers,
            layers_planned=build.layers_planned,
        )

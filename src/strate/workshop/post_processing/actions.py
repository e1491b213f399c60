"""The verbs after the build: charge the furnace, record its cycle, take the parts off the plate."""

from dataclasses import asdict
from typing import Literal

from strate.workshop.attachments import queries as attachments
from strate.workshop.builds import queries as builds
from strate.workshop.builds import rules as build_rules
from strate.workshop.builds.queries import Build
from strate.workshop.builds.rules import BuildCode, Text
from strate.workshop.journal import clock
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Refused, RuleBroken
from strate.workshop.machines import queries as hall
from strate.workshop.notices import actions as notices
from strate.workshop.people.roles import permit
from strate.workshop.post_processing import queries, rules
from strate.workshop.post_processing.models import Finishing, FurnaceCycle
from strate.workshop.post_processing.rules import (
    Celsius,
    CycleNumber,
    Digest,
    Means,
    Micrometres,
    Minutes,
    Seconds,
    Word,
)
from strate.workshop.safety import queries as safety


def charge(*, by: Actor, build: BuildCode, furnace: BuildCode) -> FurnaceCycle:
    """Charge the parts of a build into a furnace, under the recipe of its routing."""
    permit(by, "post_processing.furnace")
    found, oven = _depowdered(build), hall.machine(furnace)
    recipe = queries.recipe_of(found)
    _must_have_read(by, found, "furnace", oven.ref)
    if oven.kind != "furnace":
        raise RuleBroken("not_a_furnace", machine=oven.ref)
    if not recipe:
        raise RuleBroken("no_furnace_in_the_routing", build=found.ref)
    with act("post_processing.charged", by=by) as done:
        builds.for_update(found)
        if busy := queries.in_furnace(oven.code):
            raise RuleBroken("furnace_busy", machine=oven.ref, build=f"build:{busy.build}")
        cycle = FurnaceCycle.objects.create(
            build=found.code, furnace=oven.code, recipe=recipe, charged_by=by.person, charged_at=clock.now()
        )
        done.tell(found, oven, cycle, machine=oven.ref, recipe=recipe)
    return cycle


def record_cycle(
    *,
    by: Actor,
    cycle: CycleNumber,
    soak_celsius: Celsius,
    soak_min: Minutes,
    highest_celsius: Celsius,
    atmosphere: Word = "",
    quench_s: Seconds | None = None,
    curve: Digest = "",
    reason: Text = "",
) -> FurnaceCycle:
    """Record what the furnace did; outside its recipe a reason is asked and quality is told."""
    permit(by, "post_processing.furnace")
    found = queries.cycle(cycle)
    measured = rules.Measured(soak_celsius, soak_min, highest_celsius, atmosphere, quench_s)
    _must_be_possible(measured)
    if curve:
        attachments.need(curve)
    deviations = rules.cycle_deviations(found.recipe, measured)
    if deviations and not reason.strip():
        raise Refused(deviations)
    with act("post_processing.cycle_recorded", by=by, reason=reason) as done:
        found = queries.cycle_for_update(found)
        if found.ended_at:
            raise RuleBroken("cycle_already_recorded", furnace=f"machine:{found.furnace}")
        _write(found, measured)
        found.curve, found.reason = curve, reason
        found.conform, found.ended_by, found.ended_at = not deviations, by.person, clock.now()
        found.save()
        build, oven = f"build:{found.build}", f"machine:{found.furnace}"
        told = {"machine": oven, "recipe": found.recipe, **asdict(measured), "curve": curve}
        done.tell(build, oven, found, **told, conform=not deviations, deviations=[d.code for d in deviations])
        if deviations:
            notices.notify(by=by, to=["role:quality"], about=build, code="cycle_out_of_recipe", machine=oven)
    return found


def _must_be_possible(measured: rules.Measured) -> None:
    if measured.soak_min < 0 or (measured.quench_s is not None and measured.quench_s < 0):
        raise RuleBroken("less_than_nothing")
    highest, soak = measured.highest_celsius, measured.soak_celsius
    if highest < soak:
        raise RuleBroken("highest_below_soak", highest_celsius=highest, soak_celsius=soak)


def _write(cycle: FurnaceCycle, measured: rules.Measured) -> None:
    cycle.soak_celsius, cycle.soak_min = measured.soak_celsius, measured.soak_min
    cycle.highest_celsius, cycle.atmosphere = measured.highest_celsius, measured.atmosphere
    cycle.quench_s = measured.quench_s


def finish(
    *,
    by: Actor,
    build: BuildCode,
    operation: Literal["separation", "supports", "blasting", "cleaning"],
    means: Means = "",
    plate: Word = "",
    plate_left_um: Micrometres | None = None,
) -> Finishing:
    """Say that parts were taken off their plate, freed of supports, blasted or cleaned, and by what means."""
    permit(by, "post_processing.finish")
    found = _depowdered(build)
    if operation in rules.READ_BEFORE:
        _must_have_read(by, found, rules.READ_BEFORE[operation])
    if plate:
        plate = hall.item(plate).ref
    with act("post_processing.finished", by=by) as done:
        builds.for_update(found)
        if operation in queries.finishings(found.code):
            raise RuleBroken("finishing_already_done", build=found.ref, finishing=operation)
        made = Finishing.objects.create(
            build=found.code,
            operation=operation,
            means=means,
            plate=plate,
            plate_left_um=plate_left_um,
            by=by.person,
            at=clock.now(),
        )
        done.tell(found, plate, finishing=operation, means=means, plate=plate, plate_left_um=plate_left_um)
    return made


def _must_have_read(by: Actor, build: Build, operation: str, machine: str = "") -> None:
    """The documents that name this operation are read before it is done."""
    if unread := safety.unread_for(by, operation, machine=machine, materials=[build.material]):
        raise Refused(unread)


def _depowdered(build: str) -> Build:
    found = builds.build(build)
    if found.state not in (build_rules.DEPOWDERED, build_rules.CLOSED):
        raise RuleBroken("not_depowdered_yet", build=found.ref)
    return found

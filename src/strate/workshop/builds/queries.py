"""Reading builds, and gathering all that a gate looks at."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from strate.workshop.builds import powder, registry, rules
from strate.workshop.builds.models import Build, BuildOrder
from strate.workshop.builds.powder import balance as balance
from strate.workshop.builds.powder import balance_for_fact as balance_for_fact
from strate.workshop.builds.powder import limits as limits
from strate.workshop.builds.rules import Fitted, LaunchSeen
from strate.workshop.feedstock import queries as feedstock
from strate.workshop.holds import queries as holds
from strate.workshop.journal import clock
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.questions import Question
from strate.workshop.journal.refusals import NotFound, Reason
from strate.workshop.machines import queries as hall
from strate.workshop.machines.rules import worn
from strate.workshop.maintenance import queries as maintenance
from strate.workshop.parts import queries as parts
from strate.workshop.people import queries as people
from strate.workshop.procedures import queries as procedures
from strate.workshop.safety import queries as safety
from strate.workshop.telemetry import queries as telemetry
from strate.workshop.telemetry.rules import Reading

# What is done to a machine that runs closed: the documents this operation asks to have read.
ATTENDING = "running"
_ON_MACHINE = Question(
    lambda code: Build.objects.filter(machine=code, state__in=rules.ON_THE_MACHINE).order_by("-prepared_at")
)


def build(code: str) -> Build:
    """A build by its code or reference."""
    found = find(code)
    if not found:
        raise NotFound("no_such_build", build=code)
    return found


def find(code: str) -> Build | None:
    return Build.objects.filter(code=code.removeprefix("build:")).first()


def for_update(found: Build) -> Build:
    """The same build inside an act, as it is now: nobody else moves it meanwhile."""
    return Build.objects.select_for_update().get(pk=found.pk)


def builds() -> QuerySet[Build]:
    return Build.objects.prefetch_related("orders")


def search(text: str) -> QuerySet[Build]:
    """The builds by number or machine, latest first."""
    found = builds()
    return found.filter(Q(code__icontains=text) | Q(machine__icontains=text)) if text else found


def on_machine(machine: str) -> Build | None:
    """The build that occupies a machine now."""
    return _ON_MACHINE.first(machine.removeprefix("machine:"))


def number(reading: Reading | None) -> Decimal | None:
    """A believable reading as a number; stale, bad or missing is unknown."""
    if reading is None or not reading.good or isinstance(reading.value, bool):
        return None
    try:
        return Decimal(str(reading.value))
    except InvalidOperation:
        return None


@dataclass(frozen=True)
class Gate:
    """What the launch gate saw and what stands in the way."""

    reasons: list[Reason]
    used_share: Decimal
    ceiling: Decimal | None
    powder_mg: int
    lots: list[str]
    fitted: list[str]
    parameters: dict[str, float]


def gate(found: Build, *, by: Actor) -> Gate:
    """Everything that must be true before this build is launched by this person, looked at now."""
    wanted, content, allowed = rules.wanted(found.routing), feedstock.in_machine(found.machine), limits(found)
    seen = launch_seen(found)
    fitted = hall.fitted(found.machine)
    reasons = [
        *_state_reasons(found),
        *_people_reasons(found, by),
        *rules.launch_reasons(seen),
        *feedstock.launch_reasons(found.machine, allowed, found.need_mg),
        *maintenance.launch_reasons(found.machine, clock.now()),
        *holds.reasons(
            found.ref, found.machine_ref, *(i.ref for i in fitted.values()), f"file:{found.file_digest}"
        ),
        *registry.launch_reasons(found),
    ]
    return Gate(
        reasons=reasons,
        used_share=content.used_share.decimal,
        ceiling=allowed.ceiling,
        powder_mg=content.mass_mg,
        lots=[p.lot for p in content.portions],
        fitted=[i.ref for i in fitted.values()],
        parameters={name: float(value) for name, value in wanted.parameters.items()},
    )


def _state_reasons(found: Build) -> list[Reason]:
    if rules.LAUNCHED in rules.MOVES.get(found.state, set()) or found.state == rules.PREPARED:
        return []
    return [Reason("build_cannot_move", {"build_state": found.state, "next_state": rules.LAUNCHED})]


def _people_reasons(found: Build, by: Actor) -> list[Reason]:
    """The records this person must hold at this moment, and the documents they must have read."""
    today = timezone.localdate(clock.now())
    lacking = people.lacks(
        by,
        ("machine", found.machine),
        ("material", found.material),
        on=today,
        act="builds.launch",
        machine=(found.machine, hall.machine(found.machine).model),
        material=found.material,
    )
    unread = safety.unread_reasons(
        by, machine=found.machine_ref, material=found.material, operation=ATTENDING
    )
    place = safety.place_reasons(by, found.machine_ref, today)
    ppe = safety.missing_ppe(by.person, "powder", found.machine_ref, at=clock.now())
    return [*lacking, *unread, *place, *ppe]


def launch_seen(found: Build) -> LaunchSeen:
    """The machine as it is at this moment."""
    machine, now = hall.machine(found.machine), telemetry.now_of(found.machine)
    wanted = rules.wanted(found.routing)
    state, collector = now.get("state"), now.get("collector")
    heard = bool(state and state.good and (collector is None or collector.value == "live"))
    plate_mm, approved = wanted.limit("min_plate_thickness_mm"), _still_approved(found)
    return LaunchSeen(
        machine=machine.code,
        material=found.material,
        machine_material=machine.material,
        machine_power=machine.power,
        machine_heard=heard,
        machine_state=str(state.value) if state and heard else None,
        parameters=wanted.parameters,
        machine_parameters=found.machine_parameters,
        file_digest=found.file_digest,
        approved_digest=found.file_digest if approved else "",
        machine_digest=found.machine_digest,
        fitted={
            k: Fitted(i.code, i.material, bool(worn(hall.seen(i))), i.thickness_um)
            for k, i in hall.fitted(machine.code).items()
        },
        min_plate_um=None if plate_mm is None else int(plate_mm * 1000),
        oxygen_ppm=number(now.get("oxygen_ppm")),
        oxygen_max_ppm=wanted.limit("oxygen_max_ppm"),
        room_oxygen_percent=number(now.get("room_oxygen_percent")),
        start_up_done=gesture_done(found, "start_up"),
        sources={name: wanted.source(name) for name in ("oxygen_max_ppm", "parameters", "min_plate_um")},
    )


def _still_approved(found: Build) -> bool:
    """Every part on the plate is still the approved one; a single file is the very file the machine is given."""
    pairs = ((row, parts.approved_file(row.part, row.revision)) for row in found.orders.all())
    return all(f and f.digest == (row.file_digest if found.plate else found.file_digest) for row, f in pairs)


def gesture_done(found: Build, kind: str) -> bool:
    """Whether a gesture of this kind was finished for this build (or for its machine, since it was prepared)."""
    about = found.machine_ref if kind == "start_up" else found.ref
    return procedures.last_done(kind, about, since=found.prepared_at) is not None


def open_reasons(found: Build) -> list[Reason]:
    """Why the chamber of this build may not be opened yet."""
    now, wanted = telemetry.now_of(found.machine), rules.wanted(found.routing)
    return rules.open_reasons(
        plate_celsius=number(now.get("plate_celsius")),
        below_celsius=wanted.limit("cooling_open_below_celsius"),
        room_percent=number(now.get("room_oxygen_percent")),
        source=wanted.source("cooling_open_below_celsius"),
    )


def readings_for_fact(found: Build, names: tuple[str, ...]) -> dict[str, Any]:
    """The believable readings of these signals, to be kept in a fact; unknown stays empty."""
    now = telemetry.now_of(found.machine)
    return {name: number(now.get(name)) for name in names}


def missing_to_close(found: Build) -> list[Reason]:
    """What is still owed before a build is closed (handbook 12)."""
    reasons = []
    if found.state != rules.DEPOWDERED:
        reasons.append(Reason("build_cannot_move", {"build_state": found.state, "next_state": rules.CLOSED}))
    if found.interruptions.filter(decision="").exists():
        deciders = ("shift_leader", "quality")
        reasons.append(Reason("interruption_undecided", {"build": found.ref}, lifted_by=deciders))
    if found.launched_at and not gesture_done(found, "reading_sheet"):
        reasons.append(Reason("reading_sheet_missing", {"build": found.ref}, lifted_by=("operator",)))
    reasons += powder.unexplained(found)
    waste = safety.unsorted_waste(found.ref) if found.launched_at else []
    return [*reasons, *waste, *registry.closing_reasons(found)]


def running_on(machine: str) -> Build | None:
    """The build that a machine is making at this moment."""
    return Build.objects.filter(machine=machine, state__in=(rules.LAUNCHED, rules.HELD)).first()


def runs(found: Build) -> bool:
    """Whether the machine says that it is making this very build now."""
    now = telemetry.now_of(found.machine)
    job, state = now.get("job"), now.get("state")
    at_work = bool(state and state.good and state.value in ("running", "held"))
    return at_work and bool(job and job.value == found.code)


def start_in_doubt(found: Build) -> hall.MachineCommand | None:
    """The order to start this build, when it is not known whether the machine obeyed it."""
    return hall.in_doubt(found.machine, "start", found.ref) if found.state == rules.LAUNCHED else None


def start_to_be_seen(found: Build) -> hall.MachineCommand | None:
    """The same, or one that somebody has settled by sight and that the machine never confirmed: it may be mended."""
    unheard = found.state == rules.LAUNCHED and not runs(found)
    return hall.in_doubt(found.machine, "start", found.ref, or_by_sight=True) if unheard else None


def last_followed(machine: str) -> Build | None:
    """The build whose layers a machine may still be telling: running, held, or just ended."""
    states = (rules.LAUNCHED, rules.HELD, rules.ENDED, rules.ABORTED)
    return Build.objects.filter(machine=machine, state__in=states).order_by("-launched_at").first()


def stops(found: Build) -> dict[int, str]:
    """At which layers a build stopped, and what was decided (empty: not yet)."""
    return dict(found.interruptions.values_list("layer", "decision"))


def made_on(machine: str) -> int:
    """How many builds a machine has made, to their end or not."""
    return Build.objects.filter(machine=machine.removeprefix("machine:"), ended_at__isnull=False).count()


def next_code() -> str:
    """The number proposed for the next build; the operator may type another."""
    return f"F-{Build.objects.count() + 1:04d}"


def among(codes: Iterable[str]) -> QuerySet[Build]:
    """The builds that bear one of these numbers."""
    return Build.objects.filter(code__in=list(codes)).order_by("code")


def on_plates(codes: Iterable[str]) -> QuerySet[BuildOrder]:
    """What stands on the plates of these builds, by build and order."""
    rows = BuildOrder.objects.filter(build__code__in=list(codes)).select_related("build")
    return rows.order_by("build__code", "order")


def standing_on(machines: Iterable[str]) -> QuerySet[Build]:
    """The builds that occupy these machines now."""
    found = Build.objects.filter(machine__in=list(machines), state__in=rules.ON_THE_MACHINE)
    return found.order_by("code")

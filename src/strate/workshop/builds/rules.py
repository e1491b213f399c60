"""The laws of a build: which moves are legal, what must be true before the launch, when a chamber may be opened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from strate.workshop.journal.refusals import Reason, RuleBroken

PREPARED, SENT, LAUNCHED, HELD = "prepared", "sent", "launched", "held"
ENDED, ABORTED, OPENED, DEPOWDERED, CLOSED, ABANDONED = (
    "ended", "aborted", "opened", "depowdered", "closed", "abandoned",
)
MOVES: dict[str, set[str]] = {
    PREPARED: {SENT, ABANDONED},
    SENT: {SENT, LAUNCHED, ABANDONED},
    LAUNCHED: {HELD, ENDED, ABORTED},
    HELD: {LAUNCHED, ABORTED, ENDED},
    ENDED: {OPENED},
    ABORTED: {OPENED},
    OPENED: {DEPOWDERED},
    DEPOWDERED: {CLOSED},
}
LIVE = frozenset({PREPARED, SENT, LAUNCHED, HELD, ENDED, ABORTED, OPENED, DEPOWDERED})


def move(state: str, to: str) -> str:
    """The next state, or a refusal that names both."""
    if to not in MOVES.get(state, set()):
        raise RuleBroken("build_cannot_move", state=state, to=to)
    return to


@dataclass(frozen=True)
class Fitted:
    """What is fitted on the machine, by kind; a missing kind is not fitted."""

    code: str
    material: str
    worn: bool
    thickness_um: int | None = None


@dataclass(frozen=True)
class LaunchSeen:
    """All that is looked at before a launch, gathered by the caller at that very moment."""

    machine: str
    material: str
    machine_material: str
    machine_power: str
    machine_heard: bool
    machine_state: str | None
    parameters: Mapping[str, Any]
    machine_parameters: Mapping[str, Any]
    file_digest: str
    approved_digest: str
    machine_digest: str
    fitted: Mapping[str, Fitted]
    recoater_type: str = ""
    min_plate_um: int | None = None
    oxygen_ppm: Decimal | None = None
    oxygen_max_ppm: Decimal | None = None
    room_oxygen_percent: Decimal | None = None
    room_oxygen_min_percent: Decimal | None = Decimal("19.5")
    fitted_needed: tuple[str, ...] = ("plate", "recoater")
    ppe_confirmed: bool = False
    start_up_done: bool = False
    first_layer_checked: bool = True
    sources: Mapping[str, str] = field(default_factory=dict)


def launch_reasons(seen: LaunchSeen) -> list[Reason]:
    """Everything about the machine, its file and its fittings that forbids the launch, all at once (handbook 12)."""
    return [*_machine(seen), *_fittings(seen), *_file(seen), *_parameters(seen), *_air(seen), *_gestures(seen)]


def _machine(seen: LaunchSeen) -> list[Reason]:
    machine = f"machine:{seen.machine}"
    reasons = []
    if not seen.machine_heard:
        reasons.append(Reason("machine_silent", {"machine": machine}, lifted_by=("maintenance",)))
    elif seen.machine_state not in ("ready", "idle"):
        values = {"machine": machine, "state": seen.machine_state or "?"}
        reasons.append(Reason("machine_not_ready", values, lifted_by=("operator",)))
    if seen.machine_material != seen.material:
        values = {"machine": machine, "machine_material": seen.machine_material, "material": seen.material}
        reasons.append(Reason("machine_of_another_material", values, "ISO/ASTM 52904", ("methods",)))
    return reasons


def _fittings(seen: LaunchSeen) -> list[Reason]:
    reasons = []
    for kind in seen.fitted_needed:
        item = seen.fitted.get(kind)
        if item is None:
            reasons.append(Reason(f"no_{kind}_fitted", {"machine": f"machine:{seen.machine}"}, lifted_by=("operator",)))
        elif item.worn:
            reasons.append(Reason("fitted_item_worn", {"item": f"{kind}:{item.code}"}, lifted_by=("operator",)))
    plate = seen.fitted.get("plate")
    if plate and seen.min_plate_um and plate.thickness_um is not None and plate.thickness_um < seen.min_plate_um:
        values = {"item": f"plate:{plate.code}", "thickness_um": plate.thickness_um, "min_um": seen.min_plate_um}
        reasons.append(Reason("plate_too_thin", values, seen.sources.get("min_plate_um", ""), ("methods",)))
    return reasons


def _file(seen: LaunchSeen) -> list[Reason]:
    if not seen.approved_digest or seen.file_digest != seen.approved_digest:
        return [Reason("file_not_the_approved_one", {"sha256": seen.file_digest[:12]}, lifted_by=("methods",))]
    if not seen.machine_digest:
        return [Reason("file_not_in_the_machine", {"machine": f"machine:{seen.machine}"}, lifted_by=("operator",))]
    if seen.machine_digest != seen.file_digest:
        values = {"machine_sha256": seen.machine_digest[:12], "sha256": seen.file_digest[:12]}
        return [Reason("file_in_the_machine_differs", values, lifted_by=("methods",))]
    return []


def _parameters(seen: LaunchSeen) -> list[Reason]:
    if not seen.machine_parameters:
        return [Reason("parameters_not_read_back", {"machine": f"machine:{seen.machine}"}, lifted_by=("operator",))]
    reasons = []
    for name, wanted in seen.parameters.items():
        found = seen.machine_parameters.get(name)
        if found is None or Decimal(str(found)) != Decimal(str(wanted)):
            values = {"name": name, "wanted": Decimal(str(wanted)), "found": "?" if found is None else Decimal(str(found))}
            reasons.append(Reason("parameter_differs", values, seen.sources.get("parameters", ""), ("methods",)))
    return reasons


def _air(seen: LaunchSeen) -> list[Reason]:
    reasons = []
    if seen.oxygen_max_ppm is not None and (seen.oxygen_ppm is None or seen.oxygen_ppm > seen.oxygen_max_ppm):
        values = {"oxygen_ppm": seen.oxygen_ppm, "max_ppm": seen.oxygen_max_ppm}
        code = "oxygen_unknown" if seen.oxygen_ppm is None else "oxygen_too_high"
        reasons.append(Reason(code, values, seen.sources.get("oxygen_max_ppm", ""), ("operator",)))
    low = seen.room_oxygen_min_percent
    if low is not None and seen.room_oxygen_percent is not None and seen.room_oxygen_percent < low:
        values = {"room_percent": seen.room_oxygen_percent, "min_percent": low}
        reasons.append(Reason("room_oxygen_low", values, "INRS / OSHA 19,5 %", ("hse",)))
    return reasons


def _gestures(seen: LaunchSeen) -> list[Reason]:
    reasons = []
    if not seen.ppe_confirmed:
        reasons.append(Reason("ppe_not_confirmed", {}, lifted_by=("operator",)))
    if not seen.start_up_done:
        reasons.append(Reason("start_up_not_done", {"machine": f"machine:{seen.machine}"}, lifted_by=("operator",)))
    return reasons


def resume_reasons(*, pause_min: Decimal, pause_max_min: Decimal | None, opened: bool, source: str) -> list[Reason]:
    """Why a build cannot simply go on: a long pause or an opened chamber is methods' or quality's to decide (O40)."""
    reasons = []
    if pause_max_min is not None and pause_min > pause_max_min:
        values = {"pause_min": pause_min, "max_min": pause_max_min}
        reasons.append(Reason("pause_too_long", values, source, ("quality", "methods"), overridable=True))
    if opened:
        reasons.append(Reason("chamber_was_opened", {}, source, ("quality", "methods"), overridable=True))
    return reasons


def open_reasons(
    *, plate_celsius: Decimal | None, below_celsius: Decimal | None, room_percent: Decimal | None, source: str
) -> list[Reason]:
    """Why the chamber may not be opened yet (handbook 4.2: cool under gas, then check the room's oxygen)."""
    reasons = []
    if below_celsius is not None and plate_celsius is None:
        reasons.append(Reason("temperature_unknown", {}, source, ("maintenance",)))
    elif below_celsius is not None and plate_celsius is not None and plate_celsius >= below_celsius:
        values = {"plate_celsius": plate_celsius, "below_celsius": below_celsius}
        reasons.append(Reason("still_too_hot", values, source, ("operator",)))
    if room_percent is not None and room_percent < Decimal("19.5"):
        reasons.append(Reason("room_oxygen_low", {"room_percent": room_percent, "min_percent": Decimal("19.5")}))
    return reasons


def pause_minutes(start: datetime, end: datetime) -> Decimal:
    """How long a build stood still, in minutes to the tenth."""
    return (Decimal(int((end - start).total_seconds())) / 60).quantize(Decimal("0.1"))


def first_missing(done: Sequence[str], needed: Sequence[str]) -> str:
    """The first gesture that is still to be done, in the order of the process; empty when all are."""
    return next((code for code in needed if code not in done), "")

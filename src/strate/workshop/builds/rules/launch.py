"""The launch gate: everything about the machine, its file and its fittings that forbids the launch, all at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from strate.workshop.journal.refusals import Reason


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
    min_plate_um: int | None = None
    oxygen_ppm: Decimal | None = None
    oxygen_max_ppm: Decimal | None = None
    room_oxygen_percent: Decimal | None = None
    room_oxygen_min_percent: Decimal | None = Decimal("19.5")
    fitted_needed: tuple[str, ...] = ("plate", "recoater")
    start_up_done: bool = False
    sources: Mapping[str, str] = field(default_factory=dict)


NOT_FITTED = {"plate": "no_plate_fitted", "recoater": "no_recoater_fitted"}


def launch_reasons(seen: LaunchSeen) -> list[Reason]:
    """Everything about the machine, its file and its fittings that forbids the launch, all at once (handbook 12)."""
    return [
        *_machine(seen),
        *_fittings(seen),
        *_file(seen),
        *_parameters(seen),
        *_air(seen),
        *_gestures(seen),
    ]


def _machine(seen: LaunchSeen) -> list[Reason]:
    machine = f"machine:{seen.machine}"
    reasons = []
    if not seen.machine_heard:
        reasons.append(Reason("machine_silent", {"machine": machine}, lifted_by=("maintenance",)))
    elif seen.machine_state not in ("ready", "idle"):
        values = {"machine": machine, "machine_state": seen.machine_state or "unknown"}
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
            reasons.append(
                Reason(NOT_FITTED[kind], {"machine": f"machine:{seen.machine}"}, lifted_by=("operator",))
            )
        elif item.worn:
            reasons.append(
                Reason("fitted_item_worn", {"item": f"{kind}:{item.code}"}, lifted_by=("operator",))
            )
    plate = seen.fitted.get("plate")
    if (
        plate
        and seen.min_plate_um
        and plate.thickness_um is not None
        and plate.thickness_um < seen.min_plate_um
    ):
        values = {
            "item": f"plate:{plate.code}",
            "thickness_um": plate.thickness_um,
            "min_um": seen.min_plate_um,
        }
        reasons.append(Reason("plate_too_thin", values, seen.sources.get("min_plate_um", ""), ("methods",)))
    return reasons


def _file(seen: LaunchSeen) -> list[Reason]:
    if not seen.approved_digest or seen.file_digest != seen.approved_digest:
        return [
            Reason("file_not_the_approved_one", {"sha256": seen.file_digest[:12]}, lifted_by=("methods",))
        ]
    if not seen.machine_digest:
        return [
            Reason("file_not_in_the_machine", {"machine": f"machine:{seen.machine}"}, lifted_by=("operator",))
        ]
    if seen.machine_digest != seen.file_digest:
        values = {"machine_sha256": seen.machine_digest[:12], "sha256": seen.file_digest[:12]}
        return [Reason("file_in_the_machine_differs", values, lifted_by=("methods",))]
    return []


def _parameters(seen: LaunchSeen) -> list[Reason]:
    if not seen.machine_parameters:
        return [
            Reason(
                "parameters_not_read_back", {"machine": f"machine:{seen.machine}"}, lifted_by=("operator",)
            )
        ]
    reasons = []
    for name, wanted in seen.parameters.items():
        found = seen.machine_parameters.get(name)
        if found is None or Decimal(str(found)) != Decimal(str(wanted)):
            values = {
                "parameter": name,
                "wanted": Decimal(str(wanted)),
                "found": "?" if found is None else Decimal(str(found)),
            }
            reasons.append(
                Reason("parameter_differs", values, seen.sources.get("parameters", ""), ("methods",))
            )
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
    if not seen.start_up_done:
        reasons.append(
            Reason("start_up_not_done", {"machine": f"machine:{seen.machine}"}, lifted_by=("operator",))
        )
    return reasons

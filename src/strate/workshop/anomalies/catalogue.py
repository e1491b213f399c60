"""The kinds of anomaly a shop floor knows, each with who usually receives it and how grave it usually is."""

from dataclasses import dataclass

from strate.workshop.anomalies.rules import CRITICAL, MAJOR, MINOR

MACHINE, METAL, POLYMER, SAND, MATTER, WORK, SAFETY = (
    "machine",
    "metal_defect",
    "polymer_defect",
    "sand_defect",
    "matter",
    "work",
    "safety",
)
FAMILIES = (MACHINE, METAL, POLYMER, SAND, MATTER, WORK, SAFETY)


@dataclass(frozen=True)
class AnomalyKind:
    """`holds`: the tick « stop the thing » is already there; the person may remove it."""

    code: str
    family: str
    recipient: str
    severity: str = MINOR
    holds: bool = False


def _kinds(family: str, recipient: str, severity: str, holds: bool, codes: str) -> tuple[AnomalyKind, ...]:
    return tuple(AnomalyKind(code, family, recipient, severity, holds) for code in codes.split())


# Alarms and defects: seed lists of the trade (LPBF, SLS/MJF, sand); the site changes the recipient of each.
CATALOGUE: dict[str, AnomalyKind] = {
    kind.code: kind
    for kind in (
        *_kinds(
            MACHINE,
            "maintenance",
            MAJOR,
            False,
            "oxygen_high filter_clogged temperature_out gas_or_cooling_low",
        ),
        *_kinds(MACHINE, "maintenance", MINOR, False, "door_or_interlock wear_or_leak machine_other"),
        *_kinds(MACHINE, "pilot", MAJOR, True, "recoater_collision short_feed power_cut"),
        *_kinds(
            MACHINE, "machine_supplier", MAJOR, False, "laser_or_lamp print_head_nozzles machine_software"
        ),
        *_kinds(
            METAL, "quality", MAJOR, True, "lack_of_fusion keyhole_porosity gas_porosity delamination crack"
        ),
        *_kinds(METAL, "quality", MAJOR, True, "layer_shift contamination out_of_tolerance missing_layer"),
        *_kinds(
            METAL, "methods", MINOR, False, "balling distortion recoater_mark streak spatter support_failure"
        ),
        *_kinds(METAL, "methods", MINOR, False, "dross rough_surface discoloration trapped_powder"),
        *_kinds(
            POLYMER, "methods", MINOR, False, "curl orange_peel growth short_feed_bed bed_cracks z_bonus"
        ),
        *_kinds(POLYMER, "methods", MINOR, False, "yellowing hot_spot banding colour_variation stuck_powder"),
        *_kinds(POLYMER, "quality", MAJOR, True, "weak_part"),
        *_kinds(
            SAND, "methods", MINOR, False, "missing_jet sand_layer_shift bleeding overcured recoater_drag"
        ),
        *_kinds(SAND, "quality", MAJOR, True, "friable unpacking_crack loose_sand warped_core gas_too_high"),
        *_kinds(
            MATTER,
            "quality",
            MAJOR,
            True,
            "matter_contaminated matter_damp label_wrong_or_missing mass_differs",
        ),
        *_kinds(
            MATTER, "feedstock_supplier", MAJOR, True, "delivery_damaged certificate_wrong delivery_late"
        ),
        *_kinds(
            WORK, "methods", MINOR, False, "routing_unclear procedure_wrong parameters_differ file_wrong"
        ),
        *_kinds(WORK, "design_office", MINOR, False, "drawing_unclear design_not_makeable"),
        *_kinds(WORK, "customer", MINOR, False, "order_unclear customer_complaint"),
        *_kinds(WORK, "pilot", MINOR, False, "tool_missing gauge_doubtful late_or_blocked other"),
        *_kinds(WORK, "line_manager", MINOR, False, "organisation training_needed"),
        *_kinds(SAFETY, "hse", CRITICAL, False, "injury fire_or_smoke oxygen_low_in_room"),
        *_kinds(SAFETY, "hse", MAJOR, False, "spill near_miss protection_missing waste_wrongly_sorted"),
    )
}

# What a new shop sees first, before its own history says better.
EVERYWHERE = (
    "recoater_collision",
    "short_feed",
    "crack",
    "distortion",
    "label_wrong_or_missing",
    "tool_missing",
    "spill",
    "other",
)

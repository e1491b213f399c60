"""The laws of the furnace: what was measured against what the recipe asks (handbook 6.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from strate.workshop.journal.refusals import Reason

# Uniformity of a class 5 furnace (AMS2750), taken when the recipe names no tolerance of its own.
DEFAULT_TOLERANCE_CELSIUS = Decimal(14)


@dataclass(frozen=True)
class Measured:
    """What the cycle was, by its thermocouples."""

    soak_celsius: Decimal
    soak_min: Decimal
    highest_celsius: Decimal
    atmosphere: str


def cycle_deviations(recipe: Mapping[str, Any], measured: Measured) -> list[Reason]:
    """Where a cycle left its recipe; empty when it conforms. Limits are included."""
    source = str(recipe.get("source", ""))
    wanted, minutes = Decimal(str(recipe["celsius"])), Decimal(str(recipe["minutes"]))
    tolerance = Decimal(str(recipe.get("tolerance_celsius") or DEFAULT_TOLERANCE_CELSIUS))
    found = []
    if abs(measured.soak_celsius - wanted) > tolerance:
        values = {"soak_celsius": measured.soak_celsius, "wanted_celsius": wanted, "tolerance_celsius": tolerance}
        found.append(Reason("soak_out_of_band", values, source, ("quality",)))
    if measured.soak_min < minutes:
        found.append(Reason("soak_too_short", {"soak_min": measured.soak_min, "wanted_min": minutes}, source, ("quality",)))
    if measured.highest_celsius > wanted + tolerance:
        values = {"highest_celsius": measured.highest_celsius, "limit_celsius": wanted + tolerance}
        found.append(Reason("furnace_overshoot", values, source, ("quality",)))
    gas = str(recipe.get("atmosphere") or "")
    if gas and measured.atmosphere.casefold() != gas.casefold():
        found.append(Reason("wrong_atmosphere", {"found": measured.atmosphere or "—", "wanted": gas}, source, ("quality",)))
    return found

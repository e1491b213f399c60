"""The laws of the furnace: what was measured against what the recipe asks (handbook 6.1)."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import Field

from strate.workshop.journal.refusals import Reason

# Uniformity of a class 5 furnace (AMS2750), taken when the recipe names no tolerance of its own.
DEFAULT_TOLERANCE_CELSIUS = Decimal(14)
FINISHINGS = ("separation", "supports", "blasting", "cleaning")
# The operation, as safety names it, whose documents are read before the finishing.
READ_BEFORE = {"separation": "separation", "supports": "separation", "blasting": "blasting"}
MOST_POINTS = 100_000

Celsius = Annotated[Decimal, Field(ge=-273, le=3000, decimal_places=1)]
Minutes = Annotated[Decimal, Field(ge=0, le=1_000_000, decimal_places=1)]
Seconds = Annotated[int, Field(ge=0, le=1_000_000)]
Micrometres = Annotated[int, Field(ge=0, le=10_000_000)]
Word = Annotated[str, Field(max_length=40, pattern=r"^[^\x00-\x1f\x7f]*$")]
Means = Annotated[str, Field(max_length=120, pattern=r"^[^\x00-\x1f\x7f]*$")]
Digest = Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]
CycleNumber = Annotated[int, Field(ge=1, lt=2**31)]


@dataclass(frozen=True)
class Measured:
    """What the cycle was, by its thermocouples; the delay of the quench where there is one."""

    soak_celsius: Decimal
    soak_min: Decimal
    highest_celsius: Decimal
    atmosphere: str
    quench_s: int | None = None


def cycle_deviations(recipe: Mapping[str, Any], measured: Measured) -> list[Reason]:
    """Where a cycle left its recipe; empty when it conforms. Limits are included."""
    source = str(recipe.get("source", ""))
    wanted, minutes = Decimal(str(recipe["celsius"])), Decimal(str(recipe["minutes"]))
    tolerance = Decimal(str(recipe.get("tolerance_celsius") or DEFAULT_TOLERANCE_CELSIUS))
    found = []
    if abs(measured.soak_celsius - wanted) > tolerance:
        values = {
            "soak_celsius": measured.soak_celsius,
            "wanted_celsius": wanted,
            "tolerance_celsius": tolerance,
        }
        found.append(Reason("soak_out_of_band", values, source, ("quality",)))
    if measured.soak_min < minutes:
        values = {"soak_min": measured.soak_min, "wanted_min": minutes}
        found.append(Reason("soak_too_short", values, source, ("quality",)))
    highest = highest_allowed(recipe)
    if measured.highest_celsius > highest:
        values = {"highest_celsius": measured.highest_celsius, "limit_celsius": highest}
        found.append(Reason("furnace_overshoot", values, source, ("quality",)))
    gas = str(recipe.get("atmosphere") or "")
    if gas and measured.atmosphere.casefold() != gas.casefold():
        gases = {"atmosphere_found": measured.atmosphere, "atmosphere": gas}
        found.append(Reason("wrong_atmosphere", gases, source, ("quality",)))
    return [*found, *_quench(recipe, measured.quench_s, source)]


def highest_allowed(recipe: Mapping[str, Any]) -> Decimal:
    """The temperature never to be passed: the overshoot of the recipe, else its tolerance (T6 « EOS »: 530 + 5 °C)."""
    tolerance = recipe.get("tolerance_celsius") or DEFAULT_TOLERANCE_CELSIUS
    overshoot = recipe.get("overshoot_celsius")
    return Decimal(str(recipe["celsius"])) + Decimal(str(tolerance if overshoot in (None, "") else overshoot))


def _quench(recipe: Mapping[str, Any], quench_s: int | None, source: str) -> list[Reason]:
    """The delay between furnace and bath, where the recipe quenches (AlSi10Mg T6: within 30 s, included)."""
    limit = recipe.get("quench_max_s")
    if limit in (None, ""):
        return []
    if quench_s is None:
        return [Reason("quench_not_timed", {"limit_s": int(str(limit))}, source, ("quality",))]
    if quench_s > int(str(limit)):
        return [
            Reason(
                "quench_too_late", {"quench_s": quench_s, "limit_s": int(str(limit))}, source, ("quality",)
            )
        ]
    return []


def wanted_finishings(content: Mapping[str, Any]) -> list[str]:
    """The finishings the routing asks for, in its order."""
    kinds = [str(op.get("kind", "")) for op in content.get("operations") or [] if isinstance(op, Mapping)]
    return [kind for kind in dict.fromkeys(kinds) if kind in FINISHINGS]


@dataclass(frozen=True)
class Curve:
    """What the thermocouples recorded: (minutes, °C), in order; `unread` lines were no such pair."""

    points: list[tuple[float, float]]
    unread: int


def read_curve(text: str) -> Curve:
    """A recorder's file: time in minutes, temperature; comma, semicolon or tab between, point or comma in numbers."""
    points, unread = [], 0
    separator = next((s for s in (";", "\t") if s in text), ",")
    for row in csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=separator):
        cells = [cell.strip().replace(",", ".") for cell in row if cell.strip()]
        if not cells:
            continue
        pair = _pair(cells)
        if pair is None:
            unread += 1
        else:
            points.append(pair)
        if len(points) >= MOST_POINTS:
            break
    return Curve(sorted(points), unread)


def _pair(cells: list[str]) -> tuple[float, float] | None:
    try:
        minutes, celsius = Decimal(cells[0]), Decimal(cells[1])
    except (IndexError, InvalidOperation):
        return None
    believable = (
        minutes.is_finite() and celsius.is_finite() and 0 <= minutes < 10**6 and -273 <= celsius < 3000
    )
    return (float(minutes), float(celsius)) if believable else None

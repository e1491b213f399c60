"""The laws of inspection: limits are included, a gauge out of date measures nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from strate.workshop.journal.refusals import Reason


@dataclass(frozen=True)
class Control:
    """A dimension the routing wants measured, with its limits, its unit and the kind of gauge."""

    name: str
    nominal: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    unit: str
    gauge: str


def control_of(raw: Mapping[str, Any]) -> Control:
    """A control as the routing's snapshot writes it."""

    def number(name: str) -> Decimal | None:
        value = raw.get(name)
        return None if value in (None, "") else Decimal(str(value))

    return Control(
        str(raw["name"]), number("nominal"), number("lower"), number("upper"), str(raw.get("unit") or "mm"),
        str(raw.get("gauge") or ""),
    )


def within(value: Decimal, control: Control) -> bool:
    """Whether a value lies within the limits, both included."""
    return (control.lower is None or value >= control.lower) and (control.upper is None or value <= control.upper)


def gauge_reasons(
    *, gauge: str, kind: str, due_on: date | None, retired: bool, wanted_kind: str, unit: str, wanted_unit: str, on: date
) -> list[Reason]:
    """Why this gauge may not measure this dimension today."""
    values = {"gauge": f"gauge:{gauge}"}
    reasons = []
    if retired:
        reasons.append(Reason("gauge_retired", values, lifted_by=("quality",)))
    if due_on is None:
        reasons.append(Reason("gauge_never_calibrated", values, lifted_by=("quality",)))
    elif due_on < on:
        reasons.append(Reason("gauge_out_of_calibration", {**values, "due_on": due_on}, lifted_by=("quality",)))
    if wanted_kind and kind != wanted_kind:
        reasons.append(Reason("gauge_of_another_kind", {**values, "kind": kind, "wanted": wanted_kind}, lifted_by=("methods",)))
    if unit != wanted_unit:
        reasons.append(Reason("gauge_of_another_unit", {**values, "unit": unit, "wanted": wanted_unit}, lifted_by=("methods",)))
    return reasons


def serials(build: str, order: str, quantity: int, start: int = 1) -> list[str]:
    """The serial numbers of an order on a build: `F-0001-OF-12-003`."""
    return [f"{build}-{order}-{n:03d}" for n in range(start, start + quantity)]


def sorting_reasons(*, state: str, conform: bool, verdict: str, reason: str, piece: str) -> list[Reason]:
    """A piece with something out of its limits is not called good, and scrap has a reason."""
    values = {"piece": f"piece:{piece}"}
    if state != "made":
        return [Reason("piece_already_sorted", {**values, "state": state}, lifted_by=("quality",))]
    if verdict == "good" and not conform:
        return [Reason("piece_out_of_limits", values, lifted_by=("quality",))]
    if verdict == "scrap" and not reason.strip():
        return [Reason("reason_missing", {})]
    return []


def unmeasured(controls: Sequence[Control], measured: Sequence[str]) -> list[str]:
    """The dimensions the routing asks and nobody has measured yet."""
    return [c.name for c in controls if c.name not in measured]

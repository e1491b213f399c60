"""The laws of what may stand in the hall, be fitted on a machine, and what a machine may be told."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field

from strate.workshop.journal.refusals import Reason

ITEM_KINDS = ("plate", "recoater", "filter", "window", "mesh")
VERBS = frozenset(
    {
        "put_file",
        "read_parameters",
        "power_on",
        "power_off",
        "prepare",
        "start",
        "hold",
        "resume",
        "stop",
        "abort",
    }
)
POWERS = frozenset({"unknown", "off", "on"})
# What sets a machine in motion is not obeyed hours later, when nobody expects it; what calms it always is.
PATIENCE = {
    "power_on": timedelta(minutes=2),
    "prepare": timedelta(minutes=10),
    "start": timedelta(minutes=10),
    "resume": timedelta(minutes=5),
}
# The answers that settle nothing, and the two by which somebody who looked at the machine settles it.
UNKNOWN = "outcome_unknown"
SEEN_DONE, SEEN_NOT_DONE = "seen_done", "seen_not_done"
NEARLY_WORN = Decimal("0.9")
LIFE_BEYOND = Decimal(10) ** 9
DEEPEST = 8

_PLAIN = r"^[^\x00-\x1f\x7f]*$"
Code = Annotated[str, Field(min_length=1, max_length=40, pattern=_PLAIN)]
Title = Annotated[str, Field(max_length=120, pattern=_PLAIN)]
Word = Annotated[str, Field(max_length=40, pattern=_PLAIN)]
Address = Annotated[str, Field(max_length=200, pattern=_PLAIN)]
Millimetres = Annotated[int, Field(ge=0, le=100_000)]
Micrometres = Annotated[int, Field(ge=0, le=1_000_000)]
Life = Annotated[Decimal, Field(ge=0, lt=LIFE_BEYOND, decimal_places=3)]
LifeUnit = Literal["h", "builds", "kg", "L"]


@dataclass(frozen=True)
class ItemSeen:
    """A tool or consumable as the rules see it."""

    code: str
    kind: str
    material: str
    state: str
    fitted_on: str
    life_used: Decimal
    life_max: Decimal | None
    life_unit: str
    thickness_um: int | None


def code_faults(code: str) -> list[Reason]:
    """A code is printed on a label and stands in an address: no slash, colon or edge space in it."""
    wrong = not code or code != code.strip() or not code.isprintable() or set(code) & set('/\\:?#%"<>')
    return [Reason("code_not_a_label", {"code": code or "—"})] if wrong or len(code) > 40 else []


def entry_reasons(code: str, title: str, sides_mm: Sequence[int], *, taken: Collection[str]) -> list[Reason]:
    """Why a machine cannot be entered so."""
    reasons = code_faults(code)
    if code in taken:
        reasons.append(Reason("machine_code_taken", {"machine": code}))
    if not title.strip():
        reasons.append(Reason("machine_title_missing"))
    if min(sides_mm) < 0:
        reasons.append(Reason("volume_negative"))
    return reasons


def item_reasons(
    code: str, title: str, *, life_unit: str, life_max: Decimal | None, life_used: Decimal
) -> list[Reason]:
    """Why a tool cannot be entered so: a life without its unit counts nothing."""
    reasons = code_faults(code)
    if not title.strip():
        reasons.append(Reason("item_title_missing"))
    if (life_max is not None and life_max <= 0) or life_used < 0:
        reasons.append(Reason("life_not_positive", {"amount": life_used if life_used < 0 else life_max}))
    if life_max is not None and not life_unit:
        reasons.append(Reason("life_without_unit", {"item": code}))
    return reasons


def worn(item: ItemSeen) -> Reason | None:
    """An item at the end of its life is not used (handbook 5: life counters)."""
    if item.life_max is not None and item.life_used >= item.life_max:
        values = {"item": item.code, "used": item.life_used, "limit": item.life_max, "unit": item.life_unit}
        return Reason("item_worn", values, source="life_counter", lifted_by=("maintenance",))
    return None


def nears_its_end(before: Decimal, after: Decimal, most: Decimal | None) -> bool:
    """Whether this use has crossed nine tenths of a life, or its end: told once each."""
    if most is None:
        return False
    return any(before < mark <= after for mark in (most * NEARLY_WORN, most))


def fit_reasons(item: ItemSeen, *, machine: str, machine_material: str) -> list[Reason]:
    """Why this item cannot be fitted on this machine now; empty when it can."""
    reasons: list[Reason] = []
    if item.state == "retired":
        reasons.append(Reason("item_retired", {"item": item.code}, lifted_by=("maintenance",)))
    if item.fitted_on and item.fitted_on != machine:
        reasons.append(
            Reason("item_fitted_elsewhere", {"item": item.code, "machine": f"machine:{item.fitted_on}"})
        )
    if item.material and machine_material and item.material != machine_material:
        values = {"item": item.code, "item_material": item.material, "machine_material": machine_material}
        reasons.append(
            Reason("item_of_another_material", values, source="ISO/ASTM 52904", lifted_by=("methods",))
        )
    if found := worn(item):
        reasons.append(found)
    return reasons


def in_service(machine: str, *, retired: bool) -> list[Reason]:
    """A retired machine takes nothing and obeys nobody."""
    return [Reason("machine_retired", {"machine": f"machine:{machine}"})] if retired else []


def retire_reasons(machine: str, *, retired: bool, fitted: Sequence[str]) -> list[Reason]:
    """What is fitted comes off first, so that no tool disappears with its machine."""
    reasons = in_service(machine, retired=retired)
    if fitted:
        reasons.append(
            Reason("machine_still_fitted", {"machine": f"machine:{machine}", "items": list(fitted)})
        )
    return reasons


def told_reasons(machine: str, *, driver: str, retired: bool) -> list[Reason]:
    """Why a machine cannot be told anything."""
    reasons = in_service(machine, retired=retired)
    if not driver:
        values = {"machine": f"machine:{machine}"}
        reasons.append(Reason("machine_not_connected", values, lifted_by=("methods",)))
    return reasons


def still_waiting(machine: str) -> Reason:
    return Reason("command_still_waiting", {"machine": f"machine:{machine}"})


def expires_at(verb: str, *, at: datetime) -> datetime | None:
    """Until when an order may still be obeyed; None for ever."""
    return at + PATIENCE[verb] if verb in PATIENCE else None


def has_expired(until: datetime | None, *, at: datetime) -> bool:
    return until is not None and until < at


def keepable(value: Any, depth: int = 0) -> Any:
    """A value from a machine as a database and JSON can hold it: no NaN, no NUL, no bottomless nesting."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "replace").decode()
    if depth > DEEPEST:
        return None
    if isinstance(value, dict):
        return {keepable(str(k)): keepable(v, depth + 1) for k, v in value.items()}
    if isinstance(value, list):
        return [keepable(v, depth + 1) for v in value]
    return value

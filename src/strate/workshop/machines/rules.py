"""The laws of what may be fitted on a machine and what a machine may be told."""

from dataclasses import dataclass
from decimal import Decimal

from strate.workshop.journal.refusals import Reason

ITEM_KINDS = ("plate", "recoater", "filter", "window", "mesh")
VERBS = frozenset(
    {"put_file", "read_parameters", "power_on", "power_off", "prepare", "start", "hold", "resume", "stop", "abort"}
)
POWERS = frozenset({"unknown", "off", "on"})


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


def worn(item: ItemSeen) -> Reason | None:
    """An item at the end of its life is not used (handbook 5: life counters)."""
    if item.life_max is not None and item.life_used >= item.life_max:
        values = {"item": item.code, "used": item.life_used, "limit": item.life_max, "unit": item.life_unit}
        return Reason("item_worn", values, source="life counter", lifted_by=("maintenance",))
    return None


def fit_reasons(item: ItemSeen, *, machine: str, machine_material: str) -> list[Reason]:
    """Why this item cannot be fitted on this machine now; empty when it can."""
    reasons: list[Reason] = []
    if item.state == "retired":
        reasons.append(Reason("item_retired", {"item": item.code}, lifted_by=("maintenance",)))
    if item.fitted_on and item.fitted_on != machine:
        reasons.append(Reason("item_fitted_elsewhere", {"item": item.code, "machine": f"machine:{item.fitted_on}"}))
    if item.material and machine_material and item.material != machine_material:
        values = {"item": item.code, "item_material": item.material, "machine_material": machine_material}
        reasons.append(Reason("item_of_another_material", values, source="ISO/ASTM 52904", lifted_by=("methods",)))
    if found := worn(item):
        reasons.append(found)
    return reasons

"""The laws of a spill: how it goes from the alert to HSE's conclusion."""

from collections.abc import Iterable, Sequence
from typing import Any

from strate.workshop.journal.refusals import Reason
from strate.workshop.safety.rules.sheets import NEVER, orders

SPILT, CLEANED, SETTLED = "spilt", "cleaned", "settled"
SPILL_MOVES: dict[str, set[str]] = {SPILT: {CLEANED}, CLEANED: {CLEANED, SETTLED}, SETTLED: set()}
SIZES = ("small", "large")
# Nobody knows what lies there: whatever is forbidden for some matter is forbidden for this one.
WORST: dict[str, Any] = {"fire_class": "", "agents": [], "never": list(NEVER), "damp": "no"}
CAUSES = ("handling", "leak", "collision", "overfill", "equipment", "packaging", "other")


# What was on the floor is never clean: it does not go back to the supplier as used powder.
CLEAN_STREAM, SPILT_STREAM = "used_powder_takeback", "contaminated_powder"


def spill_orders(sheets: Sequence[Any], materials: Iterable[str]) -> dict[str, Any]:
    """What the sheets order of a spill; as soon as some matter has no sheet, every prohibition holds."""
    known = {sheet.material for sheet in sheets}
    told = orders(sheets)
    return told if known and known >= set(materials) else WORST | {"fire_class": told["fire_class"]}


def spill_stream(of_sheets: str) -> str:
    """The stream that takes what was collected: the sheet's, unless that one is for clean powder."""
    return SPILT_STREAM if of_sheets == CLEAN_STREAM else of_sheets


def why_not_review(*, spill: str, state: str, recorded: bool, holds: int) -> list[Reason]:
    """What HSE still lacks before it closes a spill: the record, and the fate of what was touched."""
    reasons = []
    if state == SETTLED:
        return [Reason("spill_is_settled", {"spill": spill})]
    if not recorded:
        reasons.append(Reason("spill_not_recorded", {"spill": spill}))
    if holds:
        reasons.append(Reason("spill_still_holds", {"spill": spill, "count": holds}, lifted_by=("hse",)))
    return reasons

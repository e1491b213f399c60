"""The laws of a spill: how it goes from the alert to HSE's conclusion."""

from collections.abc import Iterable, Sequence
from typing import Any

from strate.workshop.journal.refusals import Reason
from strate.workshop.safety.rules.sheets import NEVER, orders, speaks_of_fire
from strate.workshop.safety.rules.zones import DUST, GAS

SPILT, CLEANED, SETTLED = "spilt", "cleaned", "settled"
SPILL_MOVES: dict[str, set[str]] = {SPILT: {CLEANED}, CLEANED: {CLEANED, SETTLED}, SETTLED: set()}
SIZES = ("small", "large")
# What is told besides: each changes what is done first, and makes the alert critical.
DANGERS = ("injured", "fire")
# Nobody knows what lies there: whatever is forbidden for some matter is forbidden for this one.
WORST: dict[str, Any] = {"fire_class": "", "agents": [], "never": list(NEVER), "damp": "no"}
CAUSES = ("handling", "leak", "collision", "overfill", "equipment", "packaging", "other")


# What was on the floor is never clean: it does not go back to the supplier as used powder.
CLEAN_STREAM, SPILT_STREAM = "used_powder_takeback", "contaminated_powder"


def spill_orders(sheets: Sequence[Any], materials: Iterable[str]) -> dict[str, Any]:
    """What the sheets order of a spill; as soon as some matter has none, or one is silent, every prohibition holds."""
    known = {sheet.material for sheet in sheets}
    told = orders(sheets)
    sure = known and known >= set(materials) and all(speaks_of_fire(sheet) for sheet in sheets)
    return told if sure else WORST | {"fire_class": told["fire_class"]}


def spill_first(*, size: str, dangers: Iterable[str], known: bool, kinds: Iterable[str]) -> list[str]:
    """What is done before anything is picked up, the most urgent first."""
    told, zone = set(dangers), set(kinds)
    steps = [
        ("injured", "injured" in told),
        ("fire", "fire" in told),
        ("large", size == "large"),
        ("no_sheet", not known),
        ("inert", "inert" in zone),
        ("explosive", bool(zone & {*DUST, *GAS})),
        ("cmr", "cmr" in zone),
    ]
    return [code for code, asked in steps if asked]


def spill_severity(size: str, dangers: Iterable[str]) -> str:
    """A large spill, a fire or somebody hurt is critical."""
    return "critical" if size == "large" or any(dangers) else "major"


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

"""The laws of a spill: how it goes from the alert to HSE's conclusion."""

from strate.workshop.journal.refusals import Reason

SPILT, CLEANED, SETTLED = "spilt", "cleaned", "settled"
SPILL_MOVES: dict[str, set[str]] = {SPILT: {CLEANED}, CLEANED: {CLEANED, SETTLED}, SETTLED: set()}
SIZES = ("small", "large")
CAUSES = ("handling", "leak", "collision", "overfill", "equipment", "packaging", "other")


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

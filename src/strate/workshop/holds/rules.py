"""The laws of holds: who may let go what was stopped."""

from collections.abc import Iterable
from dataclasses import dataclass

from strate.workshop.journal.refusals import Reason


@dataclass(frozen=True)
class Standing:
    """A hold as a rule sees it."""

    ref: str
    placed: bool
    placed_by: str
    liftable_by: frozenset[str]
    by_another: bool


def why_not_lift(hold: Standing, *, person: str, roles: Iterable[str]) -> list[Reason]:
    """Only a role named on the hold lifts it, with two pairs of eyes where it says so (EN 9100 8.7)."""
    lifters = tuple(sorted(hold.liftable_by))
    reasons = []
    if not hold.placed:
        reasons.append(Reason("hold_already_lifted", {"hold": hold.ref}))
    if not hold.liftable_by & set(roles):
        reasons.append(Reason("hold_not_yours_to_lift", {"hold": hold.ref}, lifted_by=lifters))
    if hold.by_another and person == hold.placed_by:
        reasons.append(Reason("hold_lifted_by_who_placed_it", {"hold": hold.ref}, lifted_by=lifters))
    return reasons

"""The laws of an order: its life, what is left to make, how late it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from strate.workshop.journal.refusals import Reason

OPEN, IN_PROGRESS, DONE, CLOSED, CANCELLED = "open", "in_progress", "done", "closed", "cancelled"
MOVES: dict[str, frozenset[str]] = {
    OPEN: frozenset({IN_PROGRESS, DONE, CANCELLED}),
    IN_PROGRESS: frozenset({OPEN, IN_PROGRESS, DONE, CANCELLED}),
    DONE: frozenset({CLOSED, IN_PROGRESS}),
    CLOSED: frozenset(),
    CANCELLED: frozenset(),
}
QUEUED = frozenset({OPEN, IN_PROGRESS})
PRIORITIES = {1: "urgent", 2: "normal", 3: "low"}
MOST = 1_000_000


@dataclass(frozen=True)
class Counts:
    """How many parts an order asks for, and what became of them so far."""

    quantity: int
    good: int = 0
    scrap: int = 0
    reserved: int = 0

    @property
    def left(self) -> int:
        """Still to be put on a plate; a scrapped part is made again."""
        return max(0, self.quantity - self.good - self.reserved)


@dataclass(frozen=True)
class Due:
    """How an order stands against its date: `late`, `today`, `soon` (a week) or `later`, by `days`."""

    word: str
    days: int


def due(due_on: date, *, on: date) -> Due:
    """The date in words: « 2 days late » says more than a date."""
    days = (due_on - on).days
    if days < 0:
        return Due("late", -days)
    if days == 0:
        return Due("today", 0)
    return Due("soon" if days <= 7 else "later", days)


def check_new(*, quantity: int, priority: int) -> list[Reason]:
    """An order asks for at least one part and has a known priority."""
    reasons = []
    if not 0 < quantity <= MOST:
        reasons.append(Reason("order_quantity_out_of_reason", {"quantity": quantity, "most": MOST}))
    if priority not in PRIORITIES:
        reasons.append(Reason("priority_not_known", {"priority": priority}))
    return reasons


def check_move(order: str, state: str, to: str) -> list[Reason]:
    """Whether the order may pass to that state now."""
    return [] if to in MOVES[state] else [Reason("order_not_in_state", {"order": order})]


def check_count(*, good: int, scrap: int, reason: str) -> list[Reason]:
    """Good, scrap and the reason of the scrap, in one gesture."""
    reasons = []
    if good < 0 or scrap < 0 or good + scrap == 0:
        reasons.append(Reason("nothing_counted", {"good": good, "scrap": scrap}))
    if scrap > 0 and not reason.strip():
        reasons.append(Reason("scrap_needs_a_reason", {"scrap": scrap}))
    return reasons


def state_after(counts: Counts) -> str:
    """Where an order stands, from its counts alone."""
    if counts.good >= counts.quantity:
        return DONE
    return IN_PROGRESS if counts.reserved or counts.good or counts.scrap else OPEN

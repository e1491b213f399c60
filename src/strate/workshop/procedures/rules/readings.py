"""The law of regular readings: when each is due, which is late, which was missed; nothing is filled in silently."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from strate.workshop.journal.refusals import RuleBroken

TO_COME, DUE, LATE, MISSED = "to_come", "due", "late", "missed"
READ, READ_LATE, BELATED, UNDER_WAY = "read", "read_late", "belated", "under_way"
# A reading counts for its hour from a quarter of the period before; past a quarter after, it is late.
EARLY_PART = LATE_PART = 4
MOST_SHOWN = 400


@dataclass(frozen=True)
class Made:
    """A reading that was begun: for which hour, when, whether it is finished, why it came afterwards."""

    planned_at: datetime
    started_at: datetime
    finished: bool
    belated: bool = False
    run: int = 0


@dataclass(frozen=True)
class Slot:
    """One reading that was owed, and what became of it."""

    number: int
    planned_at: datetime
    state: str
    made: Made | None = None


def planned(since: datetime, every_min: int, number: int) -> datetime:
    """The hour of the n-th reading: the first one is due a whole period after the start."""
    return since + timedelta(minutes=every_min * number)


def number_at(since: datetime, every_min: int, at: datetime) -> int:
    """Which reading something done at this hour counts for; 0: none is due yet."""
    period = timedelta(minutes=every_min)
    return max(0, (at - since + period / EARLY_PART) // period)


def slots(
    since: datetime, every_min: int, made: Sequence[Made], *, at: datetime, until: datetime | None = None
) -> list[Slot]:
    """Every reading owed up to now (or to the end), the last one first, and the next to come while it runs."""
    end = min(at, until) if until else at
    by_hour = {m.planned_at: m for m in made}
    last = int((end - since) // timedelta(minutes=every_min))
    shown = []
    if until is None:
        shown.append(_slot(since, every_min, last + 1, by_hour, at))
    first = max(1, last - MOST_SHOWN + 1)
    shown += [_slot(since, every_min, n, by_hour, at, over=until) for n in range(last, first - 1, -1)]
    return shown


def _slot(
    since: datetime,
    every_min: int,
    number: int,
    by_hour: dict[datetime, Made],
    at: datetime,
    over: datetime | None = None,
) -> Slot:
    due_at, period = planned(since, every_min, number), timedelta(minutes=every_min)
    found = by_hour.get(due_at)
    if found:
        return Slot(number, due_at, _read(found, period), found)
    closes = due_at + period - period / EARLY_PART
    if at >= closes or (over is not None and over < at):
        return Slot(number, due_at, MISSED)
    if at > due_at + period / LATE_PART:
        return Slot(number, due_at, LATE)
    return Slot(number, due_at, DUE if at >= due_at - period / EARLY_PART else TO_COME)


def _read(made: Made, period: timedelta) -> str:
    if made.belated:
        return BELATED
    if not made.finished:
        return UNDER_WAY
    return READ_LATE if made.started_at > made.planned_at + period / LATE_PART else READ


def closed(
    since: datetime, every_min: int, *, after: datetime, at: datetime, until: datetime | None = None
) -> list[datetime]:
    """The hours of the readings whose time ran out between two moments: whoever has not read has missed."""
    period = timedelta(minutes=every_min)
    end = min(at, until) if until else at
    found: list[datetime] = []
    number = max(1, number_at(since, every_min, after))
    while (due_at := planned(since, every_min, number)) <= end and len(found) < MOST_SHOWN:
        closes = due_at + period - period / EARLY_PART
        if after < closes <= at or (until is not None and after < closes and due_at <= until):
            found.append(due_at)
        number += 1
    return found


def must_be_owed(slot: Slot | None, planned_at: datetime, why: str) -> Slot:
    """A reading is begun once, when it is due; one whose hour is past says why it comes afterwards."""
    if slot is None:
        raise RuleBroken("reading_not_planned", planned_at=planned_at)
    if slot.made is not None:
        raise RuleBroken("reading_already_done", planned_at=planned_at)
    if slot.state == TO_COME:
        raise RuleBroken("reading_not_due_yet", planned_at=planned_at)
    if slot.state == MISSED and not why.strip():
        raise RuleBroken("reading_belated_why", planned_at=planned_at)
    return slot

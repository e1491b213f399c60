"""The laws of first-level maintenance: what is due now, by the wall clock of the site, and who may do it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from strate.workshop.journal.refusals import Reason, RuleBroken

TRIGGERS = ("per_build", "shift", "day", "week", "month", "hours", "counter")
DUE, FINE, UNKNOWN = "due", "fine", "unknown"
# Levels of NF EN 13306 / X60-000: 1 by the user, 2 by authorised staff, 3 by a technician, 4-5 above.
OPERATOR_LEVEL = 1
# How a care that was not yet given is told.
NEVER = "never"
LEVELS: Mapping[str, int] = {"operator": 1, "shift_leader": 1, "maintenance": 3}
USUAL_SHIFTS = (time(5, 0), time(13, 0), time(21, 0))


@dataclass(frozen=True)
class Care:
    """A task as a rule sees it."""

    code: str
    trigger: str
    limit: Decimal | None = None
    counter: str = ""
    level: int = 1


@dataclass(frozen=True)
class LastDone:
    """The last time a task was done: when, and what the counters said then."""

    at: datetime
    counters: Mapping[str, Decimal]


@dataclass(frozen=True)
class Wall:
    """The wall clock of the site: its time zone and when its shifts start."""

    zone: ZoneInfo
    shifts: Sequence[time] = USUAL_SHIFTS

    def day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def shift_start(self, at: datetime) -> datetime:
        """When this shift began; on the night of the clock change it lasts 7 or 9 hours."""
        local = at.astimezone(self.zone)
        days = (local.date(), local.date() - timedelta(days=1))
        starts = [datetime.combine(d, t, tzinfo=self.zone) for d in days for t in self.shifts]
        return max(s for s in starts if s.timestamp() <= at.timestamp())


def status(
    task: Care, last_done: LastDone | None, counters: Mapping[str, Decimal], *, at: datetime, wall: Wall
) -> str:
    """Whether a task is due, fine, or impossible to know because its counter is not read."""
    if task.trigger in ("per_build", "hours", "counter"):
        return _by_counter(task, last_done, counters)
    if last_done is None:
        return DUE
    before, now = wall.day(last_done.at), wall.day(at)
    due = {
        "shift": last_done.at.timestamp() < wall.shift_start(at).timestamp(),
        "day": before < now,
        "week": before.isocalendar()[:2] < now.isocalendar()[:2],
        "month": (before.year, before.month) < (now.year, now.month),
    }
    return DUE if due[task.trigger] else FINE


def counter_of(task: Care) -> str:
    """Which counter of the machine the task looks at."""
    return {"per_build": "builds", "hours": "hours"}.get(task.trigger, task.counter)


def _by_counter(task: Care, last_done: LastDone | None, counters: Mapping[str, Decimal]) -> str:
    name = counter_of(task)
    if task.trigger == "per_build" and last_done is None:
        return DUE
    if name not in counters:
        return UNKNOWN
    since = counters[name] - (last_done.counters.get(name, Decimal(0)) if last_done else Decimal(0))
    limit = Decimal(1) if task.trigger == "per_build" else task.limit
    return UNKNOWN if limit is None else DUE if since >= limit else FINE


def is_due(
    task: Care, last_done: LastDone | None, counters: Mapping[str, Decimal], *, at: datetime, wall: Wall
) -> bool:
    """Whether the task is to be done now."""
    return status(task, last_done, counters, at=at, wall=wall) == DUE


def highest_level(roles: Iterable[str]) -> int:
    """Up to which level these roles may do a task."""
    return max((LEVELS.get(role, 0) for role in roles), default=0)


def must_be_of_level(task: str, level: int, roles: Iterable[str]) -> None:
    """A task above level 1 is not for the user of the machine (NF X60-000)."""
    if level > highest_level(roles):
        raise RuleBroken(
            "task_above_your_level",
            task=task,
            level=level,
            source="NF X60-000",
            lifted_by=("maintenance",),
        )


def must_make_sense(*, trigger: str, level: int, limit: Decimal | None, counter: str) -> None:
    """A task says when it is due: a trigger, and for a counter how many."""
    if trigger not in TRIGGERS:
        raise RuleBroken("trigger_unknown", trigger=trigger)
    if not 1 <= level <= 5:
        raise RuleBroken("level_unknown", level=level)
    if trigger in ("hours", "counter") and (limit is None or limit <= 0):
        raise RuleBroken("trigger_needs_a_limit", trigger=trigger)
    if trigger == "counter" and not counter:
        raise RuleBroken("trigger_needs_a_counter")


def overdue(
    task: str, machine: str, *, source: str, last_at: datetime | None, level: int, overridable: bool = False
) -> Reason:
    """Why a launch is refused: a blocking task is due."""
    who = ("operator", "shift_leader") if level <= OPERATOR_LEVEL else ("maintenance",)
    values = {"task": task, "machine": machine, "last_at": last_at or NEVER}
    return Reason("maintenance_overdue", values, source, who, overridable)

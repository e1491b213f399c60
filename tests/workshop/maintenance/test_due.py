"""What is due now: by the wall clock of the site, by shifts, on the clock-change night, by counters."""

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from strate.workshop.maintenance import rules

PARIS = ZoneInfo("Europe/Paris")
WALL = rules.Wall(PARIS)


def paris(*when: int, fold: int = 0) -> datetime:
    return datetime(*when, tzinfo=PARIS, fold=fold).astimezone(UTC)


def due(trigger: str, last: datetime | None, at: datetime) -> bool:
    done = rules.LastDone(last, {}) if last else None
    return rules.is_due(rules.Care("T", trigger), done, {}, at=at, wall=WALL)


def test_what_was_never_done_is_due() -> None:
    assert all(
        due(trigger, None, paris(2026, 11, 23, 8))
        for trigger in ("shift", "day", "week", "month", "per_build")
    )


def test_a_day_is_a_day_of_the_wall_clock_not_of_utc() -> None:
    done = paris(2026, 7, 1, 23, 30)
    assert not due("day", done, paris(2026, 7, 1, 23, 59))
    assert due("day", done, paris(2026, 7, 2, 0, 5))


def test_a_task_of_the_shift_is_done_once_a_shift() -> None:
    done = paris(2026, 11, 23, 5, 10)
    assert not due("shift", done, paris(2026, 11, 23, 12, 59))
    assert due("shift", done, paris(2026, 11, 23, 13, 0))


def test_the_night_shift_goes_over_midnight() -> None:
    done = paris(2026, 11, 22, 21, 5)
    assert not due("shift", done, paris(2026, 11, 23, 4, 59))
    assert due("shift", done, paris(2026, 11, 23, 5, 0))


@pytest.mark.parametrize(("night", "hours"), [((2026, 10, 24), 9), ((2026, 3, 28), 7)])
def test_on_the_night_of_the_clock_change_the_shift_is_longer_or_shorter(
    night: tuple[int, int, int], hours: int
) -> None:
    start = paris(*night, 21)
    end = paris(night[0], night[1], night[2] + 1, 5)
    assert (end - start).total_seconds() == hours * 3600
    assert WALL.shift_start(paris(*night[:2], night[2] + 1, 4, 30)) == start
    assert not due("shift", start, paris(*night[:2], night[2] + 1, 4, 59))
    assert due("shift", start, end)


def test_the_hour_that_comes_twice_belongs_to_one_shift() -> None:
    first, second = paris(2026, 10, 25, 2, 30), paris(2026, 10, 25, 2, 30, fold=1)
    assert second.timestamp() - first.timestamp() == 3600
    assert not due("shift", first, second)
    assert WALL.shift_start(first) == WALL.shift_start(second)


def test_a_week_starts_on_monday_and_the_year_end_is_no_exception() -> None:
    assert not due("week", paris(2026, 12, 28, 8), paris(2027, 1, 3, 8))
    assert due("week", paris(2027, 1, 3, 8), paris(2027, 1, 4, 8))


def test_a_month_is_a_month_of_the_calendar() -> None:
    assert not due("month", paris(2026, 11, 1, 8), paris(2026, 11, 30, 8))
    assert due("month", paris(2026, 11, 30, 8), paris(2026, 12, 1, 8))


def test_a_task_by_hours_is_due_at_its_limit_not_before() -> None:
    task = rules.Care("F", "hours", Decimal("300"))
    last = rules.LastDone(paris(2026, 1, 1, 8), {"hours": Decimal("1000.5")})
    at = paris(2026, 6, 1, 8)
    assert not rules.is_due(task, last, {"hours": Decimal("1300.4")}, at=at, wall=WALL)
    assert rules.is_due(task, last, {"hours": Decimal("1300.5")}, at=at, wall=WALL)


def test_a_counter_nobody_reads_is_unknown_never_fine() -> None:
    task = rules.Care("F", "hours", Decimal("300"))
    assert rules.status(task, None, {}, at=paris(2026, 6, 1, 8), wall=WALL) == "unknown"


def test_a_task_of_each_build_comes_back_with_the_next_build() -> None:
    last = rules.LastDone(paris(2026, 6, 1, 8), {"builds": Decimal(12)})
    task, at = rules.Care("W", "per_build"), paris(2026, 6, 2, 8)
    assert not rules.is_due(task, last, {"builds": Decimal(12)}, at=at, wall=WALL)
    assert rules.is_due(task, last, {"builds": Decimal(13)}, at=at, wall=WALL)

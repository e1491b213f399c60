"""The hours of a shift are those of the wall clock; the night the clocks change it is shorter or longer."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strate.workshop.handover import rules
from strate.workshop.journal.refusals import RuleBroken

PARIS = ZoneInfo("Europe/Paris")
THREE = (time(6), time(14), time(22))


def shift(*at, zone=PARIS):
    return rules.shift_at(datetime(*at, tzinfo=zone), zone=PARIS, starts=THREE)


def test_a_night_shift_belongs_to_the_day_it_began():
    night = shift(2026, 11, 24, 3, 0)
    assert (night.day, night.start, night.lasts) == (date(2026, 11, 23), time(22), timedelta(hours=8))


def test_the_night_of_spring_lasts_seven_hours():
    night = shift(2026, 3, 29, 1, 30)
    assert night.day == date(2026, 3, 28) and night.lasts == timedelta(hours=7)
    assert night.ends_at == datetime(2026, 3, 29, 4, 0, tzinfo=UTC)


def test_the_night_of_autumn_lasts_nine_hours_and_half_past_two_comes_twice():
    first = datetime(2026, 10, 25, 2, 30, tzinfo=PARIS)
    second = first.replace(fold=1)
    nights = {rules.shift_at(at, zone=PARIS, starts=THREE) for at in (first, second)}
    (night,) = nights
    assert night.lasts == timedelta(hours=9)
    assert second.astimezone(UTC) - first.astimezone(UTC) == timedelta(hours=1)


def test_a_shift_begins_at_its_hour_exactly():
    assert shift(2026, 11, 23, 14, 0).start == time(14)
    assert shift(2026, 11, 23, 13, 59, 59).start == time(6)


@given(st.integers(1_577_836_800, 2_051_222_400), st.sets(st.times(), min_size=1, max_size=5))
def test_every_moment_is_in_exactly_one_shift(moment, starts):
    at = datetime.fromtimestamp(moment, UTC)
    found = rules.shift_at(at, zone=PARIS, starts=sorted(starts))
    assert found.starts_at <= at < found.ends_at
    after = rules.shift_at(found.ends_at, zone=PARIS, starts=sorted(starts))
    assert after.starts_at == found.ends_at


def test_the_hours_are_read_as_the_site_writes_them():
    assert rules.starts_of("22:00, 6:00 14:00") == THREE
    for unreadable in ("", "six", "25:00"):
        with pytest.raises(RuleBroken):
            rules.starts_of(unreadable)

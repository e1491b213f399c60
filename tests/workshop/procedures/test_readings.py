"""Regular readings: due, late, missed, filled in afterwards and said so; ten thousand gestures listed by pages."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strate.workshop.journal import clock, guard
from strate.workshop.journal import queries as journal
from strate.workshop.journal.actor import SYSTEM, Actor
from strate.workshop.procedures import actions, queries
from strate.workshop.procedures.models import ProcedureRun, ProcedureVersion, ReadingWatch, RunThing
from strate.workshop.procedures.rules import readings

from ..conftest import MORNING, refused
from .conftest import card

Approve = Callable[..., ProcedureVersion]
HOUR = timedelta(hours=1)


@pytest.fixture()
def watched(approve: Approve, amina: Actor) -> ReadingWatch:
    """A sheet to be filled in every hour about build B1, from half past seven."""
    approve("sheet", card("oxygen", "measure", unit="ppm", max="1000", blocking=False), kind="reading_sheet")
    with clock.at(MORNING):
        return actions.watch(by=amina, procedure="sheet", about=["build:B1", "machine:M1"], every_min=60)


def read(by: Actor, of: ReadingWatch, after: timedelta, **more: object) -> ProcedureRun:
    with clock.at(MORNING + after):
        run = actions.begin_reading(by=by, watch=of.pk, **more)
        actions.do_step(by=by, run=run.pk, step="oxygen", entry={"value": "300"})
    return run


def states(of: ReadingWatch, after: timedelta) -> list[str]:
    return [s.state for s in queries.slots(queries.watch(of.pk), at=MORNING + after)]


@pytest.mark.django_db
def test_a_reading_is_to_come_then_due_then_late_then_missed(watched: ReadingWatch) -> None:
    for minutes, state in ((30, "to_come"), (46, "due"), (60, "due"), (76, "late"), (106, "missed")):
        slots = queries.slots(queries.watch(watched.pk), at=MORNING + timedelta(minutes=minutes))
        assert next(s for s in slots if s.number == 1).state == state, minutes


@pytest.mark.django_db
def test_what_was_read_in_time_is_read_and_the_same_hour_is_not_read_twice(
    watched: ReadingWatch, amina: Actor, bruno: Actor
) -> None:
    read(amina, watched, HOUR)
    with clock.at(MORNING + HOUR), refused("reading_already_done"):
        actions.begin_reading(by=bruno, watch=watched.pk)
    read(amina, watched, 2 * HOUR + timedelta(minutes=20))
    assert states(watched, 2 * HOUR + timedelta(minutes=30)) == ["to_come", "read_late", "read"]


@pytest.mark.django_db
def test_a_missed_reading_is_told_once_and_never_filled_in_silently(
    watched: ReadingWatch, amina: Actor
) -> None:
    late = 2 * HOUR
    with clock.at(MORNING + late):
        assert actions.tell_missed_readings(by=SYSTEM) == [watched]
        assert actions.tell_missed_readings(by=SYSTEM) == []
        missed = MORNING + HOUR
        with refused("reading_belated_why"):
            actions.begin_reading(by=amina, watch=watched.pk, planned_at=missed)
    run = read(amina, watched, late, planned_at=missed, why="relevé sur papier, tablette en charge")
    assert states(watched, late) == ["to_come", "due", "belated"]
    fact = next(f for f in journal.of(run.ref) if f.what == "run.started")
    assert journal.told(fact)["reason"] == "relevé sur papier, tablette en charge"


@pytest.mark.django_db
def test_an_hour_that_was_never_owed_cannot_be_filled_in(watched: ReadingWatch, amina: Actor) -> None:
    with clock.at(MORNING + 2 * HOUR), refused("reading_not_planned"):
        actions.begin_reading(
            by=amina, watch=watched.pk, planned_at=MORNING + timedelta(minutes=90), why="un oubli"
        )


@pytest.mark.django_db
def test_readings_end_with_what_they_watched_and_what_was_owed_stays_missed(
    watched: ReadingWatch, amina: Actor
) -> None:
    with clock.at(MORNING + 2 * HOUR + timedelta(minutes=50)):
        actions.end_watches_of(by=SYSTEM, thing="build:B1", reason="ended")
        with refused("reading_watch_over"):
            actions.begin_reading(by=amina, watch=watched.pk)
    assert states(watched, 5 * HOUR) == ["missed", "missed"]
    assert queries.readings_due(MORNING + 5 * HOUR) == []


@pytest.mark.django_db
def test_one_thing_is_watched_once_by_a_sheet(watched: ReadingWatch, bruno: Actor) -> None:
    with refused("reading_already_watched"):
        actions.watch(by=bruno, procedure="sheet", about=["build:B1"], every_min=30)
    with refused("reading_without_period"):
        actions.watch(by=bruno, procedure="sheet", about=["build:B2"])


@given(every=st.integers(1, 600), minutes=st.integers(0, 5000), part=st.integers(0, 59))
def test_whatever_the_hour_a_reading_counts_for_one_hour_only(every: int, minutes: int, part: int) -> None:
    since = datetime(2026, 11, 23, 6, tzinfo=UTC)
    at = since + timedelta(minutes=minutes, seconds=part)
    number = readings.number_at(since, every, at)
    early = timedelta(minutes=every) / readings.EARLY_PART
    assert readings.planned(since, every, number) - early <= at or number == 0
    assert at < readings.planned(since, every, number + 1) - early


@pytest.mark.django_db
def test_however_many_gestures_are_listed_by_pages(
    watched: ReadingWatch, amina: Actor, django_assert_max_num_queries: Callable[..., object]
) -> None:
    now = clock.now()
    made = [
        ProcedureRun(
            version=watched.version,
            about=[f"build:B{n}"],
            state="done",
            started_by=amina.person,
            started_at=now,
            last_activity_at=now,
        )
        for n in range(2_000)
    ]
    with guard.lifted():
        ProcedureRun.objects.bulk_create(made, batch_size=500)
        last = ProcedureRun.objects.order_by("-pk")[0]
        RunThing.objects.create(run=last, ref="build:B9999")
    with django_assert_max_num_queries(2):
        assert queries.all_runs().count() == 2_000
        assert len(queries.all_runs(state="done")[:50]) == 50
    assert [r.pk for r in queries.all_runs("build:B9999")] == [last.pk]
    assert [r.pk for r in queries.all_runs(f"G{last.pk}")] == [last.pk]

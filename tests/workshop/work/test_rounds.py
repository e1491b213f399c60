"""What the server looks after by itself: at its own pace, and one failure stops nobody."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session

from strate.workshop.journal import queries as journal
from strate.workshop.work import registry
from strate.workshop.work.worker import Rounds

pytestmark = pytest.mark.django_db


@pytest.fixture()
def rounds() -> Iterator[list[str]]:
    """Two routines of the test: one that counts, one that fails."""
    kept, made = dict(registry._routines), []
    registry.routine("test.fails", every_s=10)(lambda: 1 / 0)
    registry.routine("test.counts", every_s=10)(lambda: made.append("round"))
    yield made
    registry._routines.clear()
    registry._routines.update(kept)


def test_each_routine_is_done_at_its_own_pace_and_a_failing_one_stops_nobody(rounds: list[str]) -> None:
    hand = Rounds()
    assert "test.counts" in hand.make(at_s=100.0)
    assert "test.counts" not in hand.make(at_s=105.0)
    assert "test.counts" in hand.make(at_s=111.0)
    assert rounds == ["round", "round"]


def test_old_sessions_go_and_nothing_is_asked_where_nothing_is_forgotten() -> None:
    yesterday = datetime.now(UTC) - timedelta(days=1)
    Session.objects.create(session_key="old", session_data="", expire_date=yesterday)
    before = journal.head()
    done = Rounds().make(at_s=1.0)
    assert {"people.old_sessions", "procedures.forgotten"} <= set(done)
    assert not Session.objects.filter(session_key="old").exists()
    assert journal.head() == before

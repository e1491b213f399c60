"""Whatever people do, in whatever order, the journal verifies; and nothing is written that did not end well."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from strate.workshop.journal import audit, clock, queries
from strate.workshop.journal.actions import Order, act, commanding
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.models import Fact
from strate.workshop.journal.refusals import AlreadyDone, RuleBroken

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 1, 22, 0, tzinfo=UTC)
SIMPLE = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**53) + 1, 2**53 - 1), st.text(max_size=20), st.decimals(allow_nan=False),
    st.datetimes(timezones=st.just(UTC)), st.dates(),
)  # fmt: skip
VALUES = st.recursive(
    SIMPLE,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
)
GESTURES = st.lists(
    st.tuples(
        st.sampled_from(["say", "inside", "fail", "milestone", "twice", "refused"]),
        st.sampled_from(["p-amina", "p-bruno", ""]),
        st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12),
        VALUES,
        st.integers(-3600, 90_000),
    ),
    min_size=1,
    max_size=8,
)


class Slip(Exception):
    """Something went wrong in the middle of the gesture."""


def gesture(kind, by, thing, value):
    with act("test.said", by=by) as done:
        done.tell(f"lot:{thing}", value=value)
        if kind == "inside":
            with act("test.inner", by=by) as inner:
                inner.tell(done.event, f"lot:{thing}")
        if kind == "milestone":
            done.milestone_reached("shift")
        if kind == "fail":
            raise Slip
        if kind == "refused":
            raise RuleBroken("said_no", value=value)


@given(GESTURES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sequence_of_acts_verifies(db, gestures):
    before, expected, at = Fact.objects.count(), 0, START
    for number, (kind, person, thing, value, later_s) in enumerate(gestures):
        by, at = Actor(person=person, station="station:S"), at + timedelta(seconds=later_s)
        order = Order(f"{before}-{number}-{person}-{len(gestures)}-{at.isoformat()}"[:80], "f" * 64)
        with clock.at(at):
            try:
                with commanding(order):
                    gesture(kind, by, thing, value)
                expected += 2 if kind == "inside" else 1
            except (Slip, RuleBroken):
                assert kind in ("fail", "refused")
            if kind == "twice":
                with pytest.raises(AlreadyDone), commanding(order):
                    gesture(kind, by, thing, value)
    assert audit.verify_site().facts == Fact.objects.count() == before + expected
    head = queries.head()
    assert expected == 0 or (head is not None and head.seq == before + expected)


def test_the_night_the_clocks_go_back_the_hour_lived_twice_is_told_apart(amina):
    """At 3 h in Paris it is 2 h again: 02:30 happens twice, and the journal keeps which one."""
    from zoneinfo import ZoneInfo

    paris = ZoneInfo("Europe/Paris")
    first = datetime(2026, 10, 25, 2, 30, tzinfo=paris, fold=0)
    second = datetime(2026, 10, 25, 2, 30, tzinfo=paris, fold=1)
    for moment in (first, second):
        with clock.at(moment.astimezone(UTC)), act("test.said", by=amina, happened_at=moment) as done:
            done.tell("lot:A")
    stamps = [queries.told(f)["happened_at"] for f in Fact.objects.order_by("seq")]
    assert stamps == ["2026-10-25T00:30:00.000000Z", "2026-10-25T01:30:00.000000Z"]
    assert [f.happened_at.astimezone(paris).fold for f in Fact.objects.order_by("seq")] == [0, 1]
    assert audit.verify_site().facts == 2


def test_a_night_shift_of_the_clock_change_lasts_nine_hours_in_autumn_and_seven_in_spring(amina):
    from zoneinfo import ZoneInfo

    paris = ZoneInfo("Europe/Paris")
    for day, hours in (
        (datetime(2026, 10, 24, 21, tzinfo=paris), 9),
        (datetime(2026, 3, 28, 21, tzinfo=paris), 7),
    ):
        end = (day + timedelta(days=1)).replace(hour=5)
        for moment in (day, end):
            with clock.at(moment.astimezone(UTC)), act("test.shift", by=amina, happened_at=moment) as done:
                done.tell("station:hall-1")
        begun, ended = list(Fact.objects.order_by("-seq")[:2])[::-1]
        assert ended.happened_at - begun.happened_at == timedelta(hours=hours)


def test_every_thousand_facts_the_chain_is_signed_and_kept_outside(
    amina, monkeypatch, django_capture_on_commit_callbacks
):
    from strate.workshop.journal import actions, checkpoints

    monkeypatch.setattr(actions, "EVERY", 10)
    kept = len(checkpoints.kept_outside())
    with django_capture_on_commit_callbacks(execute=True):
        for n in range(25):
            with act("test.said", by=amina) as done:
                done.tell("lot:A", n=n)
    signed = [c.seq for c in queries.checkpoints_between(1, 100)]
    assert signed == [10, 20] and checkpoints.EVERY == 1000
    assert len(checkpoints.kept_outside()) == kept + 2

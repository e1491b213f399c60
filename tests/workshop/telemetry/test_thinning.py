"""What the machines said long ago is kept by the minute; what is young, and every fact, is kept whole."""

import json
import zlib
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from strate.workshop.journal import clock
from strate.workshop.journal import queries as journal
from strate.workshop.journal.actor import Actor
from strate.workshop.machines.models import Machine
from strate.workshop.site import actions as settings
from strate.workshop.telemetry import actions, queries, rules
from strate.workshop.telemetry.models import SignalBatch
from tests.workshop.telemetry.conftest import wire


def _an_hour(first: int, start: datetime) -> None:
    """A measure each second of two minutes, a state and a doubtful value among them."""
    for minute in range(2):
        at = start + timedelta(minutes=minute)
        measures = [wire("oxygen_ppm", 400.0 + s, at + timedelta(seconds=s), "ppm") for s in range(60)]
        others = [
            wire("state", "running", at),
            wire("plate_celsius", 900.0, at, quality="bad"),
            wire("layer", 7, at),
        ]
        signals = [*measures, *others]
        actions.ingest(machine="LPBF-1", source="gw-1", first=first + 100 * minute, signals=signals)


def test_old_signals_are_kept_by_the_minute_and_young_ones_whole(printer: Machine, morning: datetime) -> None:
    old = morning - timedelta(days=120)
    with clock.at(old):
        _an_hour(0, old)
    _an_hour(1000, morning)
    raw = list(SignalBatch.objects.filter(to_at__lt=morning).values_list("sha256", flat=True))
    facts = journal.head()
    assert actions.thin() == 2 and actions.thin() == 0
    said = list(queries.history("LPBF-1", {"oxygen_ppm"}, old, old + timedelta(hours=1)))
    assert [(m["value"], m["min"], m["max"], m["count"]) for m in said] == [(429.5, 400.0, 459.0, 60)] * 2
    others = list(
        queries.history("LPBF-1", {"state", "plate_celsius", "layer"}, old, old + timedelta(hours=1))
    )
    assert len(others) == 6
    assert len(list(queries.history("LPBF-1", {"oxygen_ppm"}, morning, morning + timedelta(hours=1)))) == 120
    thinned = SignalBatch.objects.get(source="thinned")
    kept = json.loads(zlib.decompress(thinned.body))
    assert sorted(raw) == sorted(next(s["value"] for s in kept if s["name"] == "raw_digests"))
    now = journal.head()
    assert facts is not None and now is not None and facts.seq == now.seq


def test_what_arrives_late_joins_the_hour_already_made_light(printer: Machine, morning: datetime) -> None:
    old = morning - timedelta(days=120)
    with clock.at(old):
        _an_hour(0, old)
    actions.thin()
    with clock.at(old + timedelta(minutes=10)):
        _an_hour(1000, old + timedelta(minutes=10))
    assert actions.thin() == 2 and SignalBatch.objects.count() == 1
    said = list(queries.history("LPBF-1", {"oxygen_ppm"}, old, old + timedelta(hours=1)))
    assert [m["count"] for m in said] == [60] * 4


def test_a_batch_sent_again_after_it_was_made_light_changes_nothing(
    printer: Machine, morning: datetime
) -> None:
    old = morning - timedelta(days=120)
    with clock.at(old):
        _an_hour(0, old)
        actions.thin()
    actions.thin()
    again = [wire("oxygen_ppm", 1.0, old)]
    assert actions.ingest(machine="LPBF-1", source="gw-1", first=0, signals=again) == 0


def test_the_site_decides_how_long_every_signal_is_kept(
    printer: Machine, hugo: Actor, morning: datetime
) -> None:
    old = morning - timedelta(days=20)
    with clock.at(old):
        _an_hour(0, old)
    assert actions.thin() == 0
    settings.set_setting(by=hugo, key="raw_signal_days", value="10")
    assert actions.thin() == 2


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=200))
def test_no_measure_leaves_the_bounds_of_its_minute(values: list[float]) -> None:
    start = datetime.fromisoformat("2026-01-05T07:59:30+00:00")
    signals = [wire("x", v, start + timedelta(seconds=n)) for n, v in enumerate(values)]
    blocks = rules.minutes(signals)
    assert sum(b["count"] for b in blocks) == len(values)
    assert min(b["min"] for b in blocks) == min(values) and max(b["max"] for b in blocks) == max(values)
    assert rules.minutes(blocks) == blocks

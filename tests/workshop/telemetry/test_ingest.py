"""Taking in what machines say: once, in order, believed only while they are heard."""

import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from strate.workshop.journal import clock
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import NotFound
from strate.workshop.machines import registry as hall
from strate.workshop.machines.models import Machine
from strate.workshop.telemetry import actions, queries, registry, rules
from strate.workshop.telemetry.models import SignalBatch, SignalNow
from strate.workshop.telemetry.rules import Sample
from tests.workshop.telemetry.conftest import Wire, wire


def send(first: int, *signals: Wire, source: str = "gw-1") -> int:
    return actions.ingest(machine="LPBF-1", source=source, first=first, signals=signals)


@pytest.fixture()
def heard(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    """What a room that listens hears."""
    said: list[tuple[str, Any]] = []

    def listener(_by: Actor, _machine: str, samples: Sequence[Sample]) -> None:
        said.extend((s.name, s.value) for s in samples)

    monkeypatch.setattr(registry, "_listeners", [listener])
    return said


def test_a_batch_sent_twice_is_kept_once(printer: Machine, morning: datetime, heard: list[Any]) -> None:
    batch = [wire("layer", n, morning) for n in range(3)]
    assert [send(0, *batch), send(0, *batch)] == [3, 0]
    assert SignalBatch.objects.count() == 1 and len(heard) == 3


def test_a_batch_that_grew_meanwhile_gives_only_what_is_new(
    printer: Machine, morning: datetime, heard: list[Any]
) -> None:
    batch = [wire("layer", n, morning + timedelta(seconds=n)) for n in range(5)]
    send(10, *batch[:3])
    assert send(10, *batch) == 2
    assert [value for _n, value in heard] == [0, 1, 2, 3, 4]
    assert list(SignalBatch.objects.order_by("pk").values_list("first", "count")) == [(10, 3), (13, 2)]


def test_numbers_that_are_missing_are_never_waited_for(printer: Machine, morning: datetime) -> None:
    assert send(0, wire("layer", 1, morning)) == 1
    assert send(500, wire("layer", 2, morning)) == 1


def test_another_gateway_counts_for_itself(printer: Machine, morning: datetime) -> None:
    send(0, wire("layer", 1, morning))
    assert send(0, wire("layer", 2, morning), source="gw-2") == 1


def test_an_older_value_never_replaces_a_newer_one(printer: Machine, morning: datetime) -> None:
    send(0, wire("oxygen_ppm", 80, morning))
    send(1, wire("oxygen_ppm", 900, morning - timedelta(minutes=3)))
    assert SignalNow.objects.get(name="oxygen_ppm").value == 80


def test_of_two_values_of_the_same_instant_the_last_one_counts(printer: Machine, morning: datetime) -> None:
    send(0, wire("state", "idle", morning), wire("state", "running", morning))
    assert queries.now_of("LPBF-1")["state"].value == "running"


def test_a_clock_that_was_ahead_does_not_freeze_the_screen(printer: Machine, morning: datetime) -> None:
    send(0, wire("oxygen_ppm", 5, morning) | {"at": (morning + timedelta(hours=6)).isoformat()})
    send(1, wire("oxygen_ppm", 70, morning + timedelta(seconds=1)))
    assert SignalNow.objects.get(name="oxygen_ppm").value == 70


def test_a_machine_that_does_not_know_the_time_is_dated_by_the_gateway(
    printer: Machine, morning: datetime
) -> None:
    send(0, wire("oxygen_ppm", 70, morning) | {"at": "1601-01-01T00:00:00+00:00"})
    kept = SignalNow.objects.get(name="oxygen_ppm")
    assert kept.at == morning + timedelta(milliseconds=50) and kept.quality == "uncertain"
    start, end = morning - timedelta(minutes=1), morning + timedelta(minutes=1)
    assert len(list(queries.history("LPBF-1", {"oxygen_ppm"}, start, end))) == 1


def test_a_bad_value_is_kept_as_bad_and_never_believed(printer: Machine, morning: datetime) -> None:
    send(0, wire("collector", "live", morning), wire("oxygen_ppm", 0, morning, quality="bad"))
    reading = queries.reading("machine:LPBF-1", "oxygen_ppm")
    assert reading is not None and reading.quality == "bad" and not reading.good


def test_a_silent_machine_has_no_data(printer: Machine, morning: datetime) -> None:
    send(0, wire("collector", "live", morning), wire("state", "running", morning))
    assert queries.now_of("LPBF-1")["state"].good
    with clock.at(morning + rules.SILENT_AFTER + timedelta(seconds=1)):
        assert queries.now_of("LPBF-1")["state"].quality == "stale"
        assert queries.line_of("LPBF-1").why == "silent"
        assert hall.heard(["LPBF-1"])["LPBF-1"].state == ""


@pytest.mark.parametrize("collector", ["connecting", "stale", "backoff"])
def test_a_gateway_that_does_not_hear_the_machine_believes_nothing(
    collector: str, printer: Machine, morning: datetime
) -> None:
    send(0, wire("state", "running", morning), wire("collector", collector, morning))
    now = queries.now_of("LPBF-1")
    assert not now["state"].good and now["collector"].value == collector
    assert queries.line_of("LPBF-1").why == collector


def test_a_machine_never_heard_says_so(printer: Machine, morning: datetime) -> None:
    assert queries.line_of("LPBF-1").why == "never" and queries.heard_at("LPBF-1") is None


def test_alarms_lists_and_gaps_are_kept_as_they_are(printer: Machine, morning: datetime) -> None:
    alarm = {"code": "O2_HIGH", "severity": 700, "text": "Oxygène", "active": True}
    send(0, wire("alarm", alarm, morning), wire("alarms_active", ["O2_HIGH"], morning))
    assert SignalNow.objects.get(name="alarm").value == alarm


def test_what_no_database_can_hold_becomes_nothing(printer: Machine, morning: datetime) -> None:
    send(
        0,
        wire("oxygen_ppm", math.nan, morning),
        wire("job", "B\x001", morning),
        wire("layer", math.inf, morning),
    )
    values = dict(SignalNow.objects.values_list("name", "value"))
    assert values == {"oxygen_ppm": None, "job": "B1", "layer": None}


def test_a_listener_that_fails_lets_the_batch_come_again(
    printer: Machine, morning: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_by: Actor, _machine: str, _samples: Sequence[Sample]) -> None:
        raise ConnectionError("the database went away")

    monkeypatch.setattr(registry, "_listeners", [broken])
    with pytest.raises(ConnectionError):
        send(0, wire("layer", 1, morning))
    assert not SignalBatch.objects.exists() and not SignalNow.objects.exists()
    monkeypatch.setattr(registry, "_listeners", [])
    assert send(0, wire("layer", 1, morning)) == 1


def test_signals_of_an_unknown_machine_are_not_taken(db: None, morning: datetime) -> None:
    with pytest.raises(NotFound):
        send(0, wire("layer", 1, morning))


def test_five_thousand_signals_come_in_one_post(printer: Machine, morning: datetime) -> None:
    batch = [wire(f"s{n % 40}", n, morning + timedelta(milliseconds=n)) for n in range(5000)]
    assert send(0, *batch) == 5000
    assert SignalNow.objects.count() == 40 and SignalNow.objects.get(name="s39").value == 4999
    assert queries.digests("machine:LPBF-1", morning, morning + timedelta(minutes=1)) == [
        SignalBatch.objects.get().sha256
    ]


def test_a_curve_keeps_its_peaks_however_many_points(printer: Machine, morning: datetime) -> None:
    batch = [
        wire("oxygen_ppm", 5000 if n == 777 else 100, morning - timedelta(seconds=n / 4)) for n in range(2000)
    ]
    send(0, *batch, wire("oxygen_ppm", 9999, morning, quality="bad"))
    curve = queries.curves("LPBF-1", {"oxygen_ppm"}, since=timedelta(minutes=15))["oxygen_ppm"]
    assert len(curve) <= 240 and max(value for _t, value in curve) == 5000
    assert curve == sorted(curve)


def test_the_power_is_not_cut_under_a_running_build(
    printer: Machine, amina: Actor, morning: datetime, refused: Any
) -> None:
    from strate.workshop.machines import actions as machines

    send(0, wire("collector", "live", morning), wire("state", "running", morning))
    with refused("machine_at_work"):
        machines.switch(by=amina, machine="LPBF-1", power="off")
    send(2, wire("state", "idle", morning + timedelta(seconds=1)))
    assert machines.switch(by=amina, machine="LPBF-1", power="off").verb == "power_off"


def test_a_step_reads_a_number_with_its_unit_and_trust(printer: Machine, morning: datetime) -> None:
    from strate.workshop.procedures.registry import read_machine

    send(0, wire("oxygen_ppm", 412.5, morning, "ppm"), wire("door_open", False, morning))
    found = read_machine("machine:LPBF-1", "oxygen_ppm")
    assert found is not None and (str(found.value), found.unit, found.good) == ("412.5", "ppm", True)
    assert read_machine("machine:LPBF-1", "door_open") is None

"""Listening to the layer counter: one record for each layer, whatever the counter does."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from strate.workshop.builds import queries as builds
from strate.workshop.journal.actor import Actor
from strate.workshop.monitoring import queries, rules
from strate.workshop.monitoring.models import LayerRecord
from strate.workshop.telemetry import queries as telemetry
from strate.workshop.telemetry.rules import Sample


def follow(by: Actor, machine: str, samples: Sequence[Sample]) -> None:
    """Called with every batch: closes the layers the machine has counted since the last one."""
    counted = [s for s in samples if s.name == "layer" and s.quality == "good" and isinstance(s.value, int)]
    if not counted:
        return
    build = builds.last_followed(machine)
    job = telemetry.reading(machine, "job")
    if build is None or job is None or job.value != build.code:
        return
    last, last_at = queries.last_layer(build.code)
    values = _latest(telemetry.now_of(machine))
    stops = builds.stops(build)
    rows: list[LayerRecord] = []
    for sample in sorted(counted, key=lambda s: (s.at, s.value)):
        values = values | _values(samples, sample.at)
        if sample.value <= last or sample.value < 1:
            continue
        rows += _gap(build.code, last, sample)
        seen = rules.Seen(sample.value, sample.at, dict(values))
        rows.append(_record(build.code, seen, last_at, stops))
        last, last_at = sample.value, sample.at
    LayerRecord.objects.bulk_create(rows, ignore_conflicts=True)


def _gap(build: str, last: int, sample: Sample) -> list[LayerRecord]:
    missed = rules.unseen_between(last, int(sample.value))
    return [LayerRecord(build=build, layer=n, closed_at=sample.at, state=rules.UNSEEN) for n in missed]


def _record(build: str, seen: rules.Seen, last_at: datetime | None, stops: dict[int, str]) -> LayerRecord:
    """The first layer after a stop bears its mark: interrupted, or decided once somebody with the right has."""
    state = rules.after_stop(stops.get(seen.layer - 1))
    seconds = None if last_at is None else Decimal(str(round((seen.at - last_at).total_seconds(), 3)))
    return LayerRecord(build=build, layer=seen.layer, closed_at=seen.at, seconds=seconds, state=state, **seen.values)


def _values(samples: Sequence[Sample], until: datetime) -> dict[str, Decimal | None]:
    known = {s.name: s for s in samples if s.name in rules.VALUES and s.at <= until}
    return {name: _decimal(s.value, s.quality) for name, s in known.items()}


def _latest(now: dict[str, Any]) -> dict[str, Decimal | None]:
    found = {name: now.get(name) for name in rules.VALUES}
    return {name: _decimal(r.value, r.quality) if r else None for name, r in found.items()}


def _decimal(value: Any, quality: str) -> Decimal | None:
    if quality != "good" or value is None:
        return None
    try:
        return Decimal(str(round(float(value), 3)))
    except (InvalidOperation, ValueError, TypeError):
        return None

"""Listening to the layer counter: one record for each layer, whatever the counter does."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from strate.workshop.builds import queries as builds
from strate.workshop.journal.actor import Actor
from strate.workshop.monitoring import queries, rules
from strate.workshop.monitoring.models import LayerRecord
from strate.workshop.telemetry import queries as telemetry
from strate.workshop.telemetry.rules import Sample

Values = dict[str, Decimal | None]
# No such oxygen, heat, flow or pressure exists: a register that overflowed is unknown, not a measure.
BELIEVABLE = {
    "oxygen_ppm": 1_000_000,
    "plate_celsius": 5_000,
    "gas_flow_m_s": 1_000,
    "filter_pressure_mbar": 5_000,
}


def follow(by: Actor, machine: str, samples: Sequence[Sample]) -> None:
    """Called with every batch: closes the layers the machine has counted since the last one."""
    counted = [s for s in samples if s.name == "layer" and s.quality == "good" and type(s.value) is int]
    if not counted:
        return
    build = builds.last_followed(machine)
    job = telemetry.reading(machine, "job")
    if build is None or job is None or job.value != build.code:
        return
    last, last_at = queries.last_layer(build.code)
    known, stops = _before(telemetry.now_of(machine), samples), builds.stops(build)
    rows: list[LayerRecord] = []
    late: list[rules.Seen] = []
    for sample in sorted(counted, key=lambda s: (s.at, s.value)):
        if sample.value < 1:
            continue
        seen = rules.Seen(sample.value, sample.at, known | _values(samples, sample.at))
        if seen.layer <= last:
            late.append(seen)
            continue
        rows += _gap(build.code, last, sample)
        rows.append(_record(build.code, seen, rules.seconds_of(seen.layer, seen.at, last, last_at), stops))
        last, last_at = seen.layer, seen.at
    LayerRecord.objects.bulk_create(rows, ignore_conflicts=True)
    _fill(build.code, late, stops)


def _gap(build: str, last: int, sample: Sample) -> list[LayerRecord]:
    missed = rules.unseen_between(last, int(sample.value))
    return [LayerRecord(build=build, layer=n, closed_at=sample.at, state=rules.UNSEEN) for n in missed]


def _record(build: str, seen: rules.Seen, seconds: Decimal | None, stops: dict[int, str]) -> LayerRecord:
    """The first layer after a stop bears its mark: interrupted, or decided once somebody with the right has."""
    state = rules.after_stop(stops.get(seen.layer - 1))
    return LayerRecord(
        build=build, layer=seen.layer, closed_at=seen.at, seconds=seconds, state=state, **seen.values
    )


def _fill(build: str, late: Sequence[rules.Seen], stops: dict[int, str]) -> None:
    """Layers told by a batch that came after a later one: they are no longer unseen."""
    if not late:
        return
    told = {seen.layer: seen for seen in reversed(late)}
    unseen = LayerRecord.objects.filter(build=build, state=rules.UNSEEN, layer__in=list(told))
    for row in unseen:
        seen = told[row.layer]
        if rules.fills_the_gap(seen.at, row.closed_at):
            row.closed_at, row.state = seen.at, rules.after_stop(stops.get(seen.layer - 1))
            for name, value in seen.values.items():
                setattr(row, name, value)
            row.save()


def _values(samples: Sequence[Sample], until: datetime) -> Values:
    """The last of each signal in this batch, up to this moment."""
    known = {s.name: s for s in _signals(samples) if s.at <= until}
    return {name: _decimal(name, s.value, s.quality) for name, s in known.items()}


def _before(now: dict[str, telemetry.Reading], samples: Sequence[Sample]) -> Values:
    """What is believed at the start of a batch: a signal it brings by its first value, the others by what was known."""
    first = {s.name: s for s in reversed(_signals(samples))}
    known: Values = {
        name: _decimal(name, r.value, r.quality) if (r := now.get(name)) else None for name in rules.VALUES
    }
    return known | {name: _decimal(name, s.value, s.quality) for name, s in first.items()}


def _signals(samples: Sequence[Sample]) -> list[Sample]:
    return sorted((s for s in samples if s.name in rules.VALUES), key=lambda s: s.at)


def _decimal(name: str, value: Any, quality: str) -> Decimal | None:
    if quality != "good" or value is None:
        return None
    try:
        number = float(value)
    except (ValueError, TypeError):
        return None
    return Decimal(str(round(number, 3))) if abs(number) <= BELIEVABLE[name] else None

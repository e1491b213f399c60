"""What the machines say now, and what they said."""

import json
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max

from strate.workshop.journal import clock
from strate.workshop.telemetry import rules
from strate.workshop.telemetry.models import SignalBatch, SignalNow
from strate.workshop.telemetry.rules import Line, Reading


def heard_at(machine: str) -> datetime | None:
    """When the gateway was last heard about this machine."""
    rows = SignalNow.objects.filter(machine=_code(machine))
    found: datetime | None = rows.aggregate(last=Max("received_at"))["last"]
    return found


def hall_now(machines: Sequence[str]) -> dict[str, tuple[Line, dict[str, Reading]]]:
    """The line to each of these machines, and its signals as they may be shown now."""
    rows: dict[str, list[SignalNow]] = defaultdict(list)
    for row in SignalNow.objects.filter(machine__in=[_code(m) for m in machines]).order_by("name"):
        rows[row.machine].append(row)
    at = clock.now()
    return {code: _now(rows[code], at) for code in map(_code, machines)}


def _now(rows: Sequence[SignalNow], at: datetime) -> tuple[Line, dict[str, Reading]]:
    known = {r.name: Reading(r.name, r.value, r.unit, r.at, r.quality) for r in rows}
    heard = max((r.received_at for r in rows), default=None)
    line = rules.line(collector=known.get(rules.COLLECTOR), heard_at=heard, at=at)
    return line, {name: rules.seen_now(r, live=line.live) for name, r in known.items()}


def line_of(machine: str) -> Line:
    """Whether this machine is heard now, and if not, why."""
    return hall_now([machine])[_code(machine)][0]


def now_of(machine: str) -> dict[str, Reading]:
    """Every signal of a machine as it may be shown now; a silent machine's values are stale."""
    return hall_now([machine])[_code(machine)][1]


def reading(machine: str, name: str) -> Reading | None:
    """One signal of a machine; None when it was never heard."""
    return now_of(machine).get(name)


def history(machine: str, names: set[str], start: datetime, end: datetime) -> Iterator[dict[str, Any]]:
    """The signals of a stretch of time, in the order they were kept."""
    for batch in _batches(machine, start, end).iterator(chunk_size=50):
        for raw in json.loads(zlib.decompress(batch.body)):
            if raw["name"] in names:
                sample = rules.sample_from(raw, now=batch.to_at)
                if start <= sample.at <= end:
                    yield raw | {"at": sample.at.isoformat(), "quality": sample.quality}


def curves(machine: str, names: set[str], *, since: timedelta) -> dict[str, list[tuple[float, float]]]:
    """The numbers of the last minutes, as (seconds before now, value), oldest first; only good ones."""
    end = clock.now()
    points: dict[str, list[tuple[float, float]]] = {name: [] for name in names}
    for raw in history(machine, names, end - since, end + rules.CLOCK_AHEAD):
        value = raw.get("value")
        if raw["quality"] == rules.GOOD and isinstance(value, int | float) and not isinstance(value, bool):
            points[raw["name"]].append(
                ((datetime.fromisoformat(raw["at"]) - end).total_seconds(), float(value))
            )
    return {name: rules.thinned(sorted(found)) for name, found in points.items()}


def digests(machine: str, start: datetime, end: datetime) -> list[str]:
    """The digests of the raw batches of a stretch of time, in order: what a fact holds of them."""
    return list(_batches(machine, start, end).values_list("sha256", flat=True))


def _batches(machine: str, start: datetime, end: datetime) -> Any:
    found = SignalBatch.objects.filter(machine=_code(machine), to_at__gte=start, from_at__lte=end)
    return found.order_by("pk")


def _code(machine: str) -> str:
    return machine.removeprefix("machine:")

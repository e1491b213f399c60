"""What the machines say now, and what they said."""

import json
import zlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Max

from strate.workshop.journal import clock
from strate.workshop.telemetry import rules
from strate.workshop.telemetry.models import SignalBatch, SignalNow
from strate.workshop.telemetry.rules import Reading


def heard_at(machine: str) -> datetime | None:
    """When the gateway was last heard about this machine."""
    found: datetime | None = SignalNow.objects.filter(machine=machine).aggregate(last=Max("received_at"))["last"]
    return found


def now_of(machine: str) -> dict[str, Reading]:
    """Every signal of a machine as it may be shown now; a silent machine's values are stale."""
    code = machine.removeprefix("machine:")
    rows = list(SignalNow.objects.filter(machine=code))
    heard = max((r.received_at for r in rows), default=None)
    at = clock.now()
    readings = (Reading(r.name, r.value, r.unit, r.at, r.quality) for r in rows)
    return {r.name: rules.seen_now(r, heard_at=heard, at=at) for r in readings}


def reading(machine: str, name: str) -> Reading | None:
    """One signal of a machine; None when it was never heard."""
    return now_of(machine).get(name)


def history(machine: str, names: set[str], start: datetime, end: datetime) -> Iterator[dict[str, Any]]:
    """The signals of a stretch of time, in the order they were kept."""
    batches = SignalBatch.objects.filter(machine=machine, to_at__gte=start, from_at__lte=end).order_by("pk")
    for batch in batches.iterator(chunk_size=50):
        for raw in json.loads(zlib.decompress(batch.body)):
            if raw["name"] in names and start <= datetime.fromisoformat(raw["at"]) <= end:
                yield raw


def digests(machine: str, start: datetime, end: datetime) -> list[str]:
    """The digests of the raw batches of a stretch of time, in order: what a fact holds of them."""
    batches = SignalBatch.objects.filter(machine=machine, to_at__gte=start, from_at__lte=end).order_by("pk")
    return list(batches.values_list("sha256", flat=True))

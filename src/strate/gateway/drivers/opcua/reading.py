"""From a value on the wire to a signal: unit, time, quality, and whether it is worth telling."""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime, timedelta
from typing import Any

from asyncua import ua

from strate.gateway.drivers.opcua.link import aware
from strate.gateway.drivers.opcua.profile import Source
from strate.gateway.signals import Quality, Signal, Value

# A machine clock further off than this is corrected by the offset seen, and its times are marked uncertain.
CLOCK_TOLERANCE = timedelta(seconds=60)
# Some servers leave the publish time empty, which OPC UA writes as the year 1601.
FIRST_BELIEVABLE_YEAR = 1970
OVERFLOW_BITS = 0x0480


class Reader:
    """Remembers the last telling of each signal, to drop repetitions and changes too small to matter."""

    def __init__(self, machine: str) -> None:
        self.machine = machine
        self.last: dict[str, Signal] = {}
        self.source_times: dict[str, datetime | None] = {}
        self.clock_offset = timedelta()

    def read(
        self, source: Source, given: ua.DataValue, published: datetime | None, now: datetime
    ) -> Signal | None:
        if published is not None and published.year >= FIRST_BELIEVABLE_YEAR:
            self.clock_offset = now - (aware(published) or now)
        value = plain(given.Value.Value if given.Value is not None else None, source)
        quality = quality_of(given.StatusCode)
        at = aware(given.SourceTimestamp)
        before = self.last.get(source.name)
        if before and at is not None and self.source_times.get(source.name) == at and before.value == value:
            return None
        self.source_times[source.name] = at
        if at is None:
            at = now
        elif abs(self.clock_offset) > CLOCK_TOLERANCE:
            at, quality = at + self.clock_offset, max(quality, Quality.UNCERTAIN, key=_worse)
        signal = Signal(self.machine, source.name, value, source.unit, at, now, quality)
        if before and not worth_telling(source, before, signal):
            return None
        self.last[source.name] = signal
        return signal


def worth_telling(source: Source, before: Signal, now: Signal) -> bool:
    if source.deadband <= 0 or now.quality != before.quality:
        return True
    if not isinstance(before.value, int | float) or not isinstance(now.value, int | float):
        return True
    if source.every_s and (now.at - before.at).total_seconds() >= source.every_s:
        return True
    return abs(now.value - before.value) >= source.deadband


def plain(value: Any, source: Source) -> Value:
    """Numbers, words and truth values pass; what JSON cannot carry is told as text or as nothing."""
    if source.as_json and isinstance(value, str):
        try:
            return json.loads(value) if value else None
        except ValueError:
            return value
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, int | float):
        return value if source.scale == 1.0 else value * source.scale
    if isinstance(value, ua.LocalizedText):
        return value.Text
    if isinstance(value, datetime):
        return (aware(value) or datetime.now(UTC)).isoformat()
    return str(value)


def quality_of(status: ua.StatusCode | None) -> Quality:
    if status is None or status.is_good():
        return Quality.GOOD
    return Quality.BAD if status.is_bad() else Quality.UNCERTAIN


def overflowed(status: ua.StatusCode | None) -> bool:
    """The server's queue was too short and dropped values before this one."""
    return status is not None and (status.value & OVERFLOW_BITS) == OVERFLOW_BITS


def _worse(quality: Quality) -> int:
    return [Quality.GOOD, Quality.UNCERTAIN, Quality.BAD].index(quality)

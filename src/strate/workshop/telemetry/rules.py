"""The laws of measures: when a value is too old to be believed, and what a batch holds."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

# A gateway beats every few seconds; past this the screen says "no data", never the last value as if it were live.
SILENT_AFTER = timedelta(seconds=20)


@dataclass(frozen=True)
class Reading:
    """A value with its unit, its time, and whether it can be believed now."""

    name: str
    value: Any
    unit: str
    at: datetime
    quality: str

    @property
    def good(self) -> bool:
        return self.quality == "good" and self.value is not None


@dataclass(frozen=True)
class Sample:
    """One signal as it came: `name` from the vocabulary of the gateway, `at` the machine's time."""

    name: str
    value: Any
    unit: str
    at: datetime
    received_at: datetime
    quality: str


def seen_now(reading: Reading, *, heard_at: datetime | None, at: datetime) -> Reading:
    """The reading as it may be shown: `stale` when nothing has been heard from its machine for too long."""
    if heard_at is None or at - heard_at > SILENT_AFTER:
        return Reading(reading.name, reading.value, reading.unit, reading.at, "stale")
    return reading

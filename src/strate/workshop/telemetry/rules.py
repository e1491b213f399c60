"""The laws of measures: when a value is too old to be believed, and which of two is the newer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

# A gateway beats every few seconds; past this the screen says "no data", never the last value as live.
SILENT_AFTER = timedelta(seconds=20)
# A machine's clock may be ahead; a value dated further than this does not keep the next ones out.
CLOCK_AHEAD = timedelta(minutes=2)
# Machines that do not know the time say 1601 or 1970.
OLDEST = datetime.fromisoformat("2000-01-01T00:00:00+00:00")
LIVE = "live"
COLLECTOR = "collector"
GOOD, UNCERTAIN, STALE = "good", "uncertain", "stale"
# Cutting the power now would lose a build or strand powder under a hot plate.
AT_WORK = frozenset({"preparing", "running", "held", "cooling"})


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
        return self.quality == GOOD and self.value is not None


@dataclass(frozen=True)
class Sample:
    """One signal as it came: `name` from the vocabulary of the gateway, `at` the machine's time."""

    name: str
    value: Any
    unit: str
    at: datetime
    received_at: datetime
    quality: str


@dataclass(frozen=True)
class Line:
    """The line between the workshop and a machine: `live`, or why nothing can be said of the machine."""

    live: bool
    why: str
    heard_at: datetime | None


def line(*, collector: Reading | None, heard_at: datetime | None, at: datetime) -> Line:
    """Live when the gateway was heard a moment ago and itself says that it hears the machine."""
    if heard_at is None:
        return Line(False, "never", None)
    if at - heard_at > SILENT_AFTER:
        return Line(False, "silent", heard_at)
    if collector is not None and collector.value != LIVE:
        return Line(False, str(collector.value), heard_at)
    return Line(True, LIVE, heard_at)


def seen_now(reading: Reading, *, live: bool) -> Reading:
    """The reading as it may be shown: `stale` when its machine is not heard (the gateway itself is)."""
    if live or reading.name == COLLECTOR:
        return reading
    return replace(reading, quality=STALE)


def supersedes(at: datetime, known_at: datetime | None, *, now: datetime) -> bool:
    """Whether a value replaces the one known: the newer one, unless the known one is dated in the future."""
    return known_at is None or at >= known_at or known_at > now + CLOCK_AHEAD


def sample_from(raw: Mapping[str, Any], *, now: datetime) -> Sample:
    """A signal as the gateway wrote it, dated so that it can be put in order."""
    received = raw.get("received_at")
    at = datetime.fromisoformat(raw["at"]).astimezone(UTC)
    seen = datetime.fromisoformat(received).astimezone(UTC) if received else now
    quality = str(raw.get("quality") or GOOD)
    return dated(Sample(str(raw["name"]), raw.get("value"), str(raw.get("unit") or ""), at, seen, quality))


def dated(sample: Sample) -> Sample:
    """A sample whose machine does not know the time is dated by the gateway, and is no longer quite sure."""
    if OLDEST <= sample.at <= sample.received_at + timedelta(days=1):
        return sample
    quality = UNCERTAIN if sample.quality == GOOD else sample.quality
    return replace(sample, at=sample.received_at, quality=quality)


def newest(samples: Sequence[Sample]) -> dict[str, Sample]:
    """The newest of each signal; of two at the same time, the one that came last."""
    return {s.name: s for s in sorted(samples, key=lambda s: s.at)}


def minutes(signals: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Old signals made light: of the measures of a minute their mean, least and most; all the rest as it was.

    A state, an alarm, a counter, a gap and a value that cannot be believed are kept one by one.
    """
    kept: list[dict[str, Any]] = []
    measures: dict[tuple[str, str, str], list[Mapping[str, Any]]] = {}
    for each in signals:
        measure = isinstance(each.get("value"), float) and "count" not in each
        if measure and str(each.get("quality") or GOOD) == GOOD:
            at = datetime.fromisoformat(each["at"]).astimezone(UTC).replace(second=0, microsecond=0)
            key = (str(each["name"]), str(each.get("unit") or ""), at.isoformat())
            measures.setdefault(key, []).append(each)
        else:
            kept.append(dict(each))
    for (name, unit, at_minute), found in measures.items():
        values = [float(each["value"]) for each in found]
        block = {"name": name, "unit": unit, "at": at_minute, "received_at": at_minute, "quality": GOOD}
        bounds = {"min": min(values), "max": max(values), "count": len(values)}
        kept.append(block | {"value": sum(values) / len(values)} | bounds)
    return sorted(kept, key=lambda each: datetime.fromisoformat(each["at"]))


def thinned(points: Sequence[tuple[float, float]], most: int = 240) -> list[tuple[float, float]]:
    """Few enough points to be drawn; the lowest and highest of each stretch stay, so no peak disappears."""
    if len(points) <= most:
        return list(points)
    size = -(-len(points) * 2 // most)
    kept: list[tuple[float, float]] = []
    for start in range(0, len(points), size):
        stretch = points[start : start + size]
        ends = {min(stretch, key=lambda p: p[1]), max(stretch, key=lambda p: p[1])}
        kept += sorted(ends)
    return kept

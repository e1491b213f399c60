"""The laws of the journal: what a fact holds and how it is tied to the one before."""

from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

SCHEMA = 1
LATE_AFTER_S = 15 * 60
CLOCK_LIMIT_S = 120


def stamp(at: datetime) -> str:
    """A time as the journal writes it: UTC, to the microsecond."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def plain(value: Any) -> Any:
    """A value as canonical JSON can hold it: weights stay integers, decimals become strings."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float | Decimal):
        return str(value)
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return plain(value.value)
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(value, key=str) if isinstance(value, set | frozenset) else value
        return [plain(v) for v in items]
    if hasattr(value, "ref"):
        return str(value.ref)
    raise TypeError(f"a fact cannot hold a {type(value).__name__}: {value!r}")


def timing(happened_at: datetime, recorded_at: datetime, *, late_after_s: int = LATE_AFTER_S) -> str:
    """How far the time of the deed can be trusted: `live`, or `late` when it was written down long after."""
    return "late" if (recorded_at - happened_at).total_seconds() > late_after_s else "live"

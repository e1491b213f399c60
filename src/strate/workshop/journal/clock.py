"""The clock of the house: the one place where the time of day is read."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_fixed: ContextVar[datetime | None] = ContextVar("fixed_time", default=None)


def now() -> datetime:
    """The present moment, in UTC."""
    return _fixed.get() or datetime.now(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """For tests and rehearsals: the clock stands still at this moment."""
    token = _fixed.set(moment)
    try:
        yield
    finally:
        _fixed.reset(token)

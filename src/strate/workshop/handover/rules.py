"""The laws of shifts: when each begins and ends on the wall clock, and who may acknowledge what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from strate.workshop.journal.refusals import Reason, RuleBroken

# Taking over is allowed a little before the hour, and the work of the last shift may overrun as much.
SLACK = timedelta(minutes=30)


@dataclass(frozen=True)
class Shift:
    """One shift of one day: named by the day and hour it begins on the wall clock."""

    day: date
    start: time
    starts_at: datetime
    ends_at: datetime

    @property
    def code(self) -> str:
        return f"{self.day.isoformat()}T{self.start:%H:%M}"

    @property
    def lasts(self) -> timedelta:
        """How long it really lasts: a night of 22:00 to 06:00 is 7 h or 9 h when the clocks change."""
        return self.ends_at - self.starts_at


def starts_of(text: str) -> tuple[time, ...]:
    """The hours at which shifts begin, as the site wrote them: « 06:00 14:00 22:00 »."""
    try:
        hours = sorted({time.fromisoformat(word.zfill(5)) for word in text.replace(",", " ").split()})
    except ValueError:
        raise RuleBroken("shift_hours_unreadable", value=text[:60]) from None
    if not hours:
        raise RuleBroken("shift_hours_unreadable", value=text[:60])
    return tuple(hours)


def shift_at(at: datetime, *, zone: ZoneInfo, starts: Sequence[time]) -> Shift:
    """The shift under way then. Hours are those of the wall clock; order and length those of UTC."""
    today = at.astimezone(zone).date()
    days = (today + timedelta(days=n) for n in (-1, 0, 1, 2))
    begins = sorted(
        (datetime.combine(day, start, tzinfo=zone).astimezone(UTC), day, start)
        for day in days
        for start in starts
    )
    index = max(i for i, begin in enumerate(begins) if begin[0] <= at)
    begin, day, start = begins[index]
    return Shift(day, start, begin, begins[index + 1][0])


def why_not_acknowledge(
    *, note: str, author: str, person: str, acknowledged_by: str, at: datetime | None = None
) -> list[Reason]:
    """A note is acknowledged once, by another person than the one who wrote it."""
    if acknowledged_by:
        return [Reason("note_already_acknowledged", {"note": note, "by": acknowledged_by, "at": at})]
    if author == person:
        return [Reason("note_is_your_own", {"note": note})]
    return []


def unseen(pending: Iterable[str], seen: Iterable[str]) -> list[Reason]:
    """What was left since the page was opened must be read before the shift is taken over."""
    missing = sorted(set(pending) - set(seen))
    return [Reason("note_not_read", {"note": note}) for note in missing]

"""How the pages of a dossier say machines, lists and durations."""

from collections.abc import Iterable
from datetime import timedelta

from strate.workshop.doors.speech import NARROW
from strate.workshop.machines import queries as machines

SERIES = ", "


def line(label: object, value: object) -> dict[str, str]:
    """A word and what stands beside it."""
    return {"label": str(label), "value": str(value)}


def names(each: Iterable[str]) -> str:
    """Several things on one line; none is a dash."""
    return SERIES.join(each) or "—"


def machine_title(code: str) -> str:
    found = machines.machine(code)
    return f"{found.code} · {found.title}"


def duration(spent: timedelta) -> str:
    """« 27 h 14 min », as the floor says it."""
    minutes = round(spent.total_seconds() / 60)
    hours, rest = divmod(minutes, 60)
    said = f"{rest}{NARROW}min"
    return f"{hours}{NARROW}h {said}" if hours else said


def grouped(digest: str) -> str:
    """A digest in groups of eight, so that it is read aloud and fits a column."""
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))

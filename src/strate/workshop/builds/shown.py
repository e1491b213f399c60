"""How a build is shown: its parameters as wanted against those read back, and how long it should take."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from strate.workshop.builds import pace, rules, wording
from strate.workshop.builds.models import Build
from strate.workshop.doors.speech import NARROW, number


@dataclass(frozen=True)
class Compared:
    """A parameter as the routing wants it and as the machine holds it; `equal` is None while it was not read."""

    name: str
    wanted: Decimal
    found: Decimal | None
    equal: bool | None


def compared_parameters(found: Build) -> list[Compared]:
    """The parameter set, wanted against read back."""
    held = found.machine_parameters
    rows = []
    for name, value in rules.wanted(found.routing).parameters.items():
        read = held.get(name)
        number = None if read is None else Decimal(str(read))
        rows.append(Compared(name, value, number, None if number is None else number == value))
    return rows


@dataclass(frozen=True)
class DurationShown:
    """How long a build should take, and how sure that is; or why nobody can tell."""

    said: str
    note: str


def duration(found: Build) -> DurationShown:
    """The time foretold with its error, in words."""
    told = pace.duration(found)
    if told.foretold is None or told.span is None or told.error is None:
        values: dict[str, Any] = {"builds": told.builds, "needed": told.needed}
        return DurationShown(str(wording.UNKNOWN_TIMES[told.why_not]) % values, "")
    note = _("learnt from builds of this machine: %(builds)s; mean error %(percent)s") % {
        "builds": told.builds,
        "percent": f"{number(told.foretold.error_percent)}{NARROW}%",
    }
    if told.foretold.beyond:
        note += " · " + _("much larger than any build before")
    return DurationShown(f"{_clock(told.span)} ± {_clock(told.error)}", note)


def _clock(span: timedelta) -> str:
    """Hours and minutes; a span under a minute is one."""
    minutes = max(round(span.total_seconds() / 60), 1)
    hours, left = divmod(minutes, 60)
    return f"{hours}{NARROW}h{NARROW}{left:02d}" if hours else f"{left}{NARROW}min"

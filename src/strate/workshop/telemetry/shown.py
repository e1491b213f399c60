"""How what a machine says is shown: in words, with unit, age and how far to believe it; and as curves."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from strate.workshop.doors.speech import NARROW, mass, number
from strate.workshop.doors.wording import choice
from strate.workshop.machines.registry import Heard
from strate.workshop.telemetry import wording
from strate.workshop.telemetry.rules import Line, Reading

# What a person looks at first, in this order; the rest follows by name.
FIRST = (
    "state",
    "job",
    "layer",
    "seconds_left",
    "oxygen_ppm",
    "plate_celsius",
    "gas_flow_m_s",
    "filter_pressure_mbar",
    "chamber_pressure_mbar",
    "room_oxygen_percent",
)
ON_THE_CARD = ("oxygen_ppm", "plate_celsius", "layer")
CURVES = FIRST[4:]
WORDS: dict[str, dict[str, Any]] = {
    "state": wording.STATES,
    "collector": wording.COLLECTORS,
    "job_state": wording.JOB_STATES,
}
WIDTH, HEIGHT = 320, 72


@dataclass(frozen=True)
class Row:
    """One signal as a line of the table."""

    name: str
    label: Any
    said: str
    at: datetime
    age: str
    quality: str
    quality_word: Any


@dataclass(frozen=True)
class Curve:
    """The last minutes of one signal, drawn."""

    label: Any
    points: str
    low: str
    high: str
    now: str


def heard(line: Line, now: dict[str, Reading]) -> Heard:
    """What the card of a machine says."""
    if not line.live:
        return Heard(live=False, why=line.why, word=silence(line.why), at=line.heard_at)
    state = now.get("state")
    readings = tuple(
        (label(n), said(now[n]), now[n].quality) for n in ON_THE_CARD if n in now and now[n].good
    )
    alarms = now.get("alarms_active")
    names = (
        tuple(choice("cause", str(code)) for code in alarms.value)
        if alarms and isinstance(alarms.value, list)
        else ()
    )
    found = str(state.value) if state and state.good else ""
    word = wording.STATES.get(found, found)
    return Heard(True, found, "live", word, line.heard_at, alarms=names, readings=readings)


def silence(why: str) -> str:
    """Why nothing can be said of a machine."""
    return str(wording.SILENCES.get(why, why))


def label(name: str) -> Any:
    return wording.SIGNALS.get(name, name)


def rows(now: dict[str, Reading], *, at: datetime) -> list[Row]:
    """Every signal, those a person looks at first on top."""
    order = {name: n for n, name in enumerate(FIRST)}
    found = sorted(now.values(), key=lambda r: (order.get(r.name, len(order)), r.name))
    words = wording.QUALITIES
    return [
        Row(r.name, label(r.name), said(r), r.at, age(at - r.at), r.quality, words.get(r.quality, r.quality))
        for r in found
    ]


def age(since: timedelta) -> str:
    """How long ago, in the one unit that matters."""
    seconds = max(int(since.total_seconds()), 0)
    for size, unit in ((86_400, _("d")), (3600, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds // size}{NARROW}{unit}"
    return f"{seconds}{NARROW}s"


def said(reading: Reading) -> str:
    """A value with its unit, as it is read aloud."""
    value = reading.value
    if value is None or value == "" or value == []:
        return "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if reading.name in WORDS:
        return str(WORDS[reading.name].get(str(value), value))
    if isinstance(value, dict):
        return " · ".join(choice("cause", str(v)) for v in value.values() if not isinstance(v, bool))
    if isinstance(value, list):
        return ", ".join(choice("cause", str(v)) for v in value)
    return _measure(reading.name, value, reading.unit) if isinstance(value, int | float) else _text(value)


def _text(value: str) -> str:
    """A digest is recognised by its beginning; a time of the machine is said on the site's clock."""
    return f"{value[:12]}…" if len(value) == 64 else value


def _measure(name: str, value: float, unit: str) -> str:
    if name.endswith("_mg"):
        return mass(int(value))
    if name == "seconds_left":
        hours, minutes = divmod(round(value / 60), 60)
        return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": f"{minutes:02d}"}
    return f"{figure(value)}{NARROW}{unit}" if unit else figure(value)


def figure(value: float) -> str:
    """Four figures are enough to look at; the exact value is kept."""
    text = f"{value:.4g}" if abs(value) < 10_000 else f"{value:.0f}"
    return number(text if "e" not in text else f"{value:.6f}".rstrip("0").rstrip("."))


def curve(name: str, unit: str, points: list[tuple[float, float]], *, since: timedelta) -> Curve | None:
    """The line of a signal in its frame; None when there is nothing to draw."""
    if not points:
        return None
    low, high = min(v for _t, v in points), max(v for _t, v in points)
    span, seconds = (high - low) or 1.0, since.total_seconds()
    middle = HEIGHT / 2 if high == low else None
    drawn = [
        (WIDTH * (1 + min(t, 0) / seconds), middle or HEIGHT - 6 - (HEIGHT - 12) * (v - low) / span)
        for t, v in points
    ]
    # A value holds until the next one: drawn up to the present.
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in [*drawn, (float(WIDTH), drawn[-1][1])])
    return Curve(label(name), line, figure(low), figure(high), _measure(name, points[-1][1], unit))

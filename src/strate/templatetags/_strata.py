"""The stratum: a stack of thin lines, one per layer, coloured by what happened in that layer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

GUTTER = 16
LINE_PITCH = 6
MIN_EXCEPTION = 2.0
LAYER_CLASSES = {
    "fine": "layer-fine",
    "interrupted": "layer-interrupted",
    "suspected": "layer-suspected",
    "decided": "layer-decided",
    "refused": "layer-refused",
    "running": "layer-running",
    "no_data": "layer-missing",
    "there": "layer-there",
}
# The words of the room that follows layers, for what it has not seen and what is not made yet.
SAME = {"unseen": "no_data", "planned": "ahead"}
MARKS = {
    "interrupted": "M2 -5h3v10h-3zM7 -5h3v10h-3z",
    "suspected": "M6 -5.500 11.500 0 6 5.500 .5 0z",
    "decided": "M1 -5h10v10h-10z",
    "refused": "M4 -5h4l3 3v4l-3 3h-4l-3 -3v-4z",
    "no_data": "M1 4 9 -4M4 5 11 -2M1 0 5 -4",
}


class Run(NamedTuple):
    """Some layers in a row to which the same thing happened."""

    state: str
    count: int


class Band(NamedTuple):
    state: str
    top: float
    height: float


def runs_of(states: Iterable[str]) -> list[Run]:
    """One state per layer, gathered into runs."""
    runs: list[Run] = []
    for state in states:
        if runs and runs[-1].state == state:
            runs[-1] = Run(state, runs[-1].count + 1)
        else:
            runs.append(Run(state, 1))
    return runs


def bands(runs: Sequence[Run], height: float) -> list[Band]:
    """Layer one at the bottom; what is not fine keeps a height that can be seen."""
    total = sum(run.count for run in runs) or 1
    placed, bottom = [], 0.0
    for run in runs:
        tall = height * run.count / total
        seen = tall if run.state in ("fine", "ahead") else max(tall, MIN_EXCEPTION)
        placed.append(Band(run.state, max(0.0, height - bottom - seen), seen))
        bottom += tall
    return placed


def marks(placed: Sequence[Band], height: float) -> list[tuple[str, float]]:
    """One shape beside each exception, never two on top of each other: the later one yields."""
    kept: list[tuple[str, float]] = []
    for band in placed:
        middle = min(max(band.top + band.height / 2, 7.0), height - 7.0)
        if band.state in MARKS and all(abs(middle - other) >= 13 for _state, other in kept):
            kept.append((band.state, middle))
    return kept


def hatch(band: Band, width: float) -> SafeString:
    """Slanted strokes cut to the band, so that "no data" never looks like a colour."""
    step, tall = 7.0, band.height
    strokes = []
    x = -tall
    while x < width:
        left, right = max(x, 0.0), min(x + tall, width)
        if right > left:
            foot, head = (band.top + tall - (end - x) for end in (left, right))
            strokes.append(f"M{left:.1f} {foot:.1f}L{right:.1f} {head:.1f}")
        x += step
    return format_html('<path class="layer-hatch" d="{}"/>', "".join(strokes))


def told(runs: Sequence[Run]) -> str:
    """The drawing in one sentence, for those who cannot see it."""
    total = sum(run.count for run in runs)
    counts: dict[str, int] = {}
    for run in runs:
        counts[run.state] = counts.get(run.state, 0) + run.count
    done = total - counts.get("ahead", 0)
    parts = [_("%(done)s layers of %(total)s") % {"done": done, "total": total}]
    for state, words in (
        ("interrupted", lambda n: ngettext("%(n)s interrupted", "%(n)s interrupted", n)),
        ("suspected", lambda n: ngettext("%(n)s suspected", "%(n)s suspected", n)),
        ("decided", lambda n: ngettext("%(n)s decided", "%(n)s decided", n)),
        ("refused", lambda n: ngettext("%(n)s refused", "%(n)s refused", n)),
        ("no_data", lambda n: ngettext("%(n)s without data", "%(n)s without data", n)),
    ):
        if counts.get(state):
            parts.append(words(counts[state]) % {"n": counts[state]})
    return ", ".join(parts)


def to_come(band: Band, width: float, separate: bool) -> SafeString:
    """Layers not made yet: the powder waiting, as thin lines."""
    lines = [band.top + band.height / 2]
    if not separate:
        lines = [band.top + 2 + 4 * i for i in range(int(band.height // 4))]
    return format_html('<path class="layer-ahead" d="{}"/>', "".join(f"M0 {y:.1f}H{width:g}" for y in lines))


def band_svg(band: Band, width: float, separate: bool) -> SafeString:
    if band.state == "ahead":
        return to_come(band, width, separate)
    gap = 2.0 if separate else 0.0
    rect = format_html(
        '<rect class="{}" x="0" y="{}" width="{}" height="{}"/>',
        LAYER_CLASSES.get(band.state, "layer-suspected"),
        f"{band.top + gap / 2:.2f}",
        f"{width:g}",
        f"{max(band.height - gap, 1):.2f}",
    )
    return rect + hatch(band, width) if band.state == "no_data" else rect


def mark_class(state: str) -> str:
    return "layer-hatch" if state == "no_data" else LAYER_CLASSES[state]


def strata(
    runs: Iterable[tuple[str, int]], height: float = 240, width: float = 120, label: str = ""
) -> SafeString:
    """The whole drawing: few layers are drawn one by one, many as bands under fine lines."""
    stack = [Run(SAME.get(state, state), int(count)) for state, count in runs if int(count) > 0]
    total = sum(run.count for run in stack)
    separate = 0 < total <= height / LINE_PITCH
    lined = [Run(run.state, 1) for run in stack for _i in range(run.count)] if separate else stack
    body = width - GUTTER
    placed = bands(lined, height)
    made = min((band.top for band in placed if band.state != "ahead"), default=height)
    lines = "" if separate else "".join(f"M0 {y:g}H{body:g}" for y in range(int(made) + 3, int(height), 4))
    return format_html(
        '<svg class="strata" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img" aria-label="{label}">'
        "{bands}{lines}{marks}</svg>",
        w=f"{width:g}",
        h=f"{height:g}",
        label=label or told(stack),
        bands=format_html_join("", "{}", ((band_svg(band, body, separate),) for band in placed)),
        lines=format_html('<path class="layer-lines" d="{}"/>', lines) if lines else mark_safe(""),
        marks=format_html_join(
            "",
            '<path class="layer-mark {}" transform="translate({} {})" d="{}"/>',
            (
                (mark_class(state), f"{body + 3:g}", f"{y:.1f}", MARKS[state])
                for state, y in marks(placed, height)
            ),
        ),
    )

"""The age of a powder as a stratum: one line per generation, as long as its share of the matter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from strate.templatetags import _quantities as q

PITCH = 14
LINE = 8
SHORTEST = 2.0


def told(shares: Sequence[Any]) -> str:
    """« neuve 62,5 %, 1 passage 30 %, 2 passages 7,5 % »."""
    words = [
        _("new") if age == 0 else ngettext("%(n)s build", "%(n)s builds", age) % {"n": age}
        for age in range(len(shares))
    ]
    return ", ".join(
        f"{word} {q.share(part)}" for word, part in zip(words, shares, strict=True) if q.exact(part) > 0
    )


def line(age: int, part: Any, count: int, width: float) -> SafeString:
    """New powder is outlined, used powder is full: the difference is a shape, not a shade."""
    y = (count - 1 - age) * PITCH + (PITCH - LINE) / 2
    long = max(float(q.exact(part)) * (width - 2), SHORTEST) if q.exact(part) > 0 else 0
    return format_html(
        '<path class="layer-ahead" d="M0 {}H{}"/><rect class="{}" x="1" y="{}" width="{}" height="{}"/>',
        f"{y + LINE / 2:g}",
        f"{width:g}",
        "layer-virgin" if age == 0 else "layer-there",
        f"{y:g}",
        f"{long:.1f}",
        LINE,
    )


def generations(shares: Sequence[Any], width: float = 160) -> SafeString:
    """The newest powder at the bottom, as it entered; each build lays one line above."""
    height = max(len(shares), 1) * PITCH
    return format_html(
        '<svg class="strata" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img" '
        'aria-label="{label}">{}</svg>',
        format_html_join("", "{}", ((line(a, s, len(shares), width),) for a, s in enumerate(shares))),
        w=f"{width:g}",
        h=height,
        label=told(shares) or _("No data"),
    )

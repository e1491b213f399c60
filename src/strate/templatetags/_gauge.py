"""A reading drawn between its limits."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from strate.templatetags import _quantities as q

WIDTH = 320
SIDE = 8


def read(value: Any) -> Decimal | None:
    return None if value is None or value == "" else q.rounded(value, 6)


def scale(value: Decimal, low: Decimal | None, high: Decimal | None) -> tuple[Decimal, Decimal]:
    """The ends of the drawing: the limits with a margin, and the reading always inside."""
    known = [v for v in (low, high, value) if v is not None]
    bottom, top = min(known), max(known)
    if low is None:
        bottom = min(bottom, Decimal(0))
    margin = (top - bottom) * Decimal("0.2") or Decimal(1)
    return bottom - (margin if low is not None else 0), top + margin


def limit(x: float, word: str) -> SafeString:
    anchor = "start" if x < 40 else "end" if x > WIDTH - 40 else "middle"
    return format_html(
        '<path class="gauge-limit" d="M{0} 22V48"/>'
        '<text class="gauge-text" x="{0}" y="62" text-anchor="{1}">{2}</text>',
        f"{x:.1f}",
        anchor,
        word,
    )


def verdict(value: Decimal, low: Decimal | None, high: Decimal | None) -> str:
    if low is not None and value < low:
        return _("below the minimum")
    if high is not None and value > high:
        return _("above the maximum")
    return _("within limits")


def gauge_svg(value: Any, low: Any = None, high: Any = None, unit: str = "", label: str = "") -> SafeString:
    got, least, most = read(value), read(low), read(high)
    if got is None:
        return format_html('<div class="no-data"><span>{}</span></div>', _("No data"))
    start, end = scale(got, least, most)

    def place(v: Decimal) -> float:
        return SIDE + float((v - start) / (end - start)) * (WIDTH - 2 * SIDE)

    left = place(least) if least is not None else SIDE
    right = place(most) if most is not None else WIDTH - SIDE
    said = verdict(got, least, most)
    needle = place(got)
    return format_html(
        '<svg class="gauge {out}" viewBox="0 0 320 66" role="img" aria-label="{name}">'
        '<rect class="gauge-track" x="8" y="26" width="304" height="18"/>'
        '<rect class="gauge-good" x="{x}" y="26" width="{w}" height="18"/>{low}{high}'
        '<path class="gauge-needle" d="M{n} 24l-9 -16h18zM{n1} 24h3v22h-3z"/></svg>',
        out="" if said == _("within limits") else "is-out",
        name=" ".join(filter(None, [str(label), q.quantity(got, unit), said])),
        x=f"{left:.1f}",
        w=f"{max(0.0, right - left):.1f}",
        low=limit(left, q.quantity(least, unit)) if least is not None else mark_safe(""),
        high=limit(right, q.quantity(most, unit)) if most is not None else mark_safe(""),
        n=f"{needle:.1f}",
        n1=f"{needle - 1.5:.1f}",
    )

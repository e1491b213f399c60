"""How the figures of an exchange file are written, in the words and digits of the reader's language."""

import re
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from strate.kernels.geometry.saying.words import Lang
from strate.workshop.doors.speech import NARROW, number

# Half a hundredth would be written 0.
SMALLEST = 0.005
# A figure and its unit are one word: no line ends between them.
_BEFORE_UNIT = re.compile(r"(?<=\d) (?=(?:µm|mm|cm|m|kg|g|W|s|min|octets?|bytes?)[²³]?(?:\W|$))")


def lang() -> Lang:
    return "en" if (get_language() or "fr").startswith("en") else "fr"


def short(value: float) -> str:
    """A measure to the hundredth, without idle zeros; what is smaller is not called nothing."""
    if 0 < abs(value) < SMALLEST:
        return f"<{NARROW}{number('0.01')}"
    text = f"{value + 0.0:.2f}"
    return number(text.rstrip("0").rstrip("."))


def unbroken(said: str) -> str:
    """A sentence in which « 1 µm » is never cut before its unit."""
    return _BEFORE_UNIT.sub(NARROW, said)


def thousands(count: int) -> str:
    """A count as the house writes it."""
    return number(count)


def volume_said(verdict: dict[str, Any]) -> str:
    """The volume, with its doubt when shells may be counted twice or lines do not close."""
    said = f"{short(verdict['volume_mm3'] / 1000)}{NARROW}cm³"
    return said if verdict.get("volume_sure", True) else _("%(volume)s (doubtful)") % {"volume": said}

"""How quantities are written for an operator: exact, with the right comma, the unit beside."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import Any

from django.utils import dateformat, timezone, translation

THIN = "\u202f"
MINUS = "\u2212"
# A number nobody would weigh is still written, as it is: typed by mistake, it must come back in the refusal.
WIDEST = 300
_WIDE = Context(prec=WIDEST + 50)
MG_PER_UNIT = {"kg": 1_000_000, "g": 1_000, "mg": 1}

Number = int | Decimal | Fraction | float


def language() -> str:
    return (translation.get_language() or "fr")[:2]


def exact(value: Any) -> Decimal | Fraction:
    """The number as it is, whatever carries it; text with a comma is read too."""
    if isinstance(value, Fraction | Decimal):
        return value
    if hasattr(value, "as_fraction"):
        return Fraction(value.as_fraction())
    return Decimal(str(value).replace(",", ".").strip())


def rounded(value: Any, decimals: int) -> Decimal:
    number = exact(value)
    if isinstance(number, Fraction):
        number = Decimal(number.numerator) / Decimal(number.denominator)
    if number.adjusted() > WIDEST:
        return number
    return number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP, context=_WIDE)


def number(value: Any, decimals: int | None = None, lang: str | None = None) -> str:
    """« 1 234,5 »: thin spaces between thousands, never a sign read as a comma; no useless zeros."""
    lang = lang or language()
    read = exact(value)
    if isinstance(read, Fraction):
        plain = rounded(read, 3 if decimals is None else decimals)
    else:
        plain = read if decimals is None else rounded(read, decimals)
    sign = MINUS if plain < 0 else ""
    whole, _, part = format(abs(plain), "f").partition(".")
    if decimals is None:
        part = part.rstrip("0")
    comma = "," if lang == "fr" else "."
    grouped = f"{int(whole):,}".replace(",", THIN) if len(whole) > 4 else whole
    return f"{sign}{grouped}{comma + part if part else ''}"


def mass_unit(mass_mg: int) -> str:
    """Kilograms from one kilogram up, grams from one gram up, milligrams below."""
    size = abs(mass_mg)
    return "kg" if size >= 1_000_000 or size == 0 else "g" if size >= 1_000 else "mg"


def mass_parts(mass_mg: Any, unit: str = "", lang: str | None = None) -> tuple[str, str]:
    milligrams = int(mass_mg)
    unit = unit or mass_unit(milligrams)
    return number(Decimal(milligrams) / MG_PER_UNIT[unit], lang=lang), unit


def mass(mass_mg: Any, unit: str = "", lang: str | None = None) -> str:
    return THIN.join(mass_parts(mass_mg, unit, lang))


def quantity(value: Any, unit: str, lang: str | None = None) -> str:
    return f"{number(value, lang=lang)}{THIN}{unit}"


def share(value: Any, decimals: int | None = None, lang: str | None = None, *, beside: Any = None) -> str:
    """« 32,5 % », two decimals unless told; what is not nothing is never shown as nothing.

    Unless told, what is not 50 % is never shown as 50 %; nor, ever, as the limit it stands `beside`: « 50,004 % ».
    """
    lang = lang or language()
    percent, places = exact(value) * 100, 2 if decimals is None else decimals
    shown = rounded(percent, places)
    looked_for = [] if decimals is not None else [rounded(percent, 1)]
    if beside is not None:
        looked_for.append(rounded(exact(beside) * 100, places))
    if shown and shown in looked_for and (finer := _told_apart(percent, shown)) != shown:
        shown, decimals = finer, None
    text = number(shown, decimals=decimals, lang=lang)
    if shown == 0 and percent > 0:
        text = f"<{THIN}{number(Decimal('0.01'), lang=lang)}"
    return f"{text}{THIN}%" if lang == "fr" else f"{text}%"


def _told_apart(percent: Decimal | Fraction, shown: Decimal) -> Decimal:
    """With the digit that shows on which side it is; beyond the ninth decimal nothing was ever weighed."""
    finer = (rounded(percent, decimals) for decimals in range(3, 10))
    return next((each for each in finer if each != shown), shown)


FORMATS = {
    "fr": {"date": "j N Y", "time": "H:i", "seconds": "H:i:s", "": "j N Y, H:i", "day": "l j F"},
    "en": {"date": "j M Y", "time": "H:i", "seconds": "H:i:s", "": "j M Y, H:i", "day": "l j F"},
}


def is_ambiguous(at: datetime) -> bool:
    """The hour that happens twice, the night the clocks go back."""
    return at.tzinfo is not None and at.replace(fold=0).utcoffset() != at.replace(fold=1).utcoffset()


def when(at: datetime | date, style: str = "", lang: str | None = None) -> str:
    local = timezone.localtime(at) if isinstance(at, datetime) and timezone.is_aware(at) else at
    words = FORMATS.get(lang or language(), FORMATS["en"])
    text = dateformat.format(local, words.get(style, words[""])).replace(" ", "\u00a0")
    if isinstance(local, datetime) and style != "date" and is_ambiguous(local):
        hours = int((local.utcoffset() or timezone.timedelta()).total_seconds() // 3600)
        text = f"{text}\u00a0(UTC+{hours})"
    return text

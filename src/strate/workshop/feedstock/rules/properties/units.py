"""Units of certificates and gauges: what is written in ppm, mg/kg, wt-% or with a comma becomes one exact number."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

# More digits than any method gives; beyond it a cell is a mistake.
MOST_DIGITS = 18
BOUNDS = {"<": "<", "≤": "<", "<=": "<", ">": ">", "≥": ">", ">=": ">"}
_NUMBER = re.compile(
    r"(<=|>=|[<>≤≥])?\s*([+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d{1,2})?)\s*((?![\d.,]).*)", re.DOTALL
)


class NotRead(ValueError):
    """What was written is not a value of this property; `code` finds the sentence."""

    def __init__(self, code: str, **values: Any) -> None:
        self.code, self.values = code, values
        super().__init__(code)


@dataclass(frozen=True)
class Dimension:
    """A kind of quantity: its canonical unit, and how many of it each other unit is, exactly."""

    unit: str
    units: dict[str, Decimal] = field(default_factory=dict)
    least: Decimal = Decimal(0)
    most: Decimal = Decimal("1e9")

    def factor(self, written: str) -> Decimal | None:
        """How many canonical units one of these is; None when it is not a unit of this kind."""
        return Decimal(1) if plain(written) in ("", plain(self.unit)) else self.units.get(plain(written))


def plain(unit: str) -> str:
    """A unit without what people vary: « wt.-% », « % mass. », « g/cm3 » and « g/cm³ » are read alike."""
    text = unicodedata.normalize("NFKC", unit).lower().replace("μ", "µ").replace("·", ".")
    text = re.sub(r"[\s\u202f\xa0_()\[\]-]+", "", text).strip(".")
    return text.replace("wt.%", "wt%").replace("masse", "m").replace("mass", "m").replace("m.%", "m%")


def _of(pairs: dict[str, str]) -> dict[str, Decimal]:
    return {plain(name): Decimal(factor) for name, factor in pairs.items()}


_SAME = {"%": "1", "wt-%": "1", "%m": "1", "m%": "1", "w%": "1", "%w": "1", "g/100g": "1", "%poids": "1"}
MASS_FRACTION = Dimension(
    "wt-%",
    _of({**_SAME, "ppm": "0.0001", "mg/kg": "0.0001", "µg/g": "0.0001", "ug/g": "0.0001"})
    | _of({"g/kg": "0.1", "ppb": "0.0000001", "µg/kg": "0.0000001", "wppm": "0.0001", "ppmw": "0.0001"}),
    most=Decimal(100),
)
LENGTH = Dimension("µm", _of({"um": "1", "mm": "1000", "nm": "0.001"}), most=Decimal(100_000))
DENSITY = Dimension(
    "g/cm³", _of({"g/cc": "1", "g/ml": "1", "kg/l": "1", "kg/dm3": "1", "kg/m3": "0.001"}), most=Decimal(30)
)
FLOW = Dimension("s/50 g", _of({"s": "1", "s/50g": "1"}), most=Decimal(3600))
MASS_FLOW = Dimension("g/10 min", _of({"g/10min": "1"}), most=Decimal(10_000))
VOLUME_FLOW = Dimension("cm³/10 min", _of({"cc/10min": "1", "ml/10min": "1"}), most=Decimal(10_000))
TEMPERATURE = Dimension("°C", _of({"c": "1", "celsius": "1"}), least=Decimal(-273), most=Decimal(4000))
VISCOSITY = Dimension("mPa·s", _of({"cp": "1", "pa.s": "1000"}), most=Decimal(10_000_000))
GAS = Dimension("mL/g", _of({"cm3/g": "1", "ml/g": "1"}), most=Decimal(1000))
STRENGTH = Dimension("MPa", _of({"n/mm2": "1", "n/cm2": "0.01", "kpa": "0.001"}), most=Decimal(10_000))
ACID = Dimension("mL", most=Decimal(1000))
HUMIDITY = Dimension("%", _of({"%rh": "1", "%hr": "1", "rh%": "1"}), most=Decimal(100))
PURE = Dimension("", most=Decimal(100_000))
DAYS = Dimension(
    "d", _of({"j": "1", "day": "1", "days": "1", "jour": "1", "jours": "1"}), most=Decimal(36_500)
)
HOURS = Dimension("h", _of({"hour": "1", "hours": "1", "heure": "1", "heures": "1"}), most=Decimal(1_000_000))


def read(text: str, dimension: Dimension, *, unit: str = "") -> tuple[Decimal, str]:
    """The exact value in canonical units and its bound ("" or "<" or ">"): « < 0,01 », « 1300 ppm », « 0.13 »."""
    found = _NUMBER.fullmatch(_without_spaces_in_numbers(text.strip()))
    if not found:
        raise NotRead("property_not_number", value=text[:60])
    sign, digits, written = found.groups()
    if written.strip() and unit and dimension.factor(written) != dimension.factor(unit):
        raise NotRead("property_two_units", value=text[:60], unit=unit)
    factor = dimension.factor(written.strip() or unit)
    if factor is None:
        raise NotRead("property_unit_unknown", unit=(written.strip() or unit)[:30], told_in=dimension.unit)
    return _bounded(_exact(digits, text) * factor, dimension, text), BOUNDS.get(sign or "", "")


def _without_spaces_in_numbers(text: str) -> str:
    """« 1 300 ppm » as a French spreadsheet writes it; a point or a comma is never a thousands sign."""
    text = text.replace("\u202f", " ").replace("\xa0", " ").replace("\u2212", "-")
    return re.sub(r"(?<=\d) (?=\d{3}(?:\D|$))", "", text)


def _exact(digits: str, text: str) -> Decimal:
    try:
        value = Decimal(digits.replace(",", "."))
    except InvalidOperation:
        raise NotRead("property_not_number", value=text[:60]) from None
    if len(value.as_tuple().digits) > MOST_DIGITS or abs(value.adjusted()) > MOST_DIGITS:
        raise NotRead("property_not_number", value=text[:60])
    return value


def _bounded(value: Decimal, dimension: Dimension, text: str) -> Decimal:
    if not dimension.least <= value <= dimension.most:
        bounds = {"least": dimension.least, "most": dimension.most, "told_in": dimension.unit}
        raise NotRead("property_out_of_reason", value=text[:60], **bounds)
    # No exponent: 1.3E+3 mg/kg is 0.13.
    return Decimal(format(value, "f"))

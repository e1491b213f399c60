"""How a value is said aloud: « 12,5 kg », « 32,5 % », « 14:05 », a person by name, a thing by its title."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext

from strate.templatetags import _quantities as q
from strate.workshop.doors.hooks import hooks

NARROW = "\u202f"
UNITS = {
    "_celsius": "°C",
    "_ppm": "ppm",
    "_percent": "%",
    "_um": "µm",
    "_mm": "mm",
    "_mm2": "mm²",
    "_mm3": "mm³",
    "_mbar": "mbar",
    "_h": "h",
    "_min": "min",
    "_s": "s",
    "_bar": "bar",
    "_w": "W",
}
PEOPLE = {
    "by",
    "person",
    "people",
    "reviewer",
    "signer",
    "author",
    "checked_by",
    "released_by",
    "approved_by",
}

ROLES = {"role", "roles", "liftable_by", "lifted_by"}
# What was measured is kept in a fact as it was read, « 60.02 »; a version is no figure.
MEASURED = {"value", "lower", "upper"}
FIGURE = re.compile(r"-?\d+\.\d+", re.ASCII)
# What a round found is kept with its unit and its note: « 6.0 bar · after the bottle was changed ».
READING = re.compile(r"(-?\d+(?:\.\d+)?) ([^\s·]{1,6})(?=$| · )", re.ASCII)


def number(value: Decimal | int | str) -> str:
    """A number with the decimal sign of the language and all the digits it was given, thousands set apart."""
    try:
        read = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    digits = read.as_tuple().exponent
    return q.number(read, max(-digits, 0)) if isinstance(digits, int) else str(value)


def mass(mass_mg: int) -> str:
    """Integer milligrams as the floor says them: kg from 1 kg, g from 1 g, else mg."""
    return q.mass(mass_mg)


def percent(share: Decimal | str) -> str:
    """A share between 0 and 1 as a percentage with up to two decimals."""
    return q.share(Decimal(share))


def speak(key: str, value: Any) -> str:
    """A value of a refusal or a fact, said by the unit its key names (`mass_mg`, `share`, `at`, `by`)."""
    if value is None or value in ("", [], (), {}):
        return "—"
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if key in PEOPLE and not isinstance(value, list | tuple):
        return str(hooks.name_of(str(value)))
    if key in ROLES and isinstance(value, str):
        return str(hooks.role_label(value))
    if isinstance(value, dict):
        return ", ".join(_of_one(key, _titled(str(k)), v) for k, v in value.items())
    if isinstance(value, Promise):
        return str(value)
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ", ".join(speak(key, v) for v in value)
    return _scalar(key, value)


def _of_one(key: str, name: str, value: Any) -> str:
    """« FUT-1 (4 kg, 80 %) » when several things are told of each, « FUT-1: 4 kg » when one is."""
    if isinstance(value, dict):
        return f"{name} ({', '.join(speak(str(k), v) for k, v in value.items())})"
    return gettext("%(name)s: %(value)s") % {"name": name, "value": speak(key, value)}


def _scalar(key: str, value: Any) -> str:
    if key.endswith("_mg"):
        return mass(int(value))
    if key.endswith("share") or key.endswith("ceiling"):
        return _try_percent(value)
    if key == "at" or key.endswith("_at"):
        return moment(value)
    for suffix, unit in UNITS.items():
        if key.endswith(suffix):
            return f"{number(value)}{NARROW}{unit}"
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(value, Decimal | int | float) or (key in MEASURED and FIGURE.fullmatch(str(value))):
        return number(str(value))
    if key == "result" and (read := READING.match(str(value))):
        return f"{number(read[1])}{NARROW}{read[2]}{str(value)[read.end() :]}"
    return _day(value) if key.endswith("_on") else _titled(str(value))


def _day(text: Any) -> str:
    """A day as a fact keeps it (2026-11-23), said as on the floor."""
    try:
        return date_format(date.fromisoformat(str(text)), "SHORT_DATE_FORMAT")
    except ValueError:
        return str(text)


def _try_percent(value: Any) -> str:
    try:
        return percent(value)
    except InvalidOperation:
        return str(value)


def moment(value: datetime | str) -> str:
    """A moment on the wall clock of the site."""
    at = datetime.fromisoformat(value) if isinstance(value, str) else value
    return date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT")


def _titled(text: str) -> str:
    kind, sep, _code = text.partition(":")
    return str(hooks.title_of(text)) if sep and kind.isidentifier() and " " not in text else text

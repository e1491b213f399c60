"""The decisions a site may take for itself: each with its name, what it changes, and where it comes from."""

from decimal import Decimal
from typing import Any
from zoneinfo import available_timezones

from django.utils.translation import gettext_lazy as _

from strate.workshop.journal.refusals import RuleBroken
from strate.workshop.site.fields import CHOICE, NUMBER, SWITCH, TEXT, WHOLE, Field

GROUPS = {
    "site": _("The site"),
    "people": _("People and tablets"),
    "production": _("Production"),
    "journal": _("Journal and data"),
}
SITE = _("Decision of the site")
_fields: dict[str, Field] = {}
# The facts of decisions are worded with their names and with the words of their choices.
LABELS: dict[str, Any] = {}
CHOSEN: dict[str, Any] = {}


def register(*fields: Field) -> None:
    """A room adds its own decisions when the program starts."""
    for each in fields:
        if each.key in _fields:
            raise RuntimeError(f"setting {each.key} is registered twice")
        _fields[each.key] = each
        LABELS[each.key] = each.label
        CHOSEN.update(each.choices)


def fields() -> dict[str, Field]:
    """Every decision, by key."""
    return dict(_fields)


def find(key: str) -> Field:
    """One decision; a key nobody registered is refused."""
    if key not in _fields:
        raise RuleBroken("no_such_setting", setting=key)
    return _fields[key]


def bounded(least: int, most: int) -> dict[str, Decimal]:
    return {"least": Decimal(least), "most": Decimal(most)}


_NOT_PLACES = ("Etc/", "posix/", "right/")
_NAMES = sorted(name for name in available_timezones() if "/" in name and not name.startswith(_NOT_PLACES))
TIME_ZONES = {name: name for name in _NAMES}
_POLICY = {
    "warn": _("Warn"),
    "block": _("Refuse"),
    "override": _("Refuse, unless a person with the right signs"),
}

register(
    Field(
        "name",
        TEXT,
        "Strate",
        _("Name of the site"),
        _("Shown on every page, label and dossier."),
        SITE,
    ),
    Field(
        "time_zone",
        CHOICE,
        "Europe/Paris",
        _("Time zone"),
        _("The wall clock of the workshop; facts are kept in UTC."),
        SITE,
        choices=TIME_ZONES,
    ),
    Field(
        "language",
        CHOICE,
        "fr",
        _("Language"),
        _("Until a person has chosen their own."),
        SITE,
        choices={"fr": "Français", "en": "English"},
    ),
    Field(
        "session_hours",
        WHOLE,
        12,
        _("Longest sign-in"),
        _("After that, the badge is asked again even in the middle of work."),
        "ASVS 5 V7.3.2",
        "people",
        "h",
        **bounded(1, 24),
    ),
    Field(
        "desk_idle_minutes",
        WHOLE,
        30,
        _("Idle time at a desk"),
        _("Each tablet has its own; this one is for other computers."),
        "ASVS 5 V7.3.1",
        "people",
        "min",
        **bounded(1, 240),
    ),
    Field(
        "badge_anywhere",
        SWITCH,
        False,
        _("Badge and PIN on any computer"),
        _("Otherwise only on a tablet an administrator has enrolled. For a demonstration."),
        SITE,
        "people",
    ),
    Field(
        "pick_name",
        SWITCH,
        False,
        _("Choose one's name instead of the badge"),
        _("A name list on the tablets: quicker, but nothing shows that the badge was there."),
        SITE,
        "people",
    ),
    Field(
        "late_entry_minutes",
        WHOLE,
        15,
        _("Late entry after"),
        _("Something written down later than this is marked late, with the reason."),
        "ALCOA+",
        "journal",
        "min",
        **bounded(1, 1440),
    ),
    Field(
        "disk_warning_percent",
        WHOLE,
        90,
        _("Disk almost full above"),
        _("The health page and the administrators are warned."),
        SITE,
        "journal",
        "%",
        **bounded(50, 99),
    ),
    Field(
        "raw_signal_days",
        WHOLE,
        90,
        _("Days during which every signal of a machine is kept"),
        _("Older signals are kept by the minute: mean, least and most. Facts are never touched."),
        SITE,
        "journal",
        **bounded(7, 3650),
    ),
    Field(
        "balance_metal_percent",
        NUMBER,
        Decimal("1"),
        _("Mass balance tolerance, metal"),
        _("What may be missing between powder taken and powder found again."),
        SITE,
        "production",
        "%",
        **bounded(0, 20),
    ),
    Field(
        "balance_polymer_percent",
        NUMBER,
        Decimal("2"),
        _("Mass balance tolerance, polymer"),
        "",
        SITE,
        "production",
        "%",
        **bounded(0, 20),
    ),
    Field(
        "balance_sand_percent",
        NUMBER,
        Decimal("3"),
        _("Mass balance tolerance, sand"),
        "",
        SITE,
        "production",
        "%",
        **bounded(0, 20),
    ),
    Field(
        "shift_starts",
        TEXT,
        "05:00 13:00 21:00",
        _("Start of the shifts"),
        _("Hours of the wall clock, separated by spaces."),
        SITE,
        "production",
    ),
    Field(
        "handover_gate",
        CHOICE,
        "block",
        _("Launch without taking over the shift"),
        "",
        SITE,
        "production",
        choices=_POLICY,
    ),
    Field(
        "maintenance_gate",
        CHOICE,
        "block",
        _("Launch with a maintenance round due"),
        "",
        SITE,
        "production",
        choices=_POLICY,
    ),
)

"""The decisions a site may take for itself: each with its name, what it changes, its bounds and where it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import available_timezones

from django.utils.translation import gettext_lazy as _

from strate.workshop.journal.refusals import RuleBroken

TEXT, WHOLE, NUMBER, CHOICE, SWITCH = "text", "whole", "number", "choice", "switch"
SWITCHES = {
    "1": True,
    "true": True,
    "on": True,
    "yes": True,
    "0": False,
    "false": False,
    "off": False,
    "no": False,
    "": False,
}


@dataclass(frozen=True)
class Field:
    """One decision. `source` says who asks for it: a standard, the maker, or « decision of the site »."""

    key: str
    kind: str
    default: Any
    label: Any
    help: Any = ""
    source: Any = ""
    group: str = "site"
    unit: str = ""
    least: Decimal | None = None
    most: Decimal | None = None
    choices: Mapping[str, Any] = field(default_factory=dict)

    def read(self, text: str) -> Any:
        """The value a text stands for; refused when it is not one."""
        text = str(text).strip()
        if self.kind == SWITCH:
            if text.lower() not in SWITCHES:
                raise self._misread(text)
            return SWITCHES[text.lower()]
        if self.kind == CHOICE and text not in self.choices:
            raise self._misread(text)
        if self.kind in (WHOLE, NUMBER):
            return self._number(text)
        return text

    def write(self, value: Any) -> str:
        """How a value is kept."""
        return ("1" if value else "0") if self.kind == SWITCH else str(value)

    def _number(self, text: str) -> int | Decimal:
        try:
            value = Decimal(text.replace("\u202f", "").replace(" ", "").replace(",", "."))
        except InvalidOperation:
            raise self._misread(text) from None
        if not value.is_finite() or (self.kind == WHOLE and value != value.to_integral_value()):
            raise self._misread(text)
        if (self.least is not None and value < self.least) or (self.most is not None and value > self.most):
            raise RuleBroken(
                "setting_out_of_bounds", setting=str(self.label), least=self.least, most=self.most
            )
        return int(value) if self.kind == WHOLE else value

    def _misread(self, text: str) -> RuleBroken:
        return RuleBroken("setting_not_understood", setting=str(self.label), value=text[:60])


GROUPS = {
    "site": _("The site"),
    "people": _("People and tablets"),
    "production": _("Production"),
    "journal": _("Journal and data"),
}
SITE = _("Decision of the site")
_fields: dict[str, Field] = {}


def register(*fields: Field) -> None:
    """A room adds its own decisions when the program starts."""
    for each in fields:
        if each.key in _fields:
            raise RuntimeError(f"setting {each.key} is registered twice")
        _fields[each.key] = each


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


TIME_ZONES = {
    name: name
    for name in sorted(available_timezones())
    if "/" in name and not name.startswith(("Etc/", "posix/", "right/"))
}
_POLICY = {
    "warn": _("Warn"),
    "block": _("Refuse"),
    "override": _("Refuse, unless a person with the right signs"),
}

register(
    Field("name", TEXT, "Strate", _("Name of the site"), _("Shown on every page, label and dossier."), SITE),
    Field("time_zone", CHOICE, "Europe/Paris", _("Time zone"), _("The wall clock of the workshop; facts are kept in UTC."), SITE, choices=TIME_ZONES),
    Field("language", CHOICE, "fr", _("Language"), _("Until a person has chosen their own."), SITE, choices={"fr": "Français", "en": "English"}),
    Field("session_hours", WHOLE, 12, _("Longest sign-in"), _("After that, the badge is asked again even in the middle of work."), "ASVS 5 V7.3.2", "people", "h", **bounded(1, 24)),
    Field("desk_idle_minutes", WHOLE, 30, _("Idle time at a desk"), _("Each tablet has its own; this one is for other computers."), "ASVS 5 V7.3.1", "people", "min", **bounded(1, 240)),
    Field("badge_anywhere", SWITCH, False, _("Badge and PIN on any computer"), _("Otherwise only on a tablet an administrator has enrolled. For a demonstration."), SITE, "people"),
    Field("pick_name", SWITCH, False, _("Choose one's name instead of the badge"), _("A name list on the tablets: quicker, but nothing shows that the badge was there."), SITE, "people"),
    Field("late_entry_minutes", WHOLE, 15, _("Late entry after"), _("Something written down later than this is marked late, with the reason."), "ALCOA+", "journal", "min", **bounded(1, 1440)),
    Field("disk_warning_percent", WHOLE, 90, _("Disk almost full above"), _("The health page and the administrators are warned."), SITE, "journal", "%", **bounded(50, 99)),
    Field("balance_metal_percent", NUMBER, Decimal("1"), _("Mass balance tolerance, metal"), _("What may be missing between powder taken and powder found again."), SITE, "production", "%", **bounded(0, 20)),
    Field("balance_polymer_percent", NUMBER, Decimal("2"), _("Mass balance tolerance, polymer"), "", SITE, "production", "%", **bounded(0, 20)),
    Field("balance_sand_percent", NUMBER, Decimal("3"), _("Mass balance tolerance, sand"), "", SITE, "production", "%", **bounded(0, 20)),
    Field("shift_starts", TEXT, "05:00 13:00 21:00", _("Start of the shifts"), _("Hours of the wall clock, separated by spaces."), SITE, "production"),
    Field("handover_gate", CHOICE, "block", _("Launch without taking over the shift"), "", SITE, "production", choices=_POLICY),
    Field("maintenance_gate", CHOICE, "block", _("Launch with a maintenance round due"), "", SITE, "production", choices=_POLICY),
)  # fmt: skip

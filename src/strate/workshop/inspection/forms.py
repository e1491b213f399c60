"""What is typed about pieces and gauges."""

import json
from typing import IO, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from strate.workshop.feedstock.forms import DayInput, NumberField
from strate.workshop.inspection import rules, wording
from strate.workshop.journal.refusals import RuleBroken

LARGEST_ZONES = 5_000_000


class LookForm(forms.Form):
    """What the eye saw: conform, or what is wrong."""

    verdict = forms.ChoiceField(
        label=_("What the eye sees"),
        choices=[("yes", _("Conform")), ("no", _("Not conform"))],
        widget=forms.RadioSelect,
    )
    defects = forms.MultipleChoiceField(
        label=_("Defects"),
        choices=[(code, wording.DEFECTS[code][0]) for code in rules.DEFECTS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    note = forms.CharField(
        label=_("Note"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def rows(self) -> list[dict[str, Any]]:
        """The catalogue as it is drawn: each defect with how it is recognised."""
        chosen = self["defects"].value() or []
        return [
            {"code": code, "word": word, "how": how, "chosen": code in chosen}
            for code, (word, how) in wording.DEFECTS.items()
        ]


class MeasureForm(forms.Form):
    """A value read on a gauge that is scanned."""

    value = NumberField(label=_("Value"))
    gauge = forms.CharField(label=_("Gauge"), max_length=40)

    def clean_value(self) -> Any:
        value = self.cleaned_data["value"]
        if value is None or abs(value) >= 10**9:
            raise forms.ValidationError(_("No gauge reads that."), code="unbelievable")
        return value


class ScanForm(forms.Form):
    """A scan: with which scanner, and what the surface may deviate by."""

    gauge = forms.CharField(label=_("Scanner"), max_length=40)
    lower = NumberField(label=_("Lower limit (mm)"))
    upper = NumberField(label=_("Upper limit (mm)"))


class ZoneForm(forms.Form):
    """A zone of a scan: its name, its box in the frame of the exchange file, its own tolerance."""

    name = forms.CharField(label=_("Name of the zone"), max_length=80, required=False)
    x_from = NumberField(label=_("x from (mm)"), required=False)
    x_to = NumberField(label=_("x to (mm)"), required=False)
    y_from = NumberField(label=_("y from (mm)"), required=False)
    y_to = NumberField(label=_("y to (mm)"), required=False)
    z_from = NumberField(label=_("z from (mm)"), required=False)
    z_to = NumberField(label=_("z to (mm)"), required=False)
    lower = NumberField(label=_("Lower limit (mm)"), required=False)
    upper = NumberField(label=_("Upper limit (mm)"), required=False)

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if not any(value not in ("", None) for value in typed.values()):
            return {}
        for name in self.fields:
            if typed.get(name) in ("", None) and name not in self.errors:
                self.add_error(
                    name, forms.ValidationError(_("A zone needs all its figures."), code="missing")
                )
        for low, high in (("x_from", "x_to"), ("y_from", "y_to"), ("z_from", "z_to"), ("lower", "upper")):
            both = typed.get(low), typed.get(high)
            if None not in both and both[0] >= both[1]:
                self.add_error(
                    high, forms.ValidationError(_("This must be above the first one."), code="crossed")
                )
        return typed


Zones = forms.formset_factory(ZoneForm, extra=2, max_num=20)


def zones_typed(rows: Any) -> list[dict[str, Any]]:
    """The rows that were filled in, as the comparison takes them."""
    return [
        {
            "name": row["name"],
            "box_mm": [[float(row[f"{axis}_{end}"]) for axis in "xyz"] for end in ("from", "to")],
            "lower_mm": float(row["lower"]),
            "upper_mm": float(row["upper"]),
        }
        for row in (form.cleaned_data for form in rows)
        if row.get("name")
    ]


def zones_in(sent: IO[bytes]) -> list[Any]:
    """The zones of a file, as far as they can be read at all; what they mean is judged later."""
    try:
        zones = json.loads(sent.read(LARGEST_ZONES).decode("utf-8"))
    except ValueError as error:
        raise RuleBroken("scan_zones_unreadable", number=0) from error
    if not isinstance(zones, list):
        raise RuleBroken("scan_zones_unreadable", number=0)
    return zones


class SortForm(forms.Form):
    """Good or scrap, and why."""

    verdict = forms.ChoiceField(
        label=_("Sort"), choices=[("good", _("Good")), ("scrap", _("Scrap"))], widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("Reason (scrap)"), max_length=200, required=False)


class CalibrateForm(forms.Form):
    """A new calibration: made when, good until when."""

    calibrated_on = forms.DateField(label=_("Calibrated on"), widget=DayInput())
    due_on = forms.DateField(label=_("Good until"), widget=DayInput())


class GaugeForm(CalibrateForm):
    """A gauge that enters the hall."""

    code = forms.CharField(label=_("Label"), max_length=40)
    title = forms.CharField(label=_("Name"), max_length=80)
    kind = forms.ChoiceField(label=_("Kind"), choices=list(wording.GAUGES.items()))
    unit = forms.CharField(label=_("Unit"), max_length=12, initial="mm")
    resolution = NumberField(label=_("Resolution"), required=False)

    field_order = ("code", "title", "kind", "unit", "resolution", "calibrated_on", "due_on")

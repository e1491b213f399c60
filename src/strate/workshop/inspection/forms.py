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

"""What is typed about pieces and gauges."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from strate.workshop.feedstock.forms import DayInput, NumberField
from strate.workshop.inspection import rules, wording


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

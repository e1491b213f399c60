"""What is typed about the furnace and the plate."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from strate.workshop.feedstock.forms import NumberField

TEXT = {"autocomplete": "off"}


class CycleForm(forms.Form):
    """What the recorder of the furnace says, beside what the recipe asks."""

    soak_celsius = NumberField(label=_("Soak temperature"))
    soak_min = NumberField(label=_("Soak time"))
    highest_celsius = NumberField(label=_("Highest temperature"))
    quench_s = forms.IntegerField(
        label=_("Delay before the quench"), min_value=0, max_value=1_000_000, required=False
    )
    atmosphere = forms.CharField(label=_("Atmosphere"), max_length=40, required=False)
    reason = forms.CharField(
        label=_("Reason, if the cycle left its recipe"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        """A temperature between the coldest and the hottest a furnace knows."""
        typed = super().clean() or self.cleaned_data
        for name in ("soak_celsius", "highest_celsius"):
            value = typed.get(name)
            if value is not None and not -273 <= value <= 3000:
                self.add_error(name, _("No furnace is that hot or that cold."))
        minutes = typed.get("soak_min")
        if minutes is not None and not 0 <= minutes <= 1_000_000:
            self.add_error("soak_min", _("No soak lasts that long."))
        return typed


class FinishForm(forms.Form):
    """By what means the parts were freed, and what is left of the plate."""

    means = forms.CharField(label=_("Means"), max_length=120)
    plate = forms.CharField(label=_("Plate"), max_length=40, required=False)
    plate_left_mm = NumberField(label=_("Thickness left of the plate"), required=False)

    def values(self) -> dict[str, Any]:
        """The thickness in micrometres, as it is kept."""
        left = self.cleaned_data["plate_left_mm"]
        um = None if left is None else int(left * 1000)
        return {"means": self.cleaned_data["means"], "plate": self.cleaned_data["plate"], "plate_left_um": um}

    def clean_plate_left_mm(self) -> Any:
        left = self.cleaned_data["plate_left_mm"]
        if left is not None and not 0 <= left <= 1000:
            raise forms.ValidationError(_("A plate is between 0 and 1000 mm thick."), code="unbelievable")
        return left

"""The fields of waste."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from strate.workshop.safety import wording
from strate.workshop.safety.forms.fields import MassField


def _streams() -> list[tuple[str, Any]]:
    return list(wording.STREAMS.items())


class DrumForm(forms.Form):
    """A drum put in service."""

    code = forms.SlugField(label=_("Code"), max_length=40)
    stream = forms.ChoiceField(label=_("Waste stream"), choices=_streams)
    waste_code = forms.CharField(
        label=_("Waste code"),
        max_length=12,
        required=False,
        help_text=_("Your choice as producer; empty while not chosen."),
    )
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    capacity_mg = MassField(
        label=_("Capacity (kg)"), required=False, help_text=_("Without it, nobody knows how full it is.")
    )
    group = forms.ChoiceField(
        label=_("For one family only"),
        choices=lambda: [("", _("the first waste decides")), *wording.WASTE_GROUPS.items()],
        required=False,
    )


class WasteForm(forms.Form):
    """Waste weighed and put in a drum."""

    stream = forms.ChoiceField(label=_("Waste stream"), choices=_streams)
    mass = MassField(label=_("Mass"))
    container = forms.CharField(label=_("Drum"), max_length=60)
    material = forms.CharField(label=_("Material (code)"), max_length=40, required=False)
    about = forms.CharField(label=_("From which build or work"), max_length=120, required=False)
    wet = forms.BooleanField(label=_("It is wet (water, coolant)"), required=False)

    def clean_container(self) -> str:
        return str(self.cleaned_data["container"]).strip().removeprefix("drum:")

    def clean_material(self) -> str:
        return str(self.cleaned_data["material"]).strip().removeprefix("material:")


class CollectForm(forms.Form):
    """A closed drum handed over."""

    collector = forms.CharField(label=_("Collector"), max_length=120)
    destination = forms.CharField(label=_("Destination"), max_length=120, required=False)
    tracking_note = forms.CharField(label=_("Tracking note (BSD)"), max_length=60, required=False)
    mass_mg = MassField(label=_("Weight at collection (kg)"), required=False)

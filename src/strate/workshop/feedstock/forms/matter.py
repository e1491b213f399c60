"""What is typed about matter itself: a feedstock, its properties, its limits."""

from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from strate.workshop.feedstock import wording
from strate.workshop.feedstock.forms.fields import KgField, NumberField
from strate.workshop.feedstock.rules.properties import VOCABULARY


class MaterialForm(forms.Form):
    """A feedstock; what is not known stays empty."""

    code = forms.SlugField(label=_("Code"), max_length=40)
    title = forms.CharField(label=_("Name"), max_length=120)
    family = forms.ChoiceField(label=_("Family"), choices=list(wording.FAMILIES.items()))
    density_g_cm3 = NumberField(label=_("Density of the solid (g/cm³)"), required=False)
    bulk_density_g_cm3 = NumberField(label=_("Density of the powder bed (g/cm³)"), required=False)
    sieve_um = forms.IntegerField(label=_("Sieved at (µm)"), required=False, min_value=1, max_value=5000)
    cmr = forms.ChoiceField(
        label=_("Carcinogenic, mutagenic or toxic to reproduction"), choices=list(wording.CMR.items())
    )
    source = forms.CharField(label=_("Where this comes from"), max_length=200, required=False)


class LimitForm(forms.Form):
    """A line of a specification; its bounds are inclusive."""

    property = forms.ChoiceField(label=_("Property"))
    low = forms.CharField(label=_("Minimum"), max_length=40, required=False)
    high = forms.CharField(label=_("Maximum"), max_length=40, required=False)
    wanted = forms.ChoiceField(label=_("Or a word"), required=False)
    required = forms.BooleanField(label=_("Must be known before the release"), required=False)
    machine_model = forms.CharField(label=_("Only for the machine model"), max_length=80, required=False)
    routing = forms.CharField(label=_("Only for the routing"), max_length=40, required=False)
    source = forms.CharField(label=_("Where this limit comes from"), max_length=200)

    def __init__(self, family: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [each for each in VOCABULARY.values() if family in each.families]
        self.fields["property"].choices = [(each.code, _named(each.code)) for each in words]
        told = dict.fromkeys(word for each in words for word in each.words)
        self.fields["wanted"].choices = [
            ("", "—"),
            *((word, wording.WORDS[word]) for word in told),
        ]
        for name in ("low", "high"):
            self.fields[name].help_text = gettext("For instance 0,13 or 1300 ppm.")


def _named(code: str) -> str:
    unit = str(wording.UNITS.get(VOCABULARY[code].unit, VOCABULARY[code].unit))
    return f"{wording.PROPERTIES[code]} ({unit})" if unit else str(wording.PROPERTIES[code])


class ContainerForm(forms.Form):
    """A drum, a silo, a hopper, the bin of a machine."""

    container = forms.CharField(label=_("Label of the container"), max_length=40)
    kind = forms.ChoiceField(label=_("Kind"), choices=list(wording.CONTAINERS.items()))
    place = forms.CharField(label=_("Place"), max_length=60, required=False)
    inside = forms.CharField(label=_("Stands in (container or machine)"), max_length=120, required=False)
    tare_mg = KgField(label=_("Tare (kg)"), required=False)
    capacity_mg = KgField(label=_("Can hold (kg)"), required=False)
    seal = forms.ChoiceField(
        label=pgettext_lazy("powder", "Seal"), choices=[("", "—"), *wording.SEALS.items()], required=False
    )

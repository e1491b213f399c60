"""What is typed about matter itself: a feedstock, its properties, its limits."""

from django import forms
from django.utils.translation import gettext_lazy as _

from strate.workshop.feedstock import wording
from strate.workshop.feedstock.forms.fields import NumberField


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

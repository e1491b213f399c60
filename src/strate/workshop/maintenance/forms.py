"""The fields of a maintenance task."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from strate.workshop.maintenance import wording


class TaskForm(forms.Form):
    """A care: what, on which machines, at which level, when."""

    code = forms.SlugField(label=_("Code"), max_length=34)
    title_fr = forms.CharField(label=_("What to do, in French"), max_length=160)
    title_en = forms.CharField(label=_("What to do, in English"), max_length=160)
    why_fr = forms.CharField(label=_("Why, in French"), max_length=300, required=False)
    why_en = forms.CharField(label=_("Why, in English"), max_length=300, required=False)
    machine = forms.CharField(label=_("Only this machine (code)"), max_length=60, required=False)
    machine_kind = forms.CharField(label=_("Kind of machine"), max_length=30, required=False)
    family = forms.CharField(
        label=_("Family"), max_length=20, required=False, help_text="metal, polymer, sand"
    )
    level = forms.IntegerField(label=_("Level"), min_value=1, max_value=5, initial=1)
    trigger = forms.ChoiceField(label=_("When"), choices=lambda: list(wording.TRIGGERS.items()))
    limit = forms.DecimalField(
        label=_("After how much"), required=False, localize=True, min_value=Decimal("0.001")
    )
    counter = forms.CharField(label=_("Counter"), max_length=30, required=False)
    blocking = forms.BooleanField(label=_("Stops a launch when it is due"), required=False)
    source = forms.CharField(label=_("Source of the rule"), max_length=200, required=False)

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)

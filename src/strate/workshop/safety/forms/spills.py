"""The fields of a spill."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from strate.workshop.safety import wording
from strate.workshop.safety.forms.fields import LONG, MassField


class RecordForm(forms.Form):
    """What was spilt, who was there, why."""

    mass = MassField(label=_("Mass spilt"))
    weighed = forms.BooleanField(label=_("Weighed, not estimated"), required=False)
    cause = forms.ChoiceField(
        label=_("Cause"), choices=lambda: list(wording.SPILL_CAUSES.items()), widget=forms.RadioSelect
    )
    cause_said = forms.CharField(label=_("What happened"), widget=LONG, required=False)
    persons = forms.MultipleChoiceField(
        label=_("Who was there"), required=False, widget=forms.CheckboxSelectMultiple
    )
    drum = forms.CharField(label=_("Drum it was collected in"), max_length=60, required=False)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["persons"].choices = people

    def clean_drum(self) -> str:
        return str(self.cleaned_data["drum"]).strip().removeprefix("drum:")

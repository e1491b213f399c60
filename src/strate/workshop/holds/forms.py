"""The fields of a hold."""

from django import forms
from django.utils.translation import gettext_lazy as _

from strate.workshop.people.roles import HSE, MAINTENANCE, METHODS, QUALITY, ROLES, SHIFT_LEADER

LIFTERS = (QUALITY, SHIFT_LEADER, METHODS, MAINTENANCE, HSE)


class PlaceForm(forms.Form):
    """What is stopped, why, and who may let it go."""

    about = forms.CharField(label=_("Thing"), max_length=120)
    text = forms.CharField(
        label=_("Why it is stopped"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    liftable_by = forms.MultipleChoiceField(
        label=_("Who can lift it"),
        choices=[(role, ROLES[role]) for role in LIFTERS],
        initial=[QUALITY],
        widget=forms.CheckboxSelectMultiple,
    )


class LiftForm(forms.Form):
    """Why it may go on."""

    reason = forms.CharField(
        label=_("Why it may go on"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

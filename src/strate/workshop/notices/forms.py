"""The fields of a decision about work the server could not do."""

from django import forms
from django.utils.translation import gettext_lazy as _


class WorkForm(forms.Form):
    """Which work, and why."""

    job = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Why"), max_length=300)

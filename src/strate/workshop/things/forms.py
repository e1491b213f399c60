"""The fields of the correction of an entry."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CorrectForm(forms.Form):
    """What is right, and why what was written was not."""

    value = forms.CharField(label=_("What is right"), max_length=500)
    reason = forms.CharField(
        label=_("Why it was wrong"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

"""The form of the seal."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SealForm(forms.Form):
    """Whoever seals says that they have read what was corrected, late or let through."""

    reviewed = forms.BooleanField(required=False, label=_("I have read them all"))

"""What is said of some layers."""

from django import forms
from django.utils.translation import gettext_lazy as _


class MarkForm(forms.Form):
    """From which layer to which, what it is, and why."""

    first = forms.IntegerField(label=_("From layer"), min_value=1, max_value=10**6)
    last = forms.IntegerField(label=_("To layer"), min_value=1, max_value=10**6)
    state = forms.ChoiceField(
        label=_("What it is"),
        choices=[
            ("suspected", _("Suspected: to be looked at")),
            ("decided", _("Decided: seen and accepted")),
            ("fine", _("Fine: nothing was there")),
        ],
        widget=forms.RadioSelect,
        initial="suspected",
    )
    reason = forms.CharField(
        label=_("What was seen"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

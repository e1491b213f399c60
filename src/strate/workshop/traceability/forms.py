"""The fields of a recall."""

from django import forms
from django.utils.translation import gettext_lazy as _

WHAT = [
    ("lots", _("The lots of which something is left")),
    ("builds", _("The builds")),
    ("pieces", _("The numbered parts")),
]


class RecallForm(forms.Form):
    """Why the lot is recalled, and what is stopped for it."""

    reason = forms.CharField(
        label=_("Why it is recalled"), max_length=400, widget=forms.Textarea(attrs={"rows": 3})
    )
    stop = forms.MultipleChoiceField(
        label=_("What is stopped"),
        choices=WHAT,
        initial=[code for code, _word in WHAT],
        widget=forms.CheckboxSelectMultiple,
    )

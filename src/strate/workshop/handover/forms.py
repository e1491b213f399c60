"""The fields of a note to the next shift."""

from django import forms
from django.utils.translation import gettext_lazy as _


class NoteForm(forms.Form):
    """What the next shift must know; one thing to watch per line."""

    text = forms.CharField(
        label=_("What the next shift must know"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )
    watch = forms.CharField(
        label=_("To watch"),
        help_text=_("One per line."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_watch(self) -> list[str]:
        return [line.strip() for line in str(self.cleaned_data["watch"]).splitlines() if line.strip()]

"""The fields of the minutes: a member present who cannot sign them, a place of them corrected."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from strate.workshop.qualification.forms.jury import LONG
from strate.workshop.qualification.wording.jury import place_words


class UnableForm(forms.Form):
    """A member present who cannot sign the minutes, and why."""

    person = forms.ChoiceField(label=_("Member who cannot sign"))
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs=LONG),
        max_length=2000,
        help_text=_("It stays in this room: neither the minutes nor the letters say it. Nothing medical."),
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]] = (), **named: Any) -> None:
        super().__init__(*args, **named)
        fields: Any = self.fields
        fields["person"].choices = list(people)


class RectifyForm(forms.Form):
    """One place of the minutes, what it must read, and why."""

    place = forms.ChoiceField(label=_("Place corrected"))
    after = forms.CharField(label=_("It reads"), widget=forms.Textarea(attrs=LONG), max_length=2000)
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs=LONG), max_length=2000)

    def __init__(self, *args: Any, places: dict[str, str], **named: Any) -> None:
        super().__init__(*args, **named)
        fields: Any = self.fields
        fields["place"].choices = [
            (each, gettext("%(name)s: %(value)s") % {"name": place_words(each), "value": text[:80]})
            for each, text in places.items()
        ]

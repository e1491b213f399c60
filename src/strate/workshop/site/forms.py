"""The fields of the site's pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from strate.workshop.site.rules import ZONES
from strate.workshop.site.settings import CHOICE, SWITCH, Field
from strate.workshop.site.wording import ZONES as ZONE_WORDS


def field_for(setting: Field) -> forms.Field:
    """The field one decision is typed in; the action judges its bounds, alike for page and API."""
    common: dict[str, Any] = {"label": setting.label, "help_text": setting.help}
    if setting.kind == SWITCH:
        return forms.BooleanField(required=False, **common)
    if setting.kind == CHOICE:
        return forms.ChoiceField(choices=list(setting.choices.items()), **common)
    return forms.CharField(max_length=400, **common)


class PlaceForm(forms.Form):
    code = forms.SlugField(
        label=_("Short code"), max_length=40, help_text=_("Letters, digits and dashes: hall-1")
    )
    title = forms.CharField(label=_("Name"), max_length=120)
    zone = forms.ChoiceField(label=_("Zone"), choices=[(z, ZONE_WORDS[z]) for z in ZONES])
    parent = forms.ChoiceField(label=_("Inside"), required=False)

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].choices = [("", "—"), *places]


class ChangePlaceForm(PlaceForm):
    closed = forms.BooleanField(label=_("Closed: no longer in use"), required=False)

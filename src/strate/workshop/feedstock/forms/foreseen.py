"""What is asked to foresee how a powder ages: its refresh, its builds, what each adds to it."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from strate.workshop.feedstock.forms.fields import KgField, NumberField


class BoundedField(NumberField):
    """A number between two bounds."""

    default_error_messages = {"bounds": _("Type a number from %(least)s to %(most)s.")}

    def __init__(self, *, least: int, most: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.least, self.most = Decimal(least), Decimal(most)

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        if found is not None and not self.least <= found <= self.most:
            said = self.error_messages["bounds"] % {"least": self.least, "most": self.most}
            raise forms.ValidationError(said, code="bounds")
        return found


class ForeseenForm(forms.Form):
    """A constant pool, well mixed: the laws of a refresh."""

    refresh_percent = BoundedField(label=_("Virgin powder at each build (%)"), least=0, most=100)
    builds = forms.IntegerField(label=_("After how many refreshes"), min_value=1, max_value=400)
    hours = BoundedField(label=_("Hours at temperature of a build"), least=0, most=10_000, required=False)
    first = NumberField(label=_("Oxygen of the virgin powder (% mass)"), required=False)
    after = NumberField(label=_("Oxygen measured later (% mass)"), required=False)
    uses = forms.IntegerField(label=_("After how many builds"), min_value=1, max_value=10_000, required=False)
    limit = NumberField(label=_("Limit of oxygen, included (% mass)"), required=False)
    total_mg = KgField(label=_("Powder of a build (kg)"), required=False)
    fresh_mg = KgField(label=_("Virgin powder really put in (kg)"), required=False)
    fused_percent = BoundedField(label=_("Of which melted (%)"), least=0, most=100, required=False)
    lost_percent = BoundedField(label=_("Of which lost (%)"), least=0, most=100, required=False)

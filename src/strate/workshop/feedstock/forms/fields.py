"""Fields that every form about powder shares: a number with a comma, kilograms, a day."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from strate.workshop.site.importing import Misread, decimal

MG_PER_KG = 1_000_000
MOST_MG = 10**15


class NumberField(forms.CharField):
    """A decimal typed with a comma or a point; never a thousands sign that could be read as one."""

    default_error_messages = {"unread": _("This is not a number: type 12,5 or 12.5.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return decimal()(text)
        except Misread as misread:
            raise forms.ValidationError(self.error_messages["unread"], code="unread") from misread


UNWEIGHABLE = {
    "fine": _("Finer than a milligram: no scale weighs that."),
    "heavy": _("More than a million tonnes: no workshop weighs that."),
}


def whole_milligrams(field: forms.Field, milligrams: Decimal) -> int:
    """A mass that a scale can have shown: whole milligrams, and not more than the house can keep."""
    wrong = "heavy" if abs(milligrams) > MOST_MG else "" if milligrams == int(milligrams) else "fine"
    if wrong:
        raise forms.ValidationError(field.error_messages[wrong], code=wrong)
    return int(milligrams)


class KgField(NumberField):
    """A mass typed in kilograms, kept in whole milligrams."""

    default_error_messages = UNWEIGHABLE

    @property
    def optional(self) -> bool:
        return not self.required

    def clean(self, value: Any) -> int | None:
        kilograms = super().clean(value)
        return None if kilograms is None else whole_milligrams(self, kilograms * MG_PER_KG)


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")

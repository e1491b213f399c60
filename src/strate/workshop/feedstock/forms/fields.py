"""Fields that every form about powder shares: a number with a comma, kilograms, a day."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from strate.workshop.site.importing import Misread, decimal

MG_PER_KG = 1_000_000


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


class KgField(NumberField):
    """A mass typed in kilograms, kept in whole milligrams."""

    default_error_messages = {"fine": _("Finer than a milligram: no scale weighs that.")}

    @property
    def optional(self) -> bool:
        return not self.required

    def clean(self, value: Any) -> int | None:
        kilograms = super().clean(value)
        if kilograms is None:
            return None
        milligrams = kilograms * MG_PER_KG
        if milligrams != milligrams.to_integral_value() or abs(kilograms) > Decimal(10**9):
            raise forms.ValidationError(self.error_messages["fine"], code="fine")
        return int(milligrams)


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")

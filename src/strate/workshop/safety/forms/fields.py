"""How safety reads what is typed: masses with a comma, lists of codes, signs ticked, substances line by line."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from strate.workshop.safety import rules

LONG = forms.Textarea(attrs={"rows": 4})


def words(text: str) -> list[str]:
    """Codes separated by spaces, commas or new lines."""
    return [word for word in text.replace(",", " ").replace(";", " ").split() if word]


def day(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    """A day, picked on a calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, required=required, help_text=help_text)


def ticks(label: Any, choices: Any, help_text: Any = "") -> forms.MultipleChoiceField:
    """Boxes to tick, none at least."""
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=help_text,
    )


def number(typed: str) -> Decimal:
    """A number with a comma or a point; refused when it is none."""
    text = typed.replace("\u202f", "").replace("\u00a0", "").replace(" ", "").replace(",", ".")
    try:
        value = Decimal(text)
    except ArithmeticError:
        raise forms.ValidationError(_("This is not a number.")) from None
    if not value.is_finite() or abs(value) > 10**9:
        raise forms.ValidationError(_("This is not a number."))
    return value


class NumberField(forms.CharField):
    """A number typed on the floor."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"max_length": 20} | kwargs))
        self.widget.attrs["inputmode"] = "decimal"

    def clean(self, value: Any) -> Decimal | None:
        typed = super().clean(value)
        return number(typed) if typed else None


class MassField(forms.CharField):
    """Kilograms as typed, as whole milligrams."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"max_length": 20} | kwargs))
        self.widget.attrs["inputmode"] = "decimal"

    def clean(self, value: Any) -> int | None:
        typed = super().clean(value)
        return mass_mg(typed) if typed else None


def mass_mg(typed: str) -> int:
    """Kilograms as typed, as whole milligrams; nothing finer than a milligram is believed."""
    try:
        read = number(typed).scaleb(6)
    except forms.ValidationError:
        raise forms.ValidationError(_("This is not a mass.")) from None
    if read != read.to_integral_value() or abs(read) > 10**15:
        raise forms.ValidationError(_("This is not a mass."))
    return int(read)


class SignsField(forms.MultipleChoiceField):
    """Signs to wear, ticked one by one or typed together."""

    widget = forms.CheckboxSelectMultiple

    def to_python(self, value: Any) -> list[str]:
        return [sign for each in value or [] for sign in words(str(each))]

    def validate(self, value: Any) -> None:
        unknown = [sign for sign in value if sign not in rules.SIGNS]
        if unknown:
            raise forms.ValidationError(_("Unknown signs: %(signs)s") % {"signs": " ".join(unknown)})


def substances(text: str) -> list[dict[str, str]]:
    """One substance a line: name; CAS number; least %; most %. A single share is the most."""
    found = []
    for line in text.splitlines():
        parts = [part.strip() for part in line.split(";")]
        if not parts[0]:
            continue
        shares = [str(number(p.rstrip("% "))) for p in parts[2:4] if p]
        least, most = (shares[0], shares[1]) if len(shares) == 2 else ("", shares[0] if shares else "")
        row = {"name": parts[0], "cas": parts[1] if len(parts) > 1 else "", "least": least, "most": most}
        found.append(row)
    return found


def substances_text(rows: list[dict[str, str]]) -> str:
    """The same as it was typed."""
    lines = []
    for each in rows:
        shares = [s.replace(".", ",") for s in (each.get("least", ""), each.get("most", "")) if s]
        lines.append(" ; ".join([each.get("name", ""), each.get("cas", ""), *shares]))
    return "\n".join(lines)

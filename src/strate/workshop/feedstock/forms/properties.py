"""What is typed of the properties of a lot: a field for each, with its unit, words in either language."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from strate.workshop.doors import wording as spoken
from strate.workshop.feedstock import wording
from strate.workshop.feedstock.forms.fields import DayInput
from strate.workshop.feedstock.rules import properties
from strate.workshop.feedstock.rules.properties import NotRead
from strate.workshop.journal.refusals import Reason


class ReadingsForm(forms.Form):
    """One field a property; what stays empty is not known. `codes` are shown, any other can be added."""

    def __init__(
        self, family: str, codes: Iterable[str], *args: Any, limits: Mapping[str, str], **kwargs: Any
    ) -> None:
        """`limits`: what each value must respect, told before it is typed."""
        super().__init__(*args, **kwargs)
        self.codes = [each.code for each in properties.measurable(family) if each.code in set(codes)]
        said = {f"p_{code}": _field(code, limits.get(code, "")) for code in self.codes}
        others = [each.code for each in properties.measurable(family) if each.code not in self.codes]
        choices = [("", "—"), *((code, wording.PROPERTIES[code]) for code in others)]
        said["other"] = forms.ChoiceField(label=_("Another property"), choices=choices, required=False)
        said["other_value"] = forms.CharField(
            label=_("Its value, with its unit"), max_length=60, required=False
        )
        self.fields = {**said, **self.fields}

    @property
    def values(self) -> list[forms.BoundField]:
        return [self[f"p_{code}"] for code in self.codes]

    @property
    def rest(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if not name.startswith("p_")]

    def clean(self) -> dict[str, Any]:
        """What was typed as readings; each one that is not understood says why under its field."""
        kept = {
            name: value for name, value in self.cleaned_data.items() if not name.startswith(("p_", "other"))
        }
        typed = {code: self.cleaned_data.get(f"p_{code}", "") for code in self.codes}
        if other := self.cleaned_data.get("other"):
            typed[other] = self.cleaned_data.get("other_value", "")
        readings = []
        for code, text in typed.items():
            if text and text.strip():
                value = as_word(code, text.strip())
                self._must_be_read(code, value)
                readings.append({"property": code, "value": value, "unit": "", "method": ""})
        if not readings and not self.errors:
            raise forms.ValidationError(gettext("Type at least one value."))
        return {**kept, "readings": readings}

    def _must_be_read(self, code: str, value: str) -> None:
        try:
            properties.read_value(code, value)
        except NotRead as unread:
            why = spoken.refusal(Reason(unread.code, {"property": code, **unread.values}))
            self.add_error(f"p_{code}" if code in self.codes else "other_value", why)


def _field(code: str, limit: str) -> forms.Field:
    each = properties.word(code)
    unit = str(wording.UNITS.get(each.unit, each.unit))
    label = f"{wording.PROPERTIES[code]} ({unit})" if unit else wording.PROPERTIES[code]
    if each.kind == "word":
        choices = [("", "—"), *((word, wording.WORDS[word]) for word in each.words)]
        return forms.ChoiceField(label=label, choices=choices, required=False, help_text=limit)
    other = gettext("or: %(word)s") % {"word": wording.WORDS[each.words[0]]} if each.words else ""
    hint = " · ".join(part for part in (limit, other) if part)
    field = forms.CharField(label=label, max_length=60, required=False, help_text=hint)
    field.widget.attrs |= {"autocomplete": "off"} | ({} if each.words else {"inputmode": "decimal"})
    return field


def as_word(code: str, text: str) -> str:
    """« ne coule pas » is the word does_not_flow; a number stays as it is typed."""
    for word in properties.word(code).words:
        if text.casefold() in (word, str(wording.WORDS[word]).casefold()):
            return word
    return text


class MeasureForm(ReadingsForm):
    """What was measured here."""

    sample = forms.CharField(label=_("Sample"), max_length=60, required=False)
    instrument = forms.CharField(label=_("Instrument"), max_length=60, required=False)
    measured_on = forms.DateField(
        label=_("Measured on (today when empty)"), required=False, widget=DayInput()
    )
    note = forms.CharField(label=_("Remark"), max_length=400, required=False, widget=forms.Textarea)


class CertifyForm(ReadingsForm):
    """What the certificate says."""

    number = forms.CharField(label=_("Number of the certificate"), max_length=80, required=False)
    type = forms.ChoiceField(
        label=_("Type (EN 10204)"), choices=[("", "—"), *wording.CERTIFICATES.items()], required=False
    )
    issued_on = forms.DateField(
        label=pgettext_lazy("certificate", "Issued on"), required=False, widget=DayInput()
    )
    certificate_file = forms.FileField(label=_("Certificate (PDF or photo)"), required=False)

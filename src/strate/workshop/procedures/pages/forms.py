"""The fields for writing a procedure and the card of a step."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from strate.workshop.procedures import wording
from strate.workshop.procedures.kinds import KINDS, said


class NewForm(forms.Form):
    """A new procedure, or a new version of one from a sheet."""

    procedure = forms.SlugField(
        label=_("Code"), max_length=40, help_text=_("Small letters, digits and hyphens.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=lambda: list(wording.PROCEDURE_KINDS.items()))
    title_fr = forms.CharField(label=_("Title in French"), max_length=160)
    title_en = forms.CharField(label=_("Title in English"), max_length=160)


class SheetForm(forms.Form):
    """The whole sheet as text."""

    text = forms.CharField(
        label=_("Sheet (YAML)"),
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false", "class": "number"}),
    )


class StepForm(forms.Form):
    """The card of one step; fields that do not concern its kind stay empty."""

    code = forms.SlugField(label=_("Code"), max_length=40)
    kind = forms.ChoiceField(
        label=_("Kind of step"), choices=lambda: [(k.code, k.label) for k in KINDS.values()]
    )
    text_fr = forms.CharField(label=_("What to do, in French"), max_length=300)
    text_en = forms.CharField(label=_("What to do, in English"), max_length=300)
    why_fr = forms.CharField(label=_("Why, in French"), max_length=400, required=False)
    why_en = forms.CharField(label=_("Why, in English"), max_length=400, required=False)
    ppe = forms.CharField(
        label=_("Signs to show"), required=False, help_text=_("Codes, separated by spaces: M004 M009.")
    )
    blocking = forms.BooleanField(label=_("Blocks when it is out of bounds"), required=False, initial=True)
    required = forms.BooleanField(label=_("Required"), required=False, initial=True)
    signed = forms.BooleanField(label=_("Signed with the PIN"), required=False)
    name = forms.CharField(label=_("What is measured"), max_length=80, required=False)
    unit = forms.CharField(label=_("Unit"), max_length=12, required=False)
    min = forms.CharField(label=_("Minimum"), max_length=20, required=False)
    max = forms.CharField(label=_("Maximum"), max_length=20, required=False)
    signal = forms.CharField(label=_("Machine signal"), max_length=60, required=False)
    expects = forms.CharField(label=_("Kind of thing to scan"), max_length=30, required=False)
    options = forms.CharField(
        label=_("Answers"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line: code | French | English; « ! » before the code marks a deviation."),
    )
    minutes = forms.IntegerField(label=_("Minutes to wait"), min_value=1, required=False)
    procedure = forms.SlugField(label=_("Procedure called"), max_length=40, required=False)
    meaning = forms.CharField(label=_("Meaning of the signature"), max_length=20, required=False)
    source = forms.CharField(label=_("Source of the rule"), max_length=200, required=False)
    effect = forms.CharField(label=_("Effect in a room"), max_length=60, required=False)

    def card(self, before: dict[str, Any] | None = None) -> dict[str, Any]:
        """The card as it is kept; what the form does not know (templates of rights…) is left as it was."""
        kept = {
            k: v for k, v in (before or {}).items() if k not in self.cleaned_data and k not in ("text", "why")
        }
        given = dict(self.cleaned_data)
        card: dict[str, Any] = {"code": given.pop("code"), "kind": given.pop("kind")}
        for word in ("text", "why"):
            card[word] = {"fr": given.pop(f"{word}_fr"), "en": given.pop(f"{word}_en")}
        card["ppe"] = given.pop("ppe").split()
        card["blocking"], card["required"] = given.pop("blocking"), given.pop("required")
        options = _options(given.pop("options"))
        if options:
            card["options"] = options
        expects = given.pop("expects")
        if expects:
            card["expects"] = {**(before or {}).get("expects", {}), "kind": expects}
        for limit in ("min", "max"):
            given[limit] = given[limit].strip().replace(",", ".")
        return card | kept | {k: v for k, v in given.items() if v not in ("", None, False)}

    @staticmethod
    def of(card: dict[str, Any]) -> dict[str, Any]:
        """What the form shows of a card."""
        shown = {k: card.get(k) for k in StepForm.base_fields if k in card}
        for word in ("text", "why"):
            texts = card.get(word) or {}
            shown |= {f"{word}_{language}": texts.get(language, "") for language in ("fr", "en")}
        shown["ppe"] = " ".join(card.get("ppe") or ())
        shown["expects"] = (card.get("expects") or {}).get("kind", "")
        shown["options"] = "\n".join(_line(o) for o in card.get("options") or ())
        shown["blocking"], shown["required"] = card.get("blocking", True), card.get("required", True)
        return shown


def _options(text: str) -> list[dict[str, Any]]:
    found = []
    for line in text.splitlines():
        parts = [part.strip() for part in line.split("|")]
        if parts[0]:
            words = {"fr": parts[1] if len(parts) > 1 else parts[0], "en": parts[-1]}
            option: dict[str, Any] = {"value": parts[0].lstrip("! "), "text": words}
            found.append(option | ({"ok": False} if parts[0].startswith("!") else {}))
    return found


def _line(option: dict[str, Any]) -> str:
    mark = "" if option.get("ok", True) else "!"
    texts = option.get("text") or {}
    return f"{mark}{option['value']} | {texts.get('fr') or said(texts)} | {texts.get('en') or said(texts)}"

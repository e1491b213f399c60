"""The fields for writing a procedure and the card of a step."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from strate.templatetags._pictograms import PICTOGRAMS
from strate.workshop.doors.wording import vocabulary
from strate.workshop.people.roles import GIVEN, ROLES
from strate.workshop.procedures import queries, registry, wording
from strate.workshop.procedures.kinds import KINDS
from strate.workshop.procedures.kinds.hand import MEANINGS
from strate.workshop.procedures.pages import cards

FAMILIES = [("metal", _("Metal")), ("polymer", _("Polymer")), ("sand", _("Sand"))]
NONE = ("", "—")
MEASURE = ("name_fr", "name_en", "unit", "min", "max", "decimals", "min_from", "max_from")
# The fields that only a step of this kind has.
OF_KIND: dict[str, tuple[str, ...]] = {
    "measure": MEASURE,
    "machine_value": ("signal", *MEASURE, "max_age_s", "typed_if_silent"),
    "choose": ("options",),
    "scan": ("expects_kind", "expects_state", "same_as"),
    "wait": ("minutes", "since", "until", "early"),
    "procedure": ("procedure",),
    "sign": ("meaning",),
    "means": ("place_fr", "place_en", "thing"),
}
GROUPS: tuple[tuple[Any, bool, tuple[str, ...]], ...] = (
    (
        _("Why, and where the rule comes from"),
        True,
        ("why_fr", "why_en", "source_fr", "source_en", "picture_file", "no_picture"),
    ),
    (_("Equipment to wear, signs"), False, ("ppe",)),
    (
        _("Who may do it"),
        False,
        ("role", "authorisation", "zone", "right", "signed", "second_person", "other_than"),
    ),
    (_("When it is asked, what it holds back"), False, ("blocking", "required", "when")),
    (_("What it sets in motion"), False, ("effect", "operation", "stream_step", "mass_step")),
)


class NewForm(forms.Form):
    """A new procedure: its name first, then its steps."""

    procedure = forms.SlugField(
        label=_("Code"), max_length=40, help_text=_("Small letters, digits and hyphens.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=lambda: list(wording.PROCEDURE_KINDS.items()))
    title_fr = forms.CharField(label=_("Title in French"), max_length=120)
    title_en = forms.CharField(label=_("Title in English"), max_length=120)


class CopyForm(forms.Form):
    """A procedure of the site's own, begun from another."""

    code = forms.SlugField(label=_("Code"), max_length=40, help_text=_("Small letters, digits and hyphens."))
    title_fr = forms.CharField(label=_("Title in French"), max_length=120)
    title_en = forms.CharField(label=_("Title in English"), max_length=120)


class HeadForm(forms.Form):
    """The head of a draft."""

    title_fr = forms.CharField(label=_("Title in French"), max_length=120)
    title_en = forms.CharField(label=_("Title in English"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=lambda: list(wording.PROCEDURE_KINDS.items()))
    applies_to = forms.MultipleChoiceField(
        label=_("For which families"),
        choices=FAMILIES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: for all of them."),
    )
    every_min = forms.IntegerField(
        label=_("Filled in every (minutes)"),
        min_value=1,
        max_value=100_000,
        required=False,
        help_text=_("For a reading sheet; empty: when somebody decides to."),
    )
    note = forms.CharField(label=_("Note to whoever approves it"), max_length=200, required=False)


class SheetForm(forms.Form):
    """The whole sheet as text."""

    text = forms.CharField(
        label=_("Sheet (YAML)"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false", "class": "number"}),
    )


class ImportForm(forms.Form):
    """A sheet brought from a file, or pasted."""

    file = forms.FileField(label=_("File (YAML)"), required=False)
    text = forms.CharField(
        label=_("Or its text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "class": "number"}),
    )


def _signs() -> list[tuple[str, Any]]:
    return [(code, sign[1]) for code, sign in PICTOGRAMS.items() if code[0] in "MWP"]


class StepForm(forms.Form):
    """The card of one step; the fields that do not concern its kind are not shown."""

    kind = forms.ChoiceField(
        label=_("Kind of step"), choices=lambda: [(k.code, k.label) for k in KINDS.values()]
    )
    code = forms.SlugField(
        label=_("Code"), max_length=40, help_text=_("Small letters, digits and hyphens: « a2-oxygen ».")
    )
    text_fr = forms.CharField(label=_("What to do, in French"), max_length=400)
    text_en = forms.CharField(label=_("What to do, in English"), max_length=400)
    why_fr = forms.CharField(label=_("Why, in French"), max_length=400, required=False)
    why_en = forms.CharField(label=_("Why, in English"), max_length=400, required=False)
    source_fr = forms.CharField(label=_("Source of the rule, in French"), max_length=200, required=False)
    source_en = forms.CharField(
        label=_("Source of the rule, in English"),
        max_length=200,
        required=False,
        help_text=_("Empty: said as in French."),
    )
    picture_file = forms.ImageField(label=_("Picture shown with the step"), required=False)
    no_picture = forms.BooleanField(label=_("Without a picture"), required=False)
    picture = forms.CharField(
        label=_("Picture shown with the step"), widget=forms.HiddenInput, required=False
    )
    ppe = forms.MultipleChoiceField(
        label=_("Signs to show"), required=False, choices=_signs, widget=forms.CheckboxSelectMultiple
    )
    role = forms.ChoiceField(
        label=_("Only for this role"), required=False, choices=[NONE, *((r, ROLES[r]) for r in GIVEN)]
    )
    authorisation = forms.CharField(
        label=_("Authorisations asked for"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One a line: « machine | {machine} », « material | {material} »."),
    )
    zone = forms.CharField(label=_("In this zone (code of the place)"), max_length=60, required=False)
    right = forms.CharField(label=_("Right asked for"), max_length=60, required=False)
    signed = forms.BooleanField(label=_("Signed with the PIN"), required=False)
    second_person = forms.BooleanField(
        label=_("By somebody who did nothing else in this gesture"), required=False
    )
    other_than = forms.CharField(
        label=_("By somebody else than who did these steps"),
        required=False,
        help_text=_("Codes of earlier steps, separated by spaces."),
    )
    blocking = forms.BooleanField(label=_("Blocks when it is out of bounds"), required=False, initial=True)
    required = forms.BooleanField(label=_("Required"), required=False, initial=True)
    when = forms.CharField(
        label=_("Only when"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "One a line: « reactive = yes », « family = metal, sand », « mass_kg ≥ 25 », « step:state = inert »."
        ),
    )
    effect = forms.ChoiceField(
        label=_("What doing it sets in motion"),
        required=False,
        choices=lambda: [
            NONE,
            *((name, wording.EFFECTS.get(name, name)) for name in sorted(registry.effects())),
        ],
    )
    operation = forms.CharField(label=_("Operation (for the equipment)"), max_length=60, required=False)
    stream_step = forms.CharField(label=_("Step that names the waste"), max_length=40, required=False)
    mass_step = forms.CharField(label=_("Step that weighs it"), max_length=40, required=False)
    name_fr = forms.CharField(label=_("What is measured, in French"), max_length=80, required=False)
    name_en = forms.CharField(label=_("What is measured, in English"), max_length=80, required=False)
    unit = forms.CharField(label=_("Unit"), max_length=12, required=False)
    min = forms.CharField(label=_("Minimum"), max_length=20, required=False)
    max = forms.CharField(label=_("Maximum"), max_length=20, required=False)
    decimals = forms.IntegerField(label=_("Decimals"), min_value=0, max_value=6, required=False)
    min_from = forms.CharField(label=_("Minimum taken from the job"), max_length=60, required=False)
    max_from = forms.CharField(label=_("Maximum taken from the job"), max_length=60, required=False)
    signal = forms.CharField(label=_("Machine signal"), max_length=60, required=False)
    max_age_s = forms.IntegerField(
        label=_("Oldest reading accepted (seconds)"), min_value=1, max_value=600_000, required=False
    )
    typed_if_silent = forms.BooleanField(label=_("Typed when the machine is silent"), required=False)
    expects_kind = forms.CharField(label=_("Kind of thing to scan"), max_length=30, required=False)
    expects_state = forms.CharField(
        label=_("State it must be in"), required=False, help_text=_("Several are separated by spaces.")
    )
    same_as = forms.CharField(label=_("The very one the job names"), max_length=60, required=False)
    options = forms.CharField(
        label=_("Answers"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line: code | French | English; « ! » before the code marks a deviation."),
    )
    minutes = forms.IntegerField(label=_("Minutes to wait"), min_value=1, max_value=600_000, required=False)
    since = forms.CharField(label=_("Counted from this step"), max_length=40, required=False)
    until = forms.CharField(label=_("Until this hour known of the job"), max_length=60, required=False)
    early = forms.BooleanField(label=_("May be cut short, signed, as a deviation"), required=False)
    procedure = forms.ChoiceField(
        label=_("Procedure called"),
        required=False,
        choices=lambda: [NONE, *((p.code, f"{p.code} · {p.title_fr}") for p in queries.procedures())],
    )
    meaning = forms.ChoiceField(
        label=_("Meaning of the signature"),
        required=False,
        choices=lambda: [(m, vocabulary("MEANINGS")[f"step_{m}"]) for m in MEANINGS],
    )
    place_fr = forms.CharField(label=_("Its place, in French"), max_length=120, required=False)
    place_en = forms.CharField(label=_("Its place, in English"), max_length=120, required=False)
    thing = forms.CharField(
        label=_("The very thing (reference)"), max_length=120, required=False, help_text=_("gauge:PC-150")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("text_fr", "text_en", "why_fr", "why_en"):
            self.fields[name].widget = forms.Textarea(attrs={"rows": 2})

    @property
    def step_kind(self) -> str:
        """The kind whose fields are shown."""
        asked = self.data.get("kind") if self.is_bound else self.initial.get("kind")
        return str(asked) if asked in KINDS else "acknowledge"

    def first(self) -> list[BoundField]:
        return [self[name] for name in ("kind", "code", "text_fr", "text_en")]

    def of_kind(self) -> list[BoundField]:
        """The fields of this kind of step alone."""
        return [self[name] for name in OF_KIND.get(self.step_kind, ())]

    def groups(self) -> Iterator[tuple[Any, bool, list[BoundField]]]:
        """The other fields, folded; a group opens by itself when something is written or wrong in it."""
        for title, opened, names in GROUPS:
            shown = [self[name] for name in names]
            filled = any(f.errors or f.value() not in (None, "", [], False, True) for f in shown)
            yield title, opened or filled, shown

    def card(self, before: dict[str, Any] | None = None) -> dict[str, Any]:
        """The card as it is kept; what the form does not know is left as it was."""
        if not hasattr(self, "cleaned_data"):
            self.full_clean()
        return cards.card(self.cleaned_data, before, OF_KIND)

    @staticmethod
    def of(card: dict[str, Any]) -> dict[str, Any]:
        """What the form shows of a card."""
        return cards.fields(card)

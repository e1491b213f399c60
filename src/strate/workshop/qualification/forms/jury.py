"""The fields of a jury: who sits, what each declares, what is decided, what the centre enters."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from strate.workshop.people import queries as people
from strate.workshop.people.roles import JUROR
from strate.workshop.qualification.queries import jury as queries
from strate.workshop.qualification.queries import references
from strate.workshop.qualification.rules import independence
from strate.workshop.qualification.rules.jury import TEXT, Rule
from strate.workshop.qualification.wording.jury import CONTROLS, ORIGINS, SIDES, TIES, VOICES

LONG = {"rows": 3}


def day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, required=required, help_text=help_text)


def _jurors() -> list[tuple[str, str]]:
    return [("", "—"), *((p.pk, p.name) for p in people.holders(JUROR))]


def _references() -> list[tuple[str, str]]:
    return [(one.code, f"{one.title} ({one.version})") for one in references.in_force()]


def _waiting() -> list[tuple[str, str]]:
    return [
        (of.number, f"{people.name_of(of.person)} · {of.number} · {of.reference.title}")
        for of in queries.waiting()
    ]


class ConveneForm(forms.Form):
    """When, where, for whom."""

    reference = forms.ChoiceField(label=_("Reference"), choices=_references)
    candidates = forms.MultipleChoiceField(
        label=_("Candidates whose commission has concluded"),
        choices=_waiting,
        widget=forms.CheckboxSelectMultiple,
    )
    held_on = day(_("Date of the jury"))
    starts = forms.TimeField(
        label=_("Time"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    place = forms.CharField(label=_("Place"), max_length=200)
    unions_asked_on = day(_("Unions asked to designate on"))
    region_informed_on = day(_("Regional committee (CPREFP) told on"), required=False)
    chair = forms.ChoiceField(label=_("Chair"), choices=_jurors)

    def values(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        del given["chair"]
        starts = given.pop("starts")
        return given | {"starts": starts.strftime("%H:%M") if starts else ""}


class SeatForm(forms.Form):
    """One seat; a line without a name is left alone."""

    person = forms.ChoiceField(label=_("Juror"), choices=_jurors, required=False)
    side = forms.ChoiceField(label=_("Side"), choices=lambda: list(SIDES.items()), required=False)
    organisation = forms.CharField(label=_("Organisation"), max_length=160, required=False)
    company = forms.CharField(label=_("Company of the juror"), max_length=160, required=False)
    leave_needed = forms.BooleanField(label=_("Their employer must release them"), required=False)
    leave_noticed_on = day(_("Employer told in writing on"), required=False)


class ReplaceForm(forms.Form):
    """Somebody of the same side takes an excused juror's seat."""

    person = forms.ChoiceField(label=_("Juror"), choices=_jurors)
    organisation = forms.CharField(label=_("Organisation"), max_length=160)
    company = forms.CharField(label=_("Company of the juror"), max_length=160, required=False)


class DayForm(forms.Form):
    """A day something was done."""

    on = day(_("Done on"))


class ReceiptForm(forms.Form):
    """The day the technical group received the papers, and who received them there."""

    on = day(_("Received on"))
    received_by = forms.CharField(label=_("Received by"), max_length=160)


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs=LONG), max_length=2000)


class OpenForm(forms.Form):
    """The jury's own finding, before anything is decided."""

    conditions_met = forms.BooleanField(
        label=_("The jury finds the conditions of organisation and of admission met"), required=False
    )


class TiesForm(forms.Form):
    """What a juror declares of each candidate."""

    def __init__(self, *args: Any, candidates: Iterable[tuple[str, str]], **named: Any) -> None:
        super().__init__(*args, **named)
        self.numbers = []
        for number, name in candidates:
            self.numbers.append(number)
            self.fields[number] = forms.MultipleChoiceField(
                label=name,
                choices=[("none", _("no tie")), *((tie, TIES[tie]) for tie in independence.TIES)],
                widget=forms.CheckboxSelectMultiple,
            )

    def clean(self) -> dict[str, Any]:
        for number in self.numbers:
            chosen = self.cleaned_data.get(number, [])
            if "none" in chosen and len(chosen) > 1:
                self.add_error(number, _("Either a tie, or none."))
        return self.cleaned_data

    def ties(self) -> dict[str, list[str]]:
        return {n: [t for t in self.cleaned_data[n] if t != "none"] for n in self.numbers}


class DecideForm(forms.Form):
    """One competence: everybody says the same, or each juror's voice; the reason of a refusal."""

    unanimous = forms.ChoiceField(
        label=_("All of them"),
        required=False,
        help_text=_("or each voice below"),
        choices=lambda: [("", "—"), *VOICES.items()],
    )
    reason = forms.CharField(
        label=_("Reason, when not validated"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **named: Any) -> None:
        super().__init__(*args, **named)
        self.people = [person for person, _name in people]
        for person, name in people:
            self.fields[person] = forms.ChoiceField(
                label=name, required=False, choices=lambda: [("", "—"), *VOICES.items()]
            )

    def voices_fields(self) -> list[Any]:
        return [self[person] for person in self.people]

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if told.get("unanimous") and any(told.get(person) for person in self.people):
            self.add_error("unanimous", _("Either all of them, or each voice."))
        return told

    def voices(self) -> dict[str, str]:
        """Nobody is made to speak: a voice left blank is missing."""
        told = self.cleaned_data
        if told["unanimous"]:
            return dict.fromkeys(self.people, told["unanimous"])
        return {person: told[person] for person in self.people if told[person]}


class RuleForm(forms.Form):
    """The value of a rule, as its kind wants it, with its source."""

    origin = forms.ChoiceField(
        label=_("Where the value comes from"),
        choices=lambda: [(code, ORIGINS[code]) for code in ("text", "house")],
        widget=forms.RadioSelect,
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=400,
        help_text=_("Title, article and date of the text, or of the decision of the house."),
    )
    # With a draft goes the version it was typed on: a newer decision is then read before it is written over.
    seen = forms.IntegerField(widget=forms.HiddenInput(attrs={"data-basis": ""}), required=False)

    def __init__(self, *args: Any, rule: Rule, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["value"] = _value_field(rule)
        fields: Any = self.fields
        if rule.origin == TEXT:
            fields["origin"].choices = [(TEXT, ORIGINS[TEXT])]
            fields["origin"].initial = TEXT
        self.order_fields(["value", "origin", "source"])

    def values(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        value = given["value"]
        given["value"] = " ".join(value) or "none" if isinstance(value, list) else str(value)
        return given | {"seen": given["seen"] or 0}


def _value_field(rule: Rule) -> forms.Field:
    label = _("Value")
    if rule.kind == "yes_no":
        return forms.ChoiceField(label=label, choices=[("yes", _("yes")), ("no", _("no"))])
    if rule.kind == "side":
        return forms.ChoiceField(label=label, choices=lambda: list(SIDES.items()))
    if rule.kind == "ties":
        return forms.MultipleChoiceField(
            label=label,
            required=False,
            choices=[(tie, TIES[tie]) for tie in independence.MAY_EXCLUDE],
            widget=forms.CheckboxSelectMultiple,
        )
    return forms.IntegerField(label=label, min_value=1 if rule.kind == "people" else 0, max_value=3660)


class RegistrationForm(forms.Form):
    """The RNCP registration of a certificate."""

    reference = forms.ChoiceField(label=_("Reference"), choices=_references)
    number = forms.CharField(label=_("RNCP number"), max_length=40)
    since = day(_("Registered from"))
    until = day(_("until"), required=False)
    source = forms.CharField(label=_("Source"), max_length=400)


class ControlForm(forms.Form):
    """What the technical group found in the papers of a jury."""

    on = day(_("Day"))
    control = forms.ChoiceField(
        label=_("What it found"),
        choices=lambda: [(code, word) for code, (word, _look) in CONTROLS.items()],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Its remarks"), widget=forms.Textarea(attrs=LONG), max_length=4000, required=False
    )


class ComplaintForm(forms.Form):
    """What a candidate disputes."""

    grounds = forms.CharField(
        label=_("What you dispute, and why"), widget=forms.Textarea(attrs={"rows": 6}), max_length=4000
    )


class AnswerForm(forms.Form):
    """The answer to a complaint, by somebody who took no part in the case."""

    outcome = forms.ChoiceField(
        label=_("Answer"),
        choices=[
            ("upheld", _("Upheld: another jury decides what was refused")),
            ("rejected", _("Rejected: the decision stands")),
        ],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(label=_("Why"), widget=forms.Textarea(attrs=LONG), max_length=4000)
    effect = forms.CharField(
        label=_("What follows from it"), widget=forms.Textarea(attrs=LONG), max_length=4000, required=False
    )

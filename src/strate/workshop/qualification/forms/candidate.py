"""The fields of a candidate's file: registration, frame, commission, report, evidence."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from strate.workshop.people import queries as people
from strate.workshop.people.roles import ASSESSOR
from strate.workshop.qualification.queries import references
from strate.workshop.qualification.wording import candidate as wording

LONG = forms.Textarea(attrs={"rows": 3})
DAY = {"type": "date"}


def _everybody() -> list[tuple[str, str]]:
    return [("", "—"), *((p.pk, p.name) for p in people.people()[:2000])]


MOST_LISTED = 500


def by_name_when_many(form: forms.Form, *names: str) -> None:
    """A list of thousands is no list: beyond some hundreds a person is named by badge, account or full name."""
    if people.people().count() <= MOST_LISTED:
        return
    for name in names:
        before = form.fields[name]
        form.fields[name] = PersonField(label=before.label, required=before.required)


def offer(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    """What a field lets one choose among, known only when the page is made."""
    field: Any = form.fields[name]
    field.choices = choices


class PersonField(forms.CharField):
    """Somebody, by badge, account or full name; what they are called in the journal comes out."""

    default_help = _("Badge, account or full name")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=120, help_text=self.default_help, **kwargs)

    def clean(self, value: Any) -> str:
        typed = str(super().clean(value) or "").strip()
        if not typed:
            return ""
        one = people.by_badge(typed) or people.by_login(typed)
        found = [one] if one else [p for p in people.people(search=typed)[:50] if p.name == typed]
        if len(found) != 1:
            raise forms.ValidationError(_("This names nobody, or several people."))
        return str(found[0].pk)


def _assessors() -> list[tuple[str, str]]:
    return [("", "—"), *((p.pk, p.name) for p in people.holders(ASSESSOR))]


def _references() -> list[tuple[str, str]]:
    """The whole certificates in force, then each of their blocks."""
    found: list[tuple[str, str]] = []
    for one in references.in_force():
        found.append((one.code, f"{one.title} ({one.kind}, {one.version})"))
        found += [
            (f"{one.code}|{use.block.identity}", f"— {use.block.title} ({use.block.code or use.name})")
            for use in one.blocks.select_related("block")
        ]
    return found


class RegisterForm(forms.Form):
    """Somebody registers for a certificate, or for one block of it."""

    person = forms.ChoiceField(label=_("Candidate"), choices=_everybody)
    wanted = forms.ChoiceField(label=_("Certificate or block"), choices=_references)
    status = forms.ChoiceField(
        label=_("Status of the candidate"), choices=lambda: list(wording.STATUSES.items())
    )
    centre = forms.CharField(label=_("Certification centre"), max_length=160)
    company = forms.CharField(label=_("Company"), max_length=160, required=False)
    company_person = forms.ChoiceField(
        label=_("Who signs for the company and gives its opinion"), choices=_everybody, required=False
    )
    company_capacity = forms.ChoiceField(
        label=_("In which capacity"), choices=lambda: [("", "—"), *wording.CAPACITIES.items()], required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_name_when_many(self, "person", "company_person")

    def values(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        reference, _sep, block = given.pop("wanted").partition("|")
        return given | {"reference": reference, "block": block}


class FrameForm(forms.Form):
    """Where, when, until when the report, and the accommodations."""

    place = forms.CharField(label=_("Place of the evaluation"), max_length=200)
    place_kind = forms.ChoiceField(
        label=_("Kind of place"), choices=lambda: [("", "—"), *wording.PLACES.items()], required=False
    )
    evaluation_from = forms.DateField(
        label=_("Evaluation from"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d")
    )
    evaluation_to = forms.DateField(label=_("to"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    report_due = forms.DateTimeField(
        label=_("Report due"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Only for competences evaluated by projects; the source gives no deadline."),
    )
    report_due_source = forms.CharField(
        label=_("Where this deadline comes from"), max_length=400, required=False
    )
    company = forms.CharField(label=_("Company"), max_length=160, required=False)
    company_person = forms.ChoiceField(
        label=_("Who signs for the company and gives its opinion"), choices=_everybody, required=False
    )
    company_capacity = forms.ChoiceField(
        label=_("In which capacity"), choices=lambda: [("", "—"), *wording.CAPACITIES.items()], required=False
    )
    accommodations = forms.CharField(
        label=_("Accommodations"),
        widget=LONG,
        required=False,
        help_text=_("Shown to those who evaluate, never to the jury. No medical content."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_name_when_many(self, "company_person")
        if isinstance(self.fields["company_person"], PersonField) and self.initial.get("company_person"):
            self.initial["company_person"] = people.name_of(self.initial["company_person"])

    def clean_report_due(self) -> Any:
        due = self.cleaned_data["report_due"]
        return timezone.make_aware(due) if due and timezone.is_naive(due) else due


class MemberForm(forms.Form):
    """A member of the commission."""

    person = forms.ChoiceField(label=pgettext_lazy("person", "Assessor"), choices=_assessors)
    qualified_by = forms.CharField(
        label=_("What qualifies them to evaluate"),
        widget=LONG,
        help_text=_("Trade practised, years, titles: what lets them judge these competences."),
    )


class CentreValueForm(forms.Form):
    """What the centre decides where the source is silent."""

    key = forms.ChoiceField(label=_("Decision"), choices=lambda: list(wording.CENTRE_KEYS.items()))
    about = forms.ChoiceField(label=_("For"), required=False)
    value = forms.CharField(label=_("Value"), max_length=120)
    source = forms.CharField(label=_("Where it comes from"), max_length=400)
    reason = forms.CharField(
        label=_("Why"),
        max_length=400,
        required=False,
        help_text=_("Needed when this was decided already: what was decided before stays written."),
    )
    # The last decision the writer had before their eyes.
    # With a draft goes the version it was typed on: a newer decision is then read before it is written over.
    seen = forms.IntegerField(widget=forms.HiddenInput(attrs={"data-basis": ""}), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(r.code, r.title) for r in references.in_force()]
        blocks = [(b.identity, b.title) for b in references.blocks()]
        offer(self, "about", [("", _("everything")), *known, *blocks])


class TieForm(forms.Form):
    """For which other criteria a piece speaks."""

    targets = forms.MultipleChoiceField(
        label=_("It also speaks for"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, targets: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "targets", targets)


class EvidenceForm(forms.Form):
    """A piece the candidate adds themselves."""

    title = forms.CharField(label=_("What it is"), max_length=200)
    happened_on = forms.DateField(
        label=_("When it happened"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"), required=False
    )
    comment = forms.CharField(label=_("Your words"), widget=LONG, required=False)
    targets = forms.MultipleChoiceField(label=_("It speaks for"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, targets: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "targets", targets)


class ReportForm(forms.Form):
    """The candidate's report."""

    title = forms.CharField(label=_("Title of the report"), max_length=200)


class QuestionForm(forms.Form):
    """A question of the bank."""

    code = forms.SlugField(label=_("Code"), max_length=40)
    about = forms.ChoiceField(label=_("On"))
    text = forms.CharField(label=_("Question"), widget=LONG)
    expected = forms.CharField(label=_("What is expected"), widget=LONG, required=False)

    def __init__(self, *args: Any, about: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "about", about)


class AskForm(forms.Form):
    """A question put to the candidate, with the answer."""

    question = forms.ChoiceField(label=_("Question of the bank"), required=False)
    about = forms.ChoiceField(label=_("On"), required=False)
    text = forms.CharField(label=_("Or your own question"), widget=LONG, required=False, max_length=4000)
    answer = forms.CharField(label=_("The candidate's answer"), widget=LONG, max_length=4000)
    verdict = forms.ChoiceField(label=_("Verdict"), widget=forms.RadioSelect)

    def __init__(
        self,
        *args: Any,
        bank: list[tuple[str, str]],
        about: list[tuple[str, str]],
        verdicts: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "question", [("", "—"), *bank])
        offer(self, "about", [("", "—"), *about])
        offer(self, "verdict", list(verdicts.items()))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("question") and not given.get("text"):
            self.add_error("text", _("Choose a question of the bank, or write your own."))
        if not given.get("question") and not given.get("about"):
            self.add_error("about", _("Say what the question is on."))
        return given


class PresentationForm(forms.Form):
    """A presentation of projects that was held."""

    competences = forms.MultipleChoiceField(
        label=_("Competences presented"), widget=forms.CheckboxSelectMultiple
    )
    members = forms.MultipleChoiceField(label=_("Members present"), widget=forms.CheckboxSelectMultiple)
    held_on = forms.DateField(label=_("Held on"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    minutes = forms.CharField(label=_("What was said"), widget=LONG, required=False, max_length=4000)

    def __init__(
        self, *args: Any, competences: list[tuple[str, str]], members: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "competences", competences)
        offer(self, "members", members)

"""The fields of an anomaly: what, on what, to whom, how grave."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from strate.workshop.anomalies import queries, wording
from strate.workshop.anomalies.catalogue import CATALOGUE
from strate.workshop.people.roles import ROLES

LINES = forms.Textarea(attrs={"rows": 3})


def _recipients() -> list[tuple[str, Any]]:
    return [(r.code, r.title) for r in queries.recipients()]


class ReportForm(forms.Form):
    """One tap on the kind is enough: the rest is chosen by the rule and may be changed."""

    kind = forms.ChoiceField(choices=[(code, code) for code in CATALOGUE])
    about = forms.CharField(label=_("Things concerned"), required=False, max_length=2000)
    text = forms.CharField(label=_("What was seen"), required=False, max_length=4000, widget=LINES)
    to = forms.ChoiceField(label=_("To whom"), required=False, choices=())
    severity = forms.ChoiceField(
        label=_("Severity"),
        required=False,
        choices=list(wording.SEVERITY_WORDS.items()),
        widget=forms.RadioSelect,
    )
    hold = forms.BooleanField(label=_("Put the thing on hold"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = _recipients()

    def clean_about(self) -> list[str]:
        """Several things are scanned one after the other, on lines or separated by spaces."""
        return str(self.cleaned_data["about"]).split()


class WordsForm(forms.Form):
    """The words that go with an answer, a conclusion, a reason."""

    words = forms.CharField(label=_("In a few words"), max_length=4000, widget=LINES)


class ForwardForm(forms.Form):
    to = forms.ChoiceField(label=_("Pass on to"), choices=())
    reason = forms.CharField(label=_("Why"), required=False, max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = _recipients()


class FilterForm(forms.Form):
    """What the list shows."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("Not closed")),
            ("open", _("To answer")),
            ("answered", pgettext_lazy("feminine", "Answered")),
            ("all", pgettext_lazy("feminine", "All")),
        ],
    )
    recipient = forms.ChoiceField(label=_("To whom"), required=False, choices=())
    severity = forms.ChoiceField(
        label=_("Severity"),
        required=False,
        choices=[("", pgettext_lazy("feminine", "All")), *wording.SEVERITY_WORDS.items()],
    )
    text = forms.CharField(label=_("Words or label"), required=False, max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("All")), *_recipients()]
        self.fields["recipient"].choices = choices


class RecipientForm(forms.Form):
    """Who a recipient is."""

    code = forms.CharField(label=_("Code"), max_length=40)
    title = forms.CharField(label=_("Name"), required=False, max_length=120)
    roles = forms.MultipleChoiceField(
        label=_("Roles that receive"),
        choices=[(code, title) for code, title in ROLES.items() if code not in ("machine", "system")],
        widget=forms.CheckboxSelectMultiple,
    )
    contact = forms.CharField(label=_("How somebody outside is reached"), required=False, max_length=200)
    closed = forms.BooleanField(label=_("No longer used"), required=False)


class RuleForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[(code, wording.ANOMALY_KINDS[code]) for code in CATALOGUE]
    )
    recipient = forms.ChoiceField(label=_("To whom"), choices=())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recipient"].choices = _recipients()

"""The fields of the three records, of what the site demands, and of teams."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from strate.workshop.people import queries, registry
from strate.workshop.people.roles import AUTHORISATIONS
from strate.workshop.people.wording import RECORDS


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class AuthorisationForm(forms.Form):
    kind = forms.ChoiceField(label=_("Authorisation for"), choices=list(AUTHORISATIONS.items()))
    scope = forms.CharField(
        label=_("Which one"),
        max_length=120,
        required=False,
        help_text=_("Code of the machine, material or zone; empty: all."),
    )
    granted_on = forms.DateField(label=_("From"), widget=DateInput(), required=False)
    expires_on = forms.DateField(label=_("Until, that day included"), widget=DateInput(), required=False)
    reason = forms.CharField(
        label=_("Grounds"),
        max_length=200,
        required=False,
        help_text=_("Training, licence number, decision of..."),
    )
    under = forms.ChoiceField(
        label=_("Under the eyes of"),
        required=False,
        help_text=_("While the person learns: it counts only as long as this one holds the same alone."),
    )

    def __init__(self, *args: Any, learner: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        others = [(who.pk, who.name) for who in queries.teachers() if who.pk != learner]
        fields["under"].choices = [("", _("Nobody: alone")), *others]


class QualificationForm(forms.Form):
    """What somebody was tested on; the essential variables, then the tests with their dates."""

    machine_model = forms.CharField(label=_("Machine model"), max_length=80)
    material = forms.CharField(label=_("Material"), max_length=60, help_text=_("Its code: ti64, pa12..."))
    process = forms.CharField(label=_("Process"), max_length=20, initial="PBF-LB/M")
    abilities = forms.MultipleChoiceField(label=_("Has shown"), widget=forms.CheckboxSelectMultiple)
    theory_on = forms.DateField(label=_("Theory test on"), widget=DateInput())
    theory_examiner = forms.CharField(label=_("Theory: examiner"), max_length=120, required=False)
    practice_on = forms.DateField(label=_("Practice test on"), widget=DateInput())
    practice_examiner = forms.CharField(label=_("Practice: examiner"), max_length=120, required=False)
    vision_on = forms.DateField(
        label=_("Sight test on"), widget=DateInput(), help_text=_("Only the date is kept.")
    )
    issued_on = forms.DateField(label=_("Issued on"), widget=DateInput())
    expires_on = forms.DateField(
        label=_("Until, that day included"),
        widget=DateInput(),
        required=False,
        help_text=_("Empty: two years (ISO/ASTM 52942)."),
    )
    scheme = forms.CharField(label=_("Standard"), max_length=40, initial="ISO/ASTM 52942")
    edition = forms.CharField(label=_("Edition"), max_length=20, initial="2020", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["abilities"].choices = list(registry.abilities().items())


class CertificationForm(forms.Form):
    """A certificate somebody brings from elsewhere."""

    title = forms.CharField(label=_("Certificate"), max_length=200)
    reference = forms.CharField(
        label=_("Its code"), max_length=80, help_text=_("MQ..., RNCP..., CACES R489...")
    )
    body = forms.CharField(label=_("Awarded by"), max_length=160)
    number = forms.CharField(label=_("Number on the document"), max_length=80, required=False)
    awarded_on = forms.DateField(label=_("Awarded on"), widget=DateInput())
    expires_on = forms.DateField(label=_("Until, that day included"), widget=DateInput(), required=False)


class DemandForm(forms.Form):
    """What is asked of whoever does an act."""

    asked_for = forms.ChoiceField(label=_("Whoever wants to"))
    machine = forms.CharField(
        label=_("On this machine or model"), max_length=80, required=False, help_text=_("Empty: any machine.")
    )
    material = forms.CharField(
        label=_("With this material"), max_length=60, required=False, help_text=_("Empty: any material.")
    )
    record = forms.ChoiceField(label=_("Must hold"), choices=list(RECORDS.items()))
    kind = forms.ChoiceField(
        label=_("Authorisation for"), choices=[("", "—"), *AUTHORISATIONS.items()], required=False
    )
    ability = forms.ChoiceField(label=_("Qualified to"), required=False)
    scope = forms.CharField(
        label=_("Which one"),
        max_length=120,
        required=False,
        help_text=_("Zone, equipment, machine model or code of the certificate."),
    )
    source = forms.CharField(
        label=_("Where it is written"), max_length=200, help_text=_("Procedure, standard, decision of...")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["asked_for"].choices = list(registry.acts().items())
        fields["ability"].choices = [("", "—"), *registry.abilities().items()]


class TeamForm(forms.Form):
    code = forms.SlugField(label=_("Short code"), max_length=40)
    title = forms.CharField(label=_("Name"), max_length=120, help_text=_("Morning, night, weekend..."))


class JoinForm(forms.Form):
    team = forms.ChoiceField(label=_("Team"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["team"].choices = [("", _("No team")), *((t.code, t.title) for t in queries.teams())]

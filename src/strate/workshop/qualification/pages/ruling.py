"""The rules of the jury: what texts give, what the centre enters, with every version and its source."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import get_language

from strate.workshop.doors.access import signed_in
from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.pages import actor_of, carry_out, show
from strate.workshop.journal.refusals import NotFound
from strate.workshop.people.roles import may
from strate.workshop.qualification.actions import ruling as actions
from strate.workshop.qualification.forms.jury import RegistrationForm, RuleForm
from strate.workshop.qualification.queries import references
from strate.workshop.qualification.queries import ruling as queries
from strate.workshop.qualification.rules.jury import FIXED, Rule
from strate.workshop.qualification.shown import rule_value
from strate.workshop.qualification.wording import jury as wording

RIGHT = "qualification.enter_jury_rule"


def shown(rule: Rule) -> dict[str, Any]:
    """A rule as the pages show it, in the language of the reader."""
    look = "waiting" if not rule.known else "obsolete" if rule.origin == "former" else "ok"
    return {
        "rule": rule,
        "name": wording.RULES[rule.id],
        "text": rule.en if (get_language() or "fr").startswith("en") else rule.fr,
        "value": rule_value(rule),
        "origin": wording.ORIGINS[rule.origin],
        "look": look,
        "fixed": rule.id in FIXED,
    }


@signed_in
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule, by what it governs; what no text gives stands first."""
    known = [shown(rule) for rule in queries.in_force().values()]
    groups = [
        {"word": word, "rows": [each for each in known if each["rule"].governs == code]}
        for code, word in wording.GOVERNS.items()
    ]
    registered = [(one, queries.registered(one.code)) for one in references.in_force()]
    missing = [each for each in known if not each["rule"].known]
    return show(
        request,
        "qualification/jury_rules.html",
        groups=groups,
        missing=missing,
        registered=registered,
        may_enter=may(actor_of(request), RIGHT),
    )


@signed_in
def rule(request: HttpRequest, code: str) -> HttpResponse:
    """One rule: its value with its source, entered and signed; its former values."""
    try:
        found = queries.one(code)
    except NotFound as unknown:
        raise Http404(code) from unknown
    last = queries.entered(code)
    form = RuleForm(request.POST or None, rule=found, initial={"seen": last.pk if last else 0})
    outcome = None
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(request, actions.enter_jury_rule, signed=True, rule=code, **form.values())
        if outcome.done:
            return redirect("qualification:jury_rules")
    history = [
        {
            "entered": each,
            "value": wording.value_words(found.kind, each.value["value"]),
            "origin": wording.ORIGINS[each.value["origin"]],
            "who": hooks.name_of(each.set_by),
        }
        for each in queries.history(code)
    ]
    return show(
        request,
        "qualification/jury_rule.html",
        outcome=outcome,
        form=form,
        one=shown(found),
        history=history,
        may_enter=may(actor_of(request), RIGHT),
    )


@signed_in
def registration(request: HttpRequest) -> HttpResponse:
    """The RNCP registration of a certificate, entered and signed."""
    form, outcome = RegistrationForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(request, actions.enter_registration, signed=True, **form.cleaned_data)
        if outcome.done:
            return redirect("qualification:jury_rules")
    return show(request, "qualification/registration.html", outcome=outcome, form=form)


urlpatterns = [
    path("qualification/jurys/regles/", rules, name="jury_rules"),
    path("qualification/jurys/regles/inscription/", registration, name="registration"),
    path("qualification/jurys/regles/<str:code>/", rule, name="jury_rule"),
]

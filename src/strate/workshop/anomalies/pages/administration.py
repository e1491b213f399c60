"""The desk of whoever decides to whom anomalies go."""

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from strate.workshop.anomalies import queries
from strate.workshop.anomalies import recipients as actions
from strate.workshop.anomalies.forms import RecipientForm, RuleForm
from strate.workshop.doors.access import signed_in
from strate.workshop.doors.pages import Outcome, actor_of, carry_out, show
from strate.workshop.doors.speech import speak
from strate.workshop.people.roles import may


def _page(
    request: HttpRequest, outcome: Outcome | None = None, form: Form | None = None, rule: Form | None = None
) -> HttpResponse:
    rows: list[dict[str, Any]] = [
        {"recipient": r, "roles": speak("roles", r.roles)} for r in queries.recipients(also_closed=True)
    ]
    code = request.GET.get("code", "")
    initial = next((r.__dict__ for r in queries.recipients(also_closed=True) if r.code == code), None)
    titles = {r.code: r.title for r in queries.recipients(also_closed=True)}
    catalogue = queries.catalogue()
    for family in catalogue:
        for each in family["kinds"]:
            each["recipient"] = titles.get(each["recipient"], each["recipient"])
    return show(
        request,
        "anomalies/recipients.html",
        outcome=outcome,
        form=form or RecipientForm(initial=initial),
        rule=rule or RuleForm(),
        rows=rows,
        catalogue=catalogue,
        administers=may(actor_of(request), "anomalies.administer"),
    )


@signed_in
def recipients(request: HttpRequest) -> HttpResponse:
    """Who receives anomalies, and which kind goes to whom."""
    return _page(request)


@require_POST
@signed_in
def set_recipient(request: HttpRequest) -> HttpResponse:
    """Change who a recipient is, or add one."""
    form = RecipientForm(request.POST)
    if not form.is_valid():
        return _page(request, form=form)
    outcome = carry_out(request, actions.set_recipient, **form.cleaned_data)
    return redirect("anomalies:recipients") if outcome.done else _page(request, outcome, form=form)


@require_POST
@signed_in
def send_kind_to(request: HttpRequest) -> HttpResponse:
    """Send one kind of anomaly to another recipient from now on."""
    form = RuleForm(request.POST)
    if not form.is_valid():
        return _page(request, rule=form)
    outcome = carry_out(request, actions.send_kind_to, **form.cleaned_data)
    return redirect("anomalies:recipients") if outcome.done else _page(request, outcome, rule=form)

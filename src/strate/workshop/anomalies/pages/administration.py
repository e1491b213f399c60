"""The desk of whoever decides to whom anomalies go."""

from collections.abc import Callable
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
    return _settled(request, actions.set_recipient, form=RecipientForm(request.POST))


@require_POST
@signed_in
def send_kind_to(request: HttpRequest) -> HttpResponse:
    """Send one kind of anomaly to another recipient from now on."""
    return _settled(request, actions.send_kind_to, rule=RuleForm(request.POST))


def _settled(request: HttpRequest, action: Callable[..., Any], **asked: Form) -> HttpResponse:
    """Done, the page is read again; refused, it shows what was typed."""
    (form,) = asked.values()
    if not form.is_valid():
        return _page(request, **asked)
    outcome = carry_out(request, action, **form.cleaned_data)
    return redirect("anomalies:recipients") if outcome.done else _page(request, outcome, **asked)

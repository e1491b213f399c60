"""The pages of the gauges: their list with the state of their calibration, a new one, a new calibration."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from strate.workshop.attachments.pages import kept
from strate.workshop.doors.access import signed_in
from strate.workshop.doors.pages import Outcome, actor_of, carry_out, show
from strate.workshop.inspection import actions, forms, queries, wording
from strate.workshop.journal.refusals import NotFound, Refused
from strate.workshop.people.roles import may


@signed_in
def gauges(request: HttpRequest) -> HttpResponse:
    """The gauges with the state of their calibration."""
    rows = [
        {"gauge": g, "state": queries.gauge_state(g), "kind": wording.GAUGES.get(g.kind, g.kind)}
        for g in queries.gauges()
    ]
    may_enter = may(actor_of(request), "inspection.administer")
    return show(request, "inspection/gauges.html", rows=rows, words=wording.GAUGE_STATES, may_enter=may_enter)


@signed_in
def new_gauge(request: HttpRequest) -> HttpResponse:
    """Enter a gauge."""
    form, outcome = forms.GaugeForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(request, actions.enter_gauge, **form.cleaned_data)
        if outcome.done:
            return redirect("inspection:gauges")
    return show(request, "inspection/gauge.html", outcome=outcome, form=form)


@signed_in
def calibrate(request: HttpRequest, code: str) -> HttpResponse:
    """A new calibration of a gauge, with its certificate."""
    try:
        found = queries.gauge(code)
    except NotFound as unknown:
        raise Http404 from unknown
    form, outcome = forms.CalibrateForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        outcome = _calibrated(request, found.code, form.cleaned_data)
        if outcome.done:
            return redirect("inspection:gauges")
    return show(request, "inspection/gauge.html", outcome=outcome, form=form, gauge=found)


def _calibrated(request: HttpRequest, code: str, typed: dict[str, Any]) -> Outcome:
    try:
        files = kept(request, "certificate")
    except Refused as refused:
        return Outcome(done=False, reasons=list(refused.reasons))
    return carry_out(request, actions.calibrate, gauge=code, certificate=files[0] if files else "", **typed)

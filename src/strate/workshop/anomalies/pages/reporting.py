"""Reporting in one tap: the kind, then what the rule proposes, changeable, with photos taken in place."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from strate.workshop.anomalies import actions, queries
from strate.workshop.anomalies.catalogue import CATALOGUE
from strate.workshop.anomalies.forms import ReportForm
from strate.workshop.anomalies.models import Anomaly
from strate.workshop.attachments.pages import kept
from strate.workshop.doors.access import signed_in
from strate.workshop.doors.pages import Outcome, carry_out, show
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Refused
from strate.workshop.things import registry


@signed_in
def report(request: HttpRequest) -> HttpResponse:
    """`?about=ref` says on what; `?kind=` what, chosen from the catalogue."""
    about = request.GET.getlist("about")
    kind = request.POST.get("kind") or request.GET.get("kind", "")
    form, outcome = _form(request, about, kind), None
    if request.method == "POST" and form.is_valid():
        outcome = _send(request, form.cleaned_data)
        if outcome.done:
            return redirect("things:thing", ref=about[0]) if about else redirect("anomalies:list")
    return show(
        request,
        "anomalies/report.html",
        outcome=outcome,
        form=form,
        about=about,
        things=[registry.title_of(ref) for ref in about],
        chosen=CATALOGUE.get(kind),
        title=queries.kind_title(kind),
        usual=[] if kind in CATALOGUE else queries.usual(),
        catalogue=[] if kind in CATALOGUE else queries.catalogue(),
    )


def _form(request: HttpRequest, about: list[str], kind: str) -> ReportForm:
    if request.method == "POST":
        return ReportForm(request.POST)
    if kind not in CATALOGUE:
        return ReportForm(initial={"about": " ".join(about)})
    row = CATALOGUE[kind]
    initial = {
        "kind": kind,
        "about": " ".join(about),
        "to": queries.recipient_for(kind),
        "severity": row.severity,
        "hold": row.holds and bool(about),
    }
    return ReportForm(initial=initial)


def _send(request: HttpRequest, values: dict[str, Any]) -> Outcome:
    """The photos go in the cupboard first: no file work happens inside an act."""
    try:
        photos = kept(request, "photo")
    except Refused as refused:
        return Outcome(done=False, reasons=list(refused.reasons))
    return carry_out(request, _report_scanned, photos=photos, **values)


def _report_scanned(*, by: Actor, about: list[str], **values: Any) -> Anomaly:
    """What was scanned or typed names things that exist; all the unknown labels are told at once."""
    return actions.report(by=by, about=registry.resolve(about), **values)

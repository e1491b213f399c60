"""Recall a lot: see all that it concerns, stop it in one act, then lift hold after hold."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from strate.workshop.doors.access import signed_in
from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.pages import actor_of, carry_out, show
from strate.workshop.feedstock import queries as feedstock
from strate.workshop.feedstock import shown as powder
from strate.workshop.holds import queries as held
from strate.workshop.holds.queries import PLACED
from strate.workshop.journal.refusals import NotFound
from strate.workshop.people.roles import may
from strate.workshop.things import registry
from strate.workshop.traceability import actions
from strate.workshop.traceability.forms import RecallForm
from strate.workshop.traceability.pages.tracing import thing_or_404
from strate.workshop.traceability.queries import recall
from strate.workshop.traceability.shown import percent
from strate.workshop.traceability.wording import BUILD_WHERE, PIECE_WHERE

PAGE = 100


@signed_in
def new(request: HttpRequest, ref: str) -> HttpResponse:
    """All that a recall of this lot concerns, on one list to print; and the recall itself, signed."""
    if not ref.startswith("lot:"):
        raise Http404(ref)
    thing, form, outcome = thing_or_404(ref), RecallForm(request.POST or None), None
    of = recall.concerned(feedstock.lot(thing.ref))
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(request, actions.recall, signed=True, lot=of.lot.code, **form.cleaned_data)
        if outcome.done:
            return redirect("traceability:recall", number=recall.recalls(of.lot.code)[0][0].number)
    parts = Paginator(list(recall.parts_called(of)), PAGE).get_page(request.GET.get("page"))
    return show(
        request,
        "traceability/recall.html",
        outcome=outcome,
        thing=thing,
        of=of,
        form=form,
        page=parts,
        called=[_called(each) for each in parts],
        builds=[{"went": each, "percent": percent(each.share)} for each in of.builds],
        places=[(ref.partition(":")[2], powder.place(place), mass) for ref, place, mass in of.places],
        before=recall.recalls(of.lot.code),
        may_recall=may(actor_of(request), "traceability.recall"),
    )


def _called(part: recall.Called) -> dict[str, Any]:
    return {
        "part": part,
        "percent": percent(part.share),
        "where": PIECE_WHERE.get(part.state, part.state),
        "build_where": BUILD_WHERE.get(part.build_state, part.build_state),
    }


@require_safe
@signed_in
def listed(request: HttpRequest) -> HttpResponse:
    """Every recall, the latest first, with what is still stopped."""
    rows = [
        {"recall": each, "counted": counted, "by": hooks.name_of(each.by)}
        for each, counted in recall.recalls()
    ]
    return show(request, "traceability/recalls.html", rows=rows)


@require_safe
@signed_in
def one(request: HttpRequest, number: str) -> HttpResponse:
    """One recall: its reason, and each hold, standing or lifted."""
    try:
        found = recall.recall(number)
    except NotFound as unknown:
        raise Http404(number) from unknown
    holds = held.caused_by(found.ref)
    text = request.GET.get("q", "").strip()
    page = Paginator(holds.filter(about__icontains=text) if text else holds, PAGE)
    shown = page.get_page(request.GET.get("page"))
    return show(
        request,
        "traceability/recalled.html",
        recall=found,
        text=text,
        by=hooks.name_of(found.by),
        counted=recall.counted(found),
        page=shown,
        rows=[
            {
                "hold": hold,
                "title": registry.title_of(hold.about),
                "placed": hold.state == PLACED,
                "lifted_by": hooks.name_of(hold.lifted_by) if hold.lifted_by else "",
            }
            for hold in shown
        ],
    )

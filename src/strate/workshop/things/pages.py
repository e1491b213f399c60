"""The pages of any thing: scan it, see it, label it, correct what was written about it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from strate.workshop.doors.access import signed_in
from strate.workshop.doors.pages import Outcome, actor_of, carry_out, show, whole_number
from strate.workshop.doors.speech import speak
from strate.workshop.journal.refusals import NotFound
from strate.workshop.site import queries as site
from strate.workshop.things import actions, corrections, labels, queries, registry, wording
from strate.workshop.things.forms import CorrectForm
from strate.workshop.things.labels.answering import pdf_of
from strate.workshop.things.registry import Thing

MOST_LABELS = 96


@require_safe
@signed_in
def scan(request: HttpRequest) -> HttpResponse:
    """Read a label: one thing opens, several are offered, none is said; what resembles is only shown."""
    code = request.GET.get("code", "").strip()
    found = registry.matching(code) if code else []
    if len(found) == 1:
        return redirect("things:thing", ref=found[0].ref)
    near = registry.search(code) if code and not found else []
    kinds = registry.kinds()
    choices = [{"thing": t, "kind": kinds[t.ref.partition(":")[0]].label} for t in found]
    page = show(request, "things/scan.html", code=code, choices=choices, near=near)
    page.status_code = 404 if code and not found else 200
    return page


@require_safe
@signed_in
def thing(request: HttpRequest, ref: str) -> HttpResponse:
    """Any thing: what it is, what can be done now, what stops it, what happened to it."""
    found, by = _found(ref), actor_of(request)
    now, later = registry.to_do(found, by)
    told = registry.is_told(found.ref, by)
    return show(
        request,
        "things/thing.html",
        thing=found,
        kind=registry.kinds()[found.ref.partition(":")[0]],
        lines=[(label, value) for label, value in found.lines],
        gestures=now,
        refused=[(g, Outcome(done=False, reasons=list(g.reasons)).spoken) for g in later],
        panels=registry.panels(found.ref, by),
        told=told,
        entries=queries.history(found.ref) if told else [],
    )


def _found(ref: str) -> Thing:
    try:
        return registry.find(ref)
    except NotFound as unknown:
        raise Http404(ref) from unknown


@signed_in
def correct(request: HttpRequest, event: str) -> HttpResponse:
    """Correct one field of one entry; the old value stays to be seen."""
    try:
        entry, fact = queries.entry(event), queries.fact(event)
    except NotFound as unknown:
        raise Http404(event) from unknown
    envelope, kind = queries.told(fact), corrections.of(fact.what)
    names = [n for n in (kind.fields if kind else {}) if n in envelope["data"]]
    name = request.POST.get("field") or request.GET.get("field") or (names[0] if len(names) == 1 else "")
    signing = bool(envelope["signature"])
    form, outcome = CorrectForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        values = {"event": event, "field": name, **form.cleaned_data}
        outcome = carry_out(request, actions.correct, signed=signing, **values)
        if outcome.done:
            things = envelope["things"]
            return redirect("things:thing", ref=things[0]) if things else redirect("home")
    standing = queries.standing_values(fact)
    fields: list[dict[str, Any]] = [
        {"name": n, "label": queries.field_label(n), "value": speak(n, standing.get(n))} for n in names
    ]
    chosen = next((f for f in fields if f["name"] == name), None)
    context = {"entry": entry, "fields": fields, "chosen": chosen, "signing": signing, "form": form}
    return show(request, "things/correct.html", outcome=outcome, **context)


@require_safe
@signed_in
def label(request: HttpRequest, ref: str) -> HttpResponse:
    """The label of a thing, as a drawing."""
    found = _found(ref)
    drawing = labels.label_svg(found.ref, str(found.title), str(site.value("name")))
    return HttpResponse(drawing, content_type="image/svg+xml")


@require_safe
@signed_in
def sheet(request: HttpRequest) -> HttpResponse:
    """A sheet of labels to print: `?ref=lot:A&ref=lot:B`."""
    refs = request.GET.getlist("ref")[:MOST_LABELS]
    found = [_found(ref) for ref in refs]
    drawn = [{"thing": t, "url": reverse("things:label", args=[t.ref])} for t in found]
    sizes = [(code, wording.SIZES[code]) for code in labels.SIZES]
    return render(request, "things/sheet.html", {"labels": drawn, "sizes": sizes, "refs": refs})


@signed_in
def printed(request: HttpRequest) -> HttpResponse:
    """The labels as one PDF, in a size of label paper: `ref=lot:A&ref=lot:B&taille=62x29`."""
    asked = request.POST if request.method == "POST" else request.GET
    refs = asked.getlist("ref")[: labels.MOST]
    if not refs:
        raise Http404("ref")
    return pdf_of(refs, asked.get("taille", ""), skip=whole_number(asked.get("passer", "")))


app_name = "things"
urlpatterns = [
    path("scanner/", scan, name="scan"),
    path("choses/<path:ref>/", thing, name="thing"),
    path("ecritures/<str:event>/corriger/", correct, name="correct"),
    path("etiquettes/", sheet, name="sheet"),
    path("etiquettes/imprimer/", printed, name="labels"),
    path("etiquettes/<path:ref>.svg", label, name="label"),
]

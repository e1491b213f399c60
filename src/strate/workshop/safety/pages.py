"""The pages of safety: sheets and documents to read, waste to sort."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.pages import Outcome, actor_of, carry_out, show
from strate.workshop.journal.refusals import NotFound
from strate.workshop.people.middleware import signed_in
from strate.workshop.people.roles import may
from strate.workshop.safety import actions, plugs, queries, rules, wording
from strate.workshop.safety.forms import DocumentForm, DrumForm, SheetForm, WasteForm
from strate.workshop.safety.queries import SafetySheet


@signed_in
def sheets(request: HttpRequest) -> HttpResponse:
    """The safety data sheets, those not read yet first."""
    actor = actor_of(request)
    mine = queries.read_sheets(actor.person)
    found = [{"sheet": s, "read": s.pk in mine} for s in queries.sheets()]
    found.sort(key=lambda row: (row["read"], row["sheet"].state != rules.REVIEWED))
    to_read = len(queries.to_read(actor))
    may_type = may(actor, "safety.type_sheet")
    return show(request, "safety/sheets.html", rows=found, documents_to_read=to_read, may_type=may_type)


def _sheet_or_404(code: str, version: str) -> SafetySheet:
    try:
        return queries.sheet(code, version)
    except NotFound as unknown:
        raise Http404 from unknown


@signed_in
def sheet(request: HttpRequest, code: str, outcome: Outcome | None = None) -> HttpResponse:
    """One sheet, readable on a tablet; its version is acknowledged here."""
    found = _sheet_or_404(code, request.GET.get("version", ""))
    actor = actor_of(request)
    stated = [(word, found.ppe[name]) for name, word in wording.OPERATIONS.items() if found.ppe.get(name)]
    others = {name: word for name, word in wording.OPERATIONS.items() if not found.ppe.get(name)}
    return show(
        request,
        "safety/sheet.html",
        outcome=outcome,
        sheet=found,
        stated=stated,
        usual=[(word, rules.ppe(name, [])) for name, word in others.items()],
        signal=wording.SIGNALS.get(found.signal, ""),
        stream=wording.STREAMS.get(found.waste_stream, ""),
        versions=queries.versions_of(code),
        read=queries.has_read(actor.person, found),
        in_force=found.state == rules.REVIEWED,
        reviewer=hooks.name_of(found.reviewed_by) if found.reviewed_by else "",
        may_review=may(actor, "safety.review_sheet") and found.state == rules.DRAFT,
    )


@signed_in
@require_POST
def acknowledge(request: HttpRequest, code: str) -> HttpResponse:
    """« I have read this sheet »."""
    version = request.POST.get("version", "")
    outcome = carry_out(request, actions.acknowledge, sheet=code, version=version)
    return redirect("safety:sheets") if outcome.done else sheet(request, code, outcome)


@signed_in
@require_POST
def review(request: HttpRequest, code: str) -> HttpResponse:
    """HSE signs the version."""
    version = request.POST.get("version", "")
    outcome = carry_out(request, actions.review_sheet, signed=True, code=code, version=version)
    return redirect("safety:sheet", code=code) if outcome.done else sheet(request, code, outcome)


@signed_in
def new_sheet(request: HttpRequest) -> HttpResponse:
    """Enter a sheet, or a new version of one (`?from=`)."""
    form = SheetForm(request.POST or None, initial=_initial(request.GET.get("from", "")))
    outcome = None
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(request, actions.type_sheet, **form.values())
        if outcome.done:
            return redirect("safety:sheet", code=form.cleaned_data["code"])
    return show(request, "safety/form.html", outcome=outcome, form=form, what="sheet")


def _initial(code: str) -> dict[str, Any]:
    if not code:
        return {}
    before = _sheet_or_404(code, "")
    shown = {name: getattr(before, name, "") for name in SheetForm.base_fields if hasattr(before, name)}
    shown |= {f"ppe_{operation}": " ".join(signs) for operation, signs in before.ppe.items()}
    lists = {name: " ".join(shown[name]) for name in ("hazards", "precautions")}
    return shown | lists | {"version": ""}


@signed_in
def documents(request: HttpRequest) -> HttpResponse:
    """Manuals, rules, drawings: what you have still to read first."""
    actor = actor_of(request)
    waiting = {d.pk for d in queries.to_read(actor)}
    rows = [
        {
            "document": d,
            "title": plugs.document_title(d),
            "kind": wording.DOCUMENT_KINDS[d.kind],
            "to_read": d.pk in waiting,
        }
        for d in queries.documents()
    ]
    rows.sort(key=lambda row: not row["to_read"])
    return show(
        request, "safety/documents.html", rows=rows, may_publish=may(actor, "safety.publish_document")
    )


@signed_in
def document(request: HttpRequest, code: str) -> HttpResponse:
    """One document, acknowledged here."""
    try:
        found = queries.document(code)
    except NotFound as unknown:
        raise Http404 from unknown
    outcome = None
    if request.method == "POST":
        outcome = carry_out(
            request, actions.acknowledge_document, document=code, version=request.POST.get("version", "")
        )
        if outcome.done:
            return redirect("safety:documents")
    read = found.pk in queries.read_documents(actor_of(request).person)
    title = plugs.document_title(found)
    return show(request, "safety/document.html", outcome=outcome, document=found, heading=title, read=read)


@signed_in
def new_document(request: HttpRequest) -> HttpResponse:
    """Put a document in force (signed)."""
    form = DocumentForm(request.POST or None)
    outcome = None
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(request, actions.publish_document, signed=True, **form.cleaned_data)
        if outcome.done:
            return redirect("safety:documents")
    return show(request, "safety/form.html", outcome=outcome, form=form, what="document", signed=True)


@signed_in
def waste(request: HttpRequest) -> HttpResponse:
    """Sort waste: which stream, how much, which drum."""
    initial = {"about": request.GET.get("about", ""), "container": request.GET.get("drum", "")}
    form = WasteForm(request.POST or None, initial=initial)
    outcome = None
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        outcome = carry_out(request, actions.sort_waste, mass_mg=given.pop("mass"), **given)
        if outcome.done:
            return redirect("safety:waste")
    return _waste_page(request, form, outcome)


def _waste_page(request: HttpRequest, form: WasteForm, outcome: Outcome | None) -> HttpResponse:
    drums = [{"drum": d, "stream": wording.STREAMS[d.stream]} for d in queries.drums()]
    entries = [
        {"entry": e, "stream": wording.STREAMS[e.stream], "who": hooks.name_of(e.by)}
        for e in queries.waste_register(50)
    ]
    may_manage = may(actor_of(request), "safety.manage_waste")
    context = {"drums": drums, "entries": entries, "may_manage": may_manage}
    return show(request, "safety/waste.html", outcome=outcome, form=form, **context)


@signed_in
def new_drum(request: HttpRequest) -> HttpResponse:
    """Put a drum in service."""
    form = DrumForm(request.POST or None)
    outcome = None
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(request, actions.open_drum, **form.cleaned_data)
        if outcome.done:
            return redirect("safety:waste")
    return show(request, "safety/form.html", outcome=outcome, form=form, what="drum")


@signed_in
@require_POST
def drum(request: HttpRequest, code: str) -> HttpResponse:
    """Close a drum, or hand it to the collector."""
    if request.POST.get("collector"):
        given = {
            "collector": request.POST["collector"],
            "tracking_note": request.POST.get("tracking_note", ""),
        }
        outcome = carry_out(request, actions.collect_drum, container=code, **given)
    else:
        outcome = carry_out(request, actions.close_drum, container=code)
    return redirect("safety:waste") if outcome.done else _waste_page(request, WasteForm(), outcome)


app_name = "safety"
urlpatterns = [
    path("securite/", sheets, name="sheets"),
    path("securite/fds/nouvelle/", new_sheet, name="new_sheet"),
    path("securite/fds/<str:code>/", sheet, name="sheet"),
    path("securite/fds/<str:code>/lu/", acknowledge, name="acknowledge"),
    path("securite/fds/<str:code>/relire/", review, name="review"),
    path("securite/documents/", documents, name="documents"),
    path("securite/documents/nouveau/", new_document, name="new_document"),
    path("securite/documents/<str:code>/", document, name="document"),
    path("securite/dechets/", waste, name="waste"),
    path("securite/dechets/nouveau-fut/", new_drum, name="new_drum"),
    path("securite/dechets/<str:code>/", drum, name="drum"),
]

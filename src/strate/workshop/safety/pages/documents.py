"""The pages of controlled documents."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from strate.workshop.doors.access import signed_in
from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.pages import Outcome, actor_of, carry_out, show
from strate.workshop.people.roles import ROLES, may
from strate.workshop.safety import actions, plugs, queries, wording
from strate.workshop.safety.forms import DocumentForm
from strate.workshop.safety.pages.common import named, onwards, or_404, received, turned, ways


@signed_in
def documents(request: HttpRequest) -> HttpResponse:
    """Manuals, rules, drawings: what you have still to read first."""
    actor, text = actor_of(request), request.GET.get("q", "").strip()
    waiting = set(queries.numbers_to_read(actor))
    found = queries.documents(text).values_list("pk", flat=True)
    page = turned(request, sorted(found, key=lambda pk: pk not in waiting))
    rows = [
        {
            "document": d,
            "title": plugs.document_title(d),
            "kind": wording.DOCUMENT_KINDS[d.kind],
            "pressing": d.pk in waiting,
        }
        for d in queries.documents_by(page)
    ]
    context = {"rows": rows, "page": page, "q": text, "may_publish": may(actor, "safety.publish_document")}
    return show(request, "safety/documents.html", **context, ways=ways(request, "documents"))


@signed_in
def document(request: HttpRequest, code: str, outcome: Outcome | None = None) -> HttpResponse:
    """One document, acknowledged here."""
    found = or_404(queries.document, code, request.GET.get("version", ""))
    if request.method == "POST" and outcome is None:
        version = request.POST.get("version", "")
        outcome = carry_out(request, actions.acknowledge_document, document=code, version=version)
        if outcome.done:
            return onwards(request)
    actor = actor_of(request)
    follows = may(actor, "safety.publish_document")
    late = queries.not_read_document(found) if follows and found.in_force else []
    return show(
        request,
        "safety/document.html",
        outcome=outcome,
        document=found,
        heading=plugs.document_title(found),
        kind=wording.DOCUMENT_KINDS[found.kind],
        read=found.pk in queries.read_documents(actor.person),
        roles=[ROLES[r] for r in found.roles],
        operations=[wording.OPERATIONS[o] for o in found.operations],
        versions=queries.document_versions(code),
        withdrawn_by=hooks.name_of(found.withdrawn_by) if found.withdrawn_by else "",
        follows=follows,
        readers=named(queries.readers_of_document(found)) if follows else [],
        late=sorted(hooks.name_of(p) for p in late[:200]),
        late_count=len(late),
    )


@signed_in
@require_POST
def follow_up(request: HttpRequest, code: str) -> HttpResponse:
    """Remind those who have not read it, or withdraw it."""
    if "reason" in request.POST:
        reason = request.POST["reason"]
        outcome = carry_out(request, actions.withdraw_document, signed=True, document=code, reason=reason)
    else:
        outcome = carry_out(request, actions.remind_readers, document=code)
    return redirect("safety:document", code=code) if outcome.done else document(request, code, outcome)


@signed_in
def new_document(request: HttpRequest) -> HttpResponse:
    """Put a document in force (signed)."""
    form = DocumentForm(request.POST or None, request.FILES or None)
    outcome = None
    if request.method == "POST" and form.is_valid():
        digest, outcome = received(request)
        if outcome is None:
            given = {name: value for name, value in form.cleaned_data.items() if name != "file"}
            outcome = carry_out(request, actions.publish_document, signed=True, digest=digest, **given)
        if outcome.done:
            return redirect("safety:document", code=form.cleaned_data["code"])
    return show(request, "safety/form.html", outcome=outcome, form=form, what="document", signed=True)

"""The pages of dossiers: which are open, what one lacks, its seal, its files."""

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_safe

from strate.workshop.attachments import queries as files
from strate.workshop.doors.access import signed_in
from strate.workshop.doors.pages import actor_of, carry_out, show
from strate.workshop.dossier import actions, queries, shown
from strate.workshop.dossier.forms import SealForm
from strate.workshop.dossier.models import FILED, Dossier
from strate.workshop.dossier.summary.proof import scans_of
from strate.workshop.journal.refusals import NotFound
from strate.workshop.orders import queries as orders
from strate.workshop.people.roles import may

PAGE = 50
FACTS_PAGE = 200
KINDS = {"pdf": ("pdf_digest", "application/pdf"), "archive": ("bundle_digest", "application/zip")}


@signed_in
def dossiers(request: HttpRequest) -> HttpResponse:
    """Every order with where its dossier stands."""
    text = request.GET.get("q", "").strip()
    page = Paginator(orders.orders(text=text), PAGE).get_page(request.GET.get("page"))
    sealed = {each.order: each for each in queries.dossiers().filter(order__in=[o.code for o in page])}
    cards = [shown.card(each, sealed.get(each.code)) for each in page]
    return show(request, "dossier/list.html", page=page, cards=cards, text=text)


@signed_in
def dossier(request: HttpRequest, order: str) -> HttpResponse:
    """One dossier: what is there, what is missing, what to read again, and the seal."""
    try:
        code = orders.order(order).code
    except NotFound as unknown:
        raise Http404(order) from unknown
    form, outcome = SealForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(
            request, actions.seal, signed=True, order=code, reviewed=form.cleaned_data["reviewed"]
        )
        if outcome.done:
            return redirect("dossier:dossier", order=code)
    found = queries.of_order(code)
    gathered = queries.gather(code, until=found.sealed_seq if found else None)
    parts = shown.sections(gathered) if found is None else []
    facts = Paginator(gathered.in_order()[::-1], FACTS_PAGE).get_page(request.GET.get("page"))
    return show(
        request,
        "dossier/dossier.html",
        outcome=outcome,
        form=form,
        card=shown.card(gathered.order, found),
        sections=parts,
        done=shown.count_done(parts),
        review=shown.review(gathered),
        scans=scans_of(gathered),
        page=facts,
        entries=shown.timeline(gathered, facts),
        verified=shown.verified(found)
        if found and found.state == FILED and "verifier" in request.GET
        else [],
        may_seal=found is None and may(actor_of(request), "dossier.seal"),
    )


@require_safe
@signed_in
def download(request: HttpRequest, order: str, kind: str) -> HttpResponseBase:
    """One of the two files of a filed dossier, to be handed over."""
    found = queries.of_order(order)
    if found is None or kind not in KINDS:
        raise Http404(order)
    return answer(found, kind)


def answer(found: Dossier, kind: str) -> HttpResponseBase:
    """The file as it was kept, under the name by which it is handed over."""
    field, media_type = KINDS[kind]
    digest = getattr(found, field)
    lying = files.path(digest) if digest else None
    if lying is None or not lying.is_file():
        raise Http404(found.code)
    return FileResponse(
        lying.open("rb"), as_attachment=True, filename=files.one(digest).name, content_type=media_type
    )


app_name = "dossier"
urlpatterns = [
    path("dossiers/", dossiers, name="dossiers"),
    path("dossiers/<str:order>/", dossier, name="dossier"),
    path("dossiers/<str:order>/<str:kind>/telecharger/", download, name="download"),
]

"""The pages of parts: the list, one part with its files and verdicts, taking in a file, approving it."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from strate.kernels.geometry.refusal import FileRefused
from strate.workshop.doors.access import signed_in
from strate.workshop.doors.pages import Outcome, actor_of, carry_out, show
from strate.workshop.journal.refusals import NotFound, Refused, RuleBroken
from strate.workshop.machines import queries as hall
from strate.workshop.parts import actions, comparing, drawing, exchange, queries, rules, shown, wording
from strate.workshop.parts.forms import PartForm, UploadForm
from strate.workshop.parts.models import ExchangeFile, Part
from strate.workshop.parts.views import StillWorking
from strate.workshop.people import queries as people
from strate.workshop.people.roles import may, permit
from strate.workshop.things import queries as things
from strate.workshop.things.registry import gestures

PER_PAGE = 50


@require_safe
@signed_in
def parts(request: HttpRequest) -> HttpResponse:
    """The parts, searched and turned page by page."""
    search = request.GET.get("q", "").replace("\x00", "")[:80].strip()
    page = Paginator(queries.parts(search), PER_PAGE).get_page(request.GET.get("page"))
    rows = [(each, _state_of(each)) for each in page]
    may_enter = may(actor_of(request), "parts.enter")
    return show(request, "parts/parts.html", page=page, rows=rows, search=search, may_enter=may_enter)


def _state_of(found: Part) -> list[tuple[str, str]]:
    """Each revision of a part with the state of its best file."""
    best: dict[str, str] = {}
    order = ("approved", "verified", "retired", "refused")
    for each in found.files.all():
        known = best.get(each.revision)
        if known is None or order.index(each.state) < order.index(known):
            best[each.revision] = each.state
    return [(revision, shown.CHIPS[best[revision]]) for revision in sorted(best)]


@require_safe
@signed_in
def part(request: HttpRequest, code: str) -> HttpResponse:
    """One part: its files, what the kernel found in each, who approved them."""
    found, by = _part(code), actor_of(request)
    files = [shown.file_shown(each) for each in queries.files(found.code)]
    context = {
        "part": found,
        "files": files,
        "names": {
            p: people.name_of(p) for each in files for p in (each.file.added_by, each.file.approved_by) if p
        },
        "gestures": gestures(found.ref, by),
        "may_add": may(by, "parts.add_file"),
        "may_approve": may(by, "parts.approve_file"),
        "me": by.person,
        "entries": things.history(found.ref),
        "may_compare": len(_comparable(found)) > 1,
    }
    return show(request, "parts/part.html", **context)


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Enter a part by its drawing number."""
    form, outcome = PartForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(request, actions.enter, **form.cleaned_data)
        if outcome.done:
            return redirect("parts:part", code=form.cleaned_data["code"])
    return show(request, "parts/new.html", outcome=outcome, form=form)


@signed_in
def upload(request: HttpRequest, code: str) -> HttpResponse:
    """Take in an exchange file: kept, verified, then added with its verdict."""
    found = _part(code)
    printers = [(m.code, m.title) for m in hall.machines("printer")]
    form, outcome = UploadForm(request.POST or None, machines=printers), None
    if request.method == "POST" and form.is_valid():
        outcome = _take_in(request, found, form)
        if outcome.done:
            return redirect("parts:part", code=found.code)
    return show(request, "parts/upload.html", outcome=outcome, part=found, form=form)


def _take_in(request: HttpRequest, found: Part, form: UploadForm) -> Outcome:
    asked, sent = form.cleaned_data, request.FILES.get("file")
    try:
        permit(actor_of(request), "parts.add_file")  # before the disk is touched
        if sent is None:
            raise RuleBroken("no_file_chosen")
        read = exchange.verified(sent, sent.name or "", layer_um=asked["layer_um"], machine=asked["machine"])
    except Refused as refused:
        return Outcome(done=False, reasons=list(refused.reasons))
    return carry_out(request, actions.add_file, part=found.code, revision=asked["revision"], **read)


@signed_in
def approve(request: HttpRequest, code: str, revision: str, digest: str) -> HttpResponse:
    """Approve a file: what the kernel found is read again, then signed."""
    found, outcome = _file(code, revision, digest), None
    if request.method == "POST":
        values = {"file": found.digest, "part": code, "revision": revision}
        outcome = carry_out(request, actions.approve_file, signed=True, **values)
        if outcome.done:
            return redirect("parts:part", code=code)
    added_by = people.name_of(found.added_by)
    context = {"part": found.part, "shown": shown.file_shown(found), "added_by": added_by}
    return show(request, "parts/approve.html", outcome=outcome, **context)


@require_safe
@signed_in
def drawn(request: HttpRequest, code: str, digest: str) -> HttpResponse:
    """The part drawn by its layers, fetched by the page that shows it."""
    found = _file(code, "", digest)
    height = int(found.verdict.get("height_um") or 0)
    try:
        made, waiting = drawing.drawing(found.digest, height) if height else None, False
    except StillWorking:
        made, waiting = None, True
    return show(request, "parts/_drawing.html", drawing=made, part=found.part, file=found, waiting=waiting)


@require_safe
@signed_in
def see(request: HttpRequest, code: str, digest: str) -> HttpResponse:
    """The part turned in the hand, and layer by layer, with every finding where it is."""
    found = _file(code, "", digest)
    layer_um = found.verdict.get("layer_um") or rules.DEFAULT_LAYER_UM
    volume = found.verdict.get("machine_volume_mm") or ()
    context = {
        "part": found.part,
        "shown": shown.file_shown(found),
        "layer_um": layer_um,
        "volume": " ".join(f"{side:g}" for side in volume),
        "title": f"{code} · {found.revision} · {found.name}",
        "name": f"{code}-{found.revision}",
        "layers_url": f"{reverse('api:parts.layers', args=[found.digest])}?layer_um={layer_um}",
    }
    return show(request, "parts/see.html", **context)


@require_safe
@signed_in
def compare(request: HttpRequest, code: str) -> HttpResponse:
    """Two files of a part side by side: the last two, or those that are chosen."""
    found = _part(code)
    files = _comparable(found)
    before, after = (files[1], files[0]) if len(files) > 1 else (None, None)
    if len(files) > 1 and {"before", "after"} <= request.GET.keys():
        before, after = _both(request, code)
    return show(request, "parts/compare.html", part=found, files=files, before=before, after=after)


def _comparable(found: Part) -> list[ExchangeFile]:
    """The files that can be laid side by side: those that were read, and not by their maker alone."""
    files = [shown.file_shown(each) for each in queries.files(found.code)]
    return [each.file for each in files if not each.why_not and each.family != "opaque"]


@require_safe
@signed_in
def compared(request: HttpRequest, code: str) -> HttpResponse:
    """What changed between them, fetched by the page; it asks again while it is being worked out."""
    before, after = _both(request, code)
    query = f"before={before.digest}&after={after.digest}"
    told, why_not, waiting = None, "", False
    try:
        told = comparing.compared(comparing.answer(before, after))
    except StillWorking:
        waiting = True
    except FileRefused as refused:
        why_not = shown.refusal_said(refused)
    again = f"{reverse('parts:compared', args=[code])}?{query}"
    seen = {"told": told, "why_not": why_not, "waiting": waiting, "again": again, "query": query}
    return show(request, "parts/_compared.html", part=before.part, sides=wording.SIDES.items(), **seen)


@require_safe
@signed_in
def compared_picture(request: HttpRequest, code: str) -> HttpResponse:
    """Where they differ, seen from one side."""
    side = request.GET.get("side", "top")
    if side not in wording.SIDES:
        raise Http404(side)
    try:
        raw = comparing.deviations(*_both(request, code))
    except (StillWorking, FileRefused) as nothing:
        raise Http404(side) from nothing
    headers = {"Cache-Control": "private, max-age=86400"}
    return HttpResponse(comparing.png(raw, side), content_type="image/png", headers=headers)


def _both(request: HttpRequest, code: str) -> tuple[ExchangeFile, ExchangeFile]:
    return _file(code, "", request.GET.get("before", "-")), _file(code, "", request.GET.get("after", "-"))


def _part(code: str) -> Part:
    try:
        return queries.part(code)
    except NotFound as unknown:
        raise Http404(code) from unknown


def _file(code: str, revision: str, digest: str) -> ExchangeFile:
    try:
        return queries.file(digest, part=code, revision=revision)
    except NotFound as unknown:
        raise Http404(digest) from unknown


app_name = "parts"
urlpatterns = [
    path("pieces/", parts, name="parts"),
    path("pieces/nouvelle/", new, name="new"),
    path("pieces/<str:code>/", part, name="part"),
    path("pieces/<str:code>/fichier/", upload, name="upload"),
    path("pieces/<str:code>/comparer/", compare, name="compare"),
    path("pieces/<str:code>/comparer/resultat/", compared, name="compared"),
    path("pieces/<str:code>/comparer/image/", compared_picture, name="compared_picture"),
    path("pieces/<str:code>/fichiers/<str:digest>/dessin/", drawn, name="drawing"),
    path("pieces/<str:code>/fichiers/<str:digest>/voir/", see, name="see"),
    path("pieces/<str:code>/revisions/<str:revision>/<str:digest>/approuver/", approve, name="approve"),
]

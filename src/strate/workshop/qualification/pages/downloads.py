"""Files to hand over: papers, certificates, folders, lists of what was withdrawn, tables for a spreadsheet."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import path
from django.views.decorators.http import require_safe

from strate.workshop.attachments import queries as attachments
from strate.workshop.doors.access import signed_in
from strate.workshop.doors.pages import actor_of
from strate.workshop.doors.spreadsheets import spreadsheet
from strate.workshop.journal.refusals import NotFound
from strate.workshop.people.roles import AUDITOR, CENTRE
from strate.workshop.qualification.models import Award, Decision, Jury, Seat
from strate.workshop.qualification.pages.juries import of_a_jury
from strate.workshop.qualification.queries import award as queries
from strate.workshop.qualification.queries import opening

MOST = 20_000


def stored(digest: str) -> HttpResponseBase:
    """A file as it was kept, under its own name."""
    lying = attachments.path(digest) if digest else None
    if lying is None or not lying.is_file() or opening.shut(digest):
        raise Http404(digest)
    row = attachments.one(digest)
    return FileResponse(lying.open("rb"), as_attachment=True, filename=row.name, content_type=row.media_type)


@require_safe
@of_a_jury
def jury_paper(request: HttpRequest, found: Jury, digest: str) -> HttpResponseBase:
    """One of the printed papers of a jury."""
    if digest not in {use.attachment_id for use in attachments.about(found.ref)}:
        raise Http404(digest)
    return stored(digest)


@require_safe
@signed_in
def certificate(request: HttpRequest, number: str, kind: str) -> HttpResponseBase:
    """A certificate, as pages or as its signed data: for the centre, an auditor and whoever holds it."""
    try:
        made = queries.award(number)
    except NotFound as unknown:
        raise Http404(number) from unknown
    actor = actor_of(request)
    if not ({CENTRE, AUDITOR} & actor.roles or actor.person == made.file.person):
        raise Http404(number)
    if kind == "pdf":
        return stored(made.document)
    if kind != "json":
        raise Http404(kind)
    answer = JsonResponse(made.credential, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="{made.number}.json"'
    return answer


@require_safe
def withdrawn(request: HttpRequest, issuer: str) -> HttpResponse:
    """The list of what was withdrawn: a static file that anyone may read, and that says nothing of anybody."""
    found = queries.lists()
    if issuer not in found:
        raise Http404(issuer)
    return HttpResponse(json.dumps(found[issuer]), content_type="application/vc+ld+json")


def _rows_of_juries() -> Iterable[list[Any]]:
    yield ["jury", "held_on", "state", "reference", "person", "side", "organisation", "chair", "present_at"]
    for each in Seat.objects.select_related("jury__reference").filter(excused_at=None)[:MOST]:
        jury = each.jury
        head = [jury.code, jury.held_on, jury.state, jury.reference.code]
        yield [*head, each.person, each.side, each.organisation, each.chair, each.present_at or ""]


def _rows_of_decisions() -> Iterable[list[Any]]:
    yield ["jury", "held_on", "candidate", "competence", "outcome", "for", "against", "abstained", "casting"]
    for each in Decision.objects.select_related("case__jury", "case__file").order_by("pk")[:MOST]:
        head = [each.case.jury.code, each.case.jury.held_on, each.case.file.number, each.competence]
        yield [*head, each.outcome, each.votes_for, each.votes_against, each.abstained, each.casting]


def _rows_of_certificates() -> Iterable[list[Any]]:
    yield [
        "number",
        "kind",
        "candidate",
        "reference",
        "scope",
        "issued_on",
        "valid_until",
        "revoked_on",
        "sha256",
    ]
    for each in Award.objects.select_related("file__reference").order_by("pk")[:MOST]:
        head = [each.number, each.kind, each.file.number, each.file.reference.code, each.scope]
        dates = [each.issued_on, each.valid_until or "", each.revoked_on or ""]
        yield [*head, *dates, each.credential_sha256]


TABLES: dict[str, Callable[[], Iterable[list[Any]]]] = {
    "jurys": _rows_of_juries,
    "decisions": _rows_of_decisions,
    "certificats": _rows_of_certificates,
}


@require_safe
@signed_in
def table(request: HttpRequest, name: str) -> HttpResponseBase:
    """A table for a spreadsheet: juries, decisions or certificates; candidates by their number."""
    if name not in TABLES or not {CENTRE, AUDITOR} & actor_of(request).roles:
        raise Http404(name)
    return spreadsheet(name, TABLES[name]())


urlpatterns = [
    path("qualification/jurys/<str:code>/papiers/<str:digest>/", jury_paper, name="jury_paper"),
    path("qualification/certificats/<str:number>/fichier/<str:kind>/", certificate, name="certificate_file"),
    path("qualification/retraits/<str:issuer>.json", withdrawn, name="withdrawn"),
    path("qualification/tableaux/<str:name>.csv", table, name="table"),
]

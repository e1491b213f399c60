"""The window through which files are seen: never as something a browser would run."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, HttpResponseNotModified
from django.urls import path
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from strate.workshop.attachments import actions, queries, registry, rules, store
from strate.workshop.doors.access import signed_in
from strate.workshop.doors.pages import actor_of
from strate.workshop.journal.refusals import NotFound
from strate.workshop.people.roles import permit

SHUT = "default-src 'none'; sandbox"
# A browser's own PDF reader does not start in a sandbox; it runs apart from the site anyway.
PDF = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
# A picture alone on a page is centred by the browser with a style of its own.
PICTURE = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox"


@require_safe
@signed_in
@xframe_options_sameorigin
def file(request: HttpRequest, digest: str) -> HttpResponseBase:
    """One file, as it was kept."""
    try:
        row = queries.one(digest)
    except NotFound as unknown:
        raise Http404 from unknown
    if not registry.opens(row, actor_of(request)):
        raise Http404
    inline = row.media_type in rules.INLINE
    media_type = row.media_type if inline else "application/octet-stream"
    if request.headers.get("If-None-Match") == f'"{digest}"':
        # What a browser kept is shown under the policy it hears now: the same one.
        return HttpResponseNotModified(headers={"Content-Security-Policy": _policy(media_type)})
    lying = queries.path(digest)
    if not lying.is_file():
        raise Http404
    answer = FileResponse(
        lying.open("rb"), as_attachment=not inline, filename=row.name or digest[:16], content_type=media_type
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = _policy(media_type)
    # A shared tablet must not show the next person what only this one may open.
    answer["Cache-Control"] = "no-store" if registry.is_kept(row) else "private, max-age=31536000, immutable"
    answer["ETag"] = f'"{digest}"'
    return answer


def _policy(media_type: str) -> str:
    """What a file may do in the browser that shows it."""
    if media_type == "application/pdf":
        return PDF
    return PICTURE if media_type.startswith("image/") else SHUT


def kept(request: HttpRequest, field: str = "photo") -> list[str]:
    """For the pages of every room: the files sent under this name, kept and received; their digests.

    Called before the act that speaks of them; raises `Refused` (damaged picture, disk full, too large).
    """
    by = actor_of(request)
    permit(by, "attachments.receive")
    stored = [store.keep(sent, sent.name or "") for sent in request.FILES.getlist(field)]
    return [actions.receive(by=by, stored=each).digest for each in stored]


app_name = "attachments"
urlpatterns = [path("fichiers/<str:digest>", file, name="file")]

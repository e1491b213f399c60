"""Who may open a page: whoever has shown who they are; the others go to the badge screen, nothing lost."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

DRAFT = "draft"
# In every form that writes: whose name the page bore when it was drawn (`components/command.html`).
WRITER = "drawn_for"
# Said by the tablet when it sends by itself what had waited for the network (`keep.js`).
OUTBOX = "X-Strate-Outbox"
# Never kept: what proves a person, whose page it was, and the token of the form itself.
NEVER_KEPT = ("pin", "password", "secret", "csrfmiddlewaretoken", "device_now", WRITER)
LARGEST_DRAFT = 200_000
Page = Callable[..., HttpResponse]


def signed_in(page: Page) -> Page:
    """Decorator of a page: nobody signed in means the badge screen, then back here with what was typed."""

    @wraps(page)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        person = getattr(request, "person", None)
        typed_by = request.POST.get(WRITER, "") if request.method == "POST" else ""
        if person is None or typed_by not in ("", person.pk):
            return _not_written(request, typed_by, person)
        if getattr(request, "must_choose_pin", False) and request.path != reverse("people:own_secret"):
            return redirect(f"{reverse('people:own_secret')}?{urlencode({'next': request.get_full_path()})}")
        waiting = draft_of(request) if request.method == "POST" else None
        if waiting and waiting["path"] == request.get_full_path():
            drop_draft(request)
        return page(request, *args, **kwargs)

    return guarded


def way_back(request: HttpRequest, otherwise: str) -> str:
    """The page of this site that a form asks to go back to; an address elsewhere is nobody's."""
    asked: str = request.POST.get("next") or request.GET.get("next") or ""
    here = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if here else otherwise


def _not_written(request: HttpRequest, typed_by: str, person: Any) -> HttpResponse:
    """Nobody is signed in, or not the one the page names: what was typed waits, and is written in no other's name.

    A watched page is left as it stands, half typed; what a tablet had in its outbox stays there.
    """
    if request.headers.get(OUTBOX):
        return HttpResponse(status=401)
    if request.headers.get("HX-Request") and request.method == "GET":
        return HttpResponse(status=204, headers={"HX-Trigger": "signed-out"})
    if request.method == "POST":
        keep_draft(request, typed_by)
    there = reverse("people:draft")
    if person is None:
        there = f"{reverse('people:station')}?{urlencode({'next': request.get_full_path()})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": there})
    return redirect(there)


def keep_draft(request: HttpRequest, typed_by: str = "") -> None:
    """What was typed before the sign-out, kept on this tablet until somebody takes it up or drops it."""
    typed = [(k, v) for k, values in request.POST.lists() for v in values if not _secret(k)]
    if sum(len(k) + len(v) for k, v in typed) <= LARGEST_DRAFT:
        draft = {"path": request.get_full_path(), "fields": typed, "files": sorted(request.FILES.keys())}
        draft["by"] = typed_by or request.session.get("last", {}).get("person", "")
        request.session[DRAFT] = draft


def _secret(name: str) -> bool:
    return any(part in name.lower() for part in NEVER_KEPT)


def draft_of(request: HttpRequest) -> dict[str, Any] | None:
    """The unfinished work that waits on this tablet, if any."""
    found: dict[str, Any] | None = request.session.get(DRAFT)
    return found


def drop_draft(request: HttpRequest) -> None:
    request.session.pop(DRAFT, None)

"""Unfinished work: what was typed when the person was signed out, taken up again by whoever is there now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from strate.workshop.doors import access, wording
from strate.workshop.doors.access import signed_in
from strate.workshop.doors.pages import show
from strate.workshop.people import queries, sessions


@signed_in
def draft(request: HttpRequest) -> HttpResponse:
    """What waits on this tablet: read it, take it up again in one's own name, or drop it."""
    found = access.draft_of(request)
    if found is None:
        return redirect("home")
    words = wording.vocabulary("FIELDS")
    shown = [(words[name], value) for name, value in found["fields"] if name in words and value]
    by = found["by"]
    other = queries.name_of(by) if by and by != sessions.me(request).pk else ""
    return show(request, "people/draft.html", draft=found, shown=shown, other=other)


@signed_in
@require_POST
def drop(request: HttpRequest) -> HttpResponse:
    """Nobody needs it any more."""
    access.drop_draft(request)
    return redirect("home")

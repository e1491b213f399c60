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
    shown = [said for name, value in found["fields"] if value and (said := _said(name, value))]
    by = found["by"]
    other = queries.name_of(by) if by and by != sessions.me(request).pk else ""
    return show(request, "people/draft.html", draft=found, shown=shown, other=other)


def _said(name: str, value: str) -> tuple[str, str] | None:
    """A field of the form in words: by its name, or by the line it stands on (« text-C1.M1 »); a hidden one, never."""
    words = wording.vocabulary("FIELDS")
    field, _sep, line = name.partition("-")
    if name in words:
        return str(words[name]), value
    return (line, wording.choice(field, value)) if line and field in words else None


@signed_in
@require_POST
def drop(request: HttpRequest) -> HttpResponse:
    """Nobody needs it any more."""
    access.drop_draft(request)
    return redirect("home")

"""The pages of handover: what was left, take over the shift, leave a note."""

from collections.abc import Iterable
from functools import cache, partial
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from strate.workshop.doors.access import signed_in
from strate.workshop.doors.pages import actor_of, carry_out, show
from strate.workshop.doors.speech import speak
from strate.workshop.doors.wording import vocabulary
from strate.workshop.handover import actions, queries, registry
from strate.workshop.handover.forms import NoteForm
from strate.workshop.handover.models import HandoverNote
from strate.workshop.journal import clock
from strate.workshop.journal.refusals import NotFound
from strate.workshop.site import queries as site
from strate.workshop.things.registry import title_of


def _place(request: HttpRequest) -> str:
    """The place asked for, else the tablet's own, if it is one of the site."""
    known = {p.ref for p in site.places()}
    own = getattr(getattr(request, "station", None), "place", "") or ""
    asked = request.GET.get("place", own)
    ref = asked if ":" in asked else f"place:{asked}"
    return ref if ref in known else ""


def _shown(notes: Iterable[HandoverNote]) -> list[dict[str, Any]]:
    """Notes as they are read; whom and what they name is looked up once, however many they are."""
    name, title = cache(partial(speak, "by")), cache(title_of)
    return [
        {
            "note": note,
            "author": name(note.author),
            "acknowledged_by": name(note.acknowledged_by),
            "place": title(note.place) if note.place else "",
            "states": [(title(ref), speak_state(values)) for ref, values in note.states.items()],
        }
        for note in notes
    ]


def speak_state(values: dict[str, Any]) -> str:
    """How a machine stood, in words."""
    words = vocabulary("CHOICES")
    return " · ".join(
        str(words.get(key, {}).get(value) or speak(key, value))
        for key, value in values.items()
        if value not in ("", None)
    )


@signed_in
def board(request: HttpRequest) -> HttpResponse:
    """Take over the shift: what was left and is not acknowledged, what is unfinished, then one signature."""
    place, by, outcome = _place(request), actor_of(request), None
    if request.method == "POST":
        seen = request.POST.getlist("note")
        outcome = carry_out(request, actions.take_over, signed=True, place=place, notes=seen)
        if outcome.done:
            return redirect("handover:board")
    at = clock.now()
    waiting = queries.for_person(by.person, place)
    items = registry.unfinished(place)
    return show(
        request,
        "handover/board.html",
        outcome=outcome,
        place=place,
        place_title=title_of(place) if place else "",
        places=site.places(),
        shift=queries.shift_at(at),
        taken=queries.taken(by.person, at=at, place=place),
        waiting=_shown(waiting),
        groups=[(group, list(found)) for group, found in groupby(items, key=lambda item: item.group)],
        states=[(title_of(ref), speak_state(values)) for ref, values in registry.states(place).items()],
        lately=_shown(n for n in queries.notes(place, limit=20) if n not in waiting),
    )


@signed_in
def write(request: HttpRequest) -> HttpResponse:
    """Leave a note to the next shift."""
    place, outcome, form = _place(request), None, NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = {"place": place, **form.cleaned_data}
        outcome = carry_out(request, actions.write_handover, signed=True, **values)
        if outcome.done:
            return redirect("handover:board")
    states = [(title_of(ref), speak_state(values)) for ref, values in registry.states(place).items()]
    unfinished = registry.unfinished(place)
    title = title_of(place) if place else ""
    context = {"form": form, "states": states, "unfinished": unfinished, "place_title": title}
    return show(request, "handover/write.html", outcome=outcome, **context)


@signed_in
def note(request: HttpRequest, number: str) -> HttpResponse:
    """One note, acknowledged here by itself."""
    try:
        found = queries.one(number)
    except NotFound as unknown:
        raise Http404(number) from unknown
    outcome = None
    if request.method == "POST":
        outcome = carry_out(request, actions.acknowledge, signed=True, note=found.ref)
        if outcome.done:
            return redirect("handover:note", number=found.number)
    own = found.author == actor_of(request).person
    return show(request, "handover/note.html", outcome=outcome, row=_shown([found])[0], own=own)


app_name = "handover"
urlpatterns = [
    path("consignes/", board, name="board"),
    path("consignes/ecrire/", write, name="write"),
    path("consignes/<str:number>/", note, name="note"),
]

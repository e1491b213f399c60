"""The pages of holds: what is stopped, stop a thing, let it go."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from strate.workshop.doors.access import signed_in
from strate.workshop.doors.pages import actor_of, carry_out, show
from strate.workshop.doors.speech import speak
from strate.workshop.holds import actions, queries, rules
from strate.workshop.holds.forms import LiftForm, PlaceForm
from strate.workshop.holds.models import Hold
from strate.workshop.journal.refusals import NotFound
from strate.workshop.things import registry


def _rows(holds: list[Hold]) -> list[dict[str, object]]:
    return [{"hold": h, "why": queries.why(h), "thing": registry.title_of(h.about)} for h in holds]


@signed_in
def listed(request: HttpRequest) -> HttpResponse:
    """Everything that is stopped now, and what was let go lately."""
    rows, lifted = _rows(queries.standing_now()), _rows(queries.recently_lifted())
    return show(request, "holds/list.html", rows=rows, lifted=lifted)


@signed_in
def place(request: HttpRequest) -> HttpResponse:
    """Stop a thing: scanned, with the reason and who may let it go."""
    form, outcome = PlaceForm(request.POST or None, initial={"about": request.GET.get("about", "")}), None
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(request, _place_scanned, **form.cleaned_data)
        if outcome.done:
            return redirect("holds:list")
    return show(request, "holds/place.html", outcome=outcome, form=form)


def _place_scanned(*, about: str, **values: object) -> Hold:
    """What was scanned or typed names exactly one thing."""
    return actions.place(about=registry.resolve([about])[0], **values)


@signed_in
def hold(request: HttpRequest, number: str) -> HttpResponse:
    """One hold: why, since when, who can lift it; lifted here, signed."""
    try:
        found = queries.one(number)
    except NotFound as unknown:
        raise Http404(number) from unknown
    form, outcome, by = LiftForm(request.POST or None), None, actor_of(request)
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(request, actions.lift, signed=True, hold=number, **form.cleaned_data)
        if outcome.done:
            return redirect("things:thing", ref=found.about)
    mine = not rules.why_not_lift(queries.standing(found), person=by.person, roles=by.roles)
    return show(
        request,
        "holds/hold.html",
        outcome=outcome,
        form=form,
        hold=found,
        why=queries.why(found),
        thing=registry.title_of(found.about),
        origin=registry.title_of(found.origin) if found.origin else "",
        mine=mine,
        placed_by=speak("by", found.placed_by),
        lifted_by=speak("by", found.lifted_by),
        lifters=speak("liftable_by", found.liftable_by),
    )


app_name = "holds"
urlpatterns = [
    path("blocages/", listed, name="list"),
    path("blocages/poser/", place, name="place"),
    path("blocages/<str:number>/", hold, name="hold"),
]

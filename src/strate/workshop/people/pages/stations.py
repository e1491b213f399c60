"""The tablets and desks of the workshop: enrolling the one in one's hands, retiring a lost one."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from strate.workshop.doors.access import signed_in
from strate.workshop.doors.pages import Outcome, actor_of, carry_out, show
from strate.workshop.journal.refusals import Refused
from strate.workshop.people import actions, queries
from strate.workshop.people.forms import ReasonForm, StationForm
from strate.workshop.people.middleware import STATION_COOKIE
from strate.workshop.people.roles import may
from strate.workshop.site import queries as site

TEN_YEARS_S = 10 * 366 * 86_400


@signed_in
def stations(request: HttpRequest) -> HttpResponse:
    """Every screen that has been enrolled."""
    may_enrol = may(actor_of(request), "people.enrol_station")
    return show(request, "people/stations.html", stations=queries.stations(), may_enrol=may_enrol)


@signed_in
def enrol(request: HttpRequest) -> HttpResponse:
    """Make the screen in one's hands a station: a long secret is left on it, which its pages cannot read."""
    form, outcome = StationForm(request.POST or None, places=_places()), None
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(request, actions.enrol_station, **form.cleaned_data)
        if outcome.done and outcome.result:
            _station, secret = outcome.result
            return _remember(redirect("people:stations"), secret)
        if outcome.done:
            return redirect("people:stations")
    return show(request, "people/station_form.html", outcome=outcome, form=form, station=None)


def _remember(response: HttpResponse, secret: str) -> HttpResponse:
    response.set_cookie(
        STATION_COOKIE,
        secret,
        max_age=TEN_YEARS_S,
        httponly=True,
        samesite="Lax",
        secure=bool(settings.SESSION_COOKIE_SECURE),
    )
    return response


@signed_in
def change(request: HttpRequest, code: str) -> HttpResponse:
    """What it is called, where it stands, how long it may stay idle."""
    try:
        station = queries.station(code)
    except Refused as refused:
        return show(
            request, "people/refused.html", outcome=Outcome(done=False, reasons=list(refused.reasons))
        )
    initial = {name: getattr(station, name) for name in ("code", "title", "place", "shared", "idle_minutes")}
    form, outcome = StationForm(request.POST or None, initial=initial, places=_places()), None
    form.fields["code"].disabled = True
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(request, actions.change_station, **form.cleaned_data)
        if outcome.done:
            return redirect("people:stations")
    return show(request, "people/station_form.html", outcome=outcome, form=form, the_station=station)


@signed_in
def retire(request: HttpRequest, code: str) -> HttpResponse:
    """Lost, broken or given away: its cookie opens nothing any more."""
    form, outcome = ReasonForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(request, actions.retire_station, code=code, **form.cleaned_data)
        if outcome.done:
            return redirect("people:stations")
    return show(request, "people/ask.html", outcome=outcome, form=form, what="retire", code=code)


def _places() -> list[tuple[str, str]]:
    return [(place.code, f"{place.code} · {place.title}") for place in site.places()]

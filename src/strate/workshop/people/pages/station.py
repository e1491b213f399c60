"""The badge screen of a tablet, the password of a desk, leaving, and changing operator in one tap."""

import logging

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from strate.workshop.doors import access, wording
from strate.workshop.doors.pages import Outcome, show
from strate.workshop.journal import clock
from strate.workshop.journal.refusals import Refused, RuleBroken
from strate.workshop.people import actions, queries, rules, sessions
from strate.workshop.people.forms import PasswordSignIn
from strate.workshop.people.models import Person
from strate.workshop.site import queries as site

MANY = 24
log = logging.getLogger("strate.people")


def at_station(request: HttpRequest) -> HttpResponse:
    """Show the badge, then the PIN. A screen that is no station asks for the password instead."""
    if request.method == "GET" and not _badges_work_here(request):
        return redirect(f"{reverse('people:desk')}?{urlencode({'next': _next(request)})}")
    return _badge_then_pin(request)


def identify(request: HttpRequest) -> HttpResponse:
    """Change operator: the person before keeps writing until the next one has shown who they are."""
    return at_station(request)


def _badge_then_pin(request: HttpRequest) -> HttpResponse:
    who, problem = None, ""
    try:
        who = _who(request)
        if who and request.method == "POST" and request.POST.get("pin"):
            _needs_station(request)
            actions.verify_pin(who, request.POST["pin"], station=_station_ref(request))
            return _enter(request, who, "badge+pin")
    except Refused as refused:
        problem = wording.refusal(refused.reasons[0])
    context = {"who": who, "next": _next(request), "people_here": _people_here(request), "problem": problem}
    # Said at the field itself: a panel above would push the keypad away from under the finger.
    response = show(request, "people/station.html", waiting=access.draft_of(request), **context)
    response.status_code = 409 if problem else 200
    return response


def desk(request: HttpRequest) -> HttpResponse:
    """At a desk: login and password."""
    form, outcome = PasswordSignIn(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        who = queries.by_login(typed["login"].strip())
        try:
            proved = actions.verify_password(who, typed["password"], station=_station_ref(request))
            return _enter(request, proved, "password")
        except Refused as refused:
            log.warning("sign-in refused", extra={"known": who is not None, "station": _station_ref(request)})
            outcome = Outcome(done=False, reasons=list(refused.reasons))
    badges = _badges_work_here(request)
    return show(
        request, "people/desk.html", outcome=outcome, form=form, next=_next(request), badges_work=badges
    )


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """The person leaves; the tablet stays a station, and unfinished work stays on it."""
    sign_in = sessions.current(request)
    if sign_in and sessions.person_here(request):
        actions.signed_out(
            person=sign_in.person, station=_station_ref(request), session=sign_in.id, why="left"
        )
    sessions.end(request)
    return redirect("people:station")


def state(request: HttpRequest) -> JsonResponse:
    """Who writes here and for how long still, for the page that watches; asking is not touching."""
    sign_in, person = sessions.current(request), sessions.person_here(request)
    idle = sessions.idle_after(sessions.station_here(request))
    left = idle - (clock.now() - sign_in.seen) if sign_in and person else None
    return JsonResponse(
        {"writer": person.pk if person else "", "seconds_left": int(left.total_seconds()) if left else 0}
    )


def _enter(request: HttpRequest, who: Person, method: str) -> HttpResponse:
    before = sessions.current(request)
    if before and before.person != who.pk:
        actions.signed_out(person=before.person, station=_station_ref(request), session=before.id, why="left")
    session = sessions.new_id()
    actions.sign_in(who=who, station=_station_ref(request), session=session, method=method)
    sessions.begin(request, who, session=session, method=method, at=clock.now())
    draft = access.draft_of(request)
    return redirect("people:draft" if draft and draft["path"] == _next(request) else _next(request))


def _who(request: HttpRequest) -> Person | None:
    """Whose badge was shown; a name may be chosen instead where the site allows it."""
    asked = request.POST if request.method == "POST" else request.GET
    if asked.get("person") and site.value("pick_name"):
        return queries.people_by_id([asked["person"]]).get(asked["person"])
    badge = asked.get("badge", "").strip()
    if not badge:
        return None
    who = queries.by_badge(badge)
    if who is None:
        log.warning("unknown badge shown", extra={"station": _station_ref(request)})
        raise RuleBroken("badge_unknown", badge=badge[:60])
    return who


def _badges_work_here(request: HttpRequest) -> bool:
    station = sessions.station_here(request)
    return bool((station and station.shared) or site.value("badge_anywhere"))


def _needs_station(request: HttpRequest) -> None:
    """A badge number is no secret: with its PIN it opens only a screen an administrator has enrolled."""
    if not _badges_work_here(request):
        raise RuleBroken("station_not_enrolled", lifted_by=(rules.ADMINISTRATOR,))


def _people_here(request: HttpRequest) -> list[Person]:
    if not site.value("pick_name"):
        return []
    recent = sessions.recent_people(request)
    others = queries.people().exclude(pin="")[:MANY]
    return [*recent, *(p for p in others if p not in recent)]


def _station_ref(request: HttpRequest) -> str:
    station = sessions.station_here(request)
    return station.ref if station else ""


def _next(request: HttpRequest) -> str:
    """Where to go once signed in: never back to a screen of signing in, unless unfinished work waits there."""
    asked = access.way_back(request, reverse("home"))
    back_to_signing_in = asked.startswith("/poste/") and asked != reverse("people:draft")
    return reverse("home") if back_to_signing_in else asked

"""Who is writing: before any page, the person, the tablet and the rights of this very moment."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.middleware.csrf import CsrfViewMiddleware

from strate.workshop.doors.access import signed_in
from strate.workshop.journal import clock
from strate.workshop.journal.actor import Actor
from strate.workshop.people import queries, sessions
from strate.workshop.people.actions import signing_in
from strate.workshop.site import queries as site

STATION_COOKIE = "strate_station"
SAFE = ("GET", "HEAD", "OPTIONS")
Handler = Callable[[HttpRequest], HttpResponse]


def who_is_writing(get_response: Handler) -> Handler:
    """Sets `request.station`, `.person` and `.actor`, from the tablet and its sign-in, or a token."""

    def handle(request: HttpRequest) -> HttpResponse:
        with site.remembering(), queries.remembering_names():
            identify(request, clock.now())
            return get_response(request)

    return handle


def identify(request: HttpRequest, at: datetime) -> None:
    """Find who writes; nobody is an actor without roles, refused by every verb."""
    request.person, request.must_choose_pin = None, False
    scheme, _sep, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        _by_token(request, secret.strip(), at)
        return
    request.station = queries.station_by_cookie(request.COOKIES.get(STATION_COOKIE, ""))
    request.actor = Actor("", station=request.station.ref if request.station else "")
    _by_session(request, at)


def _by_token(request: HttpRequest, secret: str, at: datetime) -> None:
    """A program: no cookie is looked at, so no other site can borrow it, and no form token is asked."""
    request.station = None
    request.actor = Actor("", source="api")
    token = queries.live_token(secret, at=at)
    if token is None:
        return
    request._dont_enforce_csrf_checks = True
    if token.purpose == "gateway":
        request.actor = queries.gateway_actor(token)
    elif token.person is not None:
        request.person = token.person
        request.actor = queries.actor_for(token.person, session=f"t-{token.digest[:12]}", source="api")


def _by_session(request: HttpRequest, at: datetime) -> None:
    sign_in = sessions.current(request)
    if sign_in is None:
        return
    who = queries.person_or_gone(sign_in.person)
    station = request.station.ref if request.station else ""
    over = sessions.why_over(sign_in, who, idle=sessions.idle_after(request.station), at=at)
    if over:
        sessions.end(request)
        if who:
            signing_in.signed_out(person=who.pk, station=station, session=sign_in.id, why=over)
        return
    if who is None or _forged_api_call(request):
        return
    request.person = who
    request.actor = queries.actor_for(who, station=station, session=sign_in.id)
    request.must_choose_pin = who.pin_is_temporary and sign_in.method == "badge+pin"
    request.must_choose_pin |= who.password_is_temporary and sign_in.method == "password"
    if _somebody_touched(request):
        sessions.touch(request, sign_in, at=at)


def _forged_api_call(request: HttpRequest) -> bool:
    """Django does not check the API: with a cookie, it too needs the token that only our pages know."""
    if request.method in SAFE or not request.path.startswith("/api/"):
        return False
    check = _FormToken(lambda _request: HttpResponse())
    check.process_request(request)
    return check.process_view(request, lambda: None, (), {}) is not None


class _FormToken(CsrfViewMiddleware):
    """Django's own check, without the page it shows to a person whose form is stale."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponseForbidden(reason)


def _somebody_touched(request: HttpRequest) -> bool:
    """A page that refreshes itself, or an island that reads the API, is not a person at work."""
    watching = (
        request.headers.get("HX-Request")
        or request.path.startswith("/api/")
        or request.path.startswith("/poste/etat")
    )
    return request.method not in SAFE or not watching


__all__ = ["STATION_COOKIE", "identify", "signed_in", "who_is_writing"]

"""The few pages that belong to no room: where one lands, how the house is, and what went wrong."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from strate.web import landing
from strate.workshop.doors.access import way_back
from strate.workshop.doors.verbs import refusal
from strate.workshop.journal.refusals import NotFound, RuleBroken
from strate.workshop.people.middleware import signed_in


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """The next thing to do, not a menu."""
    return render(request, "home.html", landing.board(request))


def health(request: HttpRequest) -> HttpResponse:
    """Whether the house stands: for a monitoring tool as JSON, for a person as a page."""
    from strate.web.health import report

    found = report()
    status = 200 if found["ok"] else 503
    if "text/html" in request.headers.get("Accept", ""):
        return render(request, "health.html", {"report": found}, status=status)
    return JsonResponse(found, status=status)


def specimen(request: HttpRequest) -> HttpResponse:
    """The visual language, alive: every component in every state."""
    from strate.web.specimen import context

    return render(request, "specimen.html", context())


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """The language of this tablet, until somebody with their own signs in."""
    chosen = request.POST.get("language", "")
    response = redirect(way_back(request, reverse("home")))
    if chosen in ("fr", "en"):
        response.set_cookie("strate_language", chosen, max_age=31_536_000, samesite="Lax")
    return response


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse(refusal(NotFound("no_such_address")).model_dump(), status=404)
    return render(request, "not_found.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse(refusal(RuleBroken("program_broken")).model_dump(), status=500)
    return render(request, "broken.html", status=500)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from before a sign-out or a restart: nothing was written, what was typed is kept on the tablet."""
    return render(request, "stale_form.html", status=403)

"""Until the site has its first administrator, every page leads to the installation."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from strate.workshop.people import queries

OPEN_PATHS = ("/static/", "/langue/", "/sante/", "/api/")
Handler = Callable[[HttpRequest], HttpResponse]


def until_installed(get_response: Handler) -> Handler:
    """Middleware: an empty site shows its installation; once installed, a process asks no more."""
    known = {"installed": False}

    def handle(request: HttpRequest) -> HttpResponse:
        if not known["installed"]:
            known["installed"] = queries.installed()
        if known["installed"] or request.path.startswith((reverse("people:installation"), *OPEN_PATHS)):
            return get_response(request)
        return redirect("people:installation")

    return handle

"""What the pages of a build share: find it, show it, go back to its path."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from strate.workshop.builds import queries
from strate.workshop.builds.models import Build
from strate.workshop.doors.pages import Outcome, show
from strate.workshop.journal.refusals import NotFound


def build_or_404(code: str) -> Build:
    try:
        return queries.build(code)
    except NotFound as no:
        raise Http404 from no


def page(
    request: HttpRequest, name: str, build: Build, outcome: Outcome | None = None, **context: Any
) -> HttpResponse:
    """A page about a build, with what the routing wants of it."""
    wanted = queries.rules.wanted(build.routing)
    return show(request, f"builds/{name}.html", outcome=outcome, build=build, wanted=wanted, **context)


def back(build: Build) -> HttpResponse:
    """The path of the build, where the next gesture waits."""
    return redirect("builds:build", code=build.code)

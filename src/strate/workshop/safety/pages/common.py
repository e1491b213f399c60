"""What the pages of safety share: who is shown, files received, lists turned page by page."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.dateparse import parse_date

from strate.workshop.attachments.pages import kept
from strate.workshop.doors.access import way_back
from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.pages import Outcome, actor_of
from strate.workshop.journal.refusals import NotFound, Refused, RuleBroken
from strate.workshop.safety import queries
from strate.workshop.site import queries as site

PAGE = 50
Found = TypeVar("Found")


def or_404(look: Callable[..., Found], *args: Any) -> Found:
    """The thing, or « not found » as a page says it."""
    try:
        return look(*args)
    except NotFound as unknown:
        raise Http404 from unknown


def turned(request: HttpRequest, found: Any) -> Page[Any]:
    return Paginator(found, PAGE).get_page(request.GET.get("page"))


def received(request: HttpRequest, field: str = "file") -> tuple[str, Outcome | None]:
    """The digest of the file sent, or why it could not be kept."""
    try:
        digests = kept(request, field)
    except Refused as refused:
        return "", Outcome(done=False, reasons=list(refused.reasons))
    return (digests[0] if digests else ""), None


def named(readings: list[Any]) -> list[tuple[str, Any]]:
    return [(hooks.name_of(each.person), each.at) for each in readings]


def places() -> list[tuple[str, str]]:
    return [(place.code, place.title) for place in site.places()]


def kilograms(mass_mg: int) -> str:
    """A mass as it is typed in kilograms: exactly, with a comma."""
    kg = Decimal(mass_mg).scaleb(-6)
    return (f"{kg:f}" if mass_mg % 1000 else f"{kg:.3f}").replace(".", ",")


def place_title(code: str) -> str:
    return queries.places_titles().get(code, code)


def ways(request: HttpRequest, here: str) -> dict[str, Any]:
    """The ways around safety, with what waits behind each."""
    actor = actor_of(request)
    return {
        "here": here,
        "counts": {
            "to_read": queries.sheets_to_read(actor).count() + len(queries.numbers_to_read(actor)),
            "inside": len(queries.inside()),
            "spills": queries.spills(also_settled=False).count(),
        },
    }


def parse_day(typed: str) -> date:
    """A day from a calendar field; refused when it is none."""
    try:
        found = parse_date(typed)
    except ValueError:
        found = None
    if found is None:
        raise RuleBroken("day_not_understood", typed=typed[:20])
    return found


def onwards(request: HttpRequest) -> HttpResponse:
    """Back to the work that asked for the reading, else to what is still to be read."""
    return redirect(way_back(request, reverse("safety:to_read")))

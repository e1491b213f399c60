"""Bringing in the people and the stations of a site from a list."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from strate.workshop.doors.access import signed_in
from strate.workshop.people import actions, lists
from strate.workshop.site.lists import import_list


@signed_in
def import_people(request: HttpRequest) -> HttpResponse:
    """A list of people: checked first, then all of them at once."""
    return import_list(
        request,
        title=_("Bring in the people"),
        columns=lists.COLUMNS,
        check=lists.check,
        action=_import,
        done=lambda _result: redirect("people:people"),
    )


@signed_in
def import_stations(request: HttpRequest) -> HttpResponse:
    """A list of tablets and desks: checked first, then all of them at once, each to be enrolled on its own screen."""
    return import_list(
        request,
        title=_("Bring in the stations"),
        columns=lists.STATIONS,
        check=lists.check_stations,
        action=_import_stations,
        done=lambda _result: redirect("people:stations"),
    )


def _import_stations(*, by: Any, rows: list[dict[str, Any]], file_sha256: str) -> Any:
    expected = [actions.Expected(**{**row, "shared": bool(row["shared"])}) for row in rows]
    return actions.import_stations(by=by, stations=expected, file_sha256=file_sha256)


def _import(*, by: Any, rows: list[dict[str, Any]], file_sha256: str) -> Any:
    return actions.import_people(
        by=by, newcomers=[actions.Newcomer(**row) for row in rows], file_sha256=file_sha256
    )

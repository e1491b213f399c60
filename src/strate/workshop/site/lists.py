"""The page every importer shares: the file, its problems by row or a preview, the confirmation; the list of places."""

import csv
import io
from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse

from strate.workshop.doors import wording
from strate.workshop.doors.pages import Outcome, carry_out, show
from strate.workshop.doors.speech import speak
from strate.workshop.journal.refusals import Reason, Refused
from strate.workshop.site import queries, rules, waiting
from strate.workshop.site.importing import Column, Reading, Unfold, choice, code, read, text

PREVIEWED = 20
ZONE_WORDS = {
    "aucune": "none",
    "zone 20": "atex_20",
    "zone 21": "atex_21",
    "zone 22": "atex_22",
    "cmr": "cmr",
    "gaz inerte": "inert",
    **{zone.replace("_", " "): zone for zone in rules.ZONES},
}
PLACES = (
    Column("code", ("Code", "Repère"), code, required=True, unique=True),
    Column("title", ("Nom", "Désignation", "Name"), text(120), required=True),
    Column("zone", ("Zone",), choice(ZONE_WORDS), default="none"),
    Column("parent", ("Dans", "Lieu parent", "Inside"), code),
)


def import_list(
    request: HttpRequest,
    *,
    title: Any,
    columns: Sequence[Column],
    check: Callable[[Reading], None],
    action: Callable[..., Any],
    done: Callable[[Any], HttpResponse],
    unfold: Unfold | None = None,
    note: Any = "",
) -> HttpResponse:
    """`check` adds what only the room knows; `action(by=, rows=, file_sha256=)` imports all or nothing."""
    context: dict[str, Any] = {"title": title, "columns": columns, "note": note}
    if request.GET.get("modele"):
        return _model(columns)
    if request.method != "POST":
        return show(request, "site/import.html", **context)
    try:
        content = (
            request.FILES["file"].read()
            if "file" in request.FILES
            else waiting.take(request.POST.get("sha256", ""))
        )
        reading = read(content, columns, unfold)
    except Refused as refused:
        return _refused(request, list(refused.reasons), context)
    check(reading)
    context |= _shown(reading, columns)
    if reading.problems:
        response = show(request, "site/import.html", **context)
        response.status_code = 422
        return response
    if "file" in request.FILES:
        return show(request, "site/import.html", sha256=waiting.keep(content), **context)
    outcome = carry_out(
        request, action, rows=[row.values for row in reading.rows], file_sha256=reading.sha256
    )
    return done(outcome.result) if outcome.done else _refused(request, outcome.reasons, context)


def _refused(request: HttpRequest, reasons: list[Reason], context: dict[str, Any]) -> HttpResponse:
    return show(request, "site/import.html", outcome=Outcome(done=False, reasons=reasons), **context)


def _shown(reading: Reading, columns: Sequence[Column]) -> dict[str, Any]:
    problems = sorted(reading.problems, key=lambda problem: problem.row)
    return {
        "count": len(reading.rows),
        "ignored": reading.ignored,
        "problems": [(p.row, p.column, wording.refusal(p.reason)) for p in problems],
        "headings": [c.label for c in columns],
        "preview": [
            (r.number, [_said(c, r.values[c.name]) for c in columns]) for r in reading.rows[:PREVIEWED]
        ],
        "more": max(len(reading.rows) - PREVIEWED, 0),
    }


def _said(column: Column, value: Any) -> str:
    """A cell as it was understood, in words; empty when nothing was written."""
    return "" if value in (None, "", ()) else speak(column.name, value)


def _model(columns: Sequence[Column]) -> HttpResponse:
    """An empty list to fill in, as a French spreadsheet opens it."""
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerow([c.label for c in columns])
    headers = {"Content-Disposition": 'attachment; filename="modele.csv"'}
    return HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


def check_places(reading: Reading) -> None:
    """Codes already taken, and places inside a place that neither the site nor the list knows, or inside themselves."""
    known = {p.code: p.parent.code if p.parent else "" for p in queries.places(also_closed=True)}
    listed = {row.values["code"]: row.values["parent"] for row in reading.rows}
    everywhere = {**known, **listed}
    for row in reading.rows:
        code, parent = row.values["code"], row.values["parent"]
        if code in known:
            reading.note(row.number, "Code", "cell_taken", value=code)
        if parent and parent not in everywhere:
            reading.note(row.number, "Dans", "no_such_place", place=parent)
        elif rules.goes_round(everywhere, place=code, parent=parent):
            reading.note(row.number, "Dans", "place_inside_itself", place=code, parent=parent)

"""Regular readings: what is due, late, missed, filled in afterwards; the values in a table and as curves, to print."""

from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST

from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.pages import Outcome, carry_out, show
from strate.workshop.journal import clock
from strate.workshop.journal.refusals import NotFound
from strate.workshop.people.middleware import signed_in
from strate.workshop.procedures import actions, queries, rules, showing
from strate.workshop.procedures.models import ReadingWatch
from strate.workshop.procedures.pages.curves import Curve, curve

SHOWN = 200


@signed_in
def listed(request: HttpRequest) -> HttpResponse:
    """What is read regularly now, and how each stands."""
    now = clock.now()
    rows = [(w, queries.slot(w, None, at=now), *_named(w)) for w in queries.watches()]
    return show(request, "procedures/readings.html", rows=rows)


def _named(watched: ReadingWatch) -> tuple[str, str]:
    return showing.title(watched.version.procedure), hooks.title_of(watched.thing)


def _watch_or_404(number: int) -> ReadingWatch:
    try:
        return queries.watch(number)
    except NotFound as unknown:
        raise Http404 from unknown


@signed_in
def sheet(request: HttpRequest, watch: int, outcome: Outcome | None = None) -> HttpResponse:
    """One sheet: a line for each hour owed, a column for each value, a curve for each measure."""
    found = _watch_or_404(watch)
    owed = queries.slots(found, at=clock.now())[:SHOWN]
    columns = [showing.Card(i + 1, s, None, False) for i, s in enumerate(found.version.steps)]
    values = _values([s.made.run for s in owed if s.made])
    rows = [(slot, [_cell(c, values, slot) for c in columns], _who(values, slot)) for slot in owed]
    heading, named = _named(found)
    return show(
        request,
        "procedures/reading_sheet.html",
        outcome=outcome,
        watch=found,
        heading=heading,
        named=named,
        columns=columns,
        rows=rows,
        curves=_curves(columns, values, list(reversed(owed))),
        closed_by=hooks.name_of(found.closed_by) if found.closed_by else "",
        counts={state: n for state in ("missed", "belated") if (n := sum(s.state == state for s in owed))},
    )


def _values(runs: list[int]) -> dict[int, dict[str, Any]]:
    """What was entered in each of these readings, by step."""
    found: dict[int, dict[str, Any]] = {}
    for done in queries.entered_in(runs):
        found.setdefault(done.run_id, {})[done.step] = done
    return found


def _cell(
    column: showing.Card, values: dict[int, dict[str, Any]], slot: rules.readings.Slot
) -> dict[str, Any]:
    done = values.get(slot.made.run, {}).get(column.code) if slot.made else None
    value = showing.entered(column.spec, done) if done else ""
    return {"label": column.measure, "value": value, "deviation": bool(done and done.deviation)}


def _who(values: dict[int, dict[str, Any]], slot: rules.readings.Slot) -> str:
    people = {done.by for done in values.get(slot.made.run, {}).values()} if slot.made else set()
    return ", ".join(str(hooks.name_of(person)) for person in sorted(people))


def _curves(
    columns: list[showing.Card], values: dict[int, dict[str, Any]], owed: list[rules.readings.Slot]
) -> list[tuple[showing.Card, Curve]]:
    """A curve for each thing measured; an hour that nobody read is a gap, never a line drawn across it."""
    found = []
    for column in columns:
        points: list[tuple[datetime, Decimal | None]] = []
        limits = column.spec
        for slot in owed:
            done = values.get(slot.made.run, {}).get(column.code) if slot.made else None
            points.append((slot.planned_at, _number(done.outcome.get("value")) if done else None))
            # What the job asks for wins over what the procedure says: the reading kept what it was judged by.
            limits = done.outcome if done else limits
        drawn = curve(points, _number(limits.get("min")), _number(limits.get("max")))
        if drawn:
            found.append((column, drawn))
    return found


def _number(text: Any) -> Decimal | None:
    try:
        return None if text in (None, "") else Decimal(str(text).replace(",", "."))
    except InvalidOperation:
        return None


@signed_in
@require_POST
def begin(request: HttpRequest, watch: int) -> HttpResponse:
    """Begin the reading due now, or one whose hour is past, saying why."""
    _watch_or_404(watch)
    asked = parse_datetime(request.POST.get("planned_at", "").replace(" ", "+"))
    values = {"planned_at": asked, "why": request.POST.get("why", "")} if asked else {}
    outcome = carry_out(request, actions.begin_reading, watch=watch, **values)
    if outcome.done and outcome.result:
        return redirect("procedures:run", run=outcome.result.pk)
    return (
        redirect("procedures:reading_sheet", watch=watch) if outcome.done else sheet(request, watch, outcome)
    )


@signed_in
@require_POST
def end(request: HttpRequest, watch: int) -> HttpResponse:
    """The regular readings are over, and why."""
    outcome = carry_out(request, actions.end_watch, watch=watch, reason=request.POST.get("reason", ""))
    return (
        redirect("procedures:reading_sheet", watch=watch) if outcome.done else sheet(request, watch, outcome)
    )

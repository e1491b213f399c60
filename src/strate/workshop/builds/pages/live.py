"""While it is being made: the layers, the readings, the reading sheet, an interruption to decide."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from strate.workshop.builds import actions, forms, queries, registry
from strate.workshop.builds.pages.common import back, build_or_404, page
from strate.workshop.doors import wording
from strate.workshop.doors.access import signed_in
from strate.workshop.doors.pages import carry_out
from strate.workshop.journal import clock
from strate.workshop.machines import queries as hall
from strate.workshop.machines import wording as hall_words
from strate.workshop.machines.rules import SEEN_DONE
from strate.workshop.procedures import actions as procedures
from strate.workshop.procedures import queries as gestures
from strate.workshop.procedures.queries import ProcedureRun
from strate.workshop.telemetry import queries as telemetry

SHEET = "reading_sheet"
READINGS = ("oxygen_ppm", "plate_celsius", "gas_flow_m_s", "filter_pressure_mbar", "room_oxygen_percent")


@signed_in
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """The build, layer by layer."""
    found = build_or_404(code)
    return page(request, "follow", found, **_live(found))


@signed_in
def follow_state(request: HttpRequest, code: str) -> HttpResponse:
    """The living part of the page, asked for again every few seconds."""
    found = build_or_404(code)
    return render(request, "builds/_live.html", {"build": found, **_live(found)})


def _live(found: "queries.Build") -> dict[str, Any]:
    now = telemetry.now_of(found.machine)
    wanted = queries.rules.wanted(found.routing)
    state, collector, start = (
        now.get("state"),
        now.get("collector"),
        hall.last_command(found.machine, "start", found.ref),
    )
    return {
        "heard": bool(state and state.good),
        "heard_at": telemetry.heard_at(found.machine),
        "machine_state": state.value if state else None,
        "collector": wording.choice("collector", str(collector.value)) if collector else None,
        "readings": [(name, now.get(name)) for name in READINGS],
        "oxygen_max_ppm": wanted.limit("oxygen_max_ppm"),
        "start": start,
        "doubt": bool(queries.start_in_doubt(found)),
        "refused": hall_words.ANSWERS.get(str(start.result.get("code", "")), "") if start else "",
        "by_sight": start and start.result.get("code") == SEEN_DONE and not queries.runs(found),
        "layers": registry.layers(found),
        "stops": [(stop, wording.choice("cause", stop.cause)) for stop in found.interruptions.all()],
    }


@signed_in
def reading_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """Fill in the reading sheet; one under way is gone on with."""
    found = build_or_404(code)
    for run in gestures.open_runs(about=found.ref):
        if run.procedure.kind == SHEET:
            return redirect("procedures:run", run.pk)
    ready = gestures.ready(SHEET, hall.machine(found.machine).family)
    outcome = None
    if request.method == "POST":
        about = [found.machine_ref, found.ref]
        outcome = carry_out(
            request, procedures.start, procedure=request.POST.get("procedure", ""), about=about
        )
        if outcome.done and isinstance(outcome.result, ProcedureRun):
            return redirect("procedures:run", outcome.result.pk)
        if outcome.repeated:
            return back(found)
    return page(
        request, "reading_sheet", found, outcome, ready=ready, done=gestures.runs_about(found.ref, SHEET)
    )


@signed_in
def interruption(request: HttpRequest, code: str) -> HttpResponse:
    """Decide what becomes of an interrupted build."""
    found, outcome = build_or_404(code), None
    form = forms.DecideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(
            request, actions.decide_interruption, signed=True, build=found.code, **form.cleaned_data
        )
        if outcome.done:
            return redirect("builds:follow", code=found.code)
    stops = [(s, _pause(s), wording.choice("cause", s.cause)) for s in found.interruptions.all()]
    return page(request, "interruption", found, outcome, form=form, stops=stops)


def _pause(stop: Any) -> Any:
    return queries.rules.pause_minutes(stop.started_at, stop.ended_at or clock.now())

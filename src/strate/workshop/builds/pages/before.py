"""Before the launch: documents, protective equipment, powder, round, start-up, file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from strate.workshop.builds import actions, queries, shown
from strate.workshop.builds import means as needed
from strate.workshop.builds.pages.common import back, build_or_404, page
from strate.workshop.doors.access import signed_in
from strate.workshop.doors.pages import Outcome, actor_of, carry_out
from strate.workshop.feedstock import queries as feedstock
from strate.workshop.journal import clock
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import RuleBroken
from strate.workshop.machines import queries as hall
from strate.workshop.maintenance import actions as maintenance
from strate.workshop.maintenance import queries as care
from strate.workshop.procedures import actions as procedures
from strate.workshop.procedures import queries as gestures
from strate.workshop.procedures.kinds import said
from strate.workshop.procedures.queries import ProcedureRun
from strate.workshop.safety import actions as safety
from strate.workshop.safety import queries as sheets

START_UP = "start_up"


@signed_in
def read(request: HttpRequest, code: str) -> HttpResponse:
    """The safety data sheets and documents that this person still has to read."""
    found, by = build_or_404(code), actor_of(request)
    mine = sheets.read_sheets(by.person)
    unread = [s for s in sheets.in_force([found.material]) if s.pk not in mine]
    documents = sheets.to_read(
        by, [found.machine_ref], materials=[found.material], operations=[queries.ATTENDING]
    )
    return page(request, "read", found, sheets=unread, documents=documents)


@signed_in
def ppe(request: HttpRequest, code: str) -> HttpResponse:
    """What to wear to handle this powder; confirmed by the very person who will."""
    found, outcome = build_or_404(code), None
    if request.method == "POST":
        outcome = carry_out(
            request,
            safety.confirm_ppe,
            operation="powder",
            about=found.machine_ref,
            materials=[found.material],
        )
        if outcome.done:
            return back(found)
    return page(request, "ppe", found, outcome, items=sheets.ppe_for("powder", [found.material]))


@signed_in
def powder(request: HttpRequest, code: str) -> HttpResponse:
    """What is in the machine against what the build needs and the routing allows."""
    found = build_or_404(code)
    allowed, inside = queries.limits(found), feedstock.in_machine(found.machine)
    reasons = Outcome(
        done=False, reasons=feedstock.launch_reasons(found.machine, allowed, found.need_mg)
    ).spoken
    today = timezone.localdate(clock.now())
    return page(
        request,
        "powder",
        found,
        inside=inside,
        limits=allowed,
        lacking=reasons,
        lines=shown.need_lines(found),
        past=shown.past(found),
        missing_mg=max(found.need_mg - inside.mass_mg, 0),
        lots=feedstock.usable_lots(found.material, on=today)[:8],
    )


@signed_in
def round_due(request: HttpRequest, code: str) -> HttpResponse:
    """The cares due today on the machine; the round is a gesture like any other."""
    found, outcome = build_or_404(code), None
    if request.method == "POST":
        outcome = carry_out(request, maintenance.start_round, machine=found.machine)
        if outcome.done and isinstance(outcome.result, ProcedureRun):
            return redirect("procedures:run", outcome.result.pk)
        if outcome.repeated:
            return back(found)
    return page(request, "round", found, outcome, due=care.due(found.machine, clock.now()))


@signed_in
def start_up(request: HttpRequest, code: str) -> HttpResponse:
    """Start the machine by its approved procedure; one under way is gone on with."""
    found, outcome = build_or_404(code), None
    for run in gestures.open_runs(about=found.ref):
        if run.procedure.kind == START_UP:
            return redirect("procedures:run", run.pk)
    machine = hall.machine(found.machine)
    ready = gestures.ready(START_UP, machine.family)
    if request.method == "POST":
        outcome = carry_out(request, _start, procedure=request.POST.get("procedure", ""), build=found.code)
        if outcome.done and isinstance(outcome.result, ProcedureRun):
            return redirect("procedures:run", outcome.result.pk)
        if outcome.repeated:
            return back(found)
    return page(request, "start_up", found, outcome, ready=ready)


def _start(*, by: Actor, procedure: str, build: str) -> ProcedureRun:
    found = queries.build(build)
    if not procedure:
        raise RuleBroken("no_procedure_chosen", lifted_by=("methods",))
    return procedures.start(by=by, procedure=procedure, about=[found.machine_ref, found.ref])


@signed_in
def means(request: HttpRequest, code: str) -> HttpResponse:
    """Each means of this build, with its place; the check is a gesture like any other."""
    found, outcome = build_or_404(code), None
    for run in gestures.open_runs(about=found.ref):
        if run.procedure.kind == needed.KIND:
            return redirect("procedures:run", run.pk)
    if request.method == "POST":
        outcome = carry_out(request, actions.check_means, build=found.code)
        if outcome.done and isinstance(outcome.result, ProcedureRun):
            return redirect("procedures:run", outcome.result.pk)
        if outcome.repeated:
            return back(found)
    rows = [(said(step["text"]), said(step["place"])) for step in needed.steps(found)]
    return page(request, "means", found, outcome, rows=rows)


@signed_in
def file(request: HttpRequest, code: str) -> HttpResponse:
    """Send the exchange file, read its hash back, compare the parameters."""
    found, outcome = build_or_404(code), None
    if request.method == "POST":
        verb = actions.read_parameters if request.POST.get("verb") == "read" else actions.send_file
        outcome = carry_out(request, verb, build=found.code)
        if outcome.done:
            return redirect("builds:file", code=found.code)
    return page(request, "file", found, outcome, **_file_context(found))


@signed_in
def file_state(request: HttpRequest, code: str) -> HttpResponse:
    """The part of the page that changes when the machine answers."""
    found = build_or_404(code)
    return render(request, "builds/_file.html", {"build": found, **_file_context(found)})


def _file_context(found: "queries.Build") -> dict[str, object]:
    sent = hall.last_command(found.machine, "put_file", found.ref)
    asked = hall.last_command(found.machine, "read_parameters", found.ref)
    return {
        "sent": sent,
        "asked": asked,
        "waiting": any(c and c.state == "waiting" for c in (sent, asked)),
        "equal": bool(found.machine_digest) and found.machine_digest == found.file_digest,
        "parameters": shown.compared_parameters(found),
    }

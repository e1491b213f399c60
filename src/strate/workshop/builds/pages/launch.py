"""The launch gate: every reason at once, or the signature that starts the machine."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from strate.workshop.builds import actions, forms, queries
from strate.workshop.builds.pages.common import build_or_404, page
from strate.workshop.doors.access import signed_in
from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.pages import Outcome, actor_of, carry_out
from strate.workshop.people.roles import may
from strate.workshop.telemetry import queries as telemetry
from strate.workshop.things.registry import title_of


@signed_in
def start_seen(request: HttpRequest, code: str) -> HttpResponse:
    """The network was cut in the middle of a launch: what is known, what is not, and the word of who looked."""
    found, outcome = build_or_404(code), None
    form = forms.StartSeenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        started = form.cleaned_data["seen"] == "runs"
        outcome = carry_out(request, actions.say_start, signed=True, build=found.code, started=started)
        if outcome.done:
            return redirect("builds:follow" if started else "builds:launch", code=found.code)
    now, start = telemetry.now_of(found.machine), queries.start_to_be_seen(found)
    state, job = now.get("state"), now.get("job")
    return page(
        request,
        "start_seen",
        found,
        outcome,
        form=form,
        start=start,
        launched_by=hooks.name_of(start.ordered_by) if start else "",
        heard_at=telemetry.heard_at(found.machine),
        heard=bool(state and state.good),
        machine_state=state.value if state else None,
        job=job.value if job else None,
    )


@signed_in
def launch(request: HttpRequest, code: str) -> HttpResponse:
    """What the gate sees now; a refusal says what, why and who can lift it."""
    found, outcome = build_or_404(code), None
    if request.method == "POST":
        why = request.POST.get("reason", "")
        outcome = carry_out(request, actions.launch, signed=True, build=found.code, override=why)
        if outcome.done:
            return redirect("builds:follow", code=found.code)
    gate = queries.gate(found, by=actor_of(request))
    standing = [] if outcome else Outcome(done=False, reasons=gate.reasons).spoken
    fitted = ", ".join(title_of(ref) for ref in gate.fitted)
    passable = bool(gate.reasons) and all(r.overridable for r in gate.reasons)
    may_override = passable and may(actor_of(request), "builds.override")
    typed = request.POST.get("reason", "")
    context = {
        "gate": gate,
        "standing": standing,
        "fitted": fitted,
        "may_override": may_override,
        "passable": passable,
        "typed": typed,
    }
    return page(request, "launch", found, outcome, **context)

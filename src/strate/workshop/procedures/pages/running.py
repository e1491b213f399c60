"""Following a gesture on a tablet: one step at a time."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from strate.workshop.anomalies import queries as anomalies
from strate.workshop.attachments import store
from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.pages import Outcome, carry_out, show
from strate.workshop.journal import clock
from strate.workshop.journal.refusals import NotFound, Reason, Refused
from strate.workshop.people.middleware import signed_in
from strate.workshop.procedures import actions, queries, rules, showing
from strate.workshop.procedures.kinds.world import MachineValue, Wait, fresh, ready_at
from strate.workshop.procedures.queries import ProcedureRun
from strate.workshop.procedures.registry import read_machine

TYPED = ("ok", "note", "value", "gauge", "choice", "ref", "skip", "digest")


def run_or_404(number: int) -> ProcedureRun:
    try:
        return queries.run(number)
    except NotFound as unknown:
        raise Http404 from unknown


def entry_of(request: HttpRequest) -> dict[str, Any]:
    """What was typed, chosen, scanned or photographed; a photo is kept on disk before the act begins."""
    entry: dict[str, Any] = {name: request.POST[name] for name in TYPED if request.POST.get(name)}
    photo = request.FILES.get("photo")
    if photo:
        entry["stored"] = store.keep(photo, photo.name or "")
    return entry


@signed_in
def gestures(request: HttpRequest) -> HttpResponse:
    """What is under way, and what can be started."""
    about = request.GET.get("about", "")
    under_way = [(run, showing.title(run.procedure)) for run in queries.open_runs(about=about)]
    ready = [(version, showing.title(version.procedure)) for version in queries.ready()]
    return show(request, "procedures/gestures.html", under_way=under_way, ready=ready, about=about)


@signed_in
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """Start a gesture about the things named in `about` (one or several)."""
    about = [ref for ref in [*request.GET.getlist("about"), *request.POST.getlist("about")] if ref]
    outcome = None
    if request.method == "POST":
        outcome = carry_out(request, actions.start, procedure=code, about=list(dict.fromkeys(about)))
        if outcome.done:
            return (
                redirect("procedures:run", run=outcome.result.pk)
                if outcome.result
                else redirect("procedures:gestures")
            )
    try:
        procedure = queries.procedure(code)
    except NotFound as unknown:
        raise Http404 from unknown
    title = showing.title(procedure)
    return show(
        request,
        "procedures/start.html",
        outcome=outcome,
        heading=title,
        about=about,
        named=[hooks.title_of(ref) for ref in about],
    )


@signed_in
@require_POST
def spill(request: HttpRequest) -> HttpResponse:
    """One tap: the spill procedure starts, about what the page was about."""
    ready = queries.ready("spill")
    outcome = Outcome(
        done=False, reasons=[Reason("procedure_not_approved", {"procedure": _("Accidental spill")})]
    )
    if ready:
        about = [ref for ref in request.POST.getlist("about") if ref]
        outcome = carry_out(request, actions.start, procedure=ready[0].procedure.code, about=about)
        if outcome.done:
            return (
                redirect("procedures:run", run=outcome.result.pk)
                if outcome.result
                else redirect("procedures:gestures")
            )
    return show(request, "procedures/gestures.html", outcome=outcome, under_way=[], ready=[], about="")


@signed_in
def follow(request: HttpRequest, run: int) -> HttpResponse:
    """The step in front of the operator; a refused entry stays on the screen with the reason."""
    followed = run_or_404(run)
    outcome = None
    if request.method == "POST":
        step = request.POST.get("step", "")
        outcome = _do(request, followed, step)
        if outcome.done:
            return _onwards(run)
        followed = run_or_404(run)
    return _screen(request, followed, outcome)


def _do(request: HttpRequest, run: ProcedureRun, step: str) -> Outcome:
    card = next((c for c in showing.cards(run) if c.code == step), None)
    signed = bool(card and card.signed and card.done is None)
    try:
        entry = entry_of(request)
    except Refused as refused:
        return Outcome(done=False, reasons=list(refused.reasons))
    return carry_out(request, actions.do_step, signed=signed, run=run.pk, step=step, entry=entry)


def _onwards(run: int) -> HttpResponse:
    """A sub-procedure that has just ended brings back to the step that called it."""
    done = queries.run(run)
    if done.state == rules.DONE and done.parent_id:
        return redirect("procedures:run", run=done.parent_id)
    return redirect("procedures:run", run=run)


def _screen(request: HttpRequest, run: ProcedureRun, outcome: Outcome | None) -> HttpResponse:
    cards = showing.cards(run)
    card = cards[run.index] if run.state == rules.OPEN and run.index < len(cards) else None
    return show(
        request,
        "procedures/run.html",
        outcome=outcome,
        run=run,
        heading=showing.title(run.procedure),
        about=[hooks.title_of(ref) for ref in run.about],
        card=card,
        cards=cards,
        step=_head(card, cards) if card else None,
        rows=_rows(cards, run),
        interrupted_by=hooks.name_of(run.interrupted_by),
        ended_by=hooks.name_of(run.ended_by),
        typed=request.POST,
        live=_live(run, card) if card else {},
        deviated=_deviated(run, cards),
        forgotten=run.state == rules.OPEN and rules.forgotten(run.last_activity_at, at=clock.now()),
    )


def _deviated(run: ProcedureRun, cards: list[showing.Card]) -> list[str]:
    """What was recorded out of bounds while nobody has reported an anomaly about this gesture."""
    found = [f"{c.text} ({c.value})" for c in cards if c.done and c.done.deviation]
    return [] if not found or anomalies.on(run.ref, also_closed=True) else found


def _head(card: showing.Card, cards: list[showing.Card]) -> dict[str, Any]:
    layers = ["done" if c.done else "current" if c.current else "todo" for c in cards]
    return {
        "title": card.text,
        "why": card.why,
        "source": card.spec.get("source", ""),
        "ppe": card.ppe,
        "number": card.number,
        "count": len(cards),
        "layers": layers,
        "kind_word": card.label,
        "blocking": bool(card.spec.get("blocking", True)),
    }


def _rows(cards: list[showing.Card], run: ProcedureRun) -> list[dict[str, Any]]:
    """The list of steps, each done one with its value, who and when."""
    rows = []
    for card in cards:
        state = "current" if card.current and run.state == rules.OPEN else "todo"
        if card.done:
            state = "refused" if card.done.deviation else "done"
        rows.append({"title": card.text, "state": state, "note": showing.note(card)})
    return rows


def _live(run: ProcedureRun, card: showing.Card) -> dict[str, Any]:
    """What the world says now: the machine's value, the end of the wait, the sub-procedure under way."""
    seen = queries.situation(run)
    if card.kind == MachineValue.code:
        reading = read_machine(seen.thing("machine"), card.spec["signal"]) if seen.thing("machine") else None
        return {"reading": reading, "fresh": fresh(reading, card.spec, clock.now())}
    if card.kind == Wait.code:
        ready = ready_at(card.spec, seen)
        return _waiting(ready is None or clock.now() >= ready, ready_at=ready)
    if card.kind == "procedure":
        child = run.children.filter(parent_step=card.code).exclude(state=rules.ABANDONED).first()
        return _waiting(bool(child and child.state == rules.DONE), child=child)
    return {}


def _waiting(over: bool, **known: Any) -> dict[str, Any]:
    return {"over": over, "waiting": not over, **known}


@signed_in
@require_POST
def sub(request: HttpRequest, run: int, step: str) -> HttpResponse:
    """Start the procedure that this step calls."""
    above = run_or_404(run)
    spec = next((s for s in above.steps if s["code"] == step and s["kind"] == "procedure"), None)
    if spec is None:
        raise Http404
    outcome = carry_out(request, actions.start, procedure=spec["procedure"], parent=run, parent_step=step)
    if outcome.done and outcome.result:
        return redirect("procedures:run", run=outcome.result.pk)
    return redirect("procedures:run", run=run) if outcome.done else _screen(request, above, outcome)


@signed_in
def steps(request: HttpRequest, run: int) -> HttpResponse:
    """Every step of a gesture: what was entered, by whom, when; from here a value is corrected."""
    followed = run_or_404(run)
    cards = showing.cards(followed)
    past = followed.done.filter(corrected=True)
    return show(
        request,
        "procedures/steps.html",
        run=followed,
        heading=showing.title(followed.procedure),
        about=[hooks.title_of(ref) for ref in followed.about],
        rows=[(card, [showing.entered(card.spec, d) for d in past if d.step == card.code]) for card in cards],
    )


@signed_in
def correct(request: HttpRequest, run: int, step: str) -> HttpResponse:
    """« I typed 12,5 for 125 »: the new value, and why."""
    followed = run_or_404(run)
    card = next((c for c in showing.cards(followed) if c.code == step and c.done), None)
    if card is None:
        raise Http404
    outcome = None
    if request.method == "POST":
        values = {"entry": entry_of(request), "reason": request.POST.get("reason", "")}
        outcome = carry_out(request, actions.correct_step, signed=card.signed, run=run, step=step, **values)
        if outcome.done:
            return redirect("procedures:steps", run=run)
    context = {
        "run": followed,
        "card": card,
        "typed": request.POST,
        "heading": showing.title(followed.procedure),
    }
    return show(request, "procedures/correct.html", outcome=outcome, live={}, correcting=True, **context)


@signed_in
def stop(request: HttpRequest, run: int, verb: str) -> HttpResponse:
    """Interrupt or give up, with a reason."""
    followed = run_or_404(run)
    outcome = None
    if request.method == "POST":
        action = actions.interrupt if verb == "interrupt" else actions.abandon
        outcome = carry_out(request, action, run=run, reason=request.POST.get("reason", ""))
        if outcome.done:
            return redirect("procedures:run", run=run)
    context = {
        "run": followed,
        "verb": verb,
        "typed": request.POST,
        "heading": showing.title(followed.procedure),
    }
    return show(request, "procedures/stop.html", outcome=outcome, **context)


@signed_in
@require_POST
def go_on(request: HttpRequest, run: int, verb: str) -> HttpResponse:
    """Resume, or answer « yes, still working »."""
    action = actions.resume if verb == "resume" else actions.still_working
    outcome = carry_out(request, action, run=run)
    return redirect("procedures:run", run=run) if outcome.done else _screen(request, run_or_404(run), outcome)

"""Following a gesture on a tablet: one step at a time."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from strate.workshop.anomalies import queries as anomalies
from strate.workshop.attachments import store
from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.pages import Outcome, actor_of, carry_out, show
from strate.workshop.journal import clock
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import NotFound, Refused
from strate.workshop.people.middleware import signed_in
from strate.workshop.people.roles import may
from strate.workshop.procedures import actions, effects, queries, rules, showing
from strate.workshop.procedures.kinds.world import MachineValue, Wait, fresh, ready_at
from strate.workshop.procedures.queries import ProcedureRun
from strate.workshop.procedures.registry import read_machine

TYPED = ("ok", "note", "value", "gauge", "choice", "ref", "skip", "digest", "early")


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
    cut = bool(card and card.kind == Wait.code and request.POST.get("early", "").strip())
    signed = bool(card and (card.signed or cut) and card.done is None)
    try:
        entry = entry_of(request)
    except Refused as refused:
        return Outcome(done=False, reasons=list(refused.reasons))
    return carry_out(request, actions.do_step, signed=signed, run=run.pk, step=step, entry=entry)


def _onwards(run: int) -> HttpResponse:
    """A sub-procedure that has just ended brings back to the step that called it; a spill, to its record."""
    done = queries.run(run)
    if done.state == rules.DONE and done.context.get("spill"):
        return redirect("safety:spill", code=str(done.context["spill"]).partition(":")[2])
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
        step=showing.head(card, cards) if card else None,
        action=showing.action_word(card) if card else "",
        resumed_by=hooks.name_of(run.resumed_by) if run.resumed_by else "",
        second=_second(run, card) if card else None,
        to_wear=effects.not_worn_by(actor_of(request), run, clock.now()) if card else "",
        early_right=may(actor_of(request), "procedures.cut_wait"),
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


def _rows(cards: list[showing.Card], run: ProcedureRun) -> list[dict[str, Any]]:
    """The list of steps, each done one with its value, who and when; one that does not concern the job says why."""
    rows = []
    for card in cards:
        state, note = "current" if card.current and run.state == rules.OPEN else "ahead", showing.note(card)
        if card.done:
            state = "refused" if card.done.deviation else "done"
        elif not card.concerns:
            note = _("Not for this job: only when %(when)s") % {"when": " · ".join(card.when)}
        rows.append({"title": card.text, "state": state, "note": note})
    return rows


def _second(run: ProcedureRun, card: showing.Card) -> dict[str, Any] | None:
    """Who may not do a second person's check: those who did the steps it looks at."""
    done = queries.steps_done(run)
    first = {done[code].by for code in card.spec.get("other_than") or () if code in done}
    if card.spec.get("second_person"):
        first |= queries.hands_in(run)
    return (
        {"people": ", ".join(str(hooks.name_of(p)) for p in sorted(first)), "ids": first} if first else None
    )


def _live(run: ProcedureRun, card: showing.Card) -> dict[str, Any]:
    """What the world says now: the machine's value, the end of the wait, the sub-procedure under way."""
    seen = queries.situation(run)
    if card.kind == MachineValue.code:
        reading = read_machine(seen.thing("machine"), card.spec["signal"]) if seen.thing("machine") else None
        return {"reading": reading, "fresh": fresh(reading, card.spec, clock.now())}
    if card.kind == Wait.code:
        ready = ready_at(card.spec, seen)
        now = clock.now()
        left = showing.left(ready - now) if ready else ""
        return _waiting(ready is None or now >= ready, ready_at=ready, now=now, left=left)
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
def wear(request: HttpRequest, run: int) -> HttpResponse:
    """Whoever takes a gesture up says in one tap that they wear their own equipment."""
    followed = run_or_404(run)
    outcome = carry_out(request, _worn, run=run)
    return redirect("procedures:run", run=run) if outcome.done else _screen(request, followed, outcome)


def _worn(*, by: Actor, run: int) -> None:
    followed = queries.run(run)
    if operation := effects.not_worn_by(by, followed, clock.now()):
        effects.wear(by=by, run=followed, operation=operation)


@signed_in
@require_POST
def go_on(request: HttpRequest, run: int, verb: str) -> HttpResponse:
    """Resume, or answer « yes, still working »."""
    action = actions.resume if verb == "resume" else actions.still_working
    outcome = carry_out(request, action, run=run)
    return redirect("procedures:run", run=run) if outcome.done else _screen(request, run_or_404(run), outcome)

"""Following anomalies: the list with its filters, the answer, the closing, the opening again."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from strate.workshop.anomalies import actions, queries, rules, wording
from strate.workshop.anomalies.forms import FilterForm, ForwardForm, WordsForm
from strate.workshop.anomalies.models import Anomaly
from strate.workshop.attachments import queries as files
from strate.workshop.doors.access import signed_in
from strate.workshop.doors.pages import Outcome, actor_of, carry_out, show
from strate.workshop.doors.speech import speak
from strate.workshop.holds import queries as holds
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import NotFound
from strate.workshop.things import queries as things
from strate.workshop.things import registry


def row(anomaly: Anomaly) -> dict[str, Any]:
    """An anomaly as a list shows it."""
    return {
        "anomaly": anomaly,
        "title": queries.kind_title(anomaly.kind),
        "recipient": queries.recipient_title(anomaly.recipient),
        "severity": wording.SEVERITY_WORDS.get(anomaly.severity, anomaly.severity),
        "things": [registry.title_of(ref) for ref in queries.things_of(anomaly)],
    }


@signed_in
def listed(request: HttpRequest) -> HttpResponse:
    """What was reported: first what waits for me, then what the filter asks for."""
    form, by = FilterForm(request.GET or None), actor_of(request)
    wanted = form.cleaned_data if form.is_bound and form.is_valid() else {}
    mine = [] if wanted else queries.waiting_for(by)
    waiting = {a.pk for a in mine}
    rest = [a for a in queries.listed(**wanted) if a.pk not in waiting]
    return show(
        request, "anomalies/list.html", form=form, mine=[row(a) for a in mine], rows=[row(a) for a in rest]
    )


@signed_in
def anomaly(request: HttpRequest, number: str) -> HttpResponse:
    """One anomaly: what was seen, what became of it, and the next gesture of whoever holds the tablet."""
    try:
        found = queries.one(number)
    except NotFound as unknown:
        raise Http404(number) from unknown
    gesture = request.POST.get("gesture", "")
    words = WordsForm(request.POST if gesture in GESTURES else None)
    passing = ForwardForm(request.POST if gesture == "forward" else None)
    outcome = _do(request, found, gesture, words, passing)
    if outcome is not None and outcome.done:
        return redirect("anomalies:anomaly", number=found.number)
    return show(
        request,
        "anomalies/anomaly.html",
        outcome=outcome,
        words=words,
        passing=passing,
        **_shown(request, found),
    )


# What the words typed are called by each verb.
GESTURES = {
    "answer": (actions.answer, "text"),
    "close": (actions.close, "conclusion"),
    "reopen": (actions.reopen, "reason"),
}


def _do(
    request: HttpRequest, found: Anomaly, gesture: str, words: WordsForm, passing: ForwardForm
) -> Outcome | None:
    if gesture == "forward" and passing.is_valid():
        return carry_out(request, actions.forward, anomaly=found.ref, **passing.cleaned_data)
    if gesture in GESTURES and words.is_valid():
        verb, name = GESTURES[gesture]
        return carry_out(request, verb, anomaly=found.ref, **{name: words.cleaned_data["words"]})
    return None


def _shown(request: HttpRequest, found: Anomaly) -> dict[str, Any]:
    by, refs = actor_of(request), queries.things_of(found)
    gestures = _next(found, by)
    return {
        **row(found),
        "about": [{"ref": ref, "title": registry.title_of(ref)} for ref in refs],
        "photos": files.about(found.ref),
        "holds": [{"hold": h, "why": holds.why(h)} for h in holds.from_origin(found.ref)],
        "reported_by": speak("by", found.reported_by),
        "answered_by": speak("by", found.answered_by),
        "closed_by": speak("by", found.closed_by),
        "next": gestures,
        "speaks": bool(set(gestures) & set(GESTURES)),
        "entries": things.history(found.ref),
    }


def _next(found: Anomaly, by: Actor) -> list[str]:
    """What this person may do with it now."""
    seen = queries.seen(found)
    answers = not rules.why_not_answer(seen, roles=by.roles)
    closes = not rules.why_not_close(seen, person=by.person, roles=by.roles)
    return [
        word
        for word, may in (
            ("close", closes),
            ("answer", answers),
            ("reopen", not rules.why_not_reopen(seen)),
            ("forward", not rules.why_not_forward(seen)),
        )
        if may
    ]

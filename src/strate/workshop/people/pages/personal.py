"""Personal data: what the house keeps of somebody, handed over whole, erased, purged by the rule of the site."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from strate.workshop.doors.access import signed_in
from strate.workshop.doors.pages import Outcome, actor_of, carry_out, show
from strate.workshop.journal.refusals import Refused
from strate.workshop.people import actions, queries, sessions
from strate.workshop.people.forms import ReasonForm
from strate.workshop.people.pages.person import ask
from strate.workshop.people.roles import may


@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """What is kept of me, room by room, for how long, and the whole of it as a file."""
    who = sessions.me(request)
    context = {
        "who": who,
        "kept": [(kept.title, _counted(kept.values)) for kept in queries.kept_of(who.pk)],
        "facts": queries.facts_count(who.pk),
        "retentions": queries.retentions_due(on=timezone.localdate()),
    }
    return show(request, "people/my_data.html", **context)


def _counted(values: object) -> int:
    """How many entries a room keeps."""
    if isinstance(values, dict):
        lists = [v for v in values.values() if isinstance(v, list)]
        return sum(len(v) for v in lists) if lists else 1
    return len(values) if isinstance(values, list) else int(bool(values))


@signed_in
@require_POST
def hand_over(request: HttpRequest, code: str) -> HttpResponse:
    """Everything about one person as a file: theirs, or handed by who answers for the data."""
    outcome = carry_out(request, actions.export_person, person=code)
    if not outcome.done:
        return show(request, "people/refused.html", outcome=outcome)
    if outcome.repeated:
        return redirect("people:my_data")
    response = HttpResponse(outcome.result, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="strate-{code}.json"'
    return response


@signed_in
def erase(request: HttpRequest, code: str) -> HttpResponse:
    """Forget who somebody was; signed, and for good."""
    try:
        queries.person(code)
    except Refused as refused:
        return show(
            request, "people/refused.html", outcome=Outcome(done=False, reasons=list(refused.reasons))
        )
    return ask(
        request, code, ReasonForm(request.POST or None), actions.erase, "erase", signed=True, person=code
    )


@signed_in
def retentions(request: HttpRequest) -> HttpResponse:
    """The purge report: each class of data, how long it is kept, what is past it; purged with a signature."""
    outcome = None
    if request.method == "POST":
        outcome = carry_out(request, actions.purge, signed=True, retention=request.POST.get("retention", ""))
        if outcome.done:
            return redirect("people:retentions")
    context = {
        "rows": queries.retentions_due(on=timezone.localdate()),
        "may_erase": may(actor_of(request), "people.erase"),
        "today": timezone.localdate(),
    }
    return show(request, "people/retentions.html", outcome=outcome, **context)

"""What the pages of the powder share: a lot by its address, a form carried out, a file kept."""

from collections.abc import Callable, Iterable
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from strate.workshop.attachments import actions as attachments
from strate.workshop.attachments import store
from strate.workshop.doors.pages import Outcome, actor_of, carry_out, show
from strate.workshop.feedstock import queries, rules, shown
from strate.workshop.feedstock.models import Lot
from strate.workshop.journal.refusals import NotFound, Refused
from strate.workshop.people.roles import may


def lot_or_404(code: str) -> Lot:
    try:
        return queries.lot(code)
    except NotFound as unknown:
        raise Http404(code) from unknown


def gesture(
    request: HttpRequest,
    form: Form,
    action: Callable[..., Any],
    *,
    template: str = "feedstock/gesture.html",
    signed: bool = False,
    to: Callable[[Any, dict[str, Any]], HttpResponse],
    fixed: dict[str, Any] | None = None,
    **shown: Any,
) -> HttpResponse:
    """One form, one action: done leads on, refused shows every reason with what was typed."""
    outcome = None
    if request.method == "POST" and form.is_valid():
        values = {**form.cleaned_data, **(fixed or {})}
        outcome = _kept_then_done(request, action, values, signed)
        if outcome.done:
            return to(outcome.result, values)
        shown["passable"] = may_pass(request, outcome)
    return show(request, template, outcome=outcome, form=form, **shown)


def may_pass(request: HttpRequest, outcome: Outcome) -> bool:
    """Whether all that was refused may be passed over, and by this person."""
    reasons = outcome.reasons
    passable = bool(reasons) and all(r.overridable and r.code in rules.OVERRIDABLE for r in reasons)
    return passable and may(actor_of(request), "feedstock.override")


def _kept_then_done(
    request: HttpRequest, action: Callable[..., Any], values: dict[str, Any], signed: bool
) -> Outcome:
    """A certificate is put in the cupboard first: no file is written inside an act."""
    file = values.pop("certificate_file", None)
    if file:
        try:
            stored = store.keep(file, file.name or "")
            values["certificate"] = attachments.receive(by=actor_of(request), stored=stored).digest
        except Refused as refused:
            return Outcome(done=False, reasons=list(refused.reasons))
    return carry_out(request, action, signed=signed, **values)


def orders_of(each: Lot, tools: Iterable[str] = ()) -> dict[str, Any]:
    """What the sheet of a lot orders for a gesture, its tools looked at as they are scanned."""
    return shown.orders(each, tools=tools, tools_url=reverse("feedstock:tools_said", args=[each.code]))


def to_lot(code: str) -> Callable[[Any, dict[str, Any]], HttpResponse]:
    return lambda _result, _values: redirect("feedstock:lot", code=code)

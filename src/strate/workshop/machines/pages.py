"""The pages of the hall: every machine in its place, one machine, what is fitted on it, its power."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from strate.workshop.doors.access import signed_in
from strate.workshop.doors.pages import actor_of, carry_out, show
from strate.workshop.journal.refusals import NotFound
from strate.workshop.machines import actions, lists, queries, shown, wording
from strate.workshop.machines.forms import AmendForm, FitForm, ItemForm, MachineForm, ReasonForm, TakeOffForm
from strate.workshop.machines.models import Machine
from strate.workshop.people.roles import may
from strate.workshop.site import queries as site
from strate.workshop.site.lists import import_list
from strate.workshop.things import queries as things
from strate.workshop.things.registry import gestures

PER_PAGE = 50


@require_safe
@signed_in
def hall(request: HttpRequest) -> HttpResponse:
    """The hall: every machine in its place; refreshed while it is looked at."""
    places = shown.by_place(shown.cards(queries.hall(request.GET.get("q", "")[:60])))
    context = {
        "places": places,
        "count": sum(len(p.cards) for p in places),
        "may_enter": may(actor_of(request), "machines.administer"),
        "search": request.GET.get("q", "")[:60],
    }
    return show(request, "machines/_hall.html" if _watching(request) else "machines/hall.html", **context)


@require_safe
@signed_in
def machine(request: HttpRequest, code: str) -> HttpResponse:
    """One machine: its state, what it holds, what is fitted, what it was told, what happened."""
    found, by = _machine(code), actor_of(request)
    orders = queries.commands_of([found.code])[:8]
    context = {
        "card": shown.card(found),
        "family": wording.FAMILIES.get(found.family, found.family),
        "orders": [shown.told(c) for c in orders],
        "gestures": gestures(found.ref, by),
        "entries": [] if _watching(request) else things.history(found.ref),
        "may": {verb: may(by, f"machines.{verb}") for verb in ("administer", "fit", "switch", "tell")},
    }
    return show(
        request, "machines/_machine.html" if _watching(request) else "machines/machine.html", **context
    )


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Enter a machine."""
    places = [(p.code, p.title) for p in site.places()]
    form, outcome = MachineForm(request.POST or None, places=places), None
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(request, actions.enter, **form.cleaned_data)
        if outcome.done:
            return redirect("machines:machine", code=form.cleaned_data["code"])
    return show(request, "machines/new.html", outcome=outcome, form=form)


@signed_in
def amend(request: HttpRequest, code: str) -> HttpResponse:
    """Change what is written about a machine, or retire it."""
    found = _machine(code)
    known = {name: getattr(found, name) for name in ("title", "model", "serial", "place", "endpoint")}
    leaving = request.POST.get("gesture") == "retire"
    form = AmendForm(request.POST if request.method == "POST" and not leaving else None, initial=known)
    retiring, outcome = ReasonForm(request.POST if leaving else None), None
    if request.method == "POST" and (retiring if leaving else form).is_valid():
        values = (retiring if leaving else form).cleaned_data
        outcome = carry_out(
            request, actions.retire if leaving else actions.amend, machine=found.code, **values
        )
        if outcome.done:
            return redirect("machines:machine", code=code)
    return show(request, "machines/amend.html", outcome=outcome, machine=found, form=form, retiring=retiring)


@signed_in
def import_machines(request: HttpRequest) -> HttpResponse:
    """A list of machines: checked first, then all of them at once."""
    return import_list(
        request,
        title=wording.IMPORT,
        columns=lists.COLUMNS,
        check=lists.check,
        action=_import,
        done=lambda _result: redirect("machines:hall"),
    )


def _import(*, by: Any, rows: list[dict[str, Any]], file_sha256: str) -> Any:
    newcomers = [actions.Newcomer(**row) for row in rows]
    return actions.import_machines(by=by, newcomers=newcomers, file_sha256=file_sha256)


@require_POST
@signed_in
def switch(request: HttpRequest, code: str) -> HttpResponse:
    """Switch a machine on or off."""
    found, power = _machine(code), request.POST.get("power", "")
    if power not in ("on", "off"):
        raise Http404(power)
    outcome = carry_out(request, actions.switch, machine=found.code, power=power)
    if outcome.done:
        return redirect("machines:machine", code=code)
    return show(request, "machines/refused.html", outcome=outcome, machine=found)


@require_POST
@signed_in
def withdraw(request: HttpRequest, code: str, command: str) -> HttpResponse:
    """Take back an order that the machine has not answered."""
    found = _machine(code)
    outcome = carry_out(request, actions.withdraw, command=command, reason=str(wording.TOO_LONG))
    if outcome.done:
        return redirect("machines:machine", code=code)
    return show(request, "machines/refused.html", outcome=outcome, machine=found)


@signed_in
def fit(request: HttpRequest, code: str) -> HttpResponse:
    """Scan what is being fitted on a machine."""
    found = _machine(code)
    asked = {"item": request.GET.get("item", "")[:80]}
    form, outcome = FitForm(request.POST or None, initial=asked), None
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(request, actions.fit, machine=found.code, item=form.cleaned_data["item"].strip())
        if outcome.done:
            return redirect("machines:machine", code=code)
    fitted = [shown.life_bar(each) for each in queries.fitted(found.code).values()]
    return show(request, "machines/fit.html", outcome=outcome, machine=found, form=form, fitted=fitted)


@require_safe
@signed_in
def items(request: HttpRequest) -> HttpResponse:
    """The tools and consumables, those nearest their end on top of their kind."""
    kind, text = request.GET.get("kind", ""), request.GET.get("q", "")[:60]
    page = Paginator(queries.items(kind if kind in wording.ITEMS else "", text), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page,
        "bars": [shown.life_bar(each) for each in page],
        "kind": kind,
        "picks": [
            {"name": "kind", "label": _("Kind"), "asked": kind, "choices": list(wording.ITEMS.items())}
        ],
        "search": text,
        "may_enter": may(actor_of(request), "machines.enter_item"),
    }
    return show(request, "machines/items.html", **context)


@signed_in
def item(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """One tool or consumable: its life, where it is fitted, taking it off."""
    try:
        found = queries.item(f"{kind}:{code}")
    except NotFound as unknown:
        raise Http404(code) from unknown
    form, outcome = TakeOffForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(request, actions.take_off, item=found.ref, **form.cleaned_data)
        if outcome.done:
            return redirect("machines:item", kind=kind, code=code)
    context = {
        "bar": shown.life_bar(found),
        "state": wording.ITEM_STATES.get(found.state, found.state),
        "unit": wording.LIFE_UNITS.get(found.life_unit, found.life_unit),
        "entries": things.history(found.ref),
        "may_fit": may(actor_of(request), "machines.fit"),
    }
    return show(request, "machines/item.html", outcome=outcome, form=form, **context)


@signed_in
def new_item(request: HttpRequest) -> HttpResponse:
    """Enter a tool or consumable with its label and its life."""
    form, outcome = ItemForm(request.POST or None, initial={"kind": request.GET.get("kind", "plate")}), None
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(request, actions.enter_item, **form.cleaned_data)
        if outcome.done:
            return redirect("machines:item", kind=form.cleaned_data["kind"], code=form.cleaned_data["code"])
    return show(request, "machines/new_item.html", outcome=outcome, form=form)


def _machine(code: str) -> Machine:
    try:
        return queries.machine(code)
    except NotFound as unknown:
        raise Http404(code) from unknown


def _watching(request: HttpRequest) -> bool:
    """A page that refreshes itself asks only for what changes."""
    return request.GET.get("live") == "1"


app_name = "machines"
urlpatterns = [
    path("machines/", hall, name="hall"),
    path("machines/nouvelle/", new, name="new"),
    path("machines/importer/", import_machines, name="import_machines"),
    path("outillage/", items, name="items"),
    path("outillage/nouveau/", new_item, name="new_item"),
    path("outillage/<str:kind>/<str:code>/", item, name="item"),
    path("machines/<str:code>/", machine, name="machine"),
    path("machines/<str:code>/modifier/", amend, name="amend"),
    path("machines/<str:code>/monter/", fit, name="fit"),
    path("machines/<str:code>/tension/", switch, name="switch"),
    path("machines/<str:code>/ordres/<str:command>/reprendre/", withdraw, name="withdraw"),
]

"""The pages of orders: the queue on the tablet, the list at the desk, one order and its gestures."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _

from strate.workshop.doors.access import signed_in
from strate.workshop.doors.pages import actor_of, carry_out, show
from strate.workshop.journal import clock
from strate.workshop.journal.refusals import NotFound
from strate.workshop.orders import actions, forms, lists, queries, rules, shown, wording
from strate.workshop.orders.models import Order
from strate.workshop.orders.registry import panels
from strate.workshop.people.roles import may
from strate.workshop.site.lists import import_list
from strate.workshop.things import registry

PAGE = 50


@signed_in
def queue(request: HttpRequest) -> HttpResponse:
    """What is to be made: biggest first, never reshuffled under the finger."""
    page = Paginator(queries.queue(), PAGE).get_page(request.GET.get("page"))
    cards = [shown.card(each, on=_today()) for each in page]
    plates = [group for group in queries.for_plate() if len(group.orders) > 1]
    mine = may(actor_of(request), "orders.open_order")
    return show(request, "orders/queue.html", page=page, cards=cards, plates=plates, may_open=mine)


@signed_in
def listed(request: HttpRequest) -> HttpResponse:
    """Every order, at the desk."""
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "etat")}
    page = Paginator(queries.orders(text=asked["q"], state=asked["etat"]), PAGE).get_page(
        request.GET.get("page")
    )
    return show(
        request,
        "orders/list.html",
        page=page,
        cards=[shown.card(each, on=_today()) for each in page],
        asked=asked,
        picks=[
            {
                "name": "etat",
                "label": _("State"),
                "asked": asked["etat"],
                "choices": [(code, word) for code, (word, _look) in wording.ORDER_STATES.items()],
            }
        ],
        may_open=may(actor_of(request), "orders.open_order"),
    )


@signed_in
def order(request: HttpRequest, code: str) -> HttpResponse:
    """One order: how far it is, on which plates, with which routing."""
    each, by = _order_or_404(code), actor_of(request)
    waiting = each.state in rules.QUEUED
    return show(
        request,
        "orders/order.html",
        card=shown.card(each, on=_today()),
        order=each,
        plates=[(registry.title_of(plate.build), plate.quantity) for plate in queries.plates_of(code)],
        part_title=registry.title_of(f"part:{each.part}"),
        numbers=shown.shop_numbers(each),
        gestures=registry.gestures(each.ref, by),
        panels=panels(each.code),
        may_count=waiting and may(by, "orders.count_parts"),
        may_move=waiting and may(by, "orders.reprioritise"),
        may_cancel=waiting and not each.reserved and may(by, "orders.cancel"),
        may_close=each.state == rules.DONE and may(by, "orders.close_order"),
    )


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """A new order."""
    form = forms.OrderForm(request.POST or None)
    return _gesture(
        request, form, actions.open_order, title=_("A new order"), word=_("Open the order"), icon="plus"
    )


@signed_in
def count(request: HttpRequest, code: str) -> HttpResponse:
    """Good, scrap and why, in one gesture."""
    each = _order_or_404(code)
    title = _("Count the parts of %(order)s") % {"order": code}
    facts = [
        (_("Quantity"), each.quantity),
        (_("Good so far"), each.good),
        (_("Scrapped so far"), each.scrap),
    ]
    form = forms.CountForm(request.POST or None)
    return _gesture(
        request, form, actions.count_parts, code, title=title, word=_("Count"), icon="check", facts=facts
    )


@signed_in
def reprioritise(request: HttpRequest, code: str) -> HttpResponse:
    """More or less urgent, earlier or later."""
    each = _order_or_404(code)
    form = forms.PriorityForm(
        request.POST or None, initial={"priority": each.priority, "due_on": each.due_on}
    )
    title = _("Priority of %(order)s") % {"order": code}
    return _gesture(request, form, actions.reprioritise, code, title=title, word=_("Change"), icon="clock")


@signed_in
def cancel(request: HttpRequest, code: str) -> HttpResponse:
    """Nothing more is made."""
    _order_or_404(code)
    title = _("Cancel the order %(order)s") % {"order": code}
    form = forms.ReasonForm(request.POST or None)
    return _gesture(request, form, actions.cancel, code, title=title, word=_("Cancel the order"), icon="stop")


@signed_in
def close(request: HttpRequest, code: str) -> HttpResponse:
    """All made."""
    _order_or_404(code)
    title = _("Close the order %(order)s") % {"order": code}
    return _gesture(
        request, Form(request.POST or None), actions.close_order, code, title=title, word=_("Close the order")
    )


@signed_in
def bring_in(request: HttpRequest) -> HttpResponse:
    """A list of orders: checked first, then all of them at once."""
    return import_list(
        request,
        title=_("Bring in the orders"),
        columns=lists.COLUMNS,
        check=lists.check,
        action=_import,
        done=lambda _result: redirect("orders:queue"),
    )


def _import(*, by: Any, rows: list[dict[str, Any]], file_sha256: str) -> Any:
    asked = [actions.Asked(**row) for row in rows]
    return actions.import_orders(by=by, asked=asked, file_sha256=file_sha256)


def _gesture(
    request: HttpRequest, form: Form, action: Callable[..., Any], code: str = "", **shown_too: Any
) -> HttpResponse:
    """One form, one action: done leads to the order, refused shows every reason with what was typed."""
    outcome = None
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data | ({"order": code} if code else {})
        outcome = carry_out(request, action, **values)
        if outcome.done:
            return redirect("orders:order", code=code or values["code"])
    return show(request, "orders/gesture.html", outcome=outcome, form=form, **shown_too)


def _order_or_404(code: str) -> Order:
    try:
        return queries.order(code)
    except NotFound as unknown:
        raise Http404(code) from unknown


def _today() -> date:
    return timezone.localdate(clock.now())


app_name = "orders"
urlpatterns = [
    path("ordres/", queue, name="queue"),
    path("ordres/tous/", listed, name="orders"),
    path("ordres/nouveau/", new, name="open_order"),
    path("ordres/importer/", bring_in, name="import_orders"),
    path("ordres/of/<str:code>/", order, name="order"),
    path("ordres/of/<str:code>/compter/", count, name="count"),
    path("ordres/of/<str:code>/priorite/", reprioritise, name="reprioritise"),
    path("ordres/of/<str:code>/annuler/", cancel, name="cancel"),
    path("ordres/of/<str:code>/clore/", close, name="close"),
]

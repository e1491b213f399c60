"""What orders plug in: who may do what, how an order is found."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Reason
from strate.workshop.orders import queries, rules, wording
from strate.workshop.orders.models import Order
from strate.workshop.people import roles
from strate.workshop.things.registry import Gesture, Kind, Thing, doable, register

FLOOR = (roles.OPERATOR, roles.SHIFT_LEADER)
roles.declare("orders.open_order", roles.METHODS, roles.SHIFT_LEADER, roles.ADMIN)
roles.declare("orders.reprioritise", roles.SHIFT_LEADER, roles.METHODS)
roles.declare("orders.cancel", roles.SHIFT_LEADER, roles.METHODS)
roles.declare("orders.reserve", *FLOOR, roles.METHODS)
roles.declare("orders.count_parts", *FLOOR, roles.QUALITY)
roles.declare("orders.close_order", roles.SHIFT_LEADER, roles.QUALITY)


def _thing(each: Order) -> Thing:
    lines = [
        (_("Part"), f"{each.part} {each.revision}"),
        (_("Quantity"), f"{each.good} / {each.quantity}"),
        (_("Routing"), each.routing_name),
        (_("State"), str(wording.ORDER_STATES[each.state][0])),
    ]
    url = reverse("orders:order", args=[each.code])
    return Thing(
        each.ref,
        f"{each.code} · {each.part}",
        url=url,
        state=wording.ORDER_STATES[each.state][1],
        lines=lines,
    )


def _find(code: str) -> Thing | None:
    found = Order.objects.filter(code=code).first()
    return _thing(found) if found else None


def _search(text: str, limit: int) -> list[Thing]:
    return [_thing(each) for each in queries.orders(text=text)[:limit]]


@doable
def with_an_order(ref: str, by: Actor) -> list[Gesture]:
    """Parts are counted while the order is in the queue; made whole, it is closed."""
    kind, _sep, code = ref.partition(":")
    each = Order.objects.filter(code=code).first() if kind == "order" else None
    if each is None:
        return []
    waits = each.state in rules.QUEUED
    stands = () if waits else (Reason("order_not_in_state", {"order": each.ref}),)
    over = () if each.state == rules.DONE else (Reason("order_not_in_state", {"order": each.ref}),)
    return [
        Gesture(_("Count the parts"), reverse("orders:count", args=[code]), "orders.count_parts", stands),
        Gesture(_("Close the order"), reverse("orders:close", args=[code]), "orders.close_order", over),
    ]


register(Kind("order", _("Production order"), find=_find, search=_search, icon="order"))

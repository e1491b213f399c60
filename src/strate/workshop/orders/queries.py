"""Reading orders: the queue, what is left to make, what may share a plate."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import F, Q, QuerySet

from strate.workshop.journal.refusals import NotFound
from strate.workshop.orders import rules
from strate.workshop.orders.models import Order, Reservation


def order(code: str) -> Order:
    found = Order.objects.filter(code=code.removeprefix("order:")).first()
    if not found:
        raise NotFound("no_such_order", order=code)
    return found


def queue() -> QuerySet[Order]:
    """What is to be made, in the order of the queue: priority, due date, arrival."""
    return Order.objects.filter(state__in=rules.QUEUED)


def orders(*, text: str = "", state: str = "") -> QuerySet[Order]:
    found = Order.objects.filter(state=state) if state else Order.objects.all()
    if not text:
        return found
    return found.filter(
        Q(code__icontains=text)
        | Q(part__icontains=text)
        | Q(customer__icontains=text)
        | Q(routing_code__icontains=text)
    )


def codes() -> list[str]:
    """Every order number ever given."""
    return list(Order.objects.values_list("code", flat=True))


def counts(each: Order) -> rules.Counts:
    return rules.Counts(each.quantity, each.good, each.scrap, each.reserved)


def left_to_make(each: Order) -> int:
    """How many parts of this order still have to be put on a plate."""
    return counts(each).left


def plates_of(code: str) -> list[Reservation]:
    """On which builds parts of this order stand now."""
    return list(Reservation.objects.filter(order__code=code, quantity__gt=0).order_by("pk"))


def on_build(build: str) -> list[Reservation]:
    """Which orders still have parts on this build."""
    found = Reservation.objects.filter(build=build, quantity__gt=0).select_related("order")
    return list(found.order_by("order__priority", "order__due_on", "order_id"))


@dataclass
class PlateGroup:
    """Orders that may share one plate: the very same version of the same routing, hence the same powder."""

    routing_code: str
    routing_number: int
    routing_digest: str
    material: str
    orders: list[Order] = field(default_factory=list)


def for_plate(routing_code: str = "") -> list[PlateGroup]:
    """The waiting orders grouped by what may share a plate; groups and orders keep the order of the queue."""
    waiting = queue().filter(quantity__gt=F("good") + F("reserved"))
    waiting = waiting.filter(routing_code=routing_code) if routing_code else waiting
    groups: dict[tuple[str, int, str], PlateGroup] = {}
    for each in waiting:
        key = (each.routing_code, each.routing_number, each.routing_digest)
        groups.setdefault(key, PlateGroup(*key, each.material)).orders.append(each)
    return list(groups.values())


def among(codes: Iterable[str]) -> QuerySet[Order]:
    """The orders that bear one of these numbers."""
    return Order.objects.filter(code__in=list(codes))

"""The verbs of orders: open, change priority, put on a plate, count, close, cancel."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from django.db.models import F
from pydantic import Field

from strate.workshop.doors.texts import PLAIN, Code, Paragraph, Title, Word
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Reason, Refused, RuleBroken
from strate.workshop.orders import queries, rules
from strate.workshop.orders.models import Order, Reservation
from strate.workshop.parts import queries as parts
from strate.workshop.people.roles import permit
from strate.workshop.routings import queries as routings

Priority = Literal[1, 2, 3]
Revision = Annotated[str, Field(max_length=20, pattern=PLAIN)]
Count = Annotated[int, Field(ge=-(10**6), le=10**7)]


def open_order(
    *,
    by: Actor,
    code: Code,
    part: Word,
    revision: Revision,
    quantity: Count,
    due_on: date,
    routing: Word,
    customer: Title = "",
    priority: Priority = 2,
    note: Paragraph = "",
) -> Order:
    """Open a production order; the released routing is kept in it as it is today."""
    permit(by, "orders.open_order")
    asked = Asked(code, part, revision, quantity, due_on, routing, customer, priority, note)
    made = _new(asked, by)
    with act("orders.opened", by=by) as done:
        made.opened_at = done.happened_at
        made.save()
        done.tell(
            made,
            f"part:{made.part}",
            f"routing:{made.routing_code}/{made.routing_number}",
            order=made.ref,
            part=f"part:{made.part}",
            revision=revision,
            quantity=quantity,
            due_on=due_on,
            priority=priority,
            routing=made.routing_name,
            routing_digest=made.routing_digest,
        )
    return made


@dataclass(frozen=True)
class Asked:
    """What is asked of the shop, before it is judged."""

    code: str
    part: str
    revision: str
    quantity: int
    due_on: date
    routing: str
    customer: str = ""
    priority: int = 2
    note: str = ""


def import_orders(*, by: Actor, asked: Sequence[Asked], file_sha256: str) -> list[Order]:
    """Open a whole list of orders at once: all of them or none, one fact."""
    permit(by, "orders.open_order")
    made = [_new(each, by) for each in asked]
    with act("orders.imported", by=by) as done:
        for order in made:
            order.opened_at = done.happened_at
            order.save()
        done.tell(*made, count=len(made), file_sha256=file_sha256)
    return made


def _new(asked: Asked, by: Actor) -> Order:
    """An order as asked, judged, not yet written."""
    code = asked.code.strip().removeprefix("order:")
    if not code or not asked.revision.strip():
        raise RuleBroken("field_missing", field="revision" if code else "code")
    if "/" in code:
        raise RuleBroken("field_not_understood", field="code", value=code)
    if Order.objects.filter(code__iexact=code).exists():
        raise RuleBroken("order_exists", order=f"order:{code}")
    if reasons := rules.check_new(quantity=asked.quantity, priority=asked.priority):
        raise Refused(reasons)
    of = parts.part(asked.part)
    version = routings.released(asked.routing)
    file = parts.approved_file(of.code, asked.revision)
    return Order(
        code=code,
        customer=asked.customer.strip() or of.customer,
        part=of.code,
        revision=asked.revision,
        file_digest=file.digest if file else "",
        quantity=asked.quantity,
        due_on=asked.due_on,
        priority=asked.priority,
        routing=routings.snapshot(version),
        routing_code=version.routing.code,
        routing_number=version.number,
        routing_digest=version.digest,
        material=version.content.get("material", ""),
        note=asked.note,
        opened_by=by.person,
    )


def reprioritise(
    *, by: Actor, order: Word, priority: Priority, due_on: date | None = None, reason: Paragraph = ""
) -> Order:
    """Change how urgent an order is, or its date; the queue follows."""
    permit(by, "orders.reprioritise")
    each = queries.order(order)
    if reasons := rules.check_new(quantity=each.quantity, priority=priority):
        raise Refused(reasons)
    if each.state not in rules.QUEUED:
        raise RuleBroken("order_not_in_state", order=each.ref)
    before = {"priority": each.priority, "due_on": each.due_on}
    if before == {"priority": priority, "due_on": due_on or each.due_on}:
        raise RuleBroken("order_already_so", order=each.ref)
    with act("orders.reprioritised", by=by, reason=reason) as done:
        each.priority, each.due_on = priority, due_on or each.due_on
        each.save(update_fields=["priority", "due_on"])
        done.tell(each, order=each.ref, before=before, priority=priority, due_on=each.due_on)
    return each


def reserve(*, by: Actor, order: Word, build: Title, quantity: Count) -> Order:
    """Put parts of an order on the plate of a build; never more than are left to make."""
    permit(by, "orders.reserve")
    each = queries.order(order)
    left = queries.left_to_make(each)
    if quantity <= 0:
        raise RuleBroken("nothing_counted", good=quantity, scrap=0)
    with act("orders.reserved", by=by) as done:
        free = Order.objects.filter(pk=each.pk, state__in=rules.QUEUED)
        free = free.filter(quantity__gte=F("good") + F("reserved") + quantity)
        if not free.update(reserved=F("reserved") + quantity, state=rules.IN_PROGRESS):
            raise RuleBroken("more_than_is_left", order=each.ref, quantity=quantity, left=left)
        Reservation.objects.get_or_create(order=each, build=build, defaults={"quantity": 0})
        Reservation.objects.filter(order=each, build=build).update(quantity=F("quantity") + quantity)
        done.tell(each, build, order=each.ref, build=build, quantity=quantity)
    return queries.order(each.code)


def give_back(*, by: Actor, order: Word, build: Title) -> Order:
    """Take an order off the plate of a build that was given up: its parts are to be made again."""
    permit(by, "orders.reserve")
    each = queries.order(order)
    with act("orders.given_back", by=by) as done:
        found = Reservation.objects.filter(order=each, build=build).first()
        if found is None or found.quantity == 0:
            raise RuleBroken("not_on_that_plate", order=each.ref, build=build)
        _uncount(each, found, found.quantity)
        each = _restate(each)
        done.tell(each, build, order=each.ref, build=build, quantity=found.quantity)
    return each


def count_parts(
    *, by: Actor, order: Word, good: Count, scrap: Count = 0, reason: Paragraph = "", build: Title = ""
) -> Order:
    """Count finished parts: good, scrap and why, in one gesture. A scrapped part is left to be made again."""
    permit(by, "orders.count_parts")
    each = queries.order(order)
    reasons = rules.check_count(good=good, scrap=scrap, reason=reason)
    if each.state not in rules.QUEUED:
        reasons.append(Reason("order_not_in_state", {"order": each.ref}))
    if reasons:
        raise Refused(reasons)
    with act("orders.parts_counted", by=by, reason=reason) as done:
        _settle(each, good + scrap, build)
        room = Order.objects.filter(pk=each.pk, quantity__gte=F("good") + good)
        if not room.update(good=F("good") + good, scrap=F("scrap") + scrap):
            raise RuleBroken(
                "more_good_than_ordered", order=each.ref, good=good, left=each.quantity - each.good
            )
        each = _restate(each)
        done.tell(
            each,
            build,
            order=each.ref,
            good=good,
            scrap=scrap,
            good_so_far=each.good,
            scrap_so_far=each.scrap,
            quantity=each.quantity,
        )
    return each


def close_order(*, by: Actor, order: Word) -> Order:
    """Close an order whose parts are all made and whose dossier is complete."""
    permit(by, "orders.close_order")
    each = queries.order(order)
    if reasons := rules.check_move(each.ref, each.state, rules.CLOSED):
        raise Refused(reasons)
    with act("orders.closed", by=by) as done:
        _pass_to(each, rules.CLOSED)
        done.tell(each, order=each.ref, good=each.good, scrap=each.scrap, quantity=each.quantity)
    return each


def cancel(*, by: Actor, order: Word, reason: Paragraph) -> Order:
    """Cancel an order that has nothing on a plate, saying why."""
    permit(by, "orders.cancel")
    each = queries.order(order)
    if not reason.strip():
        raise RuleBroken("cancelling_needs_a_reason")
    reasons = rules.check_move(each.ref, each.state, rules.CANCELLED)
    if each.reserved:
        builds = [plate.build for plate in queries.plates_of(each.code)]
        reasons.append(Reason("order_on_a_plate", {"order": each.ref, "builds": builds}))
    if reasons:
        raise Refused(reasons)
    with act("orders.cancelled", by=by, reason=reason) as done:
        _pass_to(each, rules.CANCELLED)
        done.tell(each, order=each.ref, good=each.good, quantity=each.quantity)
    return each


def _settle(each: Order, counted: int, build: str) -> None:
    """What was counted is no longer on its plate."""
    plates = Reservation.objects.filter(order=each, quantity__gt=0)
    for plate in (plates.filter(build=build) if build else plates).order_by("pk"):
        part = min(counted, plate.quantity)
        if part:
            _uncount(each, plate, part)
            counted -= part


def _uncount(each: Order, plate: Reservation, quantity: int) -> None:
    taken = Reservation.objects.filter(pk=plate.pk, quantity__gte=quantity)
    if not taken.update(quantity=F("quantity") - quantity):
        raise RuleBroken("order_changed_meanwhile", order=each.ref)
    Order.objects.filter(pk=each.pk).update(reserved=F("reserved") - quantity)


def _restate(each: Order) -> Order:
    each = queries.order(each.code)
    state = rules.state_after(queries.counts(each))
    if state != each.state:
        _pass_to(each, state)
    return each


def _pass_to(each: Order, state: str) -> None:
    if not Order.objects.filter(pk=each.pk, state=each.state).update(state=state):
        raise RuleBroken("order_changed_meanwhile", order=each.ref)
    each.state = state

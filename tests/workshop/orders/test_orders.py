"""Orders: opened with their routing, queued, put on plates, counted."""

import copy
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest

from strate.workshop.journal.actor import Actor
from strate.workshop.orders import actions, queries, rules
from strate.workshop.orders.models import Order
from strate.workshop.routings import actions as routings
from tests.workshop.routings.conftest import COMPLETE

Refuses = Callable[..., AbstractContextManager[None]]
Opens = Callable[..., Order]


def test_an_order_keeps_the_routing_as_it_was_when_it_was_opened(
    opens: Opens, driss: Actor, ines: Actor, signed: Callable[[Actor], Actor]
) -> None:
    first = opens("OF-1", 10)
    changed = copy.deepcopy(COMPLETE)
    changed["limits"]["used_share_ceiling"]["value"] = "0.3"
    routings.new_version(by=driss, routing="G-12", why="less used powder")
    routings.edit(by=driss, routing="G-12", number=2, content=changed)
    routings.submit(by=driss, routing="G-12", number=2)
    routings.approve(by=signed(ines), routing="G-12", number=2)
    second = opens("OF-2", 5)
    assert queries.order("OF-1").routing["content"]["limits"]["used_share_ceiling"]["value"] == "0.5"
    assert second.routing["number"] == 2 and first.routing_digest != second.routing_digest
    assert [[o.code for o in group.orders] for group in queries.for_plate()] == [["OF-1"], ["OF-2"]]


def test_the_queue_is_urgent_first_then_due_first(opens: Opens, chloe: Actor) -> None:
    opens("OF-1", 1, due_on=date(2026, 12, 3))
    opens("OF-2", 1, due_on=date(2026, 12, 1))
    opens("OF-3", 1, due_on=date(2026, 12, 9), priority=1)
    assert [o.code for o in queries.queue()] == ["OF-3", "OF-2", "OF-1"]
    actions.reprioritise(by=chloe, order="OF-1", priority=1)
    assert [o.code for o in queries.queue()] == ["OF-1", "OF-3", "OF-2"]


def test_two_orders_of_one_routing_may_share_a_plate(opens: Opens, amina: Actor) -> None:
    opens("OF-1", 4)
    opens("OF-2", 6)
    actions.reserve(by=amina, order="OF-1", build="build:F-1", quantity=4)
    actions.reserve(by=amina, order="OF-2", build="build:F-1", quantity=2)
    assert [(r.order.code, r.quantity) for r in queries.on_build("build:F-1")] == [("OF-1", 4), ("OF-2", 2)]
    [group] = queries.for_plate()
    assert [o.code for o in group.orders] == ["OF-2"] and queries.left_to_make(group.orders[0]) == 4


def test_no_more_parts_go_on_plates_than_were_ordered(opens: Opens, amina: Actor, refused: Refuses) -> None:
    opens("OF-1", 4)
    actions.reserve(by=amina, order="OF-1", build="build:F-1", quantity=3)
    with refused("more_than_is_left"):
        actions.reserve(by=amina, order="OF-1", build="build:F-2", quantity=2)
    actions.give_back(by=amina, order="OF-1", build="build:F-1")
    assert queries.order("OF-1").state == "open" and queries.left_to_make(queries.order("OF-1")) == 4
    with refused("not_on_that_plate"):
        actions.give_back(by=amina, order="OF-1", build="build:F-1")


def test_a_scrapped_part_is_made_again(opens: Opens, amina: Actor, chloe: Actor, refused: Refuses) -> None:
    opens("OF-1", 4)
    actions.reserve(by=amina, order="OF-1", build="build:F-1", quantity=4)
    with refused("scrap_needs_a_reason"):
        actions.count_parts(by=amina, order="OF-1", good=3, scrap=1)
    order = actions.count_parts(by=amina, order="OF-1", good=3, scrap=1, reason="crack", build="build:F-1")
    assert (order.state, queries.left_to_make(order), order.reserved) == ("in_progress", 1, 0)
    with refused("more_good_than_ordered"):
        actions.count_parts(by=amina, order="OF-1", good=2)
    assert actions.count_parts(by=amina, order="OF-1", good=1).state == "done"
    assert actions.close_order(by=chloe, order="OF-1").state == "closed"


def test_an_order_on_a_plate_is_not_cancelled(
    opens: Opens, amina: Actor, chloe: Actor, refused: Refuses
) -> None:
    opens("OF-1", 4)
    actions.reserve(by=amina, order="OF-1", build="build:F-1", quantity=1)
    with refused("order_on_a_plate"):
        actions.cancel(by=chloe, order="OF-1", reason="customer changed their mind")
    with refused("cancelling_needs_a_reason"):
        actions.cancel(by=chloe, order="OF-1", reason=" ")
    actions.give_back(by=amina, order="OF-1", build="build:F-1")
    assert actions.cancel(by=chloe, order="OF-1", reason="changed").state == "cancelled"
    assert not queries.queue().exists()


def test_an_order_cannot_be_opened_on_a_draft(
    bracket: None, driss: Actor, chloe: Actor, refused: Refuses
) -> None:
    routings.new_routing(by=driss, code="G-13", title="Draft", content=copy.deepcopy(COMPLETE))
    asked = {"part": "BR-1", "revision": "A", "due_on": date(2026, 12, 1), "quantity": 1}
    with refused("routing_not_released"):
        actions.open_order(by=chloe, code="OF-1", routing="G-13", **asked)
    with refused("order_quantity_out_of_reason"):
        actions.open_order(by=chloe, code="OF-1", routing="G-12", **(asked | {"quantity": 0}))


@pytest.mark.parametrize(
    ("due_on", "word", "days"),
    [
        (date(2026, 11, 21), "late", 2),
        (date(2026, 11, 23), "today", 0),
        (date(2026, 11, 30), "soon", 7),
        (date(2026, 12, 1), "later", 8),
    ],
)
def test_a_due_date_is_said_in_words(due_on: date, word: str, days: int) -> None:
    assert rules.due(due_on, on=date(2026, 11, 23)) == rules.Due(word, days)

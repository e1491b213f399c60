"""A part, its released routing, and orders for it."""

import copy
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from strate.workshop.feedstock import actions as feedstock
from strate.workshop.journal.actor import Actor
from strate.workshop.orders import actions
from strate.workshop.orders.models import Order
from strate.workshop.parts import actions as parts
from strate.workshop.routings import actions as routings
from tests.workshop.routings.conftest import COMPLETE

Opens = Callable[..., Order]


@pytest.fixture()
def bracket(driss: Actor, ines: Actor, signed: Callable[[Actor], Actor]) -> None:
    """The part « BR-1 » and the approved routing « G-12 » that makes it."""
    feedstock.new_material(by=driss, code="ti64", title="Ti-6Al-4V", family="metal")
    parts.enter(by=driss, code="BR-1", title="Support", customer="Essai SA")
    routings.new_routing(by=driss, code="G-12", title="Support", content=copy.deepcopy(COMPLETE))
    routings.submit(by=driss, routing="G-12", number=1)
    routings.approve(by=signed(ines), routing="G-12", number=1)


@pytest.fixture()
def opens(bracket: None, chloe: Actor) -> Opens:
    """`opens("OF-1", 10)`: an order for ten brackets."""

    def open_one(code: str, quantity: int, **more: Any) -> Order:
        asked = {"part": "BR-1", "revision": "A", "due_on": date(2026, 12, 1), "routing": "G-12"} | more
        return actions.open_order(by=chloe, code=code, quantity=quantity, **asked)

    return open_one

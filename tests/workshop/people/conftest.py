"""A tablet of the hall, a desk, and people who have a badge, a PIN and a password."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from strate.workshop.journal.actor import SYSTEM, Actor
from strate.workshop.people import actions
from strate.workshop.people.hashing import seal_password, seal_pin
from strate.workshop.people.middleware import STATION_COOKIE

PIN, PASSWORD = "280517", "trois couches de poudre"


@pytest.fixture()
def tablet(db: Any) -> Callable[[], Client]:
    """A browser on an enrolled tablet."""

    def make(code: str = "hall-1") -> Client:
        _station, secret = actions.enrol_station(by=SYSTEM, code=code, title=f"Tablette {code}")
        client = Client()
        client.cookies[STATION_COOKIE] = secret
        return client

    return make


@pytest.fixture()
def with_secrets() -> Callable[[Actor], Actor]:
    """Gives somebody the PIN and the password of these tests, as their own."""

    def give(by: Actor) -> Actor:
        actions.set_pin(by=SYSTEM, person=by.person, pin=seal_pin(PIN))
        actions.set_password(by=SYSTEM, person=by.person, password=seal_password(PASSWORD))
        return by

    return give


def badge_in(client: Client, badge: str, pin: str = PIN, next_: str = "/") -> Any:
    """Show the badge, type the PIN."""
    return client.post("/poste/", {"badge": badge, "pin": pin, "next": next_})

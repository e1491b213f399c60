"""A connected printer, a gateway with its token, and batches as it sends them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from strate.workshop.journal.actor import SYSTEM, Actor
from strate.workshop.machines import actions as machines
from strate.workshop.machines.models import Machine
from strate.workshop.people import actions as people

Wire = dict[str, Any]


@pytest.fixture()
def printer(driss: Actor) -> Machine:
    """The printer LPBF-1, connected."""
    return machines.enter(by=driss, code="LPBF-1", title="Imprimante 1", driver="opcua")


def wire(name: str, value: Any, at: datetime, unit: str = "", quality: str = "good") -> Wire:
    """A signal as the gateway writes it on the wire."""
    received = at + timedelta(milliseconds=50)
    stamps = {"at": at.isoformat(), "received_at": received.isoformat()}
    return {"name": name, "value": value, "unit": unit, "quality": quality} | stamps


@pytest.fixture()
def gateway_client(db: None) -> Client:
    """The gateway, let in by its token."""
    secret = people.create_token(by=SYSTEM, title="Passerelle", purpose="gateway")
    return Client(headers={"Authorization": f"Bearer {secret}"})


@pytest.fixture()
def token_of() -> Callable[[Actor], Client]:
    """A program let in by the token of a person."""

    def make(by: Actor) -> Client:
        secret = people.create_token(by=by, title="Tableur")
        return Client(headers={"Authorization": f"Bearer {secret}"})

    return make

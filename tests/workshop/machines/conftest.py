"""A hall with a printer, its tools, and the gateway that speaks for it."""

from datetime import date

import pytest

from strate.workshop.journal import guard
from strate.workshop.journal.actor import Actor, machine_actor
from strate.workshop.machines import actions
from strate.workshop.machines.models import Machine
from strate.workshop.people.models import Authorisation


@pytest.fixture()
def printer(driss: Actor) -> Machine:
    """The printer LPBF-1, clean for titanium, connected."""
    return actions.enter(
        by=driss,
        code="LPBF-1",
        title="Imprimante 1",
        width_mm=250,
        depth_mm=250,
        height_mm=325,
        material="ti64",
        driver="opcua",
        endpoint="opc.tcp://192.0.2.10:4840",
    )


@pytest.fixture()
def gateway() -> Actor:
    return machine_actor("LPBF-1")


def authorised(by: Actor, until: date | None) -> None:
    """The employer lets this person switch LPBF-1 on, until that day."""
    with guard.lifted():
        Authorisation.objects.create(
            person_id=by.person,
            kind="power_on",
            scope="machine:LPBF-1",
            granted_on=date(2026, 1, 1),
            expires_on=until,
            granted_by="p-chloe",
        )

"""Maintenance by hand, on a tablet, in French."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from strate.workshop.journal import guard
from strate.workshop.journal.actor import Actor
from strate.workshop.machines.models import Machine
from strate.workshop.maintenance import actions, queries
from strate.workshop.procedures import actions as procedures
from tests.workshop.people.conftest import badge_in, tablet, with_secrets

from ..conftest import signed

__all__ = ["tablet", "with_secrets"]
pytestmark = pytest.mark.django_db


def send(client: Client, url: str, **typed: Any) -> Any:
    return client.post(url, {"command": str(uuid4()), **typed})


@pytest.fixture()
def at_tablet(
    tablet: Callable[..., Client], with_secrets: Callable[[Actor], Actor]
) -> Callable[[Actor], Client]:
    """`at_tablet(amina)`: her tablet, signed in, in a hall with one printer."""
    with guard.lifted():
        Machine.objects.create(code="M1", title="Imprimante 1", kind="printer", family="metal")

    def sign(by: Actor) -> Client:
        with_secrets(by)
        client = tablet(f"hall-{by.person}")
        badge_in(client, f"B-{by.person.removeprefix('p-')}")
        return client

    return sign


def test_the_round_of_the_day_is_made_from_the_tablet(
    farid: Actor, driss: Actor, elsa: Actor, amina: Actor, at_tablet: Callable[[Actor], Client]
) -> None:
    his, hers = at_tablet(farid), at_tablet(amina)
    assert send(his, "/maintenance/taches/defauts/").status_code == 302
    assert his.get("/maintenance/taches/").status_code == 200
    assert "Imprimante 1" in hers.get("/maintenance/").content.decode()
    assert send(hers, "/maintenance/M1/ronde/").status_code == 409
    procedures.load_defaults(by=driss, only=[actions.ROUND])
    procedures.submit(by=driss, procedure=actions.ROUND, version=1)
    procedures.approve(by=signed(elsa), procedure=actions.ROUND, version=1)
    run = send(hers, "/maintenance/M1/ronde/").url
    assert hers.get(run).status_code == 200
    assert hers.get("/maintenance/M1/").status_code == 200


def test_what_is_above_the_operators_level_is_asked_of_maintenance(
    farid: Actor, amina: Actor, at_tablet: Callable[[Actor], Client]
) -> None:
    his, hers = at_tablet(farid), at_tablet(amina)
    card = {
        "code": "capteur",
        "title_fr": "Vérifier le capteur",
        "title_en": "Check the sensor",
        "trigger": "month",
    }
    assert send(his, "/maintenance/taches/nouvelle/", **card, level=2).status_code == 302
    assert send(hers, "/maintenance/M1/demander/capteur/", note="dérive").status_code == 302
    assert send(hers, "/maintenance/M1/demander/capteur/").status_code == 409
    assert "dérive" in his.get("/maintenance/").content.decode()
    assert [r.note for r in queries.requests()] == ["dérive"]

"""Several operators empty the same drum at once: no powder is poured twice, on any database."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from strate.workshop.feedstock import actions, queries
from strate.workshop.journal import guard
from strate.workshop.journal.refusals import Refused
from strate.workshop.machines.models import Machine
from strate.workshop.people import roles
from tests.workshop.conftest import actor, signed
from tests.workshop.feedstock.conftest import CERTIFICATE, kg

AMINA, BRUNO = actor("amina", roles.OPERATOR), actor("bruno", roles.OPERATOR)


@pytest.fixture()
def open_doors(django_db_setup: None, thawed_flush: None, django_db_blocker: Any) -> Iterator[None]:
    """Really committed, so that threads see each other's work."""
    with django_db_blocker.unblock():
        yield


def _a_drum_of_ten_kilograms() -> None:
    with guard.lifted():
        Machine.objects.create(code="M290-1", title="EOS M290", kind="printer")
    actions.new_material(by=actor("driss", roles.METHODS), code="ti64", title="Ti-6Al-4V", family="metal")
    actions.receive(by=AMINA, lot="A", material="ti64", mass_mg=kg(10), certificate=CERTIFICATE)
    actions.check(by=BRUNO, lot="A", identity=True, seal=True, certificate_conform=True, mass_mg=kg(10))
    actions.release(by=signed(actor("elsa", roles.QUALITY)), lot="A")
    actions.open_lot(by=AMINA, lot="A")


def test_a_drum_emptied_by_four_people_gives_only_what_it_held(open_doors: None) -> None:
    _a_drum_of_ten_kilograms()

    def pour(_: int) -> int:
        try:
            actions.load(by=AMINA, lot="A", machine="M290-1", mass_mg=kg(3))
        except Refused:
            return 0
        finally:
            connection.close()
        return kg(3)

    with ThreadPoolExecutor(4) as hands:
        poured = sum(hands.map(pour, range(8)))
    assert poured == queries.in_machine("M290-1").mass_mg == kg(9)
    assert queries.on_hand_mg("A") == kg(1) and queries.ledger_gaps() == {}

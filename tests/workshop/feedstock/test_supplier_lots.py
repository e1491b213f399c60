"""Powder of two supplier lots where the routing keeps them apart: neither blended nor poured one on the other."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from strate.workshop.feedstock import actions, queries
from strate.workshop.feedstock.models import Lot, Material
from strate.workshop.feedstock.queries import proposing
from strate.workshop.feedstock.rules import Limits
from strate.workshop.journal.actor import Actor
from strate.workshop.machines.models import Machine
from tests.workshop.feedstock.conftest import kg

Refuses = Callable[..., AbstractContextManager[None]]
APART = Limits(material="ti64", several_supplier_lots=False, source="G-12 rev 3")


@pytest.fixture()
def holding_a(
    ti64: Material, m290: Machine, released: Callable[..., Lot], job: Callable[..., None], amina: Actor
) -> str:
    """The machine holds powder of the supplier lot PI-1, for a job that keeps supplier lots apart."""
    job(m290.ref, kg(10), APART)
    released("A", kg(20), supplier_lot="PI-1")
    released("A-2", kg(20), supplier_lot="PI-1")
    released("B", kg(20), supplier_lot="PI-2")
    actions.load(by=amina, lot="A", machine="M290-1", mass_mg=kg(4), more_to_come=True)
    return m290.code


def test_another_supplier_lot_is_not_poured_on_the_first(
    holding_a: str, amina: Actor, refused: Refuses
) -> None:
    with refused("supplier_lots_not_to_be_mixed"):
        actions.load(by=amina, lot="B", machine=holding_a, mass_mg=kg(6))
    actions.load(by=amina, lot="A-2", machine=holding_a, mass_mg=kg(6))
    assert queries.launch_reasons(holding_a, APART, kg(10)) == []


def test_the_launch_sees_two_supplier_lots_poured_before_the_job_came(
    holding_a: str, job: Callable[..., None], amina: Actor
) -> None:
    job(f"machine:{holding_a}", kg(10), Limits(material="ti64"))
    actions.load(by=amina, lot="B", machine=holding_a, mass_mg=kg(6))
    [reason] = queries.launch_reasons(holding_a, APART, kg(10))
    assert (reason.code, reason.source) == ("supplier_lots_not_to_be_mixed", "G-12 rev 3")


def test_a_blend_for_the_machine_is_of_the_supplier_lot_it_holds(
    holding_a: str, amina: Actor, refused: Refuses
) -> None:
    _seen, found = proposing.proposal(proposing.asked(machine=holding_a))
    assert {pour.lot.code for pour in found.pours} <= {"A", "A-2"}
    assert ("B", "supplier_lots_not_to_be_mixed") in {
        (lot.code, reason.code) for lot, reasons in found.aside for reason in reasons
    }
    with refused("supplier_lots_not_to_be_mixed"):
        actions.blend(
            by=amina, lot="M", container="FUT-M", machine=holding_a, pours={"lot:A": kg(3), "lot:B": kg(3)}
        )

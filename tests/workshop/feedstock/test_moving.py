"""Powder between the door and the machine: moved, sampled, dried; every gram found again."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from decimal import Decimal

from strate.workshop.feedstock import actions, queries, rules
from strate.workshop.feedstock.models import Lot, Material, PowderMovement
from strate.workshop.feedstock.rules import Share
from strate.workshop.journal import clock
from strate.workshop.journal import queries as journal
from strate.workshop.journal.actor import Actor
from strate.workshop.machines.models import Machine
from tests.workshop.feedstock.conftest import kg

Refuses = Callable[..., AbstractContextManager[None]]
Door = Callable[..., Lot]
D = Decimal


def test_powder_is_moved_from_a_drum_to_two_others_and_stays_the_same_lot(
    ti64: Material, released: Door, amina: Actor, refused: Refuses
) -> None:
    released("A", kg(10), container="D-1")
    released("B", kg(1), container="D-2")
    move = {"by": amina, "lot": "A", "source": "container:D-1", "mass_mg": kg(4)}
    with refused("container_not_empty"):
        actions.transfer(target="D-2", **move)
    with refused("same_container"):
        actions.transfer(target="D-1", **move)
    actions.transfer(
        target="D-3", tool="Pelle 1", temperature_celsius=D(21), humidity_percent=D("38.5"), **move
    )
    actions.transfer(target="D-4", **move)
    with refused("more_than_container_holds"):
        actions.transfer(target="D-4", **move)
    line = PowderMovement.objects.get(target="container:D-3")
    assert (line.kind, line.tool, line.humidity_percent) == ("transferred", "Pelle 1", D("38.5"))
    assert line.becomes is None and queries.on_hand_mg("A") == kg(10) and queries.ledger_gaps() == {}


def test_a_container_takes_no_more_than_it_can_hold(
    ti64: Material, released: Door, amina: Actor, refused: Refuses
) -> None:
    released("A", kg(10), container="D-1")
    actions.new_container(by=amina, container="B-1", kind="bottle", capacity_mg=kg(2))
    with refused("container_overfull"):
        actions.transfer(by=amina, lot="A", source="D-1", target="B-1", mass_mg=kg(2) + 1)
    actions.transfer(by=amina, lot="A", source="D-1", target="B-1", mass_mg=kg(2))


def test_a_sample_leaves_the_stock_and_bears_a_number(
    ti64: Material, released: Door, amina: Actor, refused: Refuses
) -> None:
    released("A", kg(1))
    taken = actions.sample(by=amina, lot="A", mass_mg=50_000, purpose="O, N, H")
    assert taken.ref == "sample:A-E1" and queries.on_hand_mg("A") == 950_000
    assert actions.sample(by=amina, lot="A", mass_mg=1_000).code == "A-E2"
    with refused("sample_exists"):
        actions.sample(by=amina, lot="A", mass_mg=1_000, sample="a-e1")
    with refused("more_than_container_holds"):
        actions.sample(by=amina, lot="A", mass_mg=kg(1))
    assert queries.ledger_gaps() == {}


def test_powder_in_an_oven_is_not_poured_and_what_it_lost_is_water(
    ti64: Material, m290: Machine, released: Door, amina: Actor, refused: Refuses, morning: object
) -> None:
    released("A", kg(10), container="D-1")
    with refused("scale_disagrees"):
        actions.put_in_oven(by=amina, container="D-1", set_celsius=D(80), mass_mg=kg(9))
    actions.put_in_oven(by=amina, container="D-1", set_celsius=D(80), mass_mg=kg(10), oven="Étuve 2")
    with refused("powder_in_the_oven"):
        actions.load(by=amina, lot="A", machine="M290-1", mass_mg=kg(1))
    with refused("powder_in_the_oven"):
        actions.put_in_oven(by=amina, container="D-1", set_celsius=D(80), mass_mg=kg(10))
    with refused("more_out_than_in"):
        actions.take_out_of_oven(by=amina, container="D-1", mass_mg=kg(10) + 1)
    early = clock.now() - timedelta(hours=1)
    with refused("ends_before_it_starts"):
        actions.take_out_of_oven(by=amina, container="D-1", mass_mg=kg("9.98"), ended_at=early)
    with clock.at(clock.now() + timedelta(hours=6)):
        dried = actions.take_out_of_oven(by=amina, container="D-1", mass_mg=kg("9.98"))
    told = journal.told(journal.last())["data"]
    assert (told["loss_mg"], told["loss_share"], told["dried_h"]) == (20_000, "0.002", "6.00")
    assert dried.code == "A" and queries.on_hand_mg("A") == kg("9.98") and queries.ledger_gaps() == {}


def test_the_part_of_a_lot_that_was_dried_is_another_lot(
    ti64: Material, released: Door, amina: Actor
) -> None:
    released("A", kg(10), container="D-1")
    actions.transfer(by=amina, lot="A", source="D-1", target="D-2", mass_mg=kg(4))
    actions.put_in_oven(by=amina, container="D-2", set_celsius=D(80), mass_mg=kg(4))
    dried = actions.take_out_of_oven(by=amina, container="D-2", mass_mg=kg("3.99"))
    assert dried.code == "A-S1" and queries.on_hand_mg("A") == kg(6)
    assert queries.composition("A-S1") == {"A": Share(rules.ONE)} and queries.ledger_gaps() == {}

"""Powder out of a build: sieved, its overflow apart, contaminated, thrown away, returned; every gram found again."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from decimal import Decimal

import pytest

from strate.workshop.feedstock import actions, queries, rules
from strate.workshop.feedstock.models import Contamination, Lot, Material, PowderMovement
from strate.workshop.feedstock.rules import Share
from strate.workshop.holds import queries as holds
from strate.workshop.journal import queries as journal
from strate.workshop.journal.actor import Actor
from strate.workshop.machines import actions as hall
from strate.workshop.machines import queries as machines
from strate.workshop.machines.models import Machine
from strate.workshop.safety import actions as safety
from strate.workshop.safety import queries as sheets
from tests.workshop.feedstock.conftest import kg

Refuses = Callable[..., AbstractContextManager[None]]
Door = Callable[..., Lot]
D = Decimal


def _sieve(farid: Actor, driss: Actor) -> None:
    hall.enter(by=driss, code="TA-1", title="Tamis 1", kind="sieve", material="ti64")
    hall.enter_item(by=farid, code="MA-1", kind="mesh", title="Maille 63", life_unit="h", life_max=D(10))
    hall.fit(by=farid, machine="TA-1", item="mesh:MA-1")


@pytest.fixture()
def used(ti64: Material, m290: Machine, released: Door, amina: Actor) -> Lot:
    """Eight kilograms out of a build, to be sieved."""
    released("A", kg(10))
    actions.load(by=amina, lot="A", machine="M290-1", mass_mg=kg(10))
    back = {"recovered_mg": kg(8), "fused_mg": kg(1), "residual_mg": kg(1)}
    return actions.weigh_back(by=amina, machine="M290-1", build="build:F-1", lot="U", hours=D(20), **back)


def test_sieving_counts_the_hours_of_the_mesh_and_in_is_through_plus_oversize_plus_loss(
    used: Lot, amina: Actor, driss: Actor, farid: Actor
) -> None:
    _sieve(farid, driss)
    out = {"through_mg": kg("7.9"), "oversize_mg": kg("0.06"), "minutes": 45, "atmosphere": "argon"}
    actions.sieve(by=amina, lot="U", mesh_um=63, sieve_machine="machine:TA-1", **out)
    assert machines.item("mesh:MA-1").life_used == D("0.75") and queries.lot("U").state == "released"
    told = journal.told(journal.of("lot:U", what="feedstock.sieved")[0])
    assert (
        told["data"]["loss_mg"] == 40_000
        and "mesh:MA-1" in told["things"]
        and "machine:TA-1" in told["things"]
    )
    assert queries.lot("U").hours_mean == Share.parse(20) and queries.ledger_gaps() == {}


def test_a_torn_mesh_contaminates_what_passed_it_and_is_stopped(
    used: Lot, m290: Machine, amina: Actor, driss: Actor, farid: Actor, refused: Refuses
) -> None:
    _sieve(farid, driss)
    sieve = {"by": amina, "mesh_um": 63, "sieve_machine": "TA-1", "oversize_mg": 0}
    actions.sieve(lot="U", through_mg=kg(8), mesh_whole=False, **sieve)
    part = Contamination.objects.get().lot
    assert (part.code, part.state, Contamination.objects.get().cause) == ("U-X1", "contaminated", "torn_mesh")
    assert holds.on("mesh:MA-1")[0].code == "mesh_torn"
    # What is still in the machine never saw that mesh.
    assert [p.state for p in queries.in_machine("M290-1").portions] == ["to_sieve"]
    with refused("lot_contaminated"):
        actions.load(by=amina, lot="U-X1", machine="M290-1", mass_mg=kg(1))
    with refused("lot_not_in_state", "on_hold"):
        actions.sieve(lot="U-X1", through_mg=kg(8), **sieve)
    assert queries.ledger_gaps() == {}


def test_a_sieve_of_another_material_is_refused(
    used: Lot, amina: Actor, driss: Actor, farid: Actor, refused: Refuses
) -> None:
    hall.enter(by=driss, code="TA-2", title="Tamis 2", kind="sieve", material="316l")
    with refused("material_change_needed"):
        actions.sieve(by=amina, lot="U", mesh_um=63, sieve_machine="TA-2", through_mg=kg(8), oversize_mg=0)


def test_the_overflow_is_a_lot_of_its_own_that_ages_less_than_the_cake(
    ti64: Material, m290: Machine, released: Door, amina: Actor
) -> None:
    released("A", kg(10))
    actions.load(by=amina, lot="A", machine="M290-1", mass_mg=kg(10))
    back = {"recovered_mg": kg(6), "fused_mg": kg(1), "residual_mg": 0, "overflow_mg": kg(3)}
    cake = actions.weigh_back(
        by=amina, machine="M290-1", build="build:F-1", lot="U", overflow_weight=D("0.25"), hours=D(20), **back
    )
    over = queries.lot("U-T")
    assert (cake.age_max, cake.age_mean, cake.hours_mean) == (1, Share.parse(1), Share.parse(20))
    assert (over.age_max, over.age_mean, over.hours_mean) == (1, Share.parse("0.25"), Share.parse(5))
    assert over.all_used and over.state == "to_sieve" and queries.on_hand_mg("U-T") == kg(3)
    balance = rules.mass_balance(queries.weighed_of("build:F-1"), family="metal")
    assert balance.unexplained_mg == 0 and queries.ledger_gaps() == {}


def test_recovered_powder_heavier_than_what_was_loaded_is_refused(
    ti64: Material, m290: Machine, released: Door, amina: Actor, refused: Refuses
) -> None:
    released("A", kg(10))
    actions.load(by=amina, lot="A", machine="M290-1", mass_mg=kg(10))
    with refused("more_out_than_in"):
        actions.weigh_back(
            by=amina, machine="M290-1", build="build:F-1", lot="U", recovered_mg=kg(9), overflow_mg=kg(1) + 1
        )


def test_all_that_a_container_holds_is_contaminated_and_no_more(
    ti64: Material, m290: Machine, released: Door, amina: Actor, refused: Refuses
) -> None:
    released("A", kg(10), container="D-1")
    actions.transfer(by=amina, lot="A", source="D-1", target="D-2", mass_mg=kg(4))
    with refused("reason_needed_to_contaminate"):
        actions.contaminate(by=amina, about="container:D-2", cause=" ")
    [part] = actions.contaminate(by=amina, about="container:D-2", cause="Goutte d’huile")
    assert part.code == "A-X1" and part.state == "contaminated" and queries.lot("A").state == "released"
    with refused("lot_contaminated"):
        actions.load(by=amina, lot="A-X1", machine="M290-1", mass_mg=1)
    with refused("nothing_to_contaminate"):
        actions.contaminate(by=amina, about="container:D-2", cause="encore")
    assert queries.composition("A-X1") == {"A": Share(rules.ONE)} and queries.ledger_gaps() == {}


def test_waste_leaves_the_stock_and_enters_the_register_in_one_gesture(
    ti64: Material, released: Door, amina: Actor, gaelle: Actor
) -> None:
    released("A", kg(2), container="D-1")
    safety.open_drum(by=gaelle, code="DE-1", stream="contaminated_powder")
    actions.contaminate(by=amina, about="lot:A", cause="Humidité")
    actions.waste(by=amina, lot="A", drum="DE-1", mass_mg=kg(2), reason="Contaminée")
    assert sheets.drum("DE-1").mass_mg == kg(2) and queries.on_hand_mg("A") == 0
    [line] = PowderMovement.objects.filter(kind="waste")
    assert line.target == "drum:DE-1" and queries.ledger_gaps() == {}


def test_a_lot_goes_back_to_its_supplier(
    ti64: Material, released: Door, amina: Actor, elsa: Actor, refused: Refuses
) -> None:
    released("A", kg(2))
    with refused("not_allowed"):
        actions.return_to_supplier(by=amina, lot="A", mass_mg=kg(2), reason="Certificat faux")
    lot = actions.return_to_supplier(by=elsa, lot="A", mass_mg=kg(2), reason="Certificat faux")
    assert lot.state == "returned" and queries.on_hand_mg("A") == 0 and queries.ledger_gaps() == {}

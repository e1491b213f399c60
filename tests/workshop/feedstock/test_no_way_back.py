"""What was spoilt or held something else does not come back by a side door: the oven, the machine, a used drum."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from decimal import Decimal

import pytest

from strate.workshop.feedstock import actions, queries
from strate.workshop.feedstock.models import Lot, Material
from strate.workshop.holds import actions as holds
from strate.workshop.journal import guard
from strate.workshop.journal.actor import Actor
from strate.workshop.machines.models import Machine
from tests.workshop.feedstock.conftest import CERTIFICATE, kg

Refusing = Callable[..., AbstractContextManager[None]]


def _in_oven(by: Actor, container: str, mass_mg: int) -> None:
    actions.put_in_oven(by=by, container=container, set_celsius=Decimal(80), mass_mg=mass_mg)


def test_powder_contaminated_while_it_dries_is_weighed_out_of_the_oven_as_what_it_is(
    ti64: Material, released: Callable[..., Lot], amina: Actor
) -> None:
    released("A", kg(20))
    actions.transfer(by=amina, lot="A", source="A", target="A2", mass_mg=kg(10))
    _in_oven(amina, "A", kg(10))
    [spoilt] = actions.contaminate(by=amina, about="container:A", cause="Oven door left open")
    out = actions.take_out_of_oven(by=amina, container="A", mass_mg=kg("9.9"))
    assert out.code == spoilt.code == "A-X1" and queries.lot("A-X1").state == "contaminated"
    assert queries.drying_at("container:A") == [] and queries.on_hand_mg("A-X1") == kg("9.9")
    assert queries.on_hand_mg("A") == kg(10) and queries.ledger_gaps() == {}


def test_powder_in_the_oven_is_neither_returned_nor_weighed_again_nor_checked(
    ti64: Material, amina: Actor, bruno: Actor, chloe: Actor, refused: Refusing
) -> None:
    actions.receive(by=amina, lot="A", material="ti64", mass_mg=kg(10), certificate=CERTIFICATE)
    _in_oven(amina, "A", kg(10))
    with refused("powder_in_the_oven"):
        actions.return_to_supplier(by=chloe, lot="A", mass_mg=kg(10), reason="Wrong grade")
    with refused("powder_in_the_oven"):
        actions.weigh_again(by=chloe, lot="A", container="A", mass_mg=kg(9), reason="Scale")
    with refused("powder_in_the_oven"):
        found = {"identity": True, "seal": True, "certificate_conform": True}
        actions.check(by=bruno, lot="A", mass_mg=kg(10), **found)
    with refused("more_out_than_in"):
        actions.take_out_of_oven(by=amina, container="A", mass_mg=kg(11))
    actions.take_out_of_oven(by=amina, container="A", mass_mg=kg("9.99"))
    assert queries.on_hand_mg("A") == kg("9.99") and queries.ledger_gaps() == {}


@pytest.mark.parametrize(("spoil", "state"), [("contaminate", "contaminated"), ("reject", "rejected")])
def test_what_was_spoilt_in_the_machine_comes_out_of_it_spoilt(
    spoil: str,
    state: str,
    ti64: Material,
    m290: Machine,
    released: Callable[..., Lot],
    amina: Actor,
    elsa: Actor,
) -> None:
    """Weighed back it does not wait for the sieve, after which it could be poured again."""
    released("A", kg(10))
    released("B", kg(5))
    for lot in "AB":
        actions.load(by=amina, lot=lot, machine="M290-1", mass_mg=kg(4))
    if spoil == "reject":
        actions.reject(by=elsa, lot="A", reason="Wrong alloy")
    else:
        actions.contaminate(by=amina, about="lot:A", cause="Aluminium in the drum", origin="spill:1")
    back = {"build": "build:F-1", "lot": "U", "recovered_mg": kg(6), "overflow_mg": kg(1)}
    actions.weigh_back(by=amina, machine="M290-1", **back)
    found = {code: queries.lot(code) for code in ("U", "U-T")}
    assert {each.state for each in found.values()} == {state}
    if spoil == "contaminate":
        why = {(each.cause, each.origin) for lot in found.values() for each in lot.contaminations.all()}
        assert why == {("Aluminium in the drum", "spill:1")}
    assert queries.ledger_gaps() == {}


@pytest.fixture()
def emptied(
    ti64: Material, steel: Material, m290: Machine, released: Callable[..., Lot], amina: Actor
) -> None:
    """A drum emptied of its titanium, steel in another, and a machine that holds steel."""
    with guard.lifted():
        Machine.objects.create(code="M290-2", title="EOS M290", kind="printer")
    released("A", kg(10))
    released("S", kg(10), "316l")
    actions.load(by=amina, lot="A", machine="M290-1", mass_mg=kg(10))
    actions.load(by=amina, lot="S", machine="M290-2", mass_mg=kg(5))


INTO_A_USED_DRUM: dict[str, Callable[[Actor], object]] = {
    "received": lambda by: actions.receive(by=by, lot="S2", material="316l", mass_mg=1, container="A"),
    "transferred": lambda by: actions.transfer(by=by, lot="S", source="S", target="A", mass_mg=1),
    "sieved": lambda by: actions.sieve(
        by=by, lot="S", mesh_um=63, through_mg=kg(5), oversize_mg=0, container="A"
    ),
    "unloaded": lambda by: actions.unload(by=by, machine="M290-2", lot="N", mass_mg=1, container="A"),
    "weighed_back": lambda by: actions.weigh_back(
        by=by, machine="M290-2", build="build:F-1", lot="U", recovered_mg=1, container="A"
    ),
    "overflow": lambda by: actions.weigh_back(
        **{"by": by, "machine": "M290-2", "build": "build:F-1", "lot": "U", "recovered_mg": 1},
        **{"overflow_mg": 1, "overflow_container": "A"},
    ),
}


@pytest.mark.parametrize("how", INTO_A_USED_DRUM)
def test_a_drum_that_held_titanium_takes_no_steel_before_it_is_cleaned(
    how: str, emptied: None, amina: Actor, refused: Refusing
) -> None:
    with refused("material_change_needed"):
        INTO_A_USED_DRUM[how](amina)
    assert queries.content("container:A").mass_mg == 0 and queries.ledger_gaps() == {}


def test_a_blocked_drum_is_not_filled_and_its_own_material_comes_back_in_it(
    emptied: None, amina: Actor, elsa: Actor, signed: Callable[[Actor], Actor], refused: Refusing
) -> None:
    hold = holds.place(by=amina, about="container:A", text="Lid bent")
    back = {"build": "build:F-1", "lot": "U", "recovered_mg": kg(9), "container": "A"}
    with refused("on_hold"):
        actions.weigh_back(by=amina, machine="M290-1", **back)
    holds.lift(by=signed(elsa), hold=hold.ref, reason="Lid changed")
    actions.weigh_back(by=amina, machine="M290-1", **back)
    assert queries.on_hand_mg("U", "container:A") == kg(9)

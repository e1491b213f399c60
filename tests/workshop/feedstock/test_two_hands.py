"""Several operators empty the same drum at once: no powder is poured twice, on any database."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from strate.workshop.feedstock import actions, queries
from strate.workshop.feedstock.actions.ledger import poured_from
from strate.workshop.feedstock.rules import Limits
from strate.workshop.journal import guard
from strate.workshop.journal.actions import act
from strate.workshop.journal.refusals import Refused
from strate.workshop.machines.models import Machine
from strate.workshop.people import roles
from tests.workshop.at_once import at_once
from tests.workshop.conftest import actor, refused, signed
from tests.workshop.feedstock.conftest import CERTIFICATE, kg

# Really committed, so that threads see each other's work.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("thawed_flush")]
AMINA, BRUNO = actor("amina", roles.OPERATOR), actor("bruno", roles.OPERATOR)


def _a_drum_of_ten_kilograms() -> None:
    with guard.lifted():
        Machine.objects.create(code="M290-1", title="EOS M290", kind="printer")
    actions.new_material(by=actor("driss", roles.METHODS), code="ti64", title="Ti-6Al-4V", family="metal")
    actions.receive(by=AMINA, lot="A", material="ti64", mass_mg=kg(10), certificate=CERTIFICATE)
    actions.check(by=BRUNO, lot="A", identity=True, seal=True, certificate_conform=True, mass_mg=kg(10))
    actions.release(by=signed(actor("elsa", roles.QUALITY)), lot="A")
    actions.open_lot(by=AMINA, lot="A")


def test_a_drum_emptied_by_four_people_gives_only_what_it_held() -> None:
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


def _two_used_lots_and_a_machine_of_virgin_powder() -> None:
    """Four kilograms of virgin powder in the machine; two lots of three kilograms out of a build, sieved."""
    _a_drum_of_ten_kilograms()
    for build, lot in (("F-1", "U1"), ("F-2", "U2")):
        actions.load(by=AMINA, lot="A", machine="M290-1", mass_mg=kg(3))
        actions.weigh_back(by=AMINA, machine="M290-1", build=f"build:{build}", lot=lot, recovered_mg=kg(3))
        actions.sieve(by=AMINA, lot=lot, mesh_um=63, through_mg=kg(3), oversize_mg=0)
    actions.load(by=AMINA, lot="A", machine="M290-1", mass_mg=kg(4))


def test_two_pourings_each_allowed_alone_are_not_allowed_together() -> None:
    _two_used_lots_and_a_machine_of_virgin_powder()
    half = Limits(material="ti64", used_share_ceiling=Decimal("0.5"), source="G-12 rev 3")
    together = Barrier(2)

    def pour(who: tuple[Any, str]) -> list[str]:
        together.wait()
        try:
            actions.load(by=who[0], lot=who[1], machine="M290-1", mass_mg=kg(3), limits=half)
        except Refused as refusal:
            return [reason.code for reason in refusal.reasons]
        finally:
            connection.close()
        return []

    with ThreadPoolExecutor(2) as hands:
        told = sorted(hands.map(pour, [(AMINA, "U1"), (BRUNO, "U2")]))
    inside = queries.in_machine("M290-1")
    assert told == [[], ["used_share_above_ceiling"]]
    assert inside.mass_mg == kg(7) and inside.used_share.decimal < Decimal("0.5")
    assert queries.ledger_gaps() == {}


def test_two_blends_of_the_same_powder_pour_it_once() -> None:
    _two_used_lots_and_a_machine_of_virgin_powder()
    together = Barrier(2)

    def mix(lot: str) -> bool:
        together.wait()
        try:
            actions.blend(by=AMINA, lot=lot, container=f"T-{lot}", pours={"U1": kg(2), "U2": kg(2)})
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as hands:
        made = list(hands.map(mix, ["M1", "M2"]))
    assert sorted(made) == [False, True]
    assert queries.on_hand_mg("U1") == queries.on_hand_mg("U2") == kg(1) and queries.ledger_gaps() == {}


def test_blends_that_name_the_same_lots_in_another_order_do_not_block_each_other() -> None:
    _two_used_lots_and_a_machine_of_virgin_powder()
    pours = {"U1": kg(1), "U2": kg(1)}
    turned = dict(reversed(pours.items()))
    mixed = [partial(actions.blend, by=AMINA, lot=f"M{n}", container=f"T-{n}") for n in range(3)]
    assert at_once(*(partial(mix, pours=turned if n % 2 else pours) for n, mix in enumerate(mixed))) == []
    assert queries.on_hand_mg("U1") == queries.on_hand_mg("U2") == 0
    assert {queries.lot(lot).state for lot in ("U1", "U2")} == {"exhausted"}
    assert queries.ledger_gaps() == {}


def test_a_lot_contaminated_while_it_was_being_judged_is_not_poured() -> None:
    _a_drum_of_ten_kilograms()
    judged = queries.lot("A")
    actions.contaminate(by=AMINA, about="lot:A", cause="Aluminium in the drum")
    with refused("changed_meanwhile"), act("feedstock.loaded", by=AMINA) as done:
        poured_from(done, judged)

"""The life of a lot, from the door to the machine and back."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from decimal import Decimal

from strate.workshop.feedstock import actions, queries, rules
from strate.workshop.feedstock.models import Lot, Material
from strate.workshop.feedstock.rules import Limits, Share
from strate.workshop.holds import actions as holds
from strate.workshop.journal import queries as journal
from strate.workshop.journal.actor import Actor
from strate.workshop.machines.models import Machine
from tests.workshop.feedstock.conftest import CERTIFICATE, kg

Refuses = Callable[..., AbstractContextManager[None]]
Door = Callable[..., Lot]


def test_a_lot_passes_the_door_with_three_people(ti64: Material, released: Door) -> None:
    lot = released("L-1", kg(10))
    assert (lot.state, lot.received_by, lot.checked_by, lot.released_by) == (
        "released",
        "p-amina",
        "p-bruno",
        "p-elsa",
    )
    assert queries.on_hand_mg("L-1") == kg(10)
    assert journal.told(journal.last())["signature"]["meaning"] == "released"


def test_minus_one_kilogram_is_refused_and_leaves_no_trace(
    ti64: Material, amina: Actor, refused: Refuses
) -> None:
    before = journal.last().seq
    with refused("mass_below_zero"):
        actions.receive(by=amina, lot="L-1", material="ti64", mass_mg=-kg(1))
    with refused("mass_is_zero"):
        actions.receive(by=amina, lot="L-1", material="ti64", mass_mg=0)
    assert journal.last().seq == before and not Lot.objects.exists()


def test_a_lot_is_never_released_by_the_person_who_checked_it(
    ti64: Material, amina: Actor, elsa: Actor, signed: Callable[[Actor], Actor], refused: Refuses
) -> None:
    actions.receive(by=amina, lot="L-1", material="ti64", mass_mg=kg(5), certificate=CERTIFICATE)
    actions.check(by=elsa, lot="L-1", identity=True, seal=True, certificate_conform=True, mass_mg=kg(5))
    with refused("released_by_another_person"):
        actions.release(by=signed(elsa), lot="L-1")


def test_a_release_is_signed_and_only_by_quality(
    ti64: Material,
    amina: Actor,
    bruno: Actor,
    elsa: Actor,
    signed: Callable[[Actor], Actor],
    refused: Refuses,
) -> None:
    actions.receive(by=amina, lot="L-1", material="ti64", mass_mg=kg(5), certificate=CERTIFICATE)
    actions.check(by=bruno, lot="L-1", identity=True, seal=True, certificate_conform=True, mass_mg=kg(5))
    with refused("signature_needed"):
        actions.release(by=elsa, lot="L-1")
    with refused("not_allowed"):
        actions.release(by=signed(amina), lot="L-1")


def test_a_lot_that_weighs_less_than_announced_stays_in_quarantine(
    ti64: Material, chloe: Actor, amina: Actor, bruno: Actor
) -> None:
    actions.announce(by=chloe, lot="L-1", material="ti64", supplier="AP&C", mass_mg=kg(10))
    actions.receive(by=amina, lot="L-1", material="ti64", mass_mg=kg(10))
    lot = actions.check(
        by=bruno, lot="L-1", identity=True, seal=True, certificate_conform=True, mass_mg=kg("9.9")
    )
    assert lot.state == "quarantine" and journal.told(journal.last())["data"]["wrong"] == ["quantity"]
    assert queries.on_hand_mg("L-1") == kg("9.9") and queries.ledger_gaps() == {}


def test_a_load_says_everything_that_is_wrong_at_once(
    ti64: Material,
    steel: Material,
    m290: Machine,
    released: Door,
    amina: Actor,
    elsa: Actor,
    refused: Refuses,
    morning: object,
) -> None:
    released("L-TI", kg(2))
    actions.load(by=amina, lot="L-TI", machine="M290-1", mass_mg=kg(2))
    actions.receive(
        by=amina, lot="L-ST", material="316l", mass_mg=kg(1), expires_on=date(2026, 11, 22), container="D-7"
    )
    holds.place(by=elsa, about="lot:L-ST", text="doubt about the label")
    with refused(
        "on_hold",
        "lot_not_released",
        "lot_expired",
        "more_than_container_holds",
        "machine_holds_other_material",
        "wrong_material",
    ):
        limits = Limits(material="ti64", source="Gamme G-12 rev 3")
        actions.load(by=amina, lot="L-ST", machine="M290-1", mass_mg=kg(2), limits=limits)
    assert queries.in_machine("M290-1").mass_mg == kg(2)


def test_the_label_s_last_day_is_still_good(
    ti64: Material, m290: Machine, released: Door, amina: Actor, morning: object, refused: Refuses
) -> None:
    today = morning.date()
    released("L-1", kg(1), expires_on=today)
    actions.load(by=amina, lot="L-1", machine="M290-1", mass_mg=kg(1))
    lot = Lot(code="X", material=ti64, state="received", expires_on=today - timedelta(days=1))
    reasons = rules.check_release(queries.seen(lot), by="p-elsa", on=today)
    assert {r.code for r in reasons} == {"certificate_missing", "lot_not_checked", "lot_expired"}


def test_what_is_in_a_machine_is_one_mixture_of_residual_and_loads(
    ti64: Material, m290: Machine, released: Door, amina: Actor
) -> None:
    released("A", kg(30))
    released("B", kg(20))
    actions.load(by=amina, lot="A", machine="M290-1", mass_mg=kg(30))
    actions.load(by=amina, lot="B", machine="M290-1", mass_mg=kg(20))
    actions.weigh_back(
        by=amina, machine="M290-1", build="build:F-1", lot="B1-U", recovered_mg=kg(26), residual_mg=kg(24)
    )
    released("C", kg(16))
    actions.load(by=amina, lot="C", machine="M290-1", mass_mg=kg(16))
    inside = queries.in_machine("machine:M290-1")
    assert inside.used_share.decimal == Decimal("0.6") and inside.age_max == 1
    assert inside.age_mean.decimal == Decimal("0.6") and inside.used_mass_mg == kg(24)
    actions.weigh_back(by=amina, machine="M290-1", build="build:F-2", lot="B2-U", recovered_mg=kg(40))
    parts = {lot: share.decimal for lot, share in queries.composition("B2-U").items()}
    assert parts == {"A": Decimal("0.36"), "B": Decimal("0.24"), "C": Decimal("0.4")}  # O16
    assert queries.lot("B2-U").age_max == 2 and queries.lot("B2-U").age_mean == Share.parse("1.6")
    assert queries.ledger_gaps() == {}


def test_recovered_powder_waits_for_the_sieve(
    ti64: Material, m290: Machine, released: Door, amina: Actor, refused: Refuses
) -> None:
    released("A", kg(10))
    actions.load(by=amina, lot="A", machine="M290-1", mass_mg=kg(10))
    used = actions.weigh_back(
        by=amina, machine="M290-1", build="build:F-1", lot="A-U1", fused_mg=kg(1), recovered_mg=kg(8)
    )
    assert (used.state, used.all_used, used.age_max) == ("to_sieve", True, 1)
    assert queries.in_machine("M290-1").mass_mg == kg(1)
    with refused("lot_not_released"):
        actions.load(by=amina, lot="A-U1", machine="M290-1", mass_mg=kg(1))
    with refused("mesh_too_wide", "more_out_than_in"):
        actions.sieve(by=amina, lot="A-U1", mesh_um=90, through_mg=kg(8), oversize_mg=1)
    actions.sieve(by=amina, lot="A-U1", mesh_um=63, through_mg=kg("7.9"), oversize_mg=kg("0.08"))
    assert queries.on_hand_mg("A-U1") == kg("7.9") and queries.lot("A-U1").state == "released"
    assert queries.ledger_gaps() == {}


def test_no_more_comes_out_of_a_machine_than_went_in(
    ti64: Material, m290: Machine, released: Door, amina: Actor, refused: Refuses
) -> None:
    with refused("machine_is_empty"):
        actions.weigh_back(by=amina, machine="M290-1", build="build:F-1", lot="U", recovered_mg=1)
    released("A", kg(10))
    actions.load(by=amina, lot="A", machine="M290-1", mass_mg=kg(10))
    with refused("more_out_than_in"):
        actions.weigh_back(by=amina, machine="M290-1", build="build:F-1", lot="U", recovered_mg=kg(10) + 1)


def test_the_launch_gate_names_the_virgin_powder_that_puts_it_right(
    ti64: Material, m290: Machine, released: Door, amina: Actor
) -> None:
    released("A", kg(20))
    actions.load(by=amina, lot="A", machine="M290-1", mass_mg=kg(10))
    actions.weigh_back(by=amina, machine="M290-1", build="build:F-1", lot="U", recovered_mg=kg(2))
    actions.load(by=amina, lot="A", machine="M290-1", mass_mg=kg(2))
    limits = Limits(material="ti64", used_share_ceiling=Decimal("0.5"), source="Gamme G-12 rev 3")
    [reason] = queries.launch_reasons("M290-1", limits, kg(10))
    assert reason.code == "used_share_above_ceiling" and reason.values["share"] == Decimal("0.8")
    assert reason.source == "Gamme G-12 rev 3" and reason.values["virgin_mg"] == kg(6)
    actions.load(by=amina, lot="A", machine="M290-1", mass_mg=kg(6))
    assert queries.launch_reasons("M290-1", limits, kg(10)) == []


def test_the_launch_gate_counts_the_powder(ti64: Material, m290: Machine) -> None:
    [reason] = queries.launch_reasons("M290-1", Limits(material="ti64"), kg(10))
    assert (reason.code, reason.values["missing_mg"]) == ("not_enough_powder", kg(10))


def test_an_empty_lot_is_exhausted_and_takes_no_second_pouring(
    ti64: Material, m290: Machine, released: Door, amina: Actor, refused: Refuses
) -> None:
    released("A", kg(1))
    actions.load(by=amina, lot="A", machine="M290-1", mass_mg=kg(1))
    assert queries.lot("A").state == "exhausted"
    with refused("lot_not_released", "more_than_container_holds"):
        actions.load(by=amina, lot="A", machine="M290-1", mass_mg=1)

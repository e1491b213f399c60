"""What happens to powder between the door and the machine: every gesture a movement, every gram found again."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from decimal import Decimal

import pytest

from strate.workshop.feedstock import actions, queries, registry, rules
from strate.workshop.feedstock.models import Contamination, Lot, Material, PassedOver, PowderMovement
from strate.workshop.feedstock.rules import Limits, Share
from strate.workshop.holds import queries as holds
from strate.workshop.journal import clock
from strate.workshop.journal import queries as journal
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import RuleBroken
from strate.workshop.machines import actions as hall
from strate.workshop.machines import queries as machines
from strate.workshop.machines.models import Machine
from strate.workshop.safety import actions as safety
from strate.workshop.safety import queries as sheets
from strate.workshop.site import actions as site
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


def test_what_would_raise_the_used_share_above_the_ceiling_is_not_poured(
    ti64: Material, m290: Machine, released: Door, amina: Actor, refused: Refuses
) -> None:
    released("V", kg(30))
    actions.load(by=amina, lot="V", machine="M290-1", mass_mg=kg(10))
    actions.weigh_back(
        by=amina, machine="M290-1", build="build:F-1", lot="U", recovered_mg=kg(6), residual_mg=kg(4)
    )
    actions.sieve(by=amina, lot="U", mesh_um=63, through_mg=kg(6), oversize_mg=0)
    limits = Limits(material="ti64", used_share_ceiling=D("0.5"), source="G-12 rev 3")
    with refused("used_share_above_ceiling"):
        actions.load(by=amina, lot="U", machine="M290-1", mass_mg=1, limits=limits)
    # Virgin powder on the old residual brings the mixture nearer to its ceiling: it is let through.
    actions.load(by=amina, lot="V", machine="M290-1", mass_mg=kg(3), limits=limits)
    actions.load(by=amina, lot="V", machine="M290-1", mass_mg=kg(7), limits=limits)
    actions.load(by=amina, lot="U", machine="M290-1", mass_mg=kg(6), limits=limits)
    inside = queries.in_machine("M290-1")
    assert inside.used_share.decimal == D("0.5") and queries.launch_reasons("M290-1", limits, kg(20)) == []


def test_a_limit_is_passed_over_only_where_its_rule_allows_by_whom_it_names_signed(
    ti64: Material,
    m290: Machine,
    released: Door,
    amina: Actor,
    chloe: Actor,
    elsa: Actor,
    signed: Callable[[Actor], Actor],
    refused: Refuses,
) -> None:
    released("A", kg(5))
    actions.load(by=amina, lot="A", machine="M290-1", mass_mg=kg(2))
    actions.weigh_back(by=amina, machine="M290-1", build="build:F-1", lot="U", recovered_mg=kg(2))
    actions.sieve(by=amina, lot="U", mesh_um=63, through_mg=kg(2), oversize_mg=0)
    old = Limits(material="ti64", age_max=0, source="G-12 rev 3")
    pour = {"lot": "U", "machine": "M290-1", "mass_mg": kg(1), "limits": old}
    with refused("age_above_limit"):
        actions.load(by=amina, **pour)
    with refused("not_allowed"):
        actions.load(by=signed(amina), override="pressé", **pour)
    with refused("age_above_limit"):  # its rule names quality, not the shift leader
        actions.load(by=signed(chloe), override="pressé", **pour)
    with refused("signature_needed"):
        actions.load(by=elsa, override="Analyse conforme", **pour)
    with refused("used_share_above_ceiling", "age_above_limit"):
        strict = Limits(material="ti64", age_max=0, used_share_ceiling=D("0.5"))
        actions.load(by=signed(elsa), override="Analyse conforme", **{**pour, "limits": strict})


def test_a_limit_passed_over_is_never_forgotten(
    ti64: Material, m290: Machine, released: Door, amina: Actor, elsa: Actor, signed: Callable[[Actor], Actor]
) -> None:
    released("A", kg(5))
    actions.load(by=amina, lot="A", machine="M290-1", mass_mg=kg(2))
    actions.weigh_back(by=amina, machine="M290-1", build="build:F-1", lot="U", recovered_mg=kg(2))
    actions.sieve(by=amina, lot="U", mesh_um=63, through_mg=kg(2), oversize_mg=0)
    old = Limits(material="ti64", age_max=0, source="G-12 rev 3")
    actions.load(
        by=signed(elsa), lot="U", machine="M290-1", mass_mg=kg(1), limits=old, override="Analyse conforme"
    )
    [row] = PassedOver.objects.all()
    assert (row.codes, row.reason, row.by) == (["age_above_limit"], "Analyse conforme", "p-elsa")
    told = journal.told(journal.last())
    assert told["data"]["override"] == ["age_above_limit"] and told["signature"]["signer"] == "p-elsa"


def test_powder_opened_too_long_ago_is_refused_and_a_clock_set_back_does_not_help(
    ti64: Material, m290: Machine, released: Door, amina: Actor, morning: object, refused: Refuses
) -> None:
    released("A", kg(5))
    actions.open_lot(by=amina, lot="A")
    limits = Limits(material="ti64", open_days=30, source="FDS § 7")
    late = clock.now() + timedelta(days=31)
    with clock.at(clock.now() + timedelta(days=30)):
        actions.load(by=amina, lot="A", machine="M290-1", mass_mg=kg(1), limits=limits)
    with clock.at(late), refused("open_too_long"):
        actions.load(by=amina, lot="A", machine="M290-1", mass_mg=kg(1), limits=limits)
    with clock.at(late):
        actions.sample(by=amina, lot="A", mass_mg=1)
    with refused(
        "open_too_long"
    ):  # the clock is back on the first morning; the lot was touched a month later
        actions.load(by=amina, lot="A", machine="M290-1", mass_mg=kg(1), limits=limits)


def test_the_container_is_scanned_where_the_site_wants_it(
    ti64: Material, m290: Machine, released: Door, amina: Actor, hugo: Actor, refused: Refuses
) -> None:
    released("A", kg(5), container="D-1")
    site.set_setting(by=hugo, key="powder_scan_container", value="1")
    with refused("container_not_scanned"):
        actions.load(by=amina, lot="A", machine="M290-1", mass_mg=kg(1))
    actions.load(by=amina, lot="A", machine="M290-1", mass_mg=kg(1), container="container:D-1")


def test_a_lot_never_descends_from_itself(ti64: Material, released: Door, amina: Actor) -> None:
    from strate.workshop.feedstock.actions.ledger import move
    from strate.workshop.journal.actions import act

    first, second = released("A", kg(1)), released("B", kg(1))
    with pytest.raises(RuleBroken, match="matter_goes_round"), act("feedstock.blended", by=amina) as done:
        move(
            done, second, source="container:B", target="container:A", mass_mg=1, kind="blended", becomes=first
        )
    assert queries.ledger_gaps() == {}


def test_a_drum_of_the_machine_is_named_in_the_need_of_its_job(m290: Machine) -> None:
    assert registry.need_of(m290.ref) is None and registry.job_of(m290.ref) == ""


def test_a_balance_that_lies_is_seen_by_the_audit(ti64: Material, released: Door, amina: Actor) -> None:
    from strate.workshop.feedstock.models import PowderPortion
    from strate.workshop.journal import guard

    released("A", kg(5), container="D-1")
    found = queries.audit()
    assert found.gaps == {} and found.stock_mg == kg(5) and found.balances == 1
    with guard.lifted():
        PowderPortion.objects.filter(lot__code="A").update(mass_mg=kg(4))
    assert queries.ledger_gaps() == {("container:D-1", "A"): (kg(4), kg(5))}

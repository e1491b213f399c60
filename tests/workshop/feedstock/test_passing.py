"""What may not be poured, what may be passed over and by whom, and that nobody forgets it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from decimal import Decimal

import pytest

from strate.workshop.feedstock import actions, queries, registry
from strate.workshop.feedstock.models import Lot, Material, PassedOver
from strate.workshop.feedstock.rules import Limits
from strate.workshop.journal import clock
from strate.workshop.journal import queries as journal
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import RuleBroken
from strate.workshop.machines.models import Machine
from strate.workshop.site import actions as site
from tests.workshop.feedstock.conftest import kg

Refuses = Callable[..., AbstractContextManager[None]]
Door = Callable[..., Lot]
D = Decimal


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
    assert registry.job_on(m290.ref) == registry.NO_JOB


def test_a_balance_that_lies_is_seen_by_the_audit(ti64: Material, released: Door, amina: Actor) -> None:
    from strate.workshop.feedstock.models import PowderPortion
    from strate.workshop.journal import guard

    released("A", kg(5), container="D-1")
    found = queries.audit()
    assert found.gaps == {} and found.stock_mg == kg(5) and found.balances == 1
    with guard.lifted():
        PowderPortion.objects.filter(lot__code="A").update(mass_mg=kg(4))
    assert queries.ledger_gaps() == {("container:D-1", "A"): (kg(4), kg(5))}

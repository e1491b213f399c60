"""Whatever people do in whatever order, every gram is found again and the balance agrees with the ledger."""

import random
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db.models import Sum

from strate.workshop.feedstock import actions, queries, rules
from strate.workshop.feedstock.models import Lot, Material, PowderMovement, PowderPortion
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Refused
from strate.workshop.machines.models import Machine
from tests.workshop.feedstock.conftest import kg


def test_the_ledger_knows_the_mass_balance_of_a_build(
    ti64: Material, m290: Machine, released: Callable[..., Lot], amina: Actor
) -> None:
    """O22 again, through the scale: what was weighed is what the ledger says."""
    released("A", kg("35.080"))
    actions.load(by=amina, lot="A", machine="M290-1", mass_mg=kg("35.080"))
    actions.weigh_back(
        by=amina,
        machine="M290-1",
        build="build:F-1",
        lot="A-U",
        fused_mg=kg("4.295"),
        recovered_mg=kg("29.620"),
        oversize_mg=kg("0.352"),
        waste_mg=kg("0.410"),
        sample_mg=kg("0.100"),
        residual_mg=0,
    )
    balance = rules.mass_balance(queries.weighed_of("build:F-1"), family="metal")
    assert balance.unexplained_mg == kg("0.303") and round(balance.yield_share * 100, 2) == Decimal("96.68")
    assert queries.in_machine("M290-1").mass_mg == 0 and queries.ledger_gaps() == {}


@pytest.mark.parametrize("seed", range(5))
def test_no_gram_is_lost_in_any_sequence_of_gestures(
    seed: int, ti64: Material, m290: Machine, released: Callable[..., Lot], amina: Actor
) -> None:
    chance = random.Random(seed)
    for n in range(3):
        released(f"L{n}", kg(chance.randint(1, 30)))
    for step in range(40):
        _some_gesture(chance, amina, step)
    assert queries.ledger_gaps() == {}
    received = _total(kind="received")
    outside = PowderMovement.objects.filter(becomes__isnull=True).exclude(target__startswith="container:")
    gone = outside.exclude(target__startswith="machine:").aggregate(m=Sum("mass_mg"))["m"] or 0
    held = PowderPortion.objects.aggregate(m=Sum("mass_mg"))["m"]
    assert received == held + gone
    for lot in Lot.objects.all():
        made_of = queries.composition(lot.code)
        assert sum(share.units for share in made_of.values()) == rules.ONE
        assert lot.age_mean.decimal <= lot.age_max


def _some_gesture(chance: random.Random, amina: Actor, step: int) -> None:
    """One gesture at random; a refused one changes nothing."""
    inside = queries.in_machine("M290-1").mass_mg
    lot = chance.choice(list(Lot.objects.values_list("code", flat=True)))
    on_hand = queries.on_hand_mg(lot)
    try:
        if chance.random() < 0.5:
            actions.load(by=amina, lot=lot, machine="M290-1", mass_mg=chance.randint(1, kg(10)))
        elif chance.random() < 0.5:
            out = [chance.randint(0, inside // 3) for _ in range(2)]
            values = {"recovered_mg": out[0], "fused_mg": out[1]}
            actions.weigh_back(by=amina, machine="M290-1", build=f"build:F{step}", lot=f"U{step}", **values)
        else:
            through = chance.randint(0, on_hand)
            actions.sieve(by=amina, lot=lot, mesh_um=63, through_mg=through, oversize_mg=0)
    except Refused:
        return


def _total(**where: str) -> int:
    found: int = PowderMovement.objects.filter(**where).aggregate(m=Sum("mass_mg"))["m"] or 0
    return found

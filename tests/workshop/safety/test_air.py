"""What the air holds: the oracles of the handbook, and the limits in force on the day of the sampling."""

from datetime import date
from decimal import ROUND_CEILING, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strate.workshop.journal.actor import Actor
from strate.workshop.notices import queries as notices
from strate.workshop.safety import actions, rules

from ..conftest import refused, signed

SAMPLED = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("cns", "cq", "cc", "index"),
    [("1.5", "0.04", "0.01", "0.9"), ("1.5", "0.06", "0.01", "1.1"), ("0.5", "0.09", "0", "1.0")],
)
def test_o29_the_silica_index(cns: str, cq: str, cc: str, index: str) -> None:
    found = rules.silica_index(
        inhalable=Decimal(cns),
        quartz=Decimal(cq),
        cristobalite=Decimal(cc),
        tridymite=Decimal(0),
        limits=rules.SILICA_IN_FORCE,
    )
    assert found == Decimal(index)


@pytest.mark.parametrize(
    ("percent", "codes"),
    [("39.9", []), ("40", ["H311"]), ("44", ["H311", "H301"]), ("50", ["H311", "H301", "H331"])],
)
def test_o30_the_label_of_a_furan_binder(percent: str, codes: list[str]) -> None:
    assert rules.furan_hazards(Decimal(percent)) == codes


@pytest.mark.parametrize(
    ("kst", "st_class"),
    [("168", "St1"), ("116.6", "St1"), ("112.2", "St1"), ("97.1", "St1"), ("200", "St1"), ("200.1", "St2"),
     ("300", "St2"), ("300.1", "St3"), ("0", "St0")],
)  # fmt: skip
def test_o37_the_class_of_a_dust(kst: str, st_class: str) -> None:
    assert rules.dust_class(Decimal(kst)) == st_class


def test_o38_the_oxygen_left_in_a_room() -> None:
    room = {"room_m3": Decimal(60), "gas_m3": Decimal(3)}
    assert round(rules.room_oxygen(**room), 2) == Decimal("19.86")
    assert round(rules.room_oxygen_mixed(**room), 2) == Decimal("19.88")
    simple, mixed = rules.gas_to_reach(Decimal(19), room_m3=Decimal(60))
    # The smallest hundredth of a cubic metre that brings the room there.
    up = [each.quantize(Decimal("0.01"), ROUND_CEILING) for each in (simple, mixed)]
    assert up == [Decimal("5.46"), Decimal("5.72")]


@settings(max_examples=50)
@given(st.decimals(1, 1000, places=1), st.decimals(0, 1000, places=1))
def test_more_gas_never_leaves_more_oxygen(room: Decimal, gas: Decimal) -> None:
    less = rules.room_oxygen(room_m3=room, gas_m3=gas + 1)
    assert 0 <= less <= rules.room_oxygen(room_m3=room, gas_m3=gas) <= Decimal("20.9")


@pytest.mark.django_db
def test_an_index_of_exactly_one_is_within_limits_and_above_it_hse_is_told(gaelle: Actor) -> None:
    at_limit = actions.record_silica(
        by=gaelle, measured_on=SAMPLED, inhalable=Decimal("0.5"), quartz=Decimal("0.09")
    )
    assert (at_limit.result, at_limit.verdict) == ("1", "conform")
    above = actions.record_silica(
        by=gaelle, measured_on=SAMPLED, inhalable=Decimal("0.5"), quartz=Decimal("0.091")
    )
    assert above.verdict == "not_conform"
    other = Actor("p-other-hse", frozenset({"hse"}))
    assert "exposure_too_high" in [n.code for n in notices.unread(other)]


@pytest.mark.django_db
def test_new_limits_count_from_their_day_on_and_the_past_keeps_its_own(gaelle: Actor) -> None:
    halved = {"quartz": Decimal("0.05"), "cristobalite": Decimal("0.05"), "tridymite": Decimal("0.05")}
    decided = {"valid_from": date(2026, 11, 1), "inhalable": Decimal(4), "source": "Texte de novembre 2026"}
    with refused("signature_needed"):
        actions.decide_divisors(by=gaelle, **halved, **decided)
    actions.decide_divisors(by=signed(gaelle), **halved, **decided)
    sampling = {"by": gaelle, "inhalable": Decimal(0), "quartz": Decimal("0.06")}
    assert actions.record_silica(measured_on=date(2026, 10, 31), **sampling).verdict == "conform"
    after = actions.record_silica(measured_on=SAMPLED, **sampling)
    assert (after.verdict, after.source) == ("not_conform", "Texte de novembre 2026")
    with refused("limits_already_decided"):
        actions.decide_divisors(by=signed(gaelle), **halved, **decided)


@pytest.mark.django_db
def test_an_operator_reads_the_air_but_does_not_record_it(amina: Actor) -> None:
    with refused("not_allowed"):
        actions.record_dust_class(by=amina, measured_on=SAMPLED, kst_bar_m_s=Decimal(168), about="ti64")

"""The time of a build is learnt from the past of its machine, with its error; what cannot be known is not guessed."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strate.kernels.geometry.shop.numbers import Material, numbers_for_shop, outline_mm
from strate.kernels.geometry.shop.pace import (
    PaceRefused,
    PastBuild,
    Work,
    foretell,
    learn,
    never_negative,
)

WORKS = [Work(2000, 200_000, 3e5), Work(1000, 200_000, 2e5), Work(500, 20_000, 4e4), Work(3000, 90_000, 7e5)]


def made(work: Work, recoat_s: float = 11.0, rate: float = 5.1, wobble: float = 0.0) -> PastBuild:
    return PastBuild(work, (work.layers * recoat_s + work.volume_mm3 / rate) * (1 + wobble))


def test_a_machine_whose_builds_follow_its_recoater_and_its_melting_rate_is_read_back_exactly() -> None:
    pace = learn([made(work) for work in WORKS])
    assert (pace.layer_s, 1 / pace.mm3_s) == (pytest.approx(11, rel=1e-6), pytest.approx(5.1, rel=1e-6))
    assert pace.error_share < 1e-6 and pace.builds == 4
    told = foretell(pace, Work(2000, 200_000, 0))
    assert told.seconds == Decimal(61216) and (told.seconds / 3600).quantize(Decimal("0.001")) == Decimal(
        "17.004"
    )
    assert not told.beyond and told.error_s == 0


def test_the_error_told_is_that_of_builds_foretold_without_having_been_seen() -> None:
    wobbles = [0.05, -0.05, 0.05, -0.05]
    pace = learn([made(work, wobble=w) for work, w in zip(WORKS, wobbles, strict=True)])
    told = foretell(pace, WORKS[0])
    assert 0.03 < pace.error_share < 0.3
    assert told.error_s == pytest.approx(told.seconds * Decimal(str(round(pace.error_share, 4))), abs=1)


@pytest.mark.parametrize(
    ("past", "code"),
    [
        ([], "no_build_yet"),
        ([made(WORKS[0])], "too_few_builds"),
        ([made(WORKS[0]), made(WORKS[1])], "too_few_builds"),
        ([made(WORKS[0])] * 6, "builds_too_alike"),
        ([PastBuild(Work(1000 * n, 50_000.0 * n, 0), 9000.0 * n) for n in (1, 2, 3)], "builds_too_alike"),
    ],
)
def test_what_the_past_cannot_tell_is_refused(past: list[PastBuild], code: str) -> None:
    with pytest.raises(PaceRefused) as refused:
        learn(past)
    assert refused.value.code == code


def test_builds_that_layers_and_volume_do_not_explain_are_refused() -> None:
    seconds = [100.0, 90_000.0, 200.0, 70_000.0]
    with pytest.raises(PaceRefused) as refused:
        learn([PastBuild(work, s) for work, s in zip(WORKS, seconds, strict=True)])
    assert refused.value.code == "pace_unexplained"


def test_a_build_twice_as_large_as_any_before_is_told_to_be_beyond() -> None:
    pace = learn([made(work) for work in WORKS])
    assert foretell(pace, Work(6001, 100_000, 0)).beyond


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(st.tuples(*[st.floats(0.01, 10)] * 3), min_size=3, max_size=8),
    rates=st.tuples(*[st.floats(0, 5)] * 3),
)
def test_no_coefficient_is_negative_and_none_fits_better(
    rows: list[tuple[float, ...]], rates: tuple[float, ...]
) -> None:
    table = np.array(rows)
    best = never_negative(table)
    assert (best >= 0).all()
    assert np.square(table @ best - 1).sum() <= np.square(table @ np.array(rates) - 1).sum() + 1e-9


def test_the_numbers_for_the_shop_are_those_of_the_worked_example() -> None:
    material = Material(Decimal("7.97"), Decimal("4.0"), Decimal("1.3"))
    numbers = numbers_for_shop(
        height_um=100_000,
        layer_um=40,
        volume_mm3=500_000.0,
        sides_mm2=40_000.0,
        bed_mm=(250, 250),
        material=material,
    )
    assert (numbers.work.layers, numbers.last_layer_height_um) == (2500, 40)
    assert numbers.mass_mg == 3_985_000 and numbers.powder.spread_mg == 26_985_000
    assert numbers.powder.to_load_mg == 35_080_500 and numbers.time is None
    assert numbers.work.outline_mm == pytest.approx(outline_mm(40_000, 40)) == pytest.approx(1e6)

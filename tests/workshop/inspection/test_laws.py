"""The laws of inspection: limits are in, general tolerances, a density weighed in water."""

from decimal import Decimal
from typing import Any

import pytest

from strate.workshop.inspection import rules

D = Decimal


@pytest.mark.parametrize(
    ("nominal", "plus"),
    [("120", "0.3"), ("120.001", "0.5"), ("30", "0.2"), ("30.001", "0.3"), ("0.5", "0.1"), ("4000", "2")],
)
def test_the_general_tolerance_includes_the_end_of_its_range(nominal: str, plus: str) -> None:
    assert rules.general_tolerance_mm(D(nominal), "m") == D(plus)


@pytest.mark.parametrize(
    ("nominal", "fineness"), [("0.499", "m"), ("4000.1", "c"), ("2000.1", "f"), ("2.9", "v"), ("10", "z")]
)
def test_where_the_table_says_nothing_no_tolerance_is_made_up(nominal: str, fineness: str) -> None:
    assert rules.general_tolerance_mm(D(nominal), fineness) is None


def test_a_piece_weighed_in_water_gives_its_density() -> None:
    density = rules.archimedes_density(air_mg=10_000, fluid_mg=8_748, fluid_g_cm3=D("0.9982"))
    assert density == D("7.973") and (density / D("7.99")).quantize(D("0.0001")) == D("0.9979")


def test_a_piece_is_not_heavier_in_water(refused: Any) -> None:
    for fluid in (10_000, 10_001):
        with refused("heavier_in_the_fluid"):
            rules.archimedes_density(air_mg=10_000, fluid_mg=fluid, fluid_g_cm3=D(1))


def test_limits_are_included() -> None:
    control = rules.control_of({"name": "L", "nominal": "60", "lower": "59.7", "upper": "60.3"})
    told = {v: rules.within(D(v), control) for v in ("59.69999", "59.7", "60.3", "60.30001")}
    assert list(told.values()) == [False, True, True, False]


def test_a_control_without_limits_takes_the_general_tolerance() -> None:
    control = rules.control_of({"name": "L", "nominal": "120", "general_tolerance": "m"})
    assert (control.lower, control.upper, control.source) == (D("119.7"), D("120.3"), "ISO 2768-1 m")

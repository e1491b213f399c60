"""Powder and time are reckoned as published, to the milligram and to the second."""

from __future__ import annotations

from decimal import Decimal

import pytest

from strate.kernels.geometry.refusal import PowderRefused
from strate.kernels.geometry.saying.words import say_refusal
from strate.kernels.geometry.shop.powder import (
    exact_volume_mm3,
    mass_packing,
    mass_to_prepare_mg,
    powder_need,
    shown_kg,
    volume_packing,
)
from strate.kernels.geometry.shop.time import MachinePace, build_time

O21 = {
    "bed_x_mm": 250, "bed_y_mm": 250, "height_mm": 100, "part_volume_mm3": 500_000,
    "solid_density_g_cm3": Decimal("7.97"), "bulk_density_g_cm3": Decimal("4.0"), "dosing": Decimal("1.3"),
}  # fmt: skip


def test_the_published_metal_bed_is_found_again() -> None:
    need = powder_need(**O21)
    assert (need.spread_mg, need.to_load_mg, need.overflow_mg) == (26_985_000, 35_080_500, 8_095_500)
    shown = [str(shown_kg(mass)) for mass in (need.spread_mg, need.to_load_mg, need.overflow_mg)]
    assert shown == ["26.985", "35.081", "8.096"]


def test_the_sums_can_be_checked_by_hand() -> None:
    lines = {line.what: line for line in powder_need(**O21).lines}
    assert lines["spread_mass"].sum == "(6250 - 500) × 4.0 + 500 × 7.97"
    assert lines["spread_mass"].value == Decimal("26.985")
    assert lines["mass_to_load"].sum == "26.985000 × 1.3"


def test_what_the_sieve_keeps_is_prepared_too() -> None:
    assert shown_kg(mass_to_prepare_mg(6_600_000, recovery=Decimal("0.99"))).quantize(
        Decimal("0.01")
    ) == Decimal("6.67")
    assert mass_to_prepare_mg(6_600_000, recovery=Decimal("0.88")) == 7_500_000
    need = powder_need(**O21, recovery=Decimal("0.9"), margin=Decimal("0.05"))
    assert need.to_load_mg == 36_834_525 and need.to_prepare_mg == 40_927_250
    assert need.lines[-1].what == "mass_to_prepare"


def test_o17_a_fifth_of_the_mass_is_less_than_a_tenth_of_the_volume() -> None:
    densities = {"solid_density_g_cm3": Decimal("1.01"), "bulk_density_g_cm3": Decimal("0.425")}
    assert round(volume_packing(melted_share=Decimal("0.2"), **densities) * 100, 3) == Decimal("9.518")
    assert round(mass_packing(part_share=Decimal("0.1"), **densities) * 100, 3) == Decimal("20.889")


def test_o18_a_full_polymer_box_weighs_as_the_maker_says() -> None:
    box, share = 380 * 284 * 380, Decimal("0.1")
    need = powder_need(
        bed_x_mm=380, bed_y_mm=284, height_mm=380, part_volume_mm3=box * share,
        solid_density_g_cm3=Decimal("1.01"), bulk_density_g_cm3=Decimal("0.425"),
    )  # fmt: skip
    assert round(need.spread_mg / 1e6, 2) == 19.83 and round(need.part_mg / 1e6, 2) == 4.14
    packing = mass_packing(
        part_share=share, solid_density_g_cm3=Decimal("1.01"), bulk_density_g_cm3=Decimal("0.425")
    )
    assert round(packing, 5) == Decimal("0.20889")


def test_a_mass_is_never_short_by_a_fraction_of_a_milligram() -> None:
    need = powder_need(
        bed_x_mm=1, bed_y_mm=1, height_mm=1, part_volume_mm3=0,
        solid_density_g_cm3=1, bulk_density_g_cm3=Decimal("0.1"),
    )  # fmt: skip
    assert need.spread_mg == 1
    assert exact_volume_mm3(0.1 + 0.2) == Decimal("0.300")


@pytest.mark.parametrize(
    ("figures", "code"),
    [
        ({"part_volume_mm3": 7_000_000}, "part_larger_than_bed"),
        ({"part_volume_mm3": -1}, "figure_not_positive"),
        ({"bulk_density_g_cm3": 0}, "figure_not_positive"),
        ({"height_mm": Decimal("NaN")}, "figure_not_positive"),
        ({"dosing": Decimal("0.9")}, "dosing_below_one"),
        ({"recovery": Decimal("1.1")}, "recovery_not_a_share"),
        ({"margin": Decimal("-0.1")}, "figure_not_positive"),
    ],
)
def test_figures_that_make_no_powder_are_refused(figures: dict[str, Decimal], code: str) -> None:
    with pytest.raises(PowderRefused) as caught:
        powder_need(**(O21 | figures))
    assert caught.value.code == code and say_refusal(caught.value, "fr") and say_refusal(caught.value, "en")


@pytest.mark.parametrize(("layers", "rate", "hours"), [(2000, "5.1", "17.004"), (1000, "10.5", "8.347")])
def test_the_published_build_times_are_found_again(layers: int, rate: str, hours: str) -> None:
    pace = MachinePace(recoat_s=Decimal(11), melt_mm3_per_s=Decimal(rate))
    time = build_time(layers=layers, volume_mm3=200_000, pace=pace)
    assert time.hours == Decimal(hours) and time.recoat_s == layers * 11


def test_inerting_and_cooling_come_on_top() -> None:
    pace = MachinePace(Decimal(11), Decimal(5), before_s=Decimal(3600), after_s=Decimal(7200))
    time = build_time(layers=10, volume_mm3=100, pace=pace)
    assert time.total_s == 3600 + 110 + 20 + 7200 and time.layers_s == 130

"""The powder a build needs: spread, to load, overflow, with the sums as a person would write them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal, localcontext

from strate.kernels.geometry.refusal import PowderRefused

# 1 g/cm³ is 1 mg/mm³: volumes in mm³ times densities in g/cm³ are milligrams, exactly.
Number = Decimal | int


@dataclass(frozen=True)
class Line:
    """One line of a sum: what it is (a code worded in words.py), how it was reckoned, what it gives."""

    what: str
    sum: str
    value: Decimal
    unit: str


@dataclass(frozen=True)
class PowderNeed:
    """Masses in whole milligrams; what is needed is rounded up, what is left over is the difference."""

    part_mg: int
    spread_mg: int
    to_load_mg: int
    overflow_mg: int
    to_prepare_mg: int
    lines: tuple[Line, ...]


def exact_volume_mm3(volume_mm3: float) -> Decimal:
    """A measured volume as a decimal, to the thousandth of a mm³: from here on nothing is a float."""
    return Decimal(repr(float(volume_mm3))).quantize(Decimal("0.001"), ROUND_HALF_UP)


def powder_need(
    *,
    bed_x_mm: Number,
    bed_y_mm: Number,
    height_mm: Number,
    part_volume_mm3: Number,
    solid_density_g_cm3: Number,
    bulk_density_g_cm3: Number,
    dosing: Number = 1,
    margin: Number = 0,
    recovery: Number = 1,
) -> PowderNeed:
    """Powder for one build: bed filled to the height of the part, dosing factor, margin, recovery.

    spread = (bed - part) × bulk density + part × solid density; to load = spread × dosing × (1 + margin);
    to prepare = to load ÷ recovery (share of the powder brought that reaches the machine).
    """
    bed, part = Decimal(bed_x_mm) * Decimal(bed_y_mm) * Decimal(height_mm), Decimal(part_volume_mm3)
    solid, bulk = Decimal(solid_density_g_cm3), Decimal(bulk_density_g_cm3)
    dose, more, back = Decimal(dosing), Decimal(margin), Decimal(recovery)
    _check(bed=bed, part=part, solid=solid, bulk=bulk, dose=dose, more=more, back=back)
    melted = _up(part * solid)
    spread = _up((bed - part) * bulk + part * solid)
    load = _up(((bed - part) * bulk + part * solid) * dose * (1 + more))
    prepare = mass_to_prepare_mg(load, recovery=back)
    by_hand = f"({_cm3(bed)} - {_cm3(part)}) × {bulk} + {_cm3(part)} × {solid}"
    lines = [
        Line("bed_volume", f"{bed_x_mm} × {bed_y_mm} × {height_mm}", bed / 1000, "cm3"),
        Line("part_mass", f"{_cm3(part)} × {solid}", _kg(melted), "kg"),
        Line("spread_mass", by_hand, _kg(spread), "kg"),
        Line(
            "mass_to_load", f"{_kg(spread)} × {dose}" + (f" × (1 + {more})" if more else ""), _kg(load), "kg"
        ),
        Line("overflow_mass", f"{_kg(load)} - {_kg(spread)}", _kg(load - spread), "kg"),
    ]
    if back != 1:
        lines.append(Line("mass_to_prepare", f"{_kg(load)} ÷ {back}", _kg(prepare), "kg"))
    return PowderNeed(melted, spread, load, load - spread, prepare, tuple(lines))


def mass_to_prepare_mg(net_mg: int, *, recovery: Number) -> int:
    """Powder to bring so that `net` arrives when only a share gets through: net ÷ efficiency, rounded up."""
    _check_share(Decimal(recovery))
    with localcontext(prec=50):
        return _up(Decimal(net_mg) / Decimal(recovery))


def mass_packing(
    *, part_share: Decimal, solid_density_g_cm3: Decimal, bulk_density_g_cm3: Decimal
) -> Decimal:
    """Share of the mass of a full bed that is melted, from the share of its volume."""
    melted = part_share * solid_density_g_cm3
    return melted / (melted + (1 - part_share) * bulk_density_g_cm3)


def volume_packing(
    *, melted_share: Decimal, solid_density_g_cm3: Decimal, bulk_density_g_cm3: Decimal
) -> Decimal:
    """Share of the volume of a full bed that the parts fill, from the share of its mass that is melted."""
    loose = melted_share * bulk_density_g_cm3
    return loose / (loose + (1 - melted_share) * solid_density_g_cm3)


def shown_kg(mass_mg: int) -> Decimal:
    """A mass in kilograms to the gram, halves up, as the oracles and the scales write it."""
    return (Decimal(mass_mg) / 1_000_000).quantize(Decimal("0.001"), ROUND_HALF_UP)


def _up(mass_mg: Decimal) -> int:
    return int(mass_mg.to_integral_value(ROUND_CEILING))


def _kg(mass_mg: int) -> Decimal:
    return Decimal(mass_mg).scaleb(-6)


def _cm3(volume_mm3: Decimal) -> Decimal:
    short = (volume_mm3 / 1000).quantize(Decimal("0.000001"), ROUND_FLOOR).normalize()
    return short.quantize(Decimal(1)) if short == short.to_integral_value() else short


def _check(**values: Decimal) -> None:
    for name, value in values.items():
        if not value.is_finite() or value < 0 or (value == 0 and name not in ("more", "part")):
            raise PowderRefused("figure_not_positive", figure=name, value=str(value))
    if values["part"] > values["bed"]:
        raise PowderRefused("part_larger_than_bed", part_mm3=str(values["part"]), bed_mm3=str(values["bed"]))
    if values["dose"] < 1:
        raise PowderRefused("dosing_below_one", dosing=str(values["dose"]))
    _check_share(values["back"])


def _check_share(recovery: Decimal) -> None:
    if not 0 < recovery <= 1:
        raise PowderRefused("recovery_not_a_share", recovery=str(recovery))

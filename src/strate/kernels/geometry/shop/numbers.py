"""The numbers of a part or of a plate for the shop: layers, mass, powder to prepare, time."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from strate.kernels.geometry.cutting.layers import layer_count
from strate.kernels.geometry.shop.pace import Foretold, LearntPace, Work, foretell
from strate.kernels.geometry.shop.powder import Number, PowderNeed, exact_volume_mm3, powder_need


@dataclass(frozen=True)
class Material:
    """What the shop knows of a powder: density once melted, density as spread, dosing, margin, recovery."""

    solid_density_g_cm3: Number
    bulk_density_g_cm3: Number
    dosing: Number = 1
    margin: Number = 0
    recovery: Number = 1


@dataclass(frozen=True)
class ShopNumbers:
    """What a build of these parts asks for; `time` is None when the machine's past does not tell."""

    work: Work
    last_layer_height_um: int
    volume_mm3: Decimal
    mass_mg: int
    powder: PowderNeed
    time: Foretold | None


def outline_mm(sides_mm2: float, layer_um: int) -> float:
    """The length of all outlines together, from the skin seen from the side."""
    return sides_mm2 * 1000 / layer_um


def numbers_for_shop(
    *,
    height_um: int,
    layer_um: int,
    volume_mm3: float,
    sides_mm2: float,
    bed_mm: tuple[Number, Number],
    material: Material,
    pace: LearntPace | None = None,
) -> ShopNumbers:
    """Layers, mass and powder exactly, in whole milligrams; time by the pace learnt, or none."""
    layers = layer_count(height_um / 1000, layer_um)
    volume = exact_volume_mm3(volume_mm3)
    powder = powder_need(
        bed_x_mm=bed_mm[0],
        bed_y_mm=bed_mm[1],
        height_mm=Decimal(height_um) / 1000,
        part_volume_mm3=volume,
        solid_density_g_cm3=material.solid_density_g_cm3,
        bulk_density_g_cm3=material.bulk_density_g_cm3,
        dosing=material.dosing,
        margin=material.margin,
        recovery=material.recovery,
    )
    work = Work(layers, float(volume), outline_mm(sides_mm2, layer_um))
    mass = int((volume * Decimal(material.solid_density_g_cm3)).to_integral_value(ROUND_CEILING))
    last = (height_um - 1) % layer_um + 1 if height_um else 0
    return ShopNumbers(work, last, volume, mass, powder, foretell(pace, work) if pace else None)

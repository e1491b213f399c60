"""A scan brought into the frame and the unit of its nominal; what was changed to get there is said."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.compare.nearest import Skin
from strate.kernels.geometry.compare.poses import angle_deg, moved
from strate.kernels.geometry.compare.registration import Progress, Registration, register
from strate.kernels.geometry.compare.sampling import Moments, core_of, moments_of_points, some_of

Floats = NDArray[np.float64]

# How many mm one unit of the scan is, if its numbers are not mm.
UNITS: dict[str, float] = {
    "mm": 1.0, "inch": 25.4, "cm": 10.0, "m": 1000.0, "µm": 0.001, "foot": 304.8, "mm read as inch": 1 / 25.4,
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Placed:
    """The points of a scan, in place and in mm."""

    points: Floats
    unit: str
    registration: Registration | None
    """None: the scan was taken as it lies."""


def place(skin: Skin, nominal: Moments, points: Floats, as_placed: bool, tell: Progress) -> Placed:
    if as_placed:
        return Placed(points, "mm", None)
    unit = likely_unit(nominal, points)
    if unit != "mm" and not _fits_better(skin, nominal, points, unit, tell):
        unit = "mm"
    scaled = points * UNITS[unit]
    found = register(skin, nominal, scaled, tell)
    return Placed(moved(scaled, found.pose), unit, found)


def likely_unit(nominal: Moments, points: Floats) -> str:
    """The unit that makes the cloud about as large as the part; a piece of a part is smaller."""
    ratio = nominal.size_mm / max(moments_of_points(core_of(points)).size_mm, 1e-300)
    return min(UNITS, key=lambda name: abs(float(np.log(ratio / UNITS[name]))))


def _fits_better(skin: Skin, nominal: Moments, points: Floats, unit: str, tell: Progress) -> bool:
    """A small piece of a part may only look like another unit: it is tried both ways."""
    few = some_of(points, 4000)
    own = max(moments_of_points(core_of(few)).size_mm, 1e-300)
    as_is = register(skin, nominal, few, tell).rms_mm / own
    turned = register(skin, nominal, few * UNITS[unit], tell).rms_mm / (own * UNITS[unit])
    return turned < as_is / 3


def other_ways(registration: Registration | None) -> list[float]:
    """By how many degrees the other poses, as good as the one taken, are turned from it."""
    if registration is None:
        return []
    back = registration.pose[:3, :3].T
    return [round(angle_deg(pose[:3, :3] @ back), 3) for pose in registration.others]

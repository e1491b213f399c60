"""Layers whose area is suddenly another than that of the layer before: a risk for the recoater and for the heat."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.cutting.areas import LayerAreas
from strate.kernels.geometry.deep.thresholds import Thresholds
from strate.kernels.geometry.refusal import Finding


def area_jumps(
    areas: LayerAreas, middle: tuple[float, float], limits: Thresholds
) -> tuple[int, list[Finding]]:
    """The largest jumps, in the order of the layers; a jump is reckoned as a share of the larger of the two areas."""
    area: NDArray[np.float64] = areas.areas_mm2
    if len(area) < 2 or not float(area.max()) > 0:
        return 0, []
    change = np.diff(area)
    larger = np.maximum(np.abs(area[1:]), np.abs(area[:-1]))
    share = np.abs(change) / np.where(larger > 0, larger, 1.0)
    jumps = np.flatnonzero(
        (share > limits.jump_share) & (np.abs(change) > limits.jump_area_share * float(area.max()))
    )
    largest = np.sort(jumps[np.argsort(-np.abs(change[jumps]), kind="stable")[: limits.kept]])
    step = areas.layer_um / 1000
    found = []
    for index in largest.tolist():
        values = {
            "layer": index + 2,
            "before_mm2": round(float(area[index]), 3),
            "after_mm2": round(float(area[index + 1]), 3),
            "share_percent": round(100 * float(share[index]), 1),
        }
        place = (middle[0], middle[1], areas.bottom_mm + (index + 1) * step)
        if change[index] > 0:
            found.append(Finding("area_grows", "warn", values, place))
        else:
            found.append(Finding("area_shrinks", "info", values, place))
    return len(jumps), found

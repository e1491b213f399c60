"""Answers for a layer file what the slicer answers for a mesh: areas and outlines of its own layers."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.judging.judge_layers import thickness_mm
from strate.kernels.geometry.judging.layer_measures import areas_mm2
from strate.kernels.geometry.readers import FileLayer, LayerReading
from strate.kernels.geometry.refusal import FileRefused


def areas_of_file(reading: LayerReading) -> dict[str, Any]:
    """The area of every layer as the file draws it, at the file's own thickness."""
    areas = areas_mm2(reading.layers)
    thick = thickness_mm(reading.layers)
    return {
        "layer_um": usual_um(reading),
        "layers": len(areas),
        "bottom_mm": round(reading.layers[0].top_mm - float(thick[0]), 6),
        "top_mm": reading.layers[-1].top_mm,
        "volume_mm3": float((areas * np.maximum(thick, 0)).sum()),
        "areas_mm2": areas.round(6).tolist(),
    }


def usual_um(reading: LayerReading) -> int:
    return max(1, round(float(np.median(thickness_mm(reading.layers))) * 1000))


def cuts_of_file(reading: LayerReading, layer_um: int | None, wanted: list[int] | None) -> dict[str, Any]:
    """Outlines of the wanted layers; at another thickness than the file's, the layer that lies at that height."""
    own = usual_um(reading)
    asked_um = layer_um or own
    if asked_um == own:
        layers = len(reading.layers)
        chosen = {number: number - 1 for number in wanted or range(1, layers + 1)}
    else:
        tops = np.array([layer.top_mm for layer in reading.layers])
        bottom = float(tops[0] - thickness_mm(reading.layers)[0])
        layers = max(1, -(-round(float(tops.max() - bottom) * 1000) // asked_um))
        chosen = {
            number: _layer_at(tops, bottom + (number - 0.5) * asked_um / 1000)
            for number in wanted or range(1, layers + 1)
        }
    if outside := [number for number in chosen if not 1 <= number <= layers]:
        raise FileRefused("layer_out_of_part", layer=outside[0], layers=layers)
    cuts = [_plain(number, reading.layers[place]) for number, place in chosen.items()]
    return {"layer_um": asked_um, "layers": layers, "cuts": cuts}


def _layer_at(tops: NDArray[np.float64], height_mm: float) -> int:
    """The layer of the file that lies at a height; the last one where a thinner end leaves nothing above."""
    return min(int(np.searchsorted(tops, height_mm)), len(tops) - 1)


def _plain(number: int, layer: FileLayer) -> dict[str, Any]:
    """A layer as plain numbers: each line a flat list x, y, x, y… in whole micrometres."""
    hatches = layer.hatches if layer.hatches is not None else np.empty((0, 4))
    return {
        "layer": number,
        "z_mm": layer.top_mm,
        "area_mm2": round(float(areas_mm2((layer,))[0]), 6),
        "contours_um": [_flat(line) for line in layer.contours],
        "open_um": [_flat(line) for line in layer.open_lines],
        "hatches_um": _flat(hatches),
    }


def _flat(line: NDArray[np.float64]) -> list[int]:
    flat: list[int] = (line * 1000).round().astype(np.int64).reshape(-1).tolist()
    return flat

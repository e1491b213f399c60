"""Judges a file that is already cut into layers: thickness, area and lines of each, power, speed and time."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.judging.fits import larger_than, room_of
from strate.kernels.geometry.judging.layer_measures import measured
from strate.kernels.geometry.judging.layer_verdict import LayerVerdict
from strate.kernels.geometry.judging.units import said_unit_findings
from strate.kernels.geometry.readers import FileLayer, LayerReading
from strate.kernels.geometry.readers.layering import box_of_lines
from strate.kernels.geometry.readers.outlines import HOLE, OUTER, roles, turns_left
from strate.kernels.geometry.refusal import FileRefused, Finding, Point, Severity
from strate.kernels.geometry.skin.boxes import Box

Numbers = NDArray[np.float64]
_MOST_BEAMS = 24
_NESTED_AT_MOST = 400


def judge_layers(
    data: bytes,
    reading: LayerReading,
    machine_volume_mm: Point | None = None,
    margins_mm: Point = (0.0, 0.0, 0.0),
    layer_um: int | None = None,
) -> LayerVerdict:
    """The verdict on the layers that were read from these bytes."""
    layers = reading.layers
    edges = box_of_lines(layers)
    if edges is None:
        raise FileRefused("nothing_drawn", layers=len(layers))
    heights, drawing = _heights(layers), _drawing(layers)
    box = Box((edges[0][0], edges[0][1], heights["bottom_mm"]), edges[1])
    fits, too_big = _fits(box, machine_volume_mm, margins_mm)
    told = [*heights.pop("findings"), *drawing.pop("findings"), *_asked(layers, layer_um), *too_big]
    told += said_unit_findings(box.size)
    return LayerVerdict(
        sha256=hashlib.sha256(data).hexdigest(),
        size_bytes=len(data),
        format=reading.format,
        names=tuple(name[:80] for name in reading.names[:20]),
        unit=reading.unit or "mm",
        unit_said_by_file=reading.unit is not None,
        layers=len(layers),
        box=box,
        machine_volume_mm=machine_volume_mm,
        fits=fits,
        metadata=reading.metadata,
        findings=(*reading.findings, *told),
        **heights,
        **drawing,
    )


def _heights(layers: tuple[FileLayer, ...]) -> dict[str, Any]:
    """All that the verdict says of the heights of the layers, by the names it has there."""
    steps = _steps_um(layers)
    same = len(steps) > 0 and float(steps.max() - steps.min()) < 1.0
    bottom = layers[0].top_mm - (0.0 if _is_zero_layer(layers) else float(thickness_mm(layers)[0]))
    drawn = [k for k, layer in enumerate(layers) if _draws(layer)]
    return {
        "drawn_layers": len(drawn),
        "layer_um": _usual_um(layers) if same else None,
        "least_um": round(float(steps.min()), 3) if len(steps) else None,
        "most_um": round(float(steps.max()), 3) if len(steps) else None,
        "bottom_mm": round(bottom, 6),
        "top_mm": layers[-1].top_mm,
        "height_um": max(0, round((max(layer.top_mm for layer in layers) - bottom) * 1000)),
        "findings": [*_rising(layers), *_even(steps, same, layers), *_gaps(layers, drawn)],
    }


def _drawing(layers: tuple[FileLayer, ...]) -> dict[str, Any]:
    """All that the verdict says of what is drawn, by the names it has there."""
    drawn, doubt = measured(layers), _overlaps(layers)
    areas, beams = drawn.areas_mm2, drawn.most_used()
    bare = not any(layer.contours for layer in layers)
    open_in = [(layers[k], int(drawn.open_counts[k])) for k in np.flatnonzero(drawn.open_counts)]
    open_lines = sum(count for _, count in open_in)
    timed = all(beam.speed_mm_s for beam in beams)
    told = _lines(layers, open_in, bare)
    if doubt is not None:
        told.append(Finding("contours_overlap", "warn", {"layer": doubt + 1}, _place(layers[doubt])))
    if not timed and any(beam.speed_mm_s for beam in beams):
        told.append(Finding("speed_unknown", "info"))
    return {
        "contours": sum(len(layer.contours) for layer in layers),
        "open_lines": open_lines,
        "hatches": sum(0 if layer.hatches is None else len(layer.hatches) for layer in layers),
        "contour_mm": round(drawn.contour_mm, 6),
        "open_mm": round(drawn.open_mm, 6),
        "hatch_mm": round(drawn.hatch_mm, 6),
        "jump_mm": round(drawn.jump_mm, 6),
        "volume_mm3": float((areas * np.maximum(thickness_mm(layers), 0)).sum()),
        "volume_sure": doubt is None and not bare and not open_lines,
        "largest_mm2": float(areas.max()),
        "largest_layer": int(areas.argmax()) + 1,
        "beams": tuple(beams[:_MOST_BEAMS]),
        "exposure_s": sum(b.length_mm / b.speed_mm_s for b in beams if b.speed_mm_s) if timed else None,
        "findings": told,
    }


def _usual_um(layers: tuple[FileLayer, ...]) -> int | None:
    steps = _steps_um(layers)
    return round(float(np.median(steps))) if len(steps) else None


def _asked(layers: tuple[FileLayer, ...], layer_um: int | None) -> list[Finding]:
    """A file cut at another thickness than the machine will spread is not the part."""
    usual = _usual_um(layers)
    if not layer_um or not usual or usual == layer_um or usual < 0:
        return []
    return [Finding("layer_um_differs", "warn", {"layer_um": usual, "asked_um": layer_um})]


def _draws(layer: FileLayer) -> bool:
    return bool(layer.contours or layer.open_lines or (layer.hatches is not None and len(layer.hatches)))


def _is_zero_layer(layers: tuple[FileLayer, ...]) -> bool:
    """A first layer that draws nothing only says where the part begins."""
    return len(layers) > 1 and not _draws(layers[0])


def _steps_um(layers: tuple[FileLayer, ...]) -> Numbers:
    return np.asarray(np.diff([layer.top_mm for layer in layers]) * 1000)


def thickness_mm(layers: tuple[FileLayer, ...]) -> Numbers:
    """How thick each layer is, in mm; the first one as the second, for the file does not say."""
    steps = np.diff([layer.top_mm for layer in layers])
    first = float(steps[0]) if len(steps) else layers[0].top_mm
    return np.append(first, steps)


def _rising(layers: tuple[FileLayer, ...]) -> list[Finding]:
    for k in range(1, len(layers)):
        if not layers[k].top_mm > layers[k - 1].top_mm:
            return [Finding("layers_not_rising", "refuse", {"layer": k + 1}, _place(layers[k]))]
    return []


def _even(steps: Numbers, same: bool, layers: tuple[FileLayer, ...]) -> list[Finding]:
    """Layers of several thicknesses; a jump of a whole number of layers is a layer that is missing."""
    if same or not len(steps) or float(steps.min()) <= 0:
        return []
    usual = float(np.median(steps))
    wide = np.flatnonzero(steps > 1.5 * usual)
    if len(wide) and len(wide) < len(steps) / 4:
        k = int(wide[0])
        values = {"layer": k + 1, "next": k + 2, "jump_um": round(float(steps[k]), 3)}
        return [Finding("layer_missing", "warn", values, _place(layers[k + 1]))]
    least, most = round(float(steps.min()), 3), round(float(steps.max()), 3)
    return [
        Finding("uneven_layers", "warn", {"least_um": least, "most_um": most, "usual_um": round(usual, 3)})
    ]


def _gaps(layers: tuple[FileLayer, ...], drawn: list[int]) -> list[Finding]:
    empty = [k for k in range(drawn[0], drawn[-1]) if not _draws(layers[k])]
    if not empty:
        return []
    values = {"count": len(empty), "layer": empty[0] + 1}
    return [Finding("empty_layers", "warn", values, (0.0, 0.0, layers[empty[0]].top_mm))]


def _lines(
    layers: tuple[FileLayer, ...], open_in: list[tuple[FileLayer, int]], only_hatches: bool
) -> list[Finding]:
    found = []
    if open_in:
        count = sum(count for _, count in open_in)
        severity: Severity = "warn" if only_hatches else "info"
        found.append(Finding("open_lines_drawn", severity, {"count": count}, _place(open_in[0][0])))
    if only_hatches and any(layer.hatches is not None for layer in layers):
        found.append(Finding("only_hatches", "warn"))
    return found


def _place(layer: FileLayer) -> Point:
    for line in (*layer.contours, *layer.open_lines):
        if len(line):
            return float(line[0][0]), float(line[0][1]), layer.top_mm
    if layer.hatches is not None and len(layer.hatches):
        return float(layer.hatches[0][0]), float(layer.hatches[0][1]), layer.top_mm
    return 0.0, 0.0, layer.top_mm


def _overlaps(layers: tuple[FileLayer, ...]) -> int | None:
    """The first of some layers where an outer contour lies inside another one's matter: counted twice."""
    for k in range(0, len(layers), max(1, len(layers) // 50)):
        if 1 < len(layers[k].contours) <= _NESTED_AT_MOST and _counted_twice(layers[k]):
            return k
    return None


def _counted_twice(layer: FileLayer) -> bool:
    """Matter begins where no contour holds the point, and ends where one does: anything else counts twice."""
    rings = list(layer.contours)
    drawn = [OUTER if turns_left(ring) else HOLE for ring in rings]
    return roles(rings, "winding") != drawn


def _fits(box: Box, machine: Point | None, margins: Point) -> tuple[bool | None, list[Finding]]:
    """A layer file says where it will be built: only its size is compared, for machines count from a corner."""
    if machine is None:
        return None, []
    return (False, [too_big]) if (too_big := larger_than(room_of(machine, margins), box.size)) else (True, [])

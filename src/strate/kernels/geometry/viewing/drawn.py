"""The layers of a part as they are drawn: cut from a mesh, or as a layer file gives them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.cutting.polygons import area
from strate.kernels.geometry.cutting.slicing import LayerCut, Slicer
from strate.kernels.geometry.readers import FileLayer
from strate.kernels.geometry.skin.mesh import Mesh
from strate.kernels.geometry.viewing.layer_stream import (
    HATCHES,
    HOLE,
    OPEN,
    OUTER,
    DrawnLayer,
    LayerIndex,
    Line,
    Points,
)

# A block is what is fetched at once: large enough to slide through, small enough to come at once.
POINTS_PER_BLOCK = 60_000
LARGEST_BLOCK = 64


def per_block(points: float, layers: int) -> int:
    """A power of two of layers that holds about the wanted number of points."""
    wanted = POINTS_PER_BLOCK * max(layers, 1) / max(points, 1.0)
    return int(2 ** int(np.clip(np.floor(np.log2(max(wanted, 1.0))), 0, np.log2(LARGEST_BLOCK))))


def index_of_mesh(slicer: Slicer, mesh: Mesh) -> LayerIndex:
    areas, step = slicer.areas(), slicer.layer_um / 1000
    heights = mesh.vertices[mesh.faces, 2]
    crossings = float((heights.max(axis=1) - heights.min(axis=1)).sum() / step)
    return LayerIndex(
        slicer.layer_um,
        per_block(crossings, slicer.layers),
        _box(mesh.low[:2], mesh.high[:2]),
        _um(slicer.bottom_mm),
        np.array([_top_um(slicer, layer) for layer in range(1, slicer.layers + 1)], np.int64),
        np.asarray(areas.areas_mm2, np.float64),
    )


def layers_of_mesh(slicer: Slicer, first: int, last: int) -> list[DrawnLayer]:
    cuts = slicer.cuts(first, last)
    return [_of_cut(slicer, cuts.layer(layer)) for layer in range(first, last + 1)]


def _of_cut(slicer: Slicer, cut: LayerCut) -> DrawnLayer:
    lines = [closed_line(contour) for contour in cut.contours]
    lines += [Line(OPEN, _points(line)) for line in cut.open_lines]
    return DrawnLayer(_top_um(slicer, cut.layer), cut.area_mm2, tuple(x for x in lines if len(x.points) > 1))


def _top_um(slicer: Slicer, layer: int) -> int:
    """The upper surface of a layer; the last one may be thinner than the others."""
    return min(_um(slicer.bottom_mm) + layer * slicer.layer_um, _um(slicer.top_mm))


def index_of_file(layers: Sequence[FileLayer]) -> LayerIndex:
    tops = np.array([_um(layer.top_mm) for layer in layers], np.int64)
    thick = [b - a for a, b in pairwise(tops.tolist()) if b > a]
    usual = int(np.median(thick)) if thick else 0
    drawn = [lines.points for layer in layers for lines in _lines_of(layer)]
    points = np.concatenate(drawn) if drawn else np.zeros((1, 2), np.int64)
    low, high = points.min(axis=0), points.max(axis=0)
    return LayerIndex(
        usual,
        per_block(float(len(points)), len(layers)),
        (int(low[0]), int(low[1]), int(high[0]), int(high[1])),
        int(tops[0]) - usual if len(tops) else 0,
        tops,
        np.array([_area_of(layer) for layer in layers], np.float64),
        of_file=True,
    )


def layers_of_file(layers: Sequence[FileLayer], first: int, last: int) -> list[DrawnLayer]:
    some = layers[first - 1 : last]
    return [DrawnLayer(_um(layer.top_mm), _area_of(layer), tuple(_lines_of(layer))) for layer in some]


def _lines_of(layer: FileLayer) -> list[Line]:
    lines = [closed_line(contour) for contour in layer.contours]
    lines += [Line(OPEN, _points(line)) for line in layer.open_lines]
    if layer.hatches is not None and len(layer.hatches):
        lines.append(Line(HATCHES, _points(layer.hatches)))
    return [line for line in lines if len(line.points) > 1]


def _area_of(layer: FileLayer) -> float:
    """What the outlines enclose; strokes alone enclose nothing that could be told."""
    if not layer.contours and (layer.open_lines or layer.hatches is not None):
        return float("nan")
    return float(sum(area(contour) for contour in layer.contours))


def closed_line(contour: NDArray[np.float64]) -> Line:
    """An outline or a hole, by the way it turns, without the points that change nothing."""
    return Line(OUTER if area(contour) >= 0 else HOLE, without_idle_points(_points(contour)))


def without_idle_points(line: Points) -> Points:
    """The same closed line, without repeated points and those straight on the way to the next."""
    line = line[(line != np.roll(line, 1, axis=0)).any(axis=1)]
    before, after = line - np.roll(line, 1, axis=0), np.roll(line, -1, axis=0) - line
    ahead = (before * after).sum(axis=1) > 0
    kept: Points = line[~(ahead & (before[:, 0] * after[:, 1] == before[:, 1] * after[:, 0]))]
    return kept


def _points(line: NDArray[np.float64]) -> Points:
    return np.rint(line.reshape(-1, 2) * 1000).astype(np.int64)


def _um(mm: Any) -> int:
    return round(float(mm) * 1000)


def _box(low: NDArray[np.float64], high: NDArray[np.float64]) -> tuple[int, int, int, int]:
    return _um(low[0]), _um(low[1]), _um(high[0]), _um(high[1])

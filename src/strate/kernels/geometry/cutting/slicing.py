"""Cuts a part into layers: the area melted by each, and the outlines of one layer or of many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.cutting.areas import LayerAreas, Planes, mesh_areas
from strate.kernels.geometry.cutting.polygons import Outline, line_areas, union_area_mm2
from strate.kernels.geometry.cutting.upright import Upright
from strate.kernels.geometry.native import FLOAT64, INT32, INT64, array, function
from strate.kernels.geometry.refusal import FileRefused
from strate.kernels.geometry.skin.mesh import Mesh
from strate.kernels.geometry.skin.topology import Edges

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_I4, _I8, _F8, _BYTE = array(np.int32), array(np.int64), array(np.float64), array(np.uint8)
_FIRST = function("strate_first_planes", None, _F8, INT64, _F8, INT64, FLOAT64, FLOAT64, _I4)
_SPANS = function("strate_spans", None, _I4, INT64, _I4, INT64, _I4, _I8, _I8)
_LIST = function("strate_list", None, _I4, INT64, INT32, INT32, _I8, _I4)
_CUT = function(
    "strate_cut", INT64, _F8, _I4, _I4, _I8, _I8, _F8, INT64, INT32, _F8, INT64, _I8, _BYTE, INT64, _I8
)  # fmt: skip

MAX_POINTS = 1 << 28
BLOCK_POINTS = 1 << 20


@dataclass(frozen=True, eq=False)
class LayerCut:
    """One layer at its middle height: closed outlines (holes turn clockwise), and lines that do not close."""

    layer: int
    z_mm: float
    contours: tuple[Outline, ...]
    open_lines: tuple[Outline, ...]

    @property
    def area_mm2(self) -> float:
        """What the outlines enclose; where shells overlap it counts twice (see `union_area_mm2`)."""
        return sum(float(line_areas(line, np.array([0, len(line)]))[0]) for line in self.contours)

    @property
    def union_area_mm2(self) -> float:
        """What the outlines enclose, overlapping shells counted once."""
        points = np.concatenate([*self.contours, np.empty((0, 2))])
        offsets = np.cumsum([0, *map(len, self.contours)])
        return union_area_mm2(points, offsets, np.ones(len(self.contours), np.bool_))


@dataclass(frozen=True, eq=False)
class Cuts:
    """The lines of consecutive layers, flat: what a viewer streams and a raster fills.

    Line n is `points[offsets[n]:offsets[n + 1]]` (x, y in mm, float64), without its first point repeated;
    it is an outline where `closed[n]`. Layer `first + i` has the lines from `layer_lines[i]` up to
    `layer_lines[i + 1]`, open ones first. Outer outlines turn counter-clockwise, holes clockwise.
    """

    first: int
    z_mm: Floats
    points: Floats
    offsets: Ints
    closed: NDArray[np.bool_]
    layer_lines: Ints

    @property
    def layers(self) -> int:
        return len(self.z_mm)

    def line(self, number: int) -> Outline:
        return self.points[self.offsets[number] : self.offsets[number + 1]]

    def flat(self, layer: int) -> tuple[Floats, Ints, NDArray[np.bool_]]:
        """Points, offsets and closedness of the lines of one layer, as they lie here."""
        at = layer - self.first
        low, high = int(self.layer_lines[at]), int(self.layer_lines[at + 1])
        return self.points, self.offsets[low : high + 1], self.closed[low:high]

    def layer(self, layer: int) -> LayerCut:
        """One of the layers, line by line; layers are numbered from 1."""
        at = layer - self.first
        numbers = range(int(self.layer_lines[at]), int(self.layer_lines[at + 1]))
        closed = tuple(self.line(n) for n in numbers if self.closed[n])
        open_lines = tuple(self.line(n) for n in numbers if not self.closed[n])
        return LayerCut(layer, float(self.z_mm[at]), closed, open_lines)

    def areas_mm2(self) -> Floats:
        """What the closed outlines of each layer enclose."""
        areas = np.where(self.closed, line_areas(self.points, self.offsets), 0.0)
        sums = np.concatenate([[0.0], np.cumsum(areas)])
        return np.asarray(sums[self.layer_lines[1:]] - sums[self.layer_lines[:-1]])

    def union_areas_mm2(self) -> Floats:
        """The same with overlapping shells counted once."""
        return np.array([union_area_mm2(*self.flat(self.first + at)) for at in range(self.layers)])


class Slicer:
    """A mesh made ready to be cut at one layer thickness; layers are numbered from 1, at the plate.

    Give it the `edges` if they are known already, or `upright` if the mesh was laid out before (for another
    thickness). It may be used by several threads.
    """

    def __init__(
        self, mesh: Mesh, layer_um: int, edges: Edges | None = None, upright: Upright | None = None
    ) -> None:
        self.planes = Planes.between(float(mesh.low[2]), float(mesh.high[2]), layer_um)
        self.layer_um = layer_um
        self.layers = self.planes.count
        self.bottom_mm, self.top_mm = self.planes.bottom_mm, self.planes.top_mm
        self._mesh, self._edges = mesh, edges
        if upright is not None:
            self.upright = upright

    def height_of(self, layer: int) -> float:
        """The middle height of a layer."""
        return float(self.planes.heights_mm[layer - 1])

    def areas(self) -> LayerAreas:
        """The area of every layer, exactly as its outlines would give it."""
        return mesh_areas(self._mesh, self.planes)

    def cut(self, layer: int) -> LayerCut:
        """The outlines of one layer."""
        return self.cuts(layer, layer).layer(layer)

    def cuts(self, first: int, last: int) -> Cuts:
        """The lines of the layers from `first` to `last`, both included."""
        for layer in (first, last):
            if not 1 <= layer <= self.layers:
                raise FileRefused("layer_out_of_part", layer=layer, layers=self.layers)
        low, high = first - 1, max(last, first - 1)
        spans, crossings, starts = self._spans
        ends, begun = np.cumsum(crossings[low:high]), starts[low:high].copy()
        cut, opened = int(ends[-1]) if len(ends) else 0, int(begun.sum())
        if cut + opened > MAX_POINTS:
            raise FileRefused("layers_too_rich", points=cut + opened, limit=MAX_POINTS)
        listed = np.empty(cut, np.int32)
        cursor = np.concatenate([[0], ends[:-1]]).astype(np.int64)
        _LIST(spans, len(spans), low, high, cursor, listed)
        return self._follow(first, listed, ends, begun, cut + opened, cut // 2 + opened)

    def blocks(self, points: int = BLOCK_POINTS) -> Iterator[Cuts]:
        """All layers, some at a time, so that each block holds about so many points."""
        _, crossings, starts = self._spans
        upto = np.cumsum(crossings + starts)
        first = 1
        while first <= self.layers:
            before = int(upto[first - 2]) if first > 1 else 0
            last = int(np.searchsorted(upto, before + points, side="right"))
            last = min(max(last, first), self.layers)
            yield self.cuts(first, last)
            first = last + 1

    def _follow(
        self, first: int, listed: NDArray[np.int32], ends: Ints, starts: Ints, points: int, lines: int
    ) -> Cuts:
        count = len(ends)
        out, offsets = np.empty((points, 2)), np.empty(lines + 1, np.int64)
        closed, layer_lines = np.empty(lines, np.uint8), np.zeros(count + 1, np.int64)
        heights = self.planes.heights_mm[first - 1 : first - 1 + count]
        upright = self.upright
        with upright.lock:
            found = _CUT(
                upright.corners, upright.triangles, listed, ends, starts, heights, count,
                upright.stamps(count), out, points, offsets, closed, lines, layer_lines,
            )  # fmt: skip
        if found < 0:
            raise RuntimeError("the outlines are longer than counted")
        kept, sure = offsets[: found + 1].copy(), closed[:found].copy().view(np.bool_)
        return Cuts(first, heights, out, kept, sure, layer_lines)

    @cached_property
    def upright(self) -> Upright:
        """The mesh as it is walked; the same for every thickness."""
        return Upright.of(self._mesh, self._edges)

    @cached_property
    def _spans(self) -> tuple[NDArray[np.int32], Ints, Ints]:
        """For each triangle the layers that cut it; for each layer its cuts, and how many lines start openly."""
        corners, triangles = self.upright.corners, self.upright.triangles
        first = np.empty(len(corners), np.int32)
        _FIRST(corners, len(first), self.planes.heights_mm, self.layers, *self.planes.scale, first)
        spans = np.empty((len(triangles), 2), np.int32)
        cuts, starts = np.zeros(self.layers + 1, np.int64), np.zeros(self.layers + 1, np.int64)
        _SPANS(triangles, len(spans), first, self.layers, spans, cuts, starts)
        return spans, cuts[:-1], starts[:-1]

"""Cuts a part into layers: the area melted by each, and the outlines of one layer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.chaining import chain
from strate.kernels.geometry.layers import layer_count
from strate.kernels.geometry.mesh import Faces, Mesh
from strate.kernels.geometry.polygons import Outline, area
from strate.kernels.geometry.refusal import FileRefused

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# A triangle cut by few layers is cut one by one; a taller one adds its quadratic to running sums.
_FEW = 16
_BLOCK = 200_000


@dataclass(frozen=True, eq=False)
class LayerAreas:
    """The area of each layer at its middle height, in mm²; the volume they add up to is a second opinion."""

    layer_um: int
    bottom_mm: float
    top_mm: float
    areas_mm2: Floats

    @property
    def layers(self) -> int:
        return len(self.areas_mm2)

    @property
    def volume_mm3(self) -> float:
        if not self.layers:
            return 0.0
        full = self.layer_um / 1000
        last = self.top_mm - self.bottom_mm - full * (self.layers - 1)
        return float(self.areas_mm2[:-1].sum() * full + self.areas_mm2[-1] * last)


@dataclass(frozen=True, eq=False)
class LayerCut:
    """One layer at its middle height: closed outlines (holes turn clockwise), and lines that do not close."""

    layer: int
    z_mm: float
    contours: tuple[Outline, ...]
    open_lines: tuple[Outline, ...]

    @property
    def area_mm2(self) -> float:
        return sum(area(outline) for outline in self.contours)


class Slicer:
    """A mesh made ready to be cut at one layer thickness; layers are numbered from 1, at the plate."""

    def __init__(self, mesh: Mesh, layer_um: int) -> None:
        low, high = mesh.low, mesh.high
        self.layer_um = layer_um
        self.layers = layer_count(float(high[2] - low[2]), layer_um)
        self.bottom_mm = float(low[2])
        self._step = layer_um / 1000
        self._middle = (low[:2] + high[:2]) / 2
        self._mesh = mesh
        self.top_mm = float(high[2])
        self._planes = _planes(self.bottom_mm, self.top_mm, self._step, self.layers)
        self._first = _first_plane_above(mesh.vertices[:, 2], self._planes, self.bottom_mm, self._step)
        self._faces, self._parity = _sorted_by_height(mesh.faces, self._first)
        self._begin = self._first[self._faces[:, 0]]
        self._end = self._first[self._faces[:, 2]]

    def height_of(self, layer: int) -> float:
        """The middle height of a layer."""
        return float(self._planes[layer - 1])

    def areas(self) -> LayerAreas:
        """The area of every layer, exactly as its outlines would give it."""
        total = np.zeros(self.layers)
        top = np.flatnonzero((self._end == self.layers) & (self._begin < self.layers))
        self._add(total, top, np.full(len(top), self.layers - 1))  # the last layer may be thinner: by itself
        crossed = np.minimum(self._end, self.layers - 1) - self._begin
        few = np.flatnonzero((crossed > 0) & (crossed <= _FEW))
        for start in range(0, len(few), _BLOCK // _FEW):
            some = few[start : start + _BLOCK // _FEW]
            owner = np.repeat(some, crossed[some])
            within = np.arange(len(owner)) - np.repeat(
                np.cumsum(crossed[some]) - crossed[some], crossed[some]
            )
            self._add(total, owner, self._begin[owner] + within)
        tall = np.flatnonzero(crossed > _FEW)
        if len(tall):
            self._add_tall(total, tall)
        return LayerAreas(self.layer_um, self.bottom_mm, self.top_mm, total)

    def cut(self, layer: int) -> LayerCut:
        """The outlines of one layer."""
        if not 1 <= layer <= self.layers:
            raise FileRefused("layer_out_of_part", layer=layer, layers=self.layers)
        index = layer - 1
        faces = np.flatnonzero((self._begin <= index) & (index < self._end))
        at = np.full(len(faces), index)
        a, b, c = self._faces[faces].T
        upper = self._first[b] <= index
        short = np.where(upper, b, a), np.where(upper, c, b)
        ends = self._point(a, c, at), self._point(*short, at)
        keys = _edge_key(a, c), _edge_key(*short)
        turned = self._parity[faces] < 0
        starts = np.where(turned[:, None], ends[1], ends[0])
        closed, open_ = chain(starts, np.where(turned, keys[1], keys[0]), np.where(turned, keys[0], keys[1]))
        middle = self._middle
        return LayerCut(
            layer, self.height_of(layer), tuple(p + middle for p in closed), tuple(p + middle for p in open_)
        )

    def _point(self, low: NDArray[np.int32], high: NDArray[np.int32], index: Ints) -> Floats:
        """Where an edge meets a layer; always reckoned from its lower corner, so that neighbours agree."""
        p, q = self._mesh.vertices.take(low, axis=0), self._mesh.vertices.take(high, axis=0)
        z = self._planes[index]
        share = np.clip((z - p[:, 2]) / (q[:, 2] - p[:, 2]), 0.0, 1.0)
        cut = np.empty((len(z), 2))
        for side in range(2):
            np.subtract(q[:, side], p[:, side], out=cut[:, side])
            cut[:, side] *= share
            cut[:, side] += p[:, side] - self._middle[side]
        return cut

    def _swept(self, faces: Ints, index: Ints) -> Floats:
        """Twice the area swept, seen from the middle of the box, by the cut of each triangle at a layer."""
        a, b, c = self._faces[faces].T
        upper = self._first[b] <= index
        long = self._point(a, c, index)
        short = self._point(np.where(upper, b, a), np.where(upper, c, b), index)
        cross = long[:, 0] * short[:, 1] - long[:, 1] * short[:, 0]
        return np.asarray(cross * self._parity[faces])

    def _add(self, total: Floats, faces: Ints, index: Ints) -> None:
        total += np.bincount(index, self._swept(faces, index), len(total)) / 2

    def _add_tall(self, total: Floats, faces: Ints) -> None:
        """Between two corners the area swept by a triangle is a quadratic of the height: three values do."""
        low, high = self._begin[faces], np.minimum(self._end[faces], len(total) - 1)
        middle = np.minimum(self._first[self._faces[faces, 1]], high)
        sums = np.zeros((3, len(total) + 1))
        centre = len(total) / 2
        for begin, end in ((low, middle), (middle, high)):
            span = end - begin
            brief = span <= _FEW
            for offset in range(_FEW):
                some = brief & (span > offset)
                self._add(total, faces[some], begin[some] + offset)
            self._add_quadratics(sums, faces[~brief], begin[~brief], end[~brief], centre)
        x = np.arange(len(total)) - centre
        c0, c1, c2 = np.cumsum(sums[:, :-1], axis=1)
        total += (c0 + x * (c1 + x * c2)) / 2

    def _add_quadratics(self, sums: Floats, faces: Ints, begin: Ints, end: Ints, centre: float) -> None:
        """Add each quadratic where it begins and take it away where it ends."""
        half = (end - 1 - begin) // 2
        f0, f1, f2 = (self._swept(faces, begin + step * half) for step in range(3))
        h = half.astype(np.float64)
        q2 = (f2 - 2 * f1 + f0) / (2 * h * h)
        q1 = (f1 - f0) / h - q2 * h  # in t = index - begin
        shift = centre - begin  # t = x + shift
        size = sums.shape[1]
        for row, term in zip(sums, (f0 + shift * (q1 + shift * q2), q1 + 2 * q2 * shift, q2), strict=True):
            row += np.bincount(begin, term, size) - np.bincount(end, term, size)


def _planes(bottom: float, top: float, step: float, layers: int) -> Floats:
    """The middle height of every layer; the last one may be thinner than the others."""
    planes: Floats = bottom + (np.arange(layers, dtype=np.float64) + 0.5) * step
    if layers:
        planes[-1] = (bottom + (layers - 1) * step + top) / 2
    return planes


def _first_plane_above(heights: Floats, planes: Floats, bottom: float, step: float) -> Ints:
    """The first layer cut at or above each corner.

    A corner on a plane counts as below it, for every triangle alike: no cut meets a corner or a flat face.
    """
    first = np.ceil((heights - bottom) / step - 0.5).clip(0, max(len(planes) - 1, 0)).astype(np.int64)
    if len(planes):
        first[heights > planes[-1]] = len(planes)
    return first


def _sorted_by_height(faces: Faces, first: Ints) -> tuple[Faces, NDArray[np.int8]]:
    """Corners of each triangle from low to high, and whether this turned it over (-1)."""
    order = np.argsort(first[faces], axis=1, kind="stable")
    shift = (order[:, 1] - order[:, 0]) % 3
    return np.take_along_axis(faces, order, axis=1), np.where(shift == 1, 1, -1).astype(np.int8)


def _edge_key(low: NDArray[np.int32], high: NDArray[np.int32]) -> Ints:
    return np.asarray((low.astype(np.int64) << 32) | high)

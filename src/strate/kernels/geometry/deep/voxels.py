"""The part as small cubes, by the sum of its turns around each centre: overlapping shells count once."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry import native
from strate.kernels.geometry.skin.mesh import Mesh

Cells = NDArray[np.uint8]
_FLOATS, _NUMBERS, _INT = native.array(np.float64), native.array(np.int32), native.INT64
_TURNS, _CELLS, _LONGS = native.array(np.int16), native.array(np.uint8), native.array(np.int64)
_crossings = native.function("strate_skin_crossings", None, _FLOATS, _NUMBERS, _INT, _INT, _INT, _INT, _TURNS)
_matter = native.function("strate_matter", None, _TURNS, _INT, _INT, _CELLS)
_runs = native.function("strate_void_runs", _INT, _CELLS, _INT, _INT)
_join = native.function(
    "strate_void_join", None, _CELLS, _INT, _INT, _INT, _LONGS, _NUMBERS, _NUMBERS, _NUMBERS
)
SMALLEST_MM = 0.02


def covered(
    mesh: Mesh, corner: NDArray[np.float64], size_mm: float, across: int, deep: int
) -> NDArray[np.bool_]:
    """Which squares of a plan have matter above or below their middle; rows from the front to the back."""
    flat = np.zeros((len(mesh.vertices), 3))
    flat[:, :2] = (mesh.vertices[:, :2] - corner) / size_mm
    faces = np.ascontiguousarray(mesh.faces, dtype=np.int32)
    if not native.indices_within(faces, len(flat)):
        raise ValueError("a triangle names a corner that does not exist")
    a, b, c = (flat[faces[:, corner_]] for corner_ in range(3))
    up = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0]) > 0
    faces[up] = faces[up][:, ::-1]  # all look down, and count the same way
    turns = np.zeros((deep, across, 2), dtype=np.int16)
    _crossings(flat, np.ascontiguousarray(faces), len(faces), across, deep, 2, turns)
    return np.asarray(turns[:, :, 0] != 0)


@dataclass(frozen=True, eq=False)
class Grid:
    """Cubes of one size over the box of a part, one row of void on every side; y, then x, then z."""

    size_mm: float
    low: NDArray[np.float64]
    cells: Cells

    @classmethod
    def of(cls, mesh: Mesh, most: int) -> Grid:
        """As fine as `most` cubes allow, and no finer than a fiftieth of a millimetre."""
        low, high = mesh.low, mesh.high
        x, y, z = (max(float(side), 1e-9) for side in high - low)
        size = max((x * y * z / most) ** (1 / 3), SMALLEST_MM, max(x, y, z) / 4000)
        while (counts := [ceil(side / size) + 2 for side in (x, y, z)]) and np.prod(
            counts, dtype=float
        ) > most:
            size *= 1.02
        across, deep, height = counts
        low = (low + high) / 2 - np.array([across, deep, height]) * (size / 2)
        placed = np.ascontiguousarray((mesh.vertices - low) / size)
        faces = np.ascontiguousarray(mesh.faces, dtype=np.int32)
        if not native.indices_within(faces, len(placed)):
            raise ValueError("a triangle names a corner that does not exist")
        turns = np.zeros((deep, across, height + 1), dtype=np.int16)
        _crossings(placed, faces, len(faces), across, deep, height + 1, turns)
        cells = np.empty((deep, across, height), dtype=np.uint8)
        _matter(turns, deep * across, height + 1, cells)
        return cls(size, low, cells)

    @property
    def cube_mm3(self) -> float:
        return self.size_mm**3

    def centre(self, row: float, column: float, level: float) -> tuple[float, float, float]:
        """The middle of a cube, in mm."""
        x, y, z = (self.low + (np.array([column, row, level]) + 0.5) * self.size_mm).tolist()
        return x, y, z

    def voids(self, cells: Cells | None = None) -> Runs:
        """The void of the grid (or of other cells of its shape) as upright runs, those that touch joined."""
        cells = np.ascontiguousarray(self.cells if cells is None else cells)
        deep, across, height = cells.shape
        count = _runs(cells, deep * across, height)
        first = np.empty(deep * across + 1, dtype=np.int64)
        begin, end, root = (np.empty(count, dtype=np.int32) for _ in range(3))
        _join(cells, across, deep, height, first, begin, end, root)
        column = np.repeat(np.arange(deep * across), np.diff(first))
        return Runs(column // across, column % across, begin, end, root, first)

    def swollen(self, by: int) -> Cells:
        """The matter grown by some cubes on every side: passages narrower than twice that are closed."""
        grown: NDArray[np.bool_] = self.cells > 0
        for axis in range(3):
            wide = grown.copy()
            for shift in range(1, by + 1):
                ahead = [slice(None)] * 3
                behind = [slice(None)] * 3
                ahead[axis], behind[axis] = slice(shift, None), slice(None, -shift)
                wide[tuple(ahead)] |= grown[tuple(behind)]
                wide[tuple(behind)] |= grown[tuple(ahead)]
            grown = wide
        return grown.astype(np.uint8)


@dataclass(frozen=True, eq=False)
class Runs:
    """Upright runs of void: where, from which level to which, and the first run of the void they belong to."""

    row: NDArray[np.int64]
    column: NDArray[np.int64]
    begin: NDArray[np.int32]
    end: NDArray[np.int32]
    root: NDArray[np.int32]
    first: NDArray[np.int64]

    def at(self, row: int, column: int, level: int, across: int) -> int:
        """The void that holds a cube (-1: matter)."""
        here = slice(self.first[row * across + column], self.first[row * across + column + 1])
        held = np.flatnonzero((self.begin[here] <= level) & (level < self.end[here]))
        return int(self.root[here][held[0]]) if len(held) else -1

"""The mesh of a part: its corners, each kept once, and the triangles that join them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vertices = NDArray[np.float64]
Faces = NDArray[np.int32]

_MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9))
_SHIFT = np.uint64(29)


@dataclass(frozen=True, eq=False)
class Mesh:
    """Triangles over shared corners: `vertices` in mm (n, 3), `faces` as three indices each (m, 3)."""

    vertices: Vertices
    faces: Faces

    @classmethod
    def weld(cls, corners: NDArray[np.floating]) -> Mesh:
        """Join the corners of a soup (m, 3, 3) that are exactly equal; nothing is moved or repaired."""
        points = corners.reshape(-1, 3)
        points = points + points.dtype.type(0)  # -0.0 and 0.0 are the same place
        first, back = _first_equal(points)
        return cls(points[first].astype(np.float64), back.reshape(-1, 3))

    @property
    def low(self) -> NDArray[np.float64]:
        return np.asarray(self.vertices.min(axis=0))

    @property
    def high(self) -> NDArray[np.float64]:
        return np.asarray(self.vertices.max(axis=0))

    def corners(self) -> NDArray[np.float64]:
        """The soup again: (m, 3, 3)."""
        return self.vertices[self.faces]


def _first_equal(points: NDArray[np.floating]) -> tuple[NDArray[np.int64], Faces]:
    """For each distinct point one index that holds it; for each point the number of its distinct point."""
    key = hash_rows(points.view(np.uint32 if points.dtype == np.float32 else np.uint64))
    order = np.argsort(key)
    fresh = np.empty(len(order), dtype=bool)
    fresh[:1] = True
    sorted_key = key[order]
    np.not_equal(sorted_key[1:], sorted_key[:-1], out=fresh[1:])
    group = np.cumsum(fresh, dtype=np.int32)
    group -= 1
    first = order[fresh]
    back = np.empty(len(points), dtype=np.int32)
    back[order] = group
    if not np.array_equal(points[first][back], points):  # two places, one hash: practically never
        _, exact, inverse = np.unique(points, axis=0, return_index=True, return_inverse=True)
        return exact.astype(np.int64), inverse.reshape(-1).astype(np.int32)
    return first, back


def hash_rows(rows: NDArray[np.unsignedinteger]) -> NDArray[np.uint64]:
    """One 64-bit number for each row of three; equal rows always give equal numbers."""
    key = np.zeros(len(rows), dtype=np.uint64)
    for column, factor in enumerate(_MIX):
        key ^= rows[:, column].astype(np.uint64)
        key *= factor
        key ^= key >> _SHIFT
    return key

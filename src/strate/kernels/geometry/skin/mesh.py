"""The mesh of a part: its corners, each kept once, and the triangles that join them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.native import INT32, INT64, POINTER, array, function, indices_within
from strate.kernels.geometry.skin.soup import Soup

Vertices = NDArray[np.float64]
Faces = NDArray[np.int32]

_NUMBERS = 2
_WELD = function("strate_weld", INT64, POINTER, INT64, INT32, INT32, INT64, array(np.int32))
_GATHER = function("strate_gather", None, POINTER, INT64, INT32, INT64, array(np.int32), array(np.float64))


@dataclass(frozen=True, eq=False)
class Mesh:
    """Triangles over shared corners: `vertices` in mm, float64 (n, 3); `faces` as three indices each, int32 (m, 3)."""

    vertices: Vertices
    faces: Faces

    def __post_init__(self) -> None:
        """Whole arrays and indices that point inside: what the engine relies on."""
        object.__setattr__(self, "vertices", np.ascontiguousarray(self.vertices, np.float64).reshape(-1, 3))
        object.__setattr__(self, "faces", np.ascontiguousarray(self.faces, np.int32).reshape(-1, 3))
        if not indices_within(self.faces, len(self.vertices)):
            raise ValueError(f"a triangle names a corner that is none of the {len(self.vertices)}")

    @classmethod
    def weld(cls, corners: NDArray[np.floating] | Soup) -> Mesh:
        """Join the corners of a soup (m, 3, 3) that are exactly equal; nothing is moved or repaired.

        Corners keep the order in which they first come; triangles stay in theirs.
        """
        soup = corners if isinstance(corners, Soup) else Soup.of(corners)
        where = soup.address, soup.stride, soup.kind
        back = np.empty(3 * soup.count, np.int32)
        count = int(_WELD(*where, 3, len(back), back))
        if count < 0:
            raise MemoryError("welding")
        vertices = np.empty((count, 3))
        _GATHER(*where, len(back), back, vertices)
        return cls(vertices, back.reshape(-1, 3))

    @property
    def low(self) -> NDArray[np.float64]:
        return np.asarray(self.vertices.min(axis=0))

    @property
    def high(self) -> NDArray[np.float64]:
        return np.asarray(self.vertices.max(axis=0))

    def without_idle_corners(self) -> Mesh:
        """The same triangles in the same order, and only the corners they use."""
        used = np.zeros(len(self.vertices), bool)
        used[self.faces] = True
        if used.all():
            return self
        number = np.cumsum(used, dtype=np.int32) - np.int32(1)
        return Mesh(self.vertices[used], number[self.faces])

    def corners(self) -> NDArray[np.float64]:
        """The soup again: (m, 3, 3)."""
        return self.vertices[self.faces]


def first_alike(rows: Faces) -> Faces:
    """For each row of three whole numbers, the first row equal to it."""
    rows = np.ascontiguousarray(rows, np.int32)
    first = np.empty(len(rows), np.int32)
    if _WELD(rows.ctypes.data, 12, _NUMBERS, 1, len(rows), first) < 0:
        raise MemoryError("comparing triangles")
    return first

"""A mesh made ready to be cut at any thickness: neighbours known, everything laid out from low to high."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.native import FLOAT64, INT32, INT64, array, function
from strate.kernels.geometry.skin.mesh import Mesh
from strate.kernels.geometry.skin.topology import Edges, edges_of

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Numbers = NDArray[np.int32]

_I4, _I8, _F8 = array(np.int32), array(np.int64), array(np.float64)
_CORNERS = function(
    "strate_shelve_corners", None, _F8, INT64, FLOAT64, FLOAT64, INT32, _I8, _I4, _I4, _F8
)  # fmt: skip
_FACES = function("strate_shelve_faces", None, _I4, _I4, INT64, _I4, INT32, _I4, _I8, _I4, _I4)
_SHELVES = 4096
_LAST_STAMP = 2**31 - 1
MAX_FACES = 2**29 - 1


@dataclass(eq=False)
class Upright:
    """`corners` in mm (n, 3), `triangles` as the engine walks them (m, 8); `lock` guards the marks of a walk."""

    corners: Floats
    triangles: Numbers
    lock: Lock
    _stamp: int = 1

    @classmethod
    def of(cls, mesh: Mesh, edges: Edges | None = None) -> Upright:
        """Lay a mesh out; its edges are found if they are not given."""
        if len(mesh.faces) > MAX_FACES:
            raise ValueError(f"{len(mesh.faces)} triangles cannot be walked")
        beside = (edges or edges_of(mesh)).opposite
        if beside.shape != mesh.faces.shape:
            raise ValueError("these are the edges of another mesh")
        bottom, height = float(mesh.low[2]), float(mesh.high[2] - mesh.low[2])
        per_mm = _SHELVES / height if height > 0 else 0.0
        shelf, place = np.empty(len(mesh.vertices), np.int32), np.empty(len(mesh.vertices), np.int32)
        corners = np.empty_like(mesh.vertices)
        count = np.zeros(_SHELVES, np.int64)
        _CORNERS(mesh.vertices, len(corners), bottom, per_mm, _SHELVES - 1, count, shelf, place, corners)
        count[:] = 0
        face_place, triangles = np.empty(len(mesh.faces), np.int32), np.empty((len(mesh.faces), 8), np.int32)
        _FACES(
            mesh.faces, beside, len(face_place), shelf, _SHELVES - 1, place, count, face_place, triangles
        )  # fmt: skip
        return cls(corners, triangles, Lock())

    def stamps(self, count: int) -> int:
        """The first of `count` marks no triangle carries yet; to be asked under the lock."""
        if self._stamp + count > _LAST_STAMP:
            self.triangles[:, 3] = 0
            self._stamp = 1
        stamp = self._stamp
        self._stamp += count
        return stamp

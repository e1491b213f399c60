"""How far a point is from the skin of a part, exactly, and on which side: below zero inside the matter."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry import native
from strate.kernels.geometry.refusal import FileRefused
from strate.kernels.geometry.skin.mesh import Mesh

Floats = NDArray[np.float64]

LARGEST_MM = 1e9
_NODE_BYTES, _ITEM_BYTES, _PER_LEAF = 128, 16, 4
ON_FACE, ON_EDGE, ON_CORNER = 0, 1, 4

_i32, _u8, _f64 = (native.array(kind) for kind in (np.int32, np.uint8, np.float64))
_i64, _u64 = native.array(np.int64), native.array(np.uint64)
_n = native.INT64
_flat = native.function("strate_nearest_flat", native.INT64, _f64, _i32, _n, _u8)
_build = native.function(
    "strate_nearest_build", None,
    _f64, _i32, _n, _f64, _f64, _f64, _u8, native.FLOAT64, _u8, _u8, _u8, _f64, _i32, _i64,
)  # fmt: skip
_around = native.function("strate_nearest_around", None, _i32, _n, _n, _i32, _i32)
_torn = native.function("strate_nearest_torn", native.INT64, _i32, _n, _i32, _i32, _i32, _u8)
_query = native.function(
    "strate_nearest_query", None, _u8, _f64, _i32, _f64, _f64, _n, _u64, _u64, _i32, _u8, _f64, _f64
)
_sign = native.function(
    "strate_nearest_sign", None, _f64, _i32, _i32, _i32, _u8, _f64, _n, _i32, _u8, _f64, _f64, _u8, _f64
)
_volume6 = native.function("strate_volume6", native.FLOAT64, _f64, _i32, _n, _f64)


@dataclass(frozen=True, eq=False)
class Nearest:
    """For each point: its signed distance in mm, the nearest place, its face, and what of the face it is.

    `feature`: 0 on the face, 1 to 3 on its edge from corner 0, 1, 2, 4 to 6 on its corner 0, 1, 2.
    """

    distance_mm: Floats
    place_mm: Floats
    face: NDArray[np.int32]
    feature: NDArray[np.uint8]
    sign_sure: NDArray[np.bool_]


class Skin:
    """The skin of a part, made ready to be asked how far points are from it."""

    def __init__(self, mesh: Mesh) -> None:
        self.vertices = np.ascontiguousarray(mesh.vertices, dtype=np.float64)
        self.faces = np.ascontiguousarray(mesh.faces, dtype=np.int32)
        _check_mesh(self.vertices, self.faces)
        count = len(self.faces)
        self._flat = np.empty(count, dtype=np.uint8)
        self.flat_faces = int(_flat(self.vertices, self.faces, count, self._flat))
        if self.flat_faces == count:
            raise FileRefused("no_surface", triangles=count)
        self._grow_tree(count)

    def _grow_tree(self, count: int) -> None:
        low, high = self.vertices.min(axis=0), self.vertices.max(axis=0)
        self._middle = (low + high) / 2
        margin = float((high - low).max()) * 2.0**-20  # boxes are single precision
        items, spare = (np.empty(count * _ITEM_BYTES, dtype=np.uint8) for _ in range(2))
        nodes = np.empty((count // _PER_LEAF + 2) * _NODE_BYTES, dtype=np.uint8)
        self._corners = np.empty((count, 9))
        self._face_at = np.empty(count, dtype=np.int32)
        used = np.zeros(2, dtype=np.int64)
        _build(
            self.vertices, self.faces, count, low, high, self._middle, self._flat, margin,
            items, spare, nodes, self._corners, self._face_at, used,
        )  # fmt: skip
        self._nodes = nodes[: int(used[0]) * _NODE_BYTES]
        points = len(self.vertices)
        self._begin = np.empty(points + 1, dtype=np.int32)
        self._around = np.empty(3 * count, dtype=np.int32)
        _around(self.faces, count, points, self._begin, self._around)
        self._torn = np.empty(points, dtype=np.uint8)
        scratch = np.zeros(points, dtype=np.int32)
        self.torn_edges = int(_torn(self.faces, points, self._begin, self._around, scratch, self._torn)) // 2
        self._known = np.zeros(points, dtype=np.uint8)
        self._normals = np.empty((points, 3))

    @property
    def closed(self) -> bool:
        """Does the skin enclose matter, all its faces looking the same way? Else the sides are unsure."""
        return self.torn_edges == 0

    @cached_property
    def volume_mm3(self) -> float:
        return float(_volume6(self.vertices, self.faces, len(self.faces), self._middle)) / 6

    @property
    def inside_out(self) -> bool:
        return self.closed and self.volume_mm3 < 0

    def nearest(self, points: Floats) -> Nearest:
        """The nearest place of the skin to each point (n, 3), in mm; NaN and absurd places are refused."""
        points = checked_points(points)
        count = len(points)
        face, feature = np.empty(count, dtype=np.int32), np.empty(count, dtype=np.uint8)
        place, distance = np.empty((count, 3)), np.empty(count)
        order, spare = (np.empty(count, dtype=np.uint64) for _ in range(2))
        _query(
            self._nodes, self._corners, self._face_at, self._middle, points, count,
            order, spare, face, feature, place, distance,
        )  # fmt: skip
        _sign(
            self.vertices, self.faces, self._begin, self._around, self._flat, points, count,
            face, feature, place, distance, self._known, self._normals,
        )  # fmt: skip
        return Nearest(distance, place, face, feature, self._sure(face))

    def distances(self, points: Floats) -> Floats:
        """Signed distances alone."""
        return self.nearest(points).distance_mm

    def face_normals(self, face: NDArray[np.int32]) -> Floats:
        """The unit normals of these faces, outward where the skin is well turned."""
        a, b, c = (self.vertices[self.faces[face, k]] for k in range(3))
        across = np.cross(b - a, c - a)
        return np.asarray(across / np.maximum(np.linalg.norm(across, axis=-1), 1e-300)[..., None])

    def _sure(self, face: NDArray[np.int32]) -> NDArray[np.bool_]:
        """The side is sure where the skin is whole; near a tear it is a guess."""
        if self.closed:
            return np.ones(len(face), dtype=bool)
        torn = np.asarray(self._torn.astype(bool)[self.faces].any(axis=1))
        return ~torn[face]


def checked_points(points: NDArray[np.floating]) -> Floats:
    """Points fit to be measured: rows of three finite numbers; what is not is refused, never dropped."""
    places: Floats = np.ascontiguousarray(points, dtype=np.float64)
    if places.ndim != 2 or places.shape[1] != 3 or not len(places):
        raise FileRefused("no_points")
    if len(places) >= 2**31:
        raise FileRefused("too_many_points", count=len(places))
    bad = ~np.asarray(np.abs(places) <= LARGEST_MM).all(axis=1)
    if bad.any():
        raise FileRefused("points_not_finite", count=int(bad.sum()), first=int(np.argmax(bad)) + 1)
    return places


def _check_mesh(vertices: Floats, faces: NDArray[np.int32]) -> None:
    checked_points(vertices)
    if faces.ndim != 2 or faces.shape[1] != 3 or not len(faces) or len(faces) >= 2**31 // 3:
        raise FileRefused("no_surface", triangles=len(faces))
    if not native.indices_within(faces, len(vertices)):
        raise FileRefused("no_surface", triangles=len(faces))

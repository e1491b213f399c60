"""Short rays into the matter behind each face: how far the opposite side is."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry import native
from strate.kernels.geometry.skin.mesh import Mesh

Floats = NDArray[np.float64]
Numbers = NDArray[np.int32]
_FLOATS, _NUMBERS, _INT = native.array(np.float64), native.array(np.int32), native.INT64
_boxes = native.function("strate_tree_boxes", None, _FLOATS, _NUMBERS, _INT, _INT, _FLOATS)
_thickness = native.function(
    "strate_thickness", None, _FLOATS, _NUMBERS, _INT, _INT, _FLOATS,
    _FLOATS, _FLOATS, _NUMBERS, _INT, ctypes.c_double, _FLOATS, _NUMBERS,
)  # fmt: skip
_LEAF = 4


@dataclass(frozen=True, eq=False)
class Tree:
    """The triangles in an order where neighbours are near, under a tree of boxes."""

    vertices: Floats
    faces: Numbers
    order: NDArray[np.int64]
    leaves: int
    boxes: Floats

    @classmethod
    def over(cls, mesh: Mesh, middles: Floats) -> Tree:
        order = np.argsort(_curve(middles), kind="stable")
        faces = np.ascontiguousarray(mesh.faces[order], dtype=np.int32)
        vertices = np.ascontiguousarray(mesh.vertices, dtype=np.float64)
        if not native.indices_within(faces, len(vertices)):
            raise ValueError("a triangle names a corner that does not exist")
        leaves = 1 << (max(1, -(-len(faces) // _LEAF)) - 1).bit_length()
        boxes = np.empty((2 * leaves, 6))
        _boxes(vertices, faces, len(faces), leaves, boxes.reshape(-1))
        return cls(vertices, faces, order, leaves, boxes)

    def thickness(
        self, starts: Floats, ways: Floats, own: NDArray[np.int64], far_mm: float
    ) -> tuple[Floats, Numbers]:
        """For each ray from a face the distance to where it leaves the matter, and through which face (-1: farther)."""
        place = np.empty(len(self.order), dtype=np.int32)
        place[self.order] = np.arange(len(self.order), dtype=np.int32)
        here = place[own]
        near = np.argsort(here, kind="stable")  # rays that start together meet the same boxes
        distance, opposite = np.empty(len(starts)), np.empty(len(starts), dtype=np.int32)
        _thickness(
            self.vertices, self.faces, len(self.faces), self.leaves, self.boxes.reshape(-1),
            np.ascontiguousarray(starts[near]), np.ascontiguousarray(ways[near]), here[near], len(starts),
            far_mm, distance, opposite,
        )  # fmt: skip
        back = np.empty_like(near)
        back[near] = np.arange(len(near))
        found = np.where(opposite >= 0, self.order[np.maximum(opposite, 0)], -1).astype(np.int32)
        return distance[back], found[back]


def _curve(points: Floats) -> NDArray[np.uint32]:
    """The place of each point along a curve that keeps neighbours together (ten bits for each side)."""
    low = points.min(axis=0)
    size = float((points.max(axis=0) - low).max()) or 1.0
    code = np.zeros(len(points), dtype=np.uint32)
    for axis in range(3):
        bits = np.minimum((points[:, axis] - low[axis]) * (1024 / size), 1023).astype(np.uint32)
        for shift, mask in ((16, 0x030000FF), (8, 0x0300F00F), (4, 0x030C30C3), (2, 0x09249249)):
            bits = (bits | (bits << np.uint32(shift))) & np.uint32(mask)
        code |= bits << np.uint32(axis)
    return code

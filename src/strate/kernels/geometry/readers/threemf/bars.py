"""Draws the beams of a lattice as bars of eight sides: a shape to look at, as thick as the file says."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.readers.threemf.beams import Lattice

SIDES = 8
TRIANGLES = 4 * SIDES - 4
# The section of a bar is as large as that of the round beam it stands for.
_ROUND = math.sqrt(2 * math.pi / (SIDES * math.sin(2 * math.pi / SIDES)))


def cost(beams: int) -> int:
    """How many triangles so many beams come to."""
    return beams * TRIANGLES


def draw(vertices: NDArray[np.float64], lattice: Lattice) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
    """The corners and faces of all bars, each closed and apart from the others; bars without length are left out."""
    ends = vertices[lattice.ends]
    along = ends[:, 1] - ends[:, 0]
    length = np.sqrt((along * along).sum(axis=1))
    kept = length > 0
    ends, along, radii = ends[kept], along[kept] / length[kept, None], lattice.radii[kept]
    away = np.zeros_like(along)
    away[np.arange(len(along)), np.abs(along).argmin(axis=1)] = 1.0
    side = np.cross(along, away)
    side /= np.sqrt((side * side).sum(axis=1))[:, None]
    up = np.cross(along, side)
    angle = 2 * math.pi * np.arange(SIDES) / SIDES
    ring = np.cos(angle)[None, :, None] * side[:, None] + np.sin(angle)[None, :, None] * up[:, None]
    corners = ends[:, :, None, :] + ring[:, None] * (radii * _ROUND)[:, :, None, None]
    first = np.arange(len(ends), dtype=np.int32)[:, None, None] * np.int32(2 * SIDES)
    return corners.reshape(-1, 3), (_pattern()[None] + first).reshape(-1, 3)


def _pattern() -> NDArray[np.int32]:
    """The faces of one bar: corners 0 to 7 around its beginning, 8 to 15 around its end."""
    faces = []
    for a in range(SIDES):
        b = (a + 1) % SIDES
        faces += [(a, b, b + SIDES), (a, b + SIDES, a + SIDES)]
    for a in range(1, SIDES - 1):
        faces += [(0, a + 1, a), (SIDES, SIDES + a, SIDES + a + 1)]
    return np.array(faces, np.int32)

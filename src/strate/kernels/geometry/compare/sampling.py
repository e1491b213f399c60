"""Points spread evenly over the skin of a part, and what its skin weighs: always the same for the same part."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.skin.mesh import Mesh

Floats = NDArray[np.float64]
# The plastic number spreads points over a square more evenly than chance (Roberts' R2 sequence).
_STEP = (0.7548776662466927, 0.5698402909980532)


@dataclass(frozen=True, eq=False)
class Spread:
    """Points of a skin, the face and the outward normal of each; each stands for `area_mm2`."""

    points: Floats
    face: NDArray[np.int64]
    normals: Floats
    area_mm2: float


def spread_points(mesh: Mesh, count: int) -> Spread:
    """`count` points, as many on equal areas."""
    a, b, c = (mesh.vertices[mesh.faces[:, k]] for k in range(3))
    across = np.cross(b - a, c - a)
    double = np.linalg.norm(across, axis=1)
    total = np.cumsum(double)
    face = np.searchsorted(total, (np.arange(count) + 0.5) * (total[-1] / count), side="right")
    face = np.minimum(face, len(double) - 1)
    u, v = (np.mod((np.arange(count) + 0.5) * step, 1.0) for step in _STEP)
    over = u + v > 1
    u, v = np.where(over, 1 - u, u)[:, None], np.where(over, 1 - v, v)[:, None]
    points = a[face] * (1 - u - v) + b[face] * u + c[face] * v
    normals = across[face] / np.maximum(double[face], 1e-300)[:, None]
    return Spread(points, face, normals, float(total[-1] / 2 / count))


def used_corners(mesh: Mesh) -> NDArray[np.int64]:
    """The numbers of the corners some triangle stands on."""
    used = np.zeros(len(mesh.vertices), dtype=bool)
    used[mesh.faces.reshape(-1)] = True
    return np.flatnonzero(used)


def some_of(points: Floats, count: int) -> Floats:
    """At most `count` of the points, picked without order but always the same ones."""
    if len(points) <= count:
        return points
    return np.ascontiguousarray(points[np.sort(np.random.default_rng(1).permutation(len(points))[:count])])


@dataclass(frozen=True, eq=False)
class Moments:
    """What does not depend on where a part stands: its area, volume and spread; and where its middle is."""

    area_mm2: float
    volume_mm3: float
    middle: Floats
    axes: Floats
    """Columns: the principal axes of the skin, the widest last."""
    widths: Floats
    """Standard deviations of the skin along the axes, in mm."""

    @property
    def size_mm(self) -> float:
        return float(np.sqrt((self.widths**2).sum()))


def moments_of(mesh: Mesh) -> Moments:
    """Exact sums over the triangles."""
    rough = (mesh.low + mesh.high) / 2
    a, b, c = (mesh.vertices[mesh.faces[:, k]] - rough for k in range(3))
    across = np.cross(b - a, c - a)
    area = np.linalg.norm(across, axis=1) / 2
    whole = max(float(area.sum()), 1e-300)
    sums = a + b + c
    middle = (area @ sums) / (3 * whole)
    second = sum((p * area[:, None]).T @ p for p in (a, b, c, sums)) / (12 * whole)
    widths, axes = np.linalg.eigh(second - np.outer(middle, middle))
    volume = float(np.einsum("ij,ij->", a, np.cross(b, c)) / 6)
    return Moments(float(area.sum()), volume, middle + rough, axes, np.sqrt(np.maximum(widths, 0)))


def moments_of_points(points: Floats) -> Moments:
    """The same of a cloud, as far as it has them."""
    middle = points.mean(axis=0)
    centred = points - middle
    widths, axes = np.linalg.eigh(centred.T @ centred / len(points))
    return Moments(0.0, 0.0, middle, axes, np.sqrt(np.maximum(widths, 0)))


def core_of(points: Floats) -> Floats:
    """The points without the few that lie far from all others: they must not decide where the middle is."""
    away = np.linalg.norm(points - np.median(points, axis=0), axis=1)
    core: Floats = points[away <= 4 * np.median(away) + 1e-12]
    return core

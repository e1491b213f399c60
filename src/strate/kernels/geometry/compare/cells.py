"""Places gathered into small cells: what was seen of a skin, and where deviations hang together as a region."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.refusal import Point
from strate.kernels.geometry.skin.topology import groups_of

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

AROUND = np.array(list(product((-1, 0, 1), repeat=3)))
SIDES = 6
LISTED = 50


@dataclass(frozen=True)
class Region:
    """A connected place of the part where something deviates or is missing."""

    centre_mm: Point
    low_mm: Point
    high_mm: Point
    points: int
    worst_mm: float
    """The largest deviation, with its sign; 0 where nothing was measured."""
    worst_at_mm: Point
    mean_mm: float
    area_mm2: float | None = None

    @property
    def extent_mm(self) -> float:
        return float(np.linalg.norm(np.subtract(self.high_mm, self.low_mm)))


class Grid:
    """Cubes of one size over a box; a place beyond it belongs to the cube at its border."""

    def __init__(self, low: Floats, high: Floats, step_mm: float) -> None:
        self.step_mm = max(step_mm, float((high - low).max()) / 2000, 1e-9)
        self._low = low - 2 * self.step_mm
        self._count = np.ceil((high - self._low) / self.step_mm).astype(np.int64) + 3

    def cells(self, places: Floats) -> Ints:
        found = np.floor((places - self._low) / self.step_mm).astype(np.int64)
        return np.clip(found, 1, self._count - 2)

    def keys(self, cells: Ints) -> Ints:
        _, y, z = self._count
        return np.asarray((cells[..., 0] * y + cells[..., 1]) * z + cells[..., 2])


def side_of(normals: Floats) -> Ints:
    """Which of the six sides a face looks to most: both skins of a thin wall share a cell, never a side."""
    axis = np.argmax(np.abs(normals), axis=1)
    return np.asarray(2 * axis + (normals[np.arange(len(normals)), axis] < 0))


class Seen:
    """Which places of a skin have been measured, to within about one cell."""

    def __init__(self, grid: Grid, feet: Floats, normals: Floats) -> None:
        self._grid = grid
        keys = grid.keys(grid.cells(feet)) * SIDES
        largest = np.abs(normals).max(axis=1)
        found = []
        for side in range(SIDES):  # a slanted face counts for every side it looks to
            towards = normals[:, side // 2] * (-1 if side % 2 else 1)
            found.append(keys[towards >= 0.6 * largest] + side)
        self._keys = np.unique(np.concatenate(found))

    def covers(self, points: Floats, normals: Floats) -> NDArray[np.bool_]:
        cells, side = self._grid.cells(points), side_of(normals)
        seen = np.zeros(len(points), dtype=bool)
        if not len(self._keys):
            return seen
        for shift in AROUND:
            key = self._grid.keys(cells + shift) * SIDES + side
            at = np.minimum(np.searchsorted(self._keys, key), len(self._keys) - 1)
            seen |= self._keys[at] == key
        return seen


@dataclass(frozen=True, eq=False)
class Patches:
    """Points that share a cell and a side, taken together: noise goes, a dent stays."""

    places: Floats
    mean_mm: Floats
    points: Ints


def patches_of(grid: Grid, places: Floats, normals: Floats, deviations: Floats) -> Patches:
    keys = grid.keys(grid.cells(places)) * SIDES + side_of(normals)
    _, patch, count = np.unique(keys, return_inverse=True, return_counts=True)
    patch = patch.reshape(-1)
    mean = np.bincount(patch, deviations) / count
    middle = np.stack([np.bincount(patch, places[:, k]) / count for k in range(3)], axis=1)
    return Patches(middle, mean, count)


def regions_of(
    grid: Grid, places: Floats, deviations: Floats, per_point_mm2: float | None = None
) -> list[Region]:
    """Places that hang together, cell by cell, too high apart from too low; the gravest first."""
    found: list[Region] = []
    for sign in (1, -1):
        which = np.flatnonzero(deviations >= 0 if sign > 0 else deviations < 0)
        label = _hanging_together(grid, places[which])
        order = np.argsort(label, kind="stable")
        runs = np.split(which[order], np.flatnonzero(np.diff(label[order])) + 1) if len(which) else []
        found += [_region(places[run], deviations[run], per_point_mm2) for run in runs]
    return sorted(found, key=lambda region: (-abs(region.worst_mm), -region.points))


def _hanging_together(grid: Grid, places: Floats) -> Ints:
    """One number for all places of cells that touch."""
    cells = grid.cells(places)
    keys, first, cell_of = np.unique(grid.keys(cells), return_index=True, return_inverse=True)
    pairs = []
    for shift in AROUND[len(AROUND) // 2 + 1 :]:
        beside = grid.keys(cells[first] + shift)
        at = np.minimum(np.searchsorted(keys, beside), max(len(keys) - 1, 0))
        here = np.flatnonzero(keys[at] == beside) if len(keys) else np.empty(0, dtype=np.int64)
        pairs.append(np.stack([here, at[here]], axis=1))
    label = groups_of(len(keys), np.concatenate(pairs).astype(np.int32))
    return np.asarray(label[cell_of.reshape(-1)], dtype=np.int64)


def _region(places: Floats, deviations: Floats, per_point_mm2: float | None) -> Region:
    worst = int(np.argmax(np.abs(deviations)))
    return Region(
        centre_mm=point_of(places.mean(axis=0)),
        low_mm=point_of(places.min(axis=0)),
        high_mm=point_of(places.max(axis=0)),
        points=len(places),
        worst_mm=float(deviations[worst]),
        worst_at_mm=point_of(places[worst]),
        mean_mm=float(deviations.mean()),
        area_mm2=None if per_point_mm2 is None else per_point_mm2 * len(places),
    )


def point_of(row: Floats) -> Point:
    return float(row[0]), float(row[1]), float(row[2])

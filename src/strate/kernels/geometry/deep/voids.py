"""Voids where powder stays for ever, voids whose way out is too narrow, and shells that share the same matter."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.deep.record import Voids
from strate.kernels.geometry.deep.thresholds import Thresholds
from strate.kernels.geometry.deep.voxels import Cells, Grid, Runs
from strate.kernels.geometry.refusal import Finding, Point, Severity
from strate.kernels.geometry.skin.mesh import Mesh
from strate.kernels.geometry.skin.topology import Ints

FINEST_CUBES_ACROSS = 2


@dataclass(frozen=True)
class _Pocket:
    volume_mm3: float
    point: Point
    low: Point
    high: Point
    cube: tuple[int, int, int]


def voids(mesh: Mesh, limits: Thresholds) -> tuple[Voids, list[Finding]]:
    """Fill the part with cubes and see which void the outside cannot reach."""
    grid = Grid.of(mesh, limits.voxels)
    runs = grid.voids()
    closed = _pockets(grid, runs, _apart(runs, grid.cells), limits.void_min_mm3)
    found = [_said(p, "trapped_powder", "warn", limits, grid) for p in closed[: limits.kept]]
    found += _only_towards_the_plate(grid, limits)
    narrow = _narrow(grid, runs, limits)
    found += [_said(p, "narrow_way_out", "warn", limits, grid) for p in (narrow or [])[: limits.kept]]
    twice = grid.cells == 2
    overlap = float(np.count_nonzero(twice)) * grid.cube_mm3
    if overlap >= limits.void_min_mm3:
        found.append(_overlap(grid, twice, overlap))
    matter = float(np.count_nonzero(grid.cells)) * grid.cube_mm3
    trapped = sum(p.volume_mm3 for p in closed)
    number = None if narrow is None else len(narrow)
    return Voids(grid.size_mm, len(closed), trapped, number, matter, overlap), found


def _apart(runs: Runs, cells: Cells) -> Ints:
    """The runs the outside cannot reach; the first cube of the grid is always outside."""
    return np.flatnonzero(runs.root != runs.at(0, 0, 0, cells.shape[1]))


def _pockets(grid: Grid, runs: Runs, which: Ints, least_mm3: float) -> list[_Pocket]:
    """The voids the given runs make, the largest first."""
    found = []
    roots, back = np.unique(runs.root[which], return_inverse=True)
    length = (runs.end[which] - runs.begin[which]).astype(np.float64)
    volume = np.bincount(back, length, len(roots)) * grid.cube_mm3
    for number in np.argsort(-volume, kind="stable")[:200].tolist():
        if volume[number] < max(least_mm3, 8 * grid.cube_mm3):
            break
        found.append(_pocket(grid, runs, which[back == number], float(volume[number])))
    return found


def _pocket(grid: Grid, runs: Runs, mine: Ints, volume: float) -> _Pocket:
    longest = mine[np.argmax(runs.end[mine] - runs.begin[mine])]
    row, column = int(runs.row[longest]), int(runs.column[longest])
    level = int(runs.begin[longest] + runs.end[longest]) // 2
    low = grid.centre(
        int(runs.row[mine].min()) - 0.5, int(runs.column[mine].min()) - 0.5, runs.begin[mine].min() - 0.5
    )
    high = grid.centre(
        int(runs.row[mine].max()) + 0.5, int(runs.column[mine].max()) + 0.5, runs.end[mine].max() - 0.5
    )
    return _Pocket(volume, grid.centre(row, column, level), low, high, (row, column, level))


def _only_towards_the_plate(grid: Grid, limits: Thresholds) -> list[Finding]:
    """Voids that open only downwards: shut by the plate until the part is cut off."""
    standing = grid.cells.copy()
    standing[:, :, 0] = 1
    standing[[0, -1], :, 0] = 0
    standing[:, [0, -1], 0] = 0
    runs, before = grid.voids(standing), grid.voids()
    outside = before.at(0, 0, 0, grid.cells.shape[1])
    shut = _pockets(grid, runs, _apart(runs, standing), limits.void_min_mm3)
    fresh = [p for p in shut if before.at(*p.cube, grid.cells.shape[1]) == outside]
    return [_said(p, "open_to_the_plate_only", "info", limits, grid) for p in fresh[: limits.kept]]


def _narrow(grid: Grid, runs: Runs, limits: Thresholds) -> list[_Pocket] | None:
    """Voids that a way narrower than the limit joins to the outside; None when the cubes are too coarse for it."""
    if limits.escape_mm / grid.size_mm < FINEST_CUBES_ACROSS:
        return None
    cells = np.pad(grid.cells, (by := ceil(limits.escape_mm / (2 * grid.size_mm))) + 1)
    wide = Grid(grid.size_mm, grid.low - (by + 1) * grid.size_mm, cells)
    swollen = wide.swollen(by)
    left = wide.voids(swollen)
    shut = _pockets(wide, left, _apart(left, swollen), limits.void_min_mm3)
    across = grid.cells.shape[1]
    outside, kept = runs.at(0, 0, 0, across), []
    for pocket in shut:
        row, column, level = (index - by - 1 for index in pocket.cube)
        if runs.at(row, column, level, across) == outside:
            kept.append(pocket)
    return kept


def _said(pocket: _Pocket, code: str, severity: Severity, limits: Thresholds, grid: Grid) -> Finding:
    values = {"volume_mm3": round(pocket.volume_mm3, 3), "cube_mm": round(grid.size_mm, 4)}
    if code == "narrow_way_out":
        values["limit_mm"] = limits.escape_mm
    return Finding(code, severity, values, pocket.point, None, (pocket.low, pocket.high))


def _overlap(grid: Grid, twice: NDArray[np.bool_], overlap: float) -> Finding:
    rows, columns, levels = np.nonzero(twice)
    middle = len(rows) // 2
    low = grid.centre(rows.min() - 0.5, columns.min() - 0.5, levels.min() - 0.5)
    high = grid.centre(rows.max() + 0.5, columns.max() + 0.5, levels.max() + 0.5)
    values = {"volume_mm3": round(overlap, 3), "cube_mm": round(grid.size_mm, 4)}
    point = grid.centre(rows[middle], columns[middle], levels[middle])
    return Finding("shells_overlap", "warn", values, point, None, (low, high))

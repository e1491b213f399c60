"""A scan compared with its nominal: how far each measured point is from where it should be, and what was not seen."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.compare.cells import (
    LISTED,
    Grid,
    Patches,
    Region,
    Seen,
    patches_of,
    point_of,
    regions_of,
)
from strate.kernels.geometry.compare.nearest import Skin, checked_points
from strate.kernels.geometry.compare.placing import Placed, place
from strate.kernels.geometry.compare.registration import Progress, silent
from strate.kernels.geometry.compare.sampling import Spread, moments_of, spread_points
from strate.kernels.geometry.compare.tolerances import Tolerance, Zone
from strate.kernels.geometry.refusal import FileRefused, Point
from strate.kernels.geometry.skin.mesh import Mesh

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

LEAST_POINTS, LOOKED_AT, LEAST_IN_PATCH = 100, 50_000, 5
OUTSIDE_ALLOWED = 0.001
"""Share of single points that noise may throw out of tolerance; a whole patch outside is never allowed."""
COVERED_ENOUGH = 0.95
SHARES = (1, 5, 50, 95, 99)


@dataclass(frozen=True)
class Spot:
    """One measured point far from its place."""

    point_mm: Point
    deviation_mm: float


@dataclass(frozen=True)
class Figures:
    """What the deviations of some points are like; None: nothing measured there."""

    points: int
    percentiles_mm: dict[str, float] | None
    least_mm: float | None
    most_mm: float | None
    mean_mm: float | None
    rms_mm: float | None
    covered: float
    """Share of this surface the scan has seen."""
    outside: float | None = None
    """Share of the points out of tolerance."""


@dataclass(frozen=True)
class ZoneResult:
    name: str
    state: str
    lower_mm: float
    upper_mm: float
    figures: Figures
    regions: tuple[Region, ...]


@dataclass(frozen=True, eq=False)
class Measured:
    """The deviations themselves, point by point, in the frame of the nominal."""

    skin: Skin
    mesh: Mesh
    grid: Grid
    placed: Placed
    feet: Floats
    face: NDArray[np.int32]
    normals: Floats
    deviations: Floats
    sure: Flags
    far: int
    far_at: Point | None
    far_inside: int
    """Points deep in what should be matter: no table and no dust, but something that is missing."""
    far_inside_at: Point | None
    strays: int
    reach_mm: float
    seen: Seen
    looked_at: Spread
    covered: Flags
    patches: Patches
    size_mm: float


def measure_scan(
    mesh: Mesh,
    points: Floats,
    *,
    as_placed: bool = False,
    reach_mm: float | None = None,
    tell: Progress = silent,
) -> Measured:
    """Lay the scan on the nominal and measure every point of it."""
    points = checked_points(points)
    if len(points) < LEAST_POINTS:
        raise FileRefused("too_few_points", count=len(points), least=LEAST_POINTS)
    tell("nominal", 0.02)
    skin, nominal = Skin(mesh), moments_of(mesh)
    placed = place(skin, nominal, points, as_placed, tell)
    tell("deviations", 0.85)
    found = skin.nearest(placed.points)
    away = -found.distance_mm if skin.inside_out else found.distance_mm
    reach = reach_mm or max(0.1 * nominal.size_mm, 1e-9)
    near = np.abs(away) <= reach
    if near.sum() < LEAST_POINTS:
        raise FileRefused("scan_not_on_part", near=int(near.sum()), reach_mm=round(reach, 4))
    far_at, deep = _farthest(placed.points, away, ~near), skin.closed & (away < -reach)
    deep_at = _farthest(placed.points, away, deep)
    spacing = float(np.sqrt(nominal.area_mm2 / near.sum()))
    grid = Grid(mesh.low, mesh.high, max(3 * spacing, nominal.size_mm * 0.01))
    lone = _strays(grid, placed.points, away, near)
    kept = near & ~lone
    feet, face, away = found.place_mm[kept], found.face[kept], away[kept]
    normals = skin.face_normals(face)
    tell("coverage", 0.93)
    seen, looked_at = Seen(grid, feet, normals), spread_points(mesh, LOOKED_AT)
    return Measured(
        skin, mesh, grid, replace(placed, points=placed.points[kept]), feet, face, normals, away,
        found.sign_sure[kept], int((~near).sum()), far_at, int(deep.sum()),
        deep_at, int(lone.sum()), reach, seen, looked_at,
        seen.covers(looked_at.points, looked_at.normals), patches_of(grid, feet, normals, away), nominal.size_mm,
    )  # fmt: skip


def _farthest(points: Floats, away: Floats, which: Flags) -> Point | None:
    if not which.any():
        return None
    return point_of(points[int(np.argmax(np.where(which, np.abs(away), -1)))])


def _strays(grid: Grid, points: Floats, away: Floats, near: Flags) -> Flags:
    """Points far beyond the noise with no companion around: dust and glints, not a defect."""
    middle = np.median(away[near])
    spread = 1.4826 * float(np.median(np.abs(away[near] - middle)))
    odd = np.flatnonzero(near & (np.abs(away - middle) > max(8 * spread, grid.step_mm * 0.1)))
    lone = np.zeros(len(points), dtype=bool)
    if not len(odd):
        return lone
    cells = grid.cells(points[odd])
    keys, count = np.unique(grid.keys(cells), return_counts=True)
    company = np.zeros(len(odd), dtype=np.int64)
    for shift in np.stack(np.meshgrid([-1, 0, 1], [-1, 0, 1], [-1, 0, 1]), axis=-1).reshape(-1, 3):
        key = grid.keys(cells + shift)
        at = np.minimum(np.searchsorted(keys, key), len(keys) - 1)
        company += np.where(keys[at] == key, count[at], 0)
    lone[odd[company <= 2]] = True
    return lone


def figures_of(deviations: Floats, covered: float, tolerance: Tolerance | None) -> Figures:
    if not len(deviations):
        return Figures(0, None, None, None, None, None, covered)
    shares = {
        f"p{share}": float(value)
        for share, value in zip(SHARES, np.percentile(deviations, SHARES), strict=True)
    }
    return Figures(
        points=len(deviations),
        percentiles_mm=shares,
        least_mm=float(deviations.min()),
        most_mm=float(deviations.max()),
        mean_mm=float(deviations.mean()),
        rms_mm=float(np.sqrt((deviations**2).mean())),
        covered=covered,
        outside=None if tolerance is None else float(tolerance.outside(deviations).mean()),
    )


def worst_spots(measured: Measured, count: int = 10) -> tuple[Spot, ...]:
    """The points farthest from their place, each from another corner of the part."""
    order = np.argsort(-np.abs(measured.deviations), kind="stable")[:20_000]
    kept: list[Spot] = []
    apart = measured.size_mm * 0.05
    for number in order:
        place = point_of(measured.feet[number])
        if all(np.linalg.norm(np.subtract(place, spot.point_mm)) > apart for spot in kept):
            kept.append(Spot(place, float(measured.deviations[number])))
        if len(kept) == count:
            break
    return tuple(kept)


def judge(
    measured: Measured, tolerance: Tolerance, which: Flags | None = None
) -> tuple[Figures, list[Region]]:
    """Figures of the points (all, or some), and the regions where whole patches are out of tolerance."""
    feet, normals, away = measured.feet, measured.normals, measured.deviations
    patches = measured.patches
    if which is not None:
        feet, normals, away = feet[which], normals[which], away[which]
        patches = patches_of(measured.grid, feet, normals, away)
    outside = tolerance.outside(patches.mean_mm) & (patches.points >= LEAST_IN_PATCH)
    off = np.where(
        patches.mean_mm > tolerance.upper_mm,
        patches.mean_mm - tolerance.upper_mm,
        patches.mean_mm - tolerance.lower_mm,
    )
    regions = regions_of(measured.grid, patches.places[outside], off[outside])
    back = [_with_deviation(region, tolerance) for region in regions[:LISTED]]
    return figures_of(away, float(measured.covered.mean()), tolerance), back


def _with_deviation(region: Region, tolerance: Tolerance) -> Region:
    """Regions are gathered by how far beyond the tolerance they are; they are told by their deviation."""
    edge = tolerance.upper_mm if region.worst_mm >= 0 else tolerance.lower_mm
    return replace(region, worst_mm=region.worst_mm + edge, mean_mm=region.mean_mm + edge)


def state_of(figures: Figures, regions: list[Region], doubtful: bool) -> str:
    """`out` when something is; else `within`, but only where the surface was seen and the pose is sure."""
    if not figures.points:
        return "unknown"
    if regions or (figures.outside or 0) > OUTSIDE_ALLOWED:
        return "out"
    return "unknown" if doubtful or figures.covered < COVERED_ENOUGH else "within"


def judge_zone(measured: Measured, zone: Zone, doubtful: bool) -> ZoneResult:
    """A zone has its own points, and its own surface to be seen."""
    there = _faces_of(measured.mesh, zone)
    surface = Mesh(measured.mesh.vertices, measured.mesh.faces[there])
    which, covered = np.zeros(len(measured.feet), dtype=bool), 0.0
    if there.any():
        looked_at = spread_points(surface, 5000)
        inside = _in_box(looked_at.points, zone)
        seen = measured.seen.covers(looked_at.points[inside], looked_at.normals[inside])
        covered = float(seen.mean()) if len(seen) else 0.0
        which = there[measured.face] & _in_box(measured.feet, zone)
    figures, regions = judge(measured, zone.tolerance, which)
    figures = replace(figures, covered=covered)
    state = state_of(figures, regions, doubtful)
    if doubtful and state == "out":  # which zone is out depends on which way the part lies
        state = "unknown"
    band = zone.tolerance
    return ZoneResult(zone.name, state, band.lower_mm, band.upper_mm, figures, tuple(regions))


def _faces_of(mesh: Mesh, zone: Zone) -> Flags:
    if zone.box_mm is None:
        there = np.zeros(len(mesh.faces), dtype=bool)
        numbers = np.array(zone.faces, dtype=np.int64) - 1
        if (numbers < 0).any() or (numbers >= len(there)).any():
            raise FileRefused("zone_off_part", name=zone.name)
        there[numbers] = True
        return there
    corners = mesh.vertices[mesh.faces]
    low, high = (np.array(corner) for corner in zone.box_mm)
    there = np.asarray(((corners.max(axis=1) >= low) & (corners.min(axis=1) <= high)).all(axis=1))
    if not there.any():
        raise FileRefused("zone_off_part", name=zone.name)
    return there


def _in_box(points: Floats, zone: Zone) -> Flags:
    if zone.box_mm is None:
        return np.ones(len(points), dtype=bool)
    low, high = (np.array(corner) for corner in zone.box_mm)
    return np.asarray(((points >= low) & (points <= high)).all(axis=1))

"""Two revisions of a file compared: the same, only moved, or changed here and there, by how much."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.compare.cells import LISTED, Grid, Region, point_of, regions_of
from strate.kernels.geometry.compare.moves import Move, Pair, find_move, most_alike_pose
from strate.kernels.geometry.compare.pieces import PieceChange, Pieces, changes_between, pieces_of
from strate.kernels.geometry.compare.poses import angle_deg, inverse, moved
from strate.kernels.geometry.compare.registration import Progress, silent
from strate.kernels.geometry.compare.sampling import spread_points, used_corners
from strate.kernels.geometry.refusal import Finding, Plain, Point
from strate.kernels.geometry.skin.mesh import Mesh
from strate.kernels.geometry.skin.topology import edges_of

Floats = NDArray[np.float64]

ALIKE_UM = 5.0
"""Skins nearer than this are one: single precision and another meshing of the same surface."""
SAID = {
    "translated": "revision_translated",
    "rotated": "revision_rotated",
    "scaled": "revision_scaled",
    "mirrored": "revision_mirrored",
    "changed": "revision_changed",
    "moved_and_changed": "revision_moved_and_changed",
}
LOOKED_AT, MOST_CORNERS = 200_000, 500_000


@dataclass(frozen=True)
class Sums:
    """The figures of one revision."""

    triangles: int
    vertices: int
    shells: int
    closed: bool
    volume_mm3: float
    area_mm2: float
    low_mm: Point
    high_mm: Point


@dataclass(frozen=True, eq=False)
class RevisionReport:
    """What became of a part from one revision to the next; lengths in mm, places in the frame of the second."""

    state: str
    """identical, same, or changed."""
    code: str
    """identical_to_the_byte, same_triangles, same_shape, translated, rotated, scaled, mirrored, changed…"""
    values: Mapping[str, Plain]
    before: Sums
    after: Sums
    most_mm: float
    """The largest distance between the skins, once moved as said."""
    moved_first: tuple[tuple[float, ...], ...] | None
    """The pose given to the first revision before the regions were looked for; None: as it lay."""
    regions: tuple[Region, ...]
    """Where the surface differs: above zero, matter came; below, it went."""
    region_count: int
    pieces: tuple[PieceChange, ...] | None
    findings: tuple[Finding, ...]

    def to_dict(self) -> dict[str, Any]:
        plain = asdict(self)
        plain["findings"] = [dict(asdict(f), values=dict(f.values)) for f in self.findings]
        plain["values"] = dict(self.values)
        for region, each in zip(self.regions, plain["regions"], strict=True):
            each["extent_mm"] = region.extent_mm
        return {"kind": "revision", **plain}


@dataclass(frozen=True, eq=False)
class Differences:
    """Points of both skins and how far the other is: above zero where matter came."""

    points: Floats
    deviations: Floats


def compare_revisions(
    before: Mesh,
    after: Mesh,
    *,
    same_bytes: bool = False,
    alike_um: float = ALIKE_UM,
    tell: Progress = silent,
) -> tuple[RevisionReport, Differences]:
    """Compare two meshes; neither is changed. The differences are for a picture."""
    tell("pieces", 0.05)
    pieces = pieces_of(before), pieces_of(after)
    if same_bytes or same_triangles(before, after):
        code = "identical_to_the_byte" if same_bytes else "same_triangles"
        sums = sums_of(after, pieces[1])
        report = _report("identical", code, {}, (sums, sums), 0.0, None, [], (), ())
        return report, Differences(np.empty((0, 3)), np.empty(0))
    tell("skins", 0.1)
    pair = Pair(before, after, alike_um / 1000)
    move = find_move(pair, tell)
    both = (sums_of(before, pieces[0]), sums_of(after, pieces[1]))
    if move is not None:
        return _only_moved(pair, move, both)
    return _changed(pair, pieces, both, tell)


def same_triangles(before: Mesh, after: Mesh) -> bool:
    """The very same triangles, whatever their order and their first corner."""
    if len(before.faces) != len(after.faces) or len(before.vertices) != len(after.vertices):
        return False
    one, other = (_in_order(mesh) for mesh in (before, after))
    return bool(np.array_equal(one, other))


def _in_order(mesh: Mesh) -> Floats:
    rank = np.empty(len(mesh.vertices), dtype=np.int64)
    order = np.lexsort(mesh.vertices.T[::-1])
    rank[order] = np.arange(len(order))
    faces = rank[mesh.faces]
    first = np.argmin(faces, axis=1)
    turned = np.take_along_axis(faces, (first[:, None] + np.arange(3)) % 3, axis=1)
    return np.concatenate([mesh.vertices[order].reshape(-1), turned[np.lexsort(turned.T[::-1])].reshape(-1)])


def sums_of(mesh: Mesh, pieces: Pieces) -> Sums:
    return Sums(
        triangles=len(mesh.faces),
        vertices=len(mesh.vertices),
        shells=len(pieces),
        closed=edges_of(mesh).closed,
        volume_mm3=float(pieces.volumes.sum()),
        area_mm2=float(pieces.areas.sum()),
        low_mm=point_of(mesh.low),
        high_mm=point_of(mesh.high),
    )


def _report(
    state: str,
    code: str,
    values: Mapping[str, Plain],
    sums: tuple[Sums, Sums],
    most: float,
    pose: Floats | None,
    regions: list[Region],
    pieces: tuple[PieceChange, ...] | None,
    findings: tuple[Finding, ...],
) -> RevisionReport:
    moved_first = None if pose is None else tuple(tuple(map(float, row)) for row in pose)
    listed = tuple(regions[:LISTED])
    return RevisionReport(
        state, code, values, sums[0], sums[1], most, moved_first, listed, len(regions), pieces, findings
    )


def _only_moved(pair: Pair, move: Move, sums: tuple[Sums, Sums]) -> tuple[RevisionReport, Differences]:
    code = "same_shape" if move.code == "in_place" else move.code
    values = values_of(move)
    state = "same" if code == "same_shape" else "changed"
    findings = () if state == "same" else (Finding(SAID[code], "warn", values),)
    pose = None if code == "same_shape" else move.pose
    report = _report(state, code, values, sums, move.left_mm, pose, [], (), findings)
    return report, Differences(np.empty((0, 3)), np.empty(0))


def values_of(move: Move) -> dict[str, Plain]:
    x, y, z = (round(side, 4) for side in move.shift_mm)
    values: dict[str, Plain] = {"left_um": round(move.left_mm * 1000, 3)}
    if move.code == "in_place":
        return values
    values |= {"x_mm": x, "y_mm": y, "z_mm": z}
    if move.angle_deg > 1e-6:
        a, b, c = (round(side, 4) for side in move.axis)
        values |= {"angle_deg": round(move.angle_deg, 4), "axis_x": a, "axis_y": b, "axis_z": c}
    if move.scale != 1:
        values |= {"scale": round(move.scale, 6), "unit": move.unit or "?"}
    return values


def _changed(
    pair: Pair, pieces: tuple[Pieces, Pieces], sums: tuple[Sums, Sums], tell: Progress
) -> tuple[RevisionReport, Differences]:
    pose = most_alike_pose(pair, tell)
    still = bool((pose == np.eye(4)).all())
    tell("regions", 0.9)
    found = differences(pair, pose)
    beyond = np.abs(found.deviations) > pair.alike_mm
    low = np.minimum(pair.after.low, found.points.min(axis=0))
    high = np.maximum(pair.after.high, found.points.max(axis=0))
    grid = Grid(low, high, float((high - low).max()) / 100)
    regions = regions_of(grid, found.points[beyond], found.deviations[beyond])
    changes = changes_between(*pieces, pair.alike_mm) if still else None
    most = float(np.abs(found.deviations).max())
    values: dict[str, Plain] = {"regions": len(regions), "most_mm": round(most, 4)}
    if not still:
        values |= {"angle_deg": round(angle_deg(pose[:3, :3]), 4)}
        values |= dict(zip(("x_mm", "y_mm", "z_mm"), (round(float(s), 4) for s in pose[:3, 3]), strict=True))
    code = "changed" if still else "moved_and_changed"
    findings = (Finding(SAID[code], "warn", values), *(_finding(region) for region in regions[:10]))
    shown = None if still else pose
    return _report("changed", code, values, sums, most, shown, regions, changes, findings), found


def _finding(region: Region) -> Finding:
    code = "matter_came" if region.worst_mm > 0 else "matter_went"
    values: dict[str, Plain] = {
        "by_mm": round(abs(region.worst_mm), 4),
        "extent_mm": round(region.extent_mm, 2),
    }
    return Finding(code, "warn", values, region.worst_at_mm, box_mm=(region.low_mm, region.high_mm))


def differences(pair: Pair, pose: Floats) -> Differences:
    """Corners and evenly spread points of both skins, against the other."""
    after, before = _points(pair.after), _points(pair.before)
    came = pair.skin_before.distances(moved(after, inverse(pose)))
    there = moved(before, pose)
    went = -pair.skin_after.distances(there)
    return Differences(np.concatenate([after, there]), np.concatenate([came, went]))


def _points(mesh: Mesh) -> Floats:
    corners = mesh.vertices[used_corners(mesh)]
    if len(corners) > MOST_CORNERS:
        corners = corners[np.linspace(0, len(corners) - 1, MOST_CORNERS).astype(np.int64)]
    return np.concatenate([corners, spread_points(mesh, LOOKED_AT).points])

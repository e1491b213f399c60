"""Is one revision the other, only moved, turned, scaled or mirrored? Tried from the plainest to the oddest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.compare.nearest import Skin
from strate.kernels.geometry.compare.placing import UNITS
from strate.kernels.geometry.compare.poses import angle_deg, axis_of, moved, pose_of
from strate.kernels.geometry.compare.registration import Progress, register
from strate.kernels.geometry.compare.sampling import Moments, moments_of, spread_points, used_corners
from strate.kernels.geometry.refusal import Point
from strate.kernels.geometry.skin.mesh import Mesh

Floats = NDArray[np.float64]

SAME_FIGURES = 1e-4
SAMPLE = 20_000
MOSTLY = 0.9
"""With so much of it still in its place, a part was changed here and there, not moved."""


@dataclass(frozen=True, eq=False)
class Move:
    """What brings the first revision onto the second: scale about the origin, mirror in x, then turn and shift."""

    code: str
    """in_place, translated, rotated, scaled, mirrored."""
    scale: float
    unit: str | None
    pose: Floats
    left_mm: float
    """The largest distance left between the two skins, both ways."""

    @property
    def shift_mm(self) -> Point:
        x, y, z = self.pose[:3, 3]
        return float(x), float(y), float(z)

    @property
    def angle_deg(self) -> float:
        return angle_deg(self.pose[:3, :3])

    @property
    def axis(self) -> Point:
        return axis_of(self.pose[:3, :3])


class Pair:
    """Two meshes ready to be laid on each other."""

    def __init__(self, before: Mesh, after: Mesh, alike_mm: float) -> None:
        self.before, self.after, self.alike_mm = before, after, alike_mm
        self.skin_before, self.skin_after = Skin(before), Skin(after)
        self.figures_before, self.figures_after = moments_of(before), moments_of(after)
        self.points_before = looked_at(before, SAMPLE)
        self.points_after = looked_at(after, SAMPLE)

    def left(self, scale: float, pose: Floats) -> float:
        """The largest distance between the skins once the first is scaled and moved, in mm of the second."""
        there = moved(self.points_before * scale, pose)
        one = np.abs(self.skin_after.distances(there)).max()
        back = (self.points_after - pose[:3, 3]) @ pose[:3, :3] / scale
        other = np.abs(self.skin_before.distances(np.ascontiguousarray(back))).max() * scale
        return float(max(one, other))

    def still(self) -> float:
        """How much of the first lies on the second, as both stand."""
        away = np.abs(self.skin_after.distances(self.points_before))
        return float(np.mean(away <= self.alike_mm))

    def alike(self, left: float, scale: float = 1.0) -> bool:
        return left <= self.alike_mm * max(scale, 1.0)


def looked_at(mesh: Mesh, count: int) -> Floats:
    """Corners, where the largest deviations are, and points between them."""
    used = used_corners(mesh)
    if len(used) > count:
        used = used[np.linspace(0, len(used) - 1, count).astype(np.int64)]
    return np.concatenate([mesh.vertices[used], spread_points(mesh, count).points])


def find_move(pair: Pair, tell: Progress) -> Move | None:
    """The plainest move that makes the two skins one, within `alike_mm`; None when there is none."""
    one = _try(pair, "in_place", 1.0, np.eye(4))
    if one:
        return one
    before, after = pair.figures_before, pair.figures_after
    scale = float(np.sqrt(after.area_mm2 / before.area_mm2))
    if not _same_figures(before, after, scale):
        return None
    scale, unit = _named(scale)
    shift = after.middle - scale * before.middle
    plain = [("scaled", np.zeros(3)), ("scaled", shift)] if scale != 1 else [("translated", shift)]
    for code, by in plain:
        if one := _try(pair, code, scale, pose_of(np.eye(3), by), unit):
            return one
    if pair.still() >= MOSTLY:
        return None
    return _turned(pair, scale, unit, tell) or _mirrored(pair, scale, unit, tell)


def _try(pair: Pair, code: str, scale: float, pose: Floats, unit: str | None = None) -> Move | None:
    left = pair.left(scale, pose)
    return Move(code, scale, unit, pose, left) if pair.alike(left, scale) else None


def _named(scale: float) -> tuple[float, str | None]:
    """A scale that is a change of unit is one exactly."""
    if abs(scale - 1) <= SAME_FIGURES:
        return 1.0, None
    for unit, factor in UNITS.items():
        if abs(scale / factor - 1) <= SAME_FIGURES and unit != "mm":
            return factor, unit
    return scale, None


def _same_figures(before: Moments, after: Moments, scale: float) -> bool:
    """Area, volume and spread do not depend on where a part stands: unlike, it is not the same part."""
    volumes = abs(abs(after.volume_mm3) - scale**3 * abs(before.volume_mm3))
    close = volumes <= 10 * SAME_FIGURES * abs(after.volume_mm3) + 1e-9
    return bool(
        close
        and np.allclose(after.widths, scale * before.widths, rtol=0, atol=10 * SAME_FIGURES * after.size_mm)
    )


def _turned(pair: Pair, scale: float, unit: str | None, tell: Progress) -> Move | None:
    found = register(pair.skin_after, pair.figures_after, pair.points_before * scale, tell)
    for pose in (found.pose, *found.others):
        if one := _try(pair, "rotated" if scale == 1 else "scaled", scale, pose, unit):
            return one
    return None


def _mirrored(pair: Pair, scale: float, unit: str | None, tell: Progress) -> Move | None:
    """A left part made into a right one: the same figures, and no turn that brings it back."""
    flip = np.array([-1.0, 1.0, 1.0])
    points = pair.points_before * scale * flip
    found = register(pair.skin_after, pair.figures_after, points, tell)
    left = float(np.abs(pair.skin_after.distances(moved(points, found.pose))).max())
    return Move("mirrored", scale, unit, found.pose, left) if pair.alike(left, scale) else None


def most_alike_pose(pair: Pair, tell: Progress) -> Floats:
    """Where the first lies on the second for most of its surface: in place, unless moving it helps much."""
    still = pair.still()
    if still >= 0.5:
        return np.eye(4)
    found = register(pair.skin_after, pair.figures_after, pair.points_before, tell)
    best, share = np.eye(4), still
    for pose in (found.pose, *found.others):
        lain = np.mean(np.abs(pair.skin_after.distances(moved(pair.points_before, pose))) <= pair.alike_mm)
        if lain > share + 0.2:
            best, share = pose, float(lain)
    return best

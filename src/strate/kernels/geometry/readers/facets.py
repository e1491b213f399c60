"""Makes triangles of polygons and strips where they have one meaning only, and says where they have not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.cutting.polygons import triangulate
from strate.kernels.geometry.readers.stl import check_numbers
from strate.kernels.geometry.refusal import FileRefused, Finding, Limits, Plain, Point, Severity
from strate.kernels.geometry.skin.mesh import Mesh

Numbers = NDArray[np.float64]
Indices = NDArray[np.int64]

# A polygon bent by more than a thousandth of its size makes two surfaces, as it is cut one way or the other.
BENT = 1e-3
_HAIR = 1e-9
# Beyond so many corners only the first is tried as the root of a fan; then ears are cut, as long as patience lasts.
_MANY_CORNERS, _PATIENCE = 16, 100_000
_BOW = 1e-6


class Triangles:
    """The triangles of a file's polygons, in the file's order, and what was seen while cutting them."""

    def __init__(self, points: Numbers, flat: Indices, counts: Indices) -> None:
        self.findings: list[Finding] = []
        check_indices(flat, counts, len(points))
        _check_corners(points, flat, counts)
        self._points, self._bent_mm = points, 0.0
        self._bent: list[int] = []
        self._hollow: list[int] = []
        self._clipped: dict[int, Indices] = {}
        self._effort = _PATIENCE
        starts = np.cumsum(counts) - counts
        # A place beyond all reach is refused once there is a mesh; until then its products may overflow.
        with np.errstate(over="ignore", invalid="ignore"):
            cut = [
                self._cut(int(corners), flat, starts, counts) for corners in np.unique(counts) if corners > 2
            ]
        faces = [faces for faces, _ in cut] or [np.empty((0, 3), np.int64)]
        owners = [owner for _, owner in cut] or [np.empty(0, np.int64)]
        owner = np.concatenate(owners)
        order = np.argsort(owner, kind="stable")
        self.faces: Indices = np.concatenate(faces)[order]
        self.owner: Indices = owner[order]
        self._say(counts, flat, starts)

    def _cut(self, corners: int, flat: Indices, starts: Indices, counts: Indices) -> tuple[Indices, Indices]:
        """All polygons of that many corners at once, each from the corner that serves it best."""
        which = np.flatnonzero(counts == corners)
        rows = flat[starts[which][:, None] + np.arange(corners)]
        if corners == 3:
            return rows, which
        first, bent = self._best_corner(rows, which)
        turned = np.take_along_axis(rows, (first[:, None] + np.arange(corners)) % corners, axis=1)
        ahead = np.arange(1, corners - 1)
        fans = turned[:, np.stack([np.zeros_like(ahead), ahead, ahead + 1], axis=1)]
        self._bent += which[bent].tolist()
        for row in np.flatnonzero(np.isin(which, list(self._clipped))).tolist():
            fans[row] = rows[row][self._clipped[int(which[row])]]
        return fans.reshape(-1, 3), np.repeat(which, corners - 2)

    def _best_corner(self, rows: Indices, which: Indices) -> tuple[Indices, NDArray[np.bool_]]:
        """From which corner each polygon can be cut into triangles that all look the same way."""
        corners = rows.shape[1]
        at = self._points[rows] - self._points[rows[:, :1]]
        fan = _fan(at)
        normal = fan.sum(axis=1)
        length = np.linalg.norm(normal, axis=1)
        unit = normal / np.where(length > 0, length, 1)[:, None]
        best, first = np.full(len(rows), -np.inf), np.zeros(len(rows), np.int64)
        for turn in range(corners if corners <= _MANY_CORNERS else 1):
            spun = _fan(np.roll(at, -turn, axis=1)) if turn else fan
            least = np.einsum("nki,ni->nk", spun, unit).min(axis=1)
            better = least > best + _HAIR * length
            best, first = np.where(better, least, best), np.where(better, turn, first)
        drawn = np.linalg.norm(fan, axis=2).sum(axis=1)
        # A bow covers nothing in sum although its triangles do.
        hollow = np.flatnonzero((best < -_HAIR * length) | (length < _BOW * drawn))
        off = np.abs(np.einsum("nki,ni->nk", at - at.mean(axis=1, keepdims=True), unit)).max(axis=1)
        bent = off > BENT * np.sqrt(np.maximum(length, _HAIR * _HAIR))
        self._bent_mm = max(self._bent_mm, float(off[bent].max()) if bent.any() else 0.0)
        # A bent one is not cut ear by ear, and patience ends for all the faces behind at once.
        flat = hollow[~bent[hollow]][: self._effort // corners**2]
        self._effort -= len(flat) * corners**2
        self._hollow += which[np.setdiff1d(hollow, flat, assume_unique=True)].tolist()
        for row in flat.tolist():
            self._clip(int(which[row]), at[row], unit[row])
        return first, np.asarray(bent)

    def _clip(self, face: int, at: Numbers, unit: Numbers) -> None:
        """A flat face whose outline turns inwards has one meaning still: its ears are cut off one by one."""
        # Seen along the axis it faces most, it is bent out of shape, but what turns left still turns left.
        along = int(np.abs(unit).argmax())
        seen = [(along + 1) % 3, (along + 2) % 3]
        flat = at[:, seen if unit[along] > 0 else seen[::-1]]
        try:
            cut = triangulate([flat])[1]
            sides = np.diff(flat[cut], axis=1)
            if (sides[:, 0, 0] * sides[:, 1, 1] <= sides[:, 0, 1] * sides[:, 1, 0]).any():
                raise ValueError(face)
            self._clipped[face] = cut
        except ValueError:
            self._hollow.append(face)

    def _say(self, counts: Indices, flat: Indices, starts: Indices) -> None:
        short = np.flatnonzero(counts < 3)
        if len(short):
            self.findings.append(
                Finding("short_faces", "warn", {"count": len(short), "face": int(short[0]) + 1})
            )
        bent_um = round(self._bent_mm * 1000, 1)
        for found in (
            _seen("hollow_polygons", "refuse", self._hollow, {}),
            _seen("bent_polygons", "warn", self._bent, {"bent_um": bent_um}),
        ):
            if found is not None:
                face = int(found.values["face"] or 0) - 1
                x, y, z = self._points[flat[starts[face] : starts[face] + counts[face]]].mean(axis=0)
                triangle = int(np.searchsorted(self.owner, face)) + 1
                place: Point = (float(x), float(y), float(z))
                self.findings.append(replace(found, point_mm=place, triangle=triangle))


def _fan(corners: Numbers) -> Numbers:
    """Twice the area and the direction of each triangle, when polygons are cut from their first corner."""
    at = corners - corners[:, :1]
    return np.cross(at[:, 1:-1], at[:, 2:])


def _seen(code: str, severity: Severity, faces: list[int], more: dict[str, Plain]) -> Finding | None:
    """How many faces are so, and the first of them; nothing when none is."""
    return Finding(code, severity, {"count": len(faces), "face": min(faces) + 1} | more) if faces else None


def check_indices(flat: Indices, counts: Indices, points: int) -> None:
    """Refuse the first face that names a point the file does not hold."""
    if not flat.size or (int(flat.min()) >= 0 and int(flat.max()) < points):
        return
    at = int(np.flatnonzero((flat < 0) | (flat >= points))[0])
    face = int(np.searchsorted(np.cumsum(counts), at, side="right"))
    raise FileRefused("point_out_of_range", face=face + 1, index=int(flat[at]), points=points)


def _check_corners(points: Numbers, flat: Indices, counts: Indices) -> None:
    """Refuse the first face with a corner that is no number: there is no plane to compare it with."""
    lost = ~np.isfinite(points[flat])
    if lost.any():
        row, column = (int(i) for i in np.argwhere(lost)[0])
        face = int(np.searchsorted(np.cumsum(counts), row, side="right"))
        raise FileRefused("not_a_number", triangle=face + 1, value=str(float(points[flat[row], column])))


def strips(flat: Indices) -> Indices:
    """Triangles of strips put end to end, -1 between them; every second one is turned, stitches are left out."""
    cut = flat < 0
    begins = np.maximum.accumulate(np.where(cut, np.arange(len(flat)) + 1, 0))
    rank = np.arange(len(flat)) - begins
    last = np.flatnonzero(~cut & (rank >= 2))
    a, b, c = flat[last - 2], flat[last - 1], flat[last]
    odd = rank[last] % 2 == 1
    faces = np.stack([np.where(odd, b, a), np.where(odd, a, b), c], axis=1)
    drawn: Indices = faces[(a != b) & (b != c) & (a != c)]
    return drawn


def as_mesh(points: Numbers, faces: Indices, limits: Limits) -> Mesh:
    """The mesh of what the faces use, equal points joined; a cloud keeps every point it has."""
    if len(faces) > limits.max_triangles:
        raise FileRefused("too_many_triangles", triangles=len(faces), limit=limits.max_triangles)
    if len(faces):
        corners = points[faces]
        check_numbers(corners, limits)
        return Mesh.weld(corners)
    if len(points):
        check_points(points, limits)
    return Mesh(points, np.empty((0, 3), np.int32))


def check_points(points: Numbers, limits: Limits) -> None:
    """Refuse the first point of a cloud that is no number or out of all reach."""
    wrong = ~(np.abs(points) <= limits.max_coordinate_mm).all(axis=1)
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0])
        value = str(float(points[row][~(np.abs(points[row]) <= limits.max_coordinate_mm)][0]))
        raise FileRefused("point_not_usable", point=row + 1, value=value, limit_mm=limits.max_coordinate_mm)

"""How near two copies come to each other, layer by layer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_BLOCK = 400_000
BESIDE_MM = 1e-4


@dataclass(frozen=True, eq=False)
class Cut:
    """The matter of a copy at one height: the sides of its outlines (x0, y0, x1, y1), a point of matter by each."""

    sides: Floats
    within: Floats

    @classmethod
    def of(cls, outlines: Sequence[Floats]) -> Cut:
        if not outlines:
            return cls(np.empty((0, 4)), np.empty((0, 2)))
        sides = np.concatenate([np.hstack([line, np.roll(line, -1, axis=0)]) for line in outlines])
        first = np.cumsum([0, *(len(line) for line in outlines[:-1])])
        return cls(sides, _just_inside(sides[first]))


def _just_inside(sides: Floats) -> Floats:
    """A point of matter beside the middle of each side: matter lies on its left."""
    along = sides[:, 2:] - sides[:, :2]
    length = np.maximum(np.hypot(along[:, :1], along[:, 1:]), 1e-12)
    left = np.stack([-along[:, 1], along[:, 0]], axis=1) / length
    return np.asarray((sides[:, :2] + sides[:, 2:]) / 2 + left * np.minimum(length / 4, BESIDE_MM))


def gap(first: Cut, second: Cut, within: float) -> tuple[float, tuple[float, float] | None]:
    """The smallest distance between two copies, no farther than `within`, and where; -1 when they share matter.

    Outer outlines turn counter-clockwise and holes clockwise: standing in a hole of the other is not touching it.
    """
    for inner, outer in ((first, second), (second, first)):
        if (place := _shared(inner.within, outer.sides)) is not None:
            return -1.0, place
    one, other = first.sides, second.sides
    near, far = _near(one, other, within), _near(other, one, within)
    if not len(near) or not len(far):
        return within, None
    best, where = within, None
    step = max(_BLOCK // len(far), 1)
    for begin in range(0, len(near), step):
        some = near[begin : begin + step]
        met = _crossing(some, far)
        if met.any():
            return -1.0, _middle(some[np.argwhere(met)[0][0]])
        away = np.minimum(_apart(some, far), _apart(far, some).T)
        row, column = np.unravel_index(int(np.argmin(away)), away.shape)
        if away[row, column] < best:
            best, where = float(away[row, column]), _middle(some[row])
    if best < BESIDE_MM:  # touching, perhaps along whole sides: is there matter of one in the other?
        place = _shared(_just_inside(near), other) or _shared(_just_inside(far), one)
        return (-1.0, place) if place else (best, where)
    return best, where


def _shared(points: Floats, sides: Floats) -> tuple[float, float] | None:
    """The first of the points that lies inside the outlines."""
    for point in points if len(sides) else ():
        if _turns(sides, point):
            return float(point[0]), float(point[1])
    return None


def _middle(side: Floats) -> tuple[float, float]:
    return float(side[0] + side[2]) / 2, float(side[1] + side[3]) / 2


def _near(sides: Floats, others: Floats, within: float) -> Floats:
    """The sides whose box comes within reach of the box of all others."""
    if not len(sides) or not len(others):
        return sides[:0]
    ends = others.reshape(-1, 2)
    low, high = ends.min(axis=0) - within, ends.max(axis=0) + within
    mins = np.minimum(sides[:, :2], sides[:, 2:])
    maxs = np.maximum(sides[:, :2], sides[:, 2:])
    return np.asarray(sides[((maxs >= low) & (mins <= high)).all(axis=1)])


def _turns(sides: Floats, point: Floats) -> int:
    """How often the outlines turn around a point: not zero inside."""
    (ax, ay), (bx, by) = sides[:, :2].T, sides[:, 2:].T
    left = (bx - ax) * (point[1] - ay) - (by - ay) * (point[0] - ax)
    upward, downward = (
        (ay <= point[1]) & (by > point[1]) & (left > 0),
        (ay > point[1]) & (by <= point[1]) & (left < 0),
    )
    return int(upward.sum()) - int(downward.sum())


def _crossing(one: Floats, other: Floats) -> NDArray[np.bool_]:
    a, b = one[:, None, :2], one[:, None, 2:]
    c, d = other[None, :, :2], other[None, :, 2:]
    return np.asarray((_side(a, b, c) * _side(a, b, d) < 0) & (_side(c, d, a) * _side(c, d, b) < 0))


def _side(a: Floats, b: Floats, p: Floats) -> Floats:
    u, v = b - a, p - a
    return np.asarray(u[..., 0] * v[..., 1] - u[..., 1] * v[..., 0])


def _apart(one: Floats, other: Floats) -> Floats:
    """From both ends of each side to each other side: the smaller distance."""
    begin = other[None, :, :2]
    along = other[None, :, 2:] - begin
    length = np.maximum(np.square(along).sum(axis=2), 1e-30)
    found = []
    for ends in (one[:, None, :2], one[:, None, 2:]):
        share = np.clip(((ends - begin) * along).sum(axis=2) / length, 0.0, 1.0)
        rest = ends - begin - share[..., None] * along
        found.append(np.sqrt(np.square(rest).sum(axis=2)))
    return np.asarray(np.minimum(found[0], found[1]))

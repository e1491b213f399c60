"""Tells the outlines of a layer from the other passes of the beam: which closed lines part matter from powder."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

Ring = NDArray[np.float64]
Rule = Literal["winding", "parity"]
OUTER, HOLE, PASS = 1, 0, -1
MOST_WORK = 20_000_000


def roles(rings: list[Ring], rule: Rule) -> list[int]:
    """OUTER, HOLE or PASS for each ring; too many rings to compare keep the direction they were drawn in.

    By winding, a ring inside another one that turns the same way is a second pass; by parity, the direction
    means nothing and each ring in another one is a hole.
    """
    if len(rings) < 2:
        return [OUTER] * len(rings)
    if len(rings) * sum(map(len, rings)) > MOST_WORK:
        return [OUTER if turns_left(ring) else HOLE for ring in rings]
    ends = np.cumsum([len(ring) for ring in rings])
    points = np.concatenate(rings)
    nexts = np.arange(1, len(points) + 1)
    nexts[ends - 1] = ends - [len(ring) for ring in rings]
    found = []
    for ring, end in zip(rings, ends.tolist(), strict=True):
        begin = end - len(ring)
        up, down = _crossings(points, nexts, begin, end)
        if rule == "parity":
            found.append(HOLE if (up + down) % 2 else OUTER)
            continue
        outside, inside = up - down, up - down + (1 if turns_left(ring) else -1)
        found.append(PASS if (outside == 0) == (inside == 0) else (OUTER if outside == 0 else HOLE))
    return found


def _crossings(points: Ring, nexts: NDArray[np.int64], begin: int, end: int) -> tuple[int, int]:
    """How often the other rings cross, upwards and downwards, the way from this ring to the far right."""
    px, py = (points[begin] + points[nexts[begin]]) / 2
    y, next_y = points[:, 1], points[nexts, 1]
    crossing = (y > py) != (next_y > py)
    crossing[begin:end] = False
    which = np.flatnonzero(crossing)
    a, b = points[which], points[nexts[which]]
    at = a[:, 0] + (py - a[:, 1]) * (b[:, 0] - a[:, 0]) / (b[:, 1] - a[:, 1])
    right = at > px
    upwards = b[:, 1] > py
    return int(np.count_nonzero(right & upwards)), int(np.count_nonzero(right & ~upwards))


def turns_left(ring: Ring) -> bool:
    """Is the ring drawn counter-clockwise?"""
    x, y = (ring - ring[0]).T
    return bool((x[:-1] * y[1:] - x[1:] * y[:-1]).sum() > 0)


def chained(strokes: NDArray[np.float64], near_mm: float) -> list[Ring]:
    """Strokes (k, 4) that follow one another end to start, as the lines they make; a closed one repeats its start."""
    if not len(strokes):
        return []
    apart = np.abs(strokes[1:, :2] - strokes[:-1, 2:]).max(axis=1) > near_mm
    edges = np.flatnonzero(apart) + 1
    return [np.concatenate([run[:1, :2], run[:, 2:]]) for run in np.split(strokes, edges)]

"""Flat outlines with holes: their area, and the triangles that fill them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.native import FLOAT64, INT64, array, function

Outline = NDArray[np.float64]
Ring = list[int]

_F8, _I8, _BYTE = array(np.float64), array(np.int64), array(np.uint8)
_AREAS = function("strate_line_areas", None, _F8, _I8, INT64, _F8)
_UNION = function("strate_union_area", FLOAT64, _F8, _I8, _BYTE, INT64)


def area(outline: Outline) -> float:
    """Signed area of a closed outline: positive when it turns counter-clockwise."""
    if len(outline) < 3:
        return 0.0
    x, y = (outline - outline[0]).T
    return float((x * np.roll(y, -1) - y * np.roll(x, -1)).sum() / 2)


def line_areas(points: Outline, offsets: NDArray[np.int64]) -> NDArray[np.float64]:
    """Signed area of each line `points[offsets[n]:offsets[n + 1]]`, closed back to its first point."""
    places, bounds, _, count = checked_lines(points, offsets, np.ones(max(len(offsets) - 1, 0), np.bool_))
    areas = np.empty(count)
    _AREAS(places, bounds, count, areas)
    return areas


def union_area_mm2(points: Outline, offsets: NDArray[np.int64], closed: NDArray[np.bool_]) -> float:
    """What the closed lines enclose, exactly; where they overlap it counts once (non-zero winding)."""
    area = float(_UNION(*checked_lines(points, offsets, closed)))
    if area < 0:
        raise MemoryError("the union of a layer")
    return area


def checked_lines(
    points: Outline, offsets: NDArray[np.int64], closed: NDArray[np.bool_]
) -> tuple[Outline, NDArray[np.int64], NDArray[np.uint8], int]:
    """Lines as the engine takes them: points, where lines begin, which are closed, how many."""
    bounds, sure = np.ascontiguousarray(offsets, np.int64), np.ascontiguousarray(closed, np.bool_)
    places = np.ascontiguousarray(points, np.float64).reshape(-1, 2)
    count = len(bounds) - 1
    if count < 0 or len(sure) != count or bounds[0] < 0 or bounds[-1] > len(places):
        raise ValueError("lines that do not lie among their points")
    if (bounds[1:] < bounds[:-1]).any():
        raise ValueError("lines that do not follow each other")
    return places, bounds, sure.view(np.uint8), count


def triangulate(outlines: list[Outline]) -> tuple[Outline, NDArray[np.int64]]:
    """Fill an outer outline minus its holes (all counter-clockwise) by clipping ears."""
    points = np.concatenate(outlines)
    begins = np.cumsum([0, *map(len, outlines)])
    rings = [list(range(a, b)) for a, b in pairwise(begins)]
    ring = rings[0]
    for hole in sorted(rings[1:], key=lambda hole: -points[hole, 0].max()):
        ring = _bridge(points, ring, hole[::-1])
    return points, np.array(_clip(points, ring))


def _bridge(points: Outline, ring: Ring, hole: Ring) -> Ring:
    """Open a hole onto the outline along the shortest straight cut that crosses nothing."""
    start = max(range(len(hole)), key=lambda i: points[hole[i], 0])
    away = ((points[ring] - points[hole[start]]) ** 2).sum(axis=1)
    loop = [*hole[start:], *hole[: start + 1]]
    for at in np.argsort(away):
        if not _crosses(points, ring, loop, hole[start], ring[at]):
            return [*ring[: at + 1], *loop, *ring[at:]]
    raise ValueError("a hole lies outside of its outline")


def _crosses(points: Outline, ring: Ring, loop: Ring, a: int, b: int) -> bool:
    """Does the cut from a to b cross an edge of the outline or of the hole?"""
    begin = np.array([*ring, *loop[:-1]])
    end = np.array([*ring[1:], ring[0], *loop[1:]])
    touching = (begin == a) | (begin == b) | (end == a) | (end == b)
    p, q, r, s = points[a], points[b], points[begin], points[end]
    apart = (_turn(p, q, r) * _turn(p, q, s) > 0) | (_turn(r, s, p) * _turn(r, s, q) > 0)
    return bool((~apart & ~touching).any())


def _turn(a: Outline, b: Outline, c: Outline) -> NDArray[np.float64]:
    """Positive where a, b, c turn left."""
    ab, ac = b - a, c - a
    return np.asarray(ab[..., 0] * ac[..., 1] - ab[..., 1] * ac[..., 0])


def _clip(points: Outline, ring: Ring) -> list[tuple[int, int, int]]:
    ring, faces, at, tried = list(ring), [], 0, 0
    while len(ring) > 3:
        a, b, c = ring[at - 1], ring[at], ring[(at + 1) % len(ring)]
        if _is_ear(points, ring, a, b, c):
            faces.append((a, b, c))
            del ring[at]
            at, tried = at % len(ring), 0
            continue
        at, tried = (at + 1) % len(ring), tried + 1
        if tried > len(ring):
            raise ValueError("an outline crosses itself")
    return [*faces, (ring[0], ring[1], ring[2])]


def _is_ear(points: Outline, ring: Ring, a: int, b: int, c: int) -> bool:
    pa, pb, pc = points[a], points[b], points[c]
    if _turn(pa, pb, pc) <= 0:
        return False
    others = points[[i for i in ring if i not in (a, b, c)]]
    inside = (_turn(pa, pb, others) >= 0) & (_turn(pb, pc, others) >= 0) & (_turn(pc, pa, others) >= 0)
    return not bool(inside.any())

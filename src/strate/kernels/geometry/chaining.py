"""Joins the cuts of single triangles into the outlines of a layer."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.polygons import Outline

Ints = NDArray[np.int64]


def chain(starts: Outline, from_edge: Ints, to_edge: Ints) -> tuple[list[Outline], list[Outline]]:
    """Closed outlines and open lines; a cut ends on the edge of the mesh where the next begins."""
    following = _pair(from_edge, to_edge).tolist()
    led_to = np.zeros(len(starts), dtype=bool)
    led_to[[n for n in following if n >= 0]] = True
    unused = [True] * len(starts)
    closed: list[Outline] = []
    open_lines: list[Outline] = []
    for first in [*np.flatnonzero(~led_to).tolist(), *range(len(starts))]:
        line, at = [], first
        while at >= 0 and unused[at]:
            unused[at] = False
            line.append(at)
            at = following[at]
        if line:
            (closed if at == first else open_lines).append(starts[line])
    return closed, open_lines


def _pair(from_edge: Ints, to_edge: Ints) -> Ints:
    """For each cut the one that begins on the edge where it ends (-1: none); crowded edges pair in order."""
    begins, ends = np.argsort(from_edge, kind="stable"), np.argsort(to_edge, kind="stable")
    sorted_from, sorted_to = from_edge[begins], to_edge[ends]
    rank = np.arange(len(ends)) - np.searchsorted(sorted_to, sorted_to)
    place = np.searchsorted(sorted_from, sorted_to) + rank
    inside = place < len(begins)
    place = np.minimum(place, len(begins) - 1)
    found = inside & (sorted_from[place] == sorted_to) if len(begins) else inside
    following = np.full(len(ends), -1, dtype=np.int64)
    following[ends[found]] = begins[place[found]]
    return following

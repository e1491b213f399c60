"""The shadow of a part seen from above: the outline drawn on the tablet and picked by touch."""

from __future__ import annotations

from math import ceil

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.deep.voxels import covered
from strate.kernels.geometry.skin.mesh import Mesh

Mask = NDArray[np.bool_]
Flat = tuple[float, ...]
ACROSS = 512
MOST_OUTLINES = 40


def shadow(mesh: Mesh) -> tuple[Flat, ...]:
    """Closed outlines around the middle of the part, to a five-hundredth of its size; the largest first."""
    low, high = mesh.low, mesh.high
    size = max(float(high[0] - low[0]), float(high[1] - low[1]), 1e-6) / ACROSS
    counts = [max(ceil(float(side) / size), 1) + 2 for side in (high - low)[:2]]
    middle = (low + high)[:2] / 2
    corner = middle - np.array(counts) * (size / 2)
    mask = covered(mesh, corner, size, counts[0], counts[1])
    outlines = [_simplified(loop, 1.25) for loop in _traced(mask)]
    outlines = sorted((loop for loop in outlines if len(loop) >= 3), key=lambda loop: -abs(_twice_area(loop)))
    return tuple(
        tuple(((loop - np.array(counts) / 2) * size).round(4).reshape(-1).tolist())
        for loop in outlines[:MOST_OUTLINES]
    )


def _traced(mask: Mask) -> list[NDArray[np.float64]]:
    """The borders of the covered squares, matter on the left: outer ones counter-clockwise, holes clockwise."""
    wide = np.pad(mask, 1)
    rows, columns = mask.shape
    leads: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for (dy, dx), begin, end in (
        ((-1, 0), (0, 0), (1, 0)), ((0, 1), (1, 0), (1, 1)), ((1, 0), (1, 1), (0, 1)), ((0, -1), (0, 1), (0, 0)),
    ):  # fmt: skip
        beside = wide[1 + dy : 1 + dy + rows, 1 + dx : 1 + dx + columns]
        for y, x in np.argwhere(mask & ~beside).tolist():
            leads.setdefault((x + begin[0], y + begin[1]), []).append((x + end[0], y + end[1]))
    loops = []
    while leads:
        start = at = next(iter(leads))
        before, loop = (0, 0), []
        while True:
            loop.append(at)
            choices = leads[at]
            following = _leftmost(before, at, choices)
            choices.remove(following)
            if not choices:
                del leads[at]
            before, at = (following[0] - at[0], following[1] - at[1]), following
            if at == start:
                break
        loops.append(np.array(loop, dtype=np.float64))
    return loops


def _leftmost(way: tuple[int, int], at: tuple[int, int], choices: list[tuple[int, int]]) -> tuple[int, int]:
    """Where two squares touch by a corner the line turns left: they stay two."""
    return max(choices, key=lambda to: way[0] * (to[1] - at[1]) - way[1] * (to[0] - at[0]))


def _twice_area(loop: NDArray[np.float64]) -> float:
    x, y = loop.T
    return float((x * np.roll(y, -1) - y * np.roll(x, -1)).sum())


def _simplified(loop: NDArray[np.float64], within: float) -> NDArray[np.float64]:
    """The same outline with far fewer points, none farther than `within` squares from where it was."""
    far = int(np.argmax(np.square(loop - loop[0]).sum(axis=1)))
    kept = np.zeros(len(loop) + 1, dtype=bool)
    kept[[0, far, len(loop)]] = True
    closed = np.vstack([loop, loop[:1]])
    waiting = [(0, far), (far, len(loop))]
    while waiting:
        begin, end = waiting.pop()
        if end - begin < 2:
            continue
        away = closed[end] - closed[begin]
        rest = closed[begin + 1 : end] - closed[begin]
        length = float(np.hypot(*away))
        apart = np.abs(rest[:, 0] * away[1] - rest[:, 1] * away[0]) / length if length else np.hypot(*rest.T)
        worst = int(np.argmax(apart))
        if apart[worst] > within:
            split = begin + 1 + worst
            kept[split] = True
            waiting += [(begin, split), (split, end)]
    return closed[:-1][kept[:-1]]

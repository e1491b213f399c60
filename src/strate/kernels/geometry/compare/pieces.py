"""The shells of two revisions matched one to one: which stayed, moved, changed, came or went."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.compare.cells import point_of
from strate.kernels.geometry.refusal import Point
from strate.kernels.geometry.skin.mesh import Mesh
from strate.kernels.geometry.skin.shells import measure
from strate.kernels.geometry.skin.topology import edges_of, shells_of

Floats = NDArray[np.float64]

MOST_MATCHED, ALIKE = 500, 1e-5


@dataclass(frozen=True)
class PieceChange:
    """One shell that is not as it was: added, removed, moved or changed."""

    what: str
    centre_mm: Point
    size_mm: Point
    volume_mm3: float
    volume_before_mm3: float | None
    shift_mm: Point | None


@dataclass(frozen=True, eq=False)
class Pieces:
    volumes: Floats
    areas: Floats
    boxes: Floats

    @property
    def middles(self) -> Floats:
        return np.asarray((self.boxes[:, :3] + self.boxes[:, 3:]) / 2)

    @property
    def sizes(self) -> Floats:
        return np.asarray(self.boxes[:, 3:] - self.boxes[:, :3])

    def __len__(self) -> int:
        return len(self.volumes)


def pieces_of(mesh: Mesh) -> Pieces:
    """All shells, the largest first."""
    measures = measure(mesh, shells_of(edges_of(mesh)))
    order = np.lexsort((-measures.areas, -np.abs(measures.volumes)))
    return Pieces(measures.volumes[order], measures.areas[order], measures.boxes[order])


def changes_between(before: Pieces, after: Pieces, alike_mm: float) -> tuple[PieceChange, ...] | None:
    """The shells that are not as they were; None when there are too many to match."""
    if max(len(before), len(after)) > MOST_MATCHED:
        return None
    free_before, free_after = set(range(len(before))), set(range(len(after)))
    found = []
    same = _alike(before, after)
    gap = np.linalg.norm(before.middles[:, None] - after.middles[None], axis=2)
    for b, a in _nearest_pairs(np.where(same, gap, np.inf)):
        free_before.discard(b)
        free_after.discard(a)
        if gap[b, a] > alike_mm:
            found.append(_change("moved", after, a, before, b))
    rest_before, rest_after = sorted(free_before), sorted(free_after)
    close = gap[np.ix_(rest_before, rest_after)]
    reach = np.linalg.norm(before.sizes[rest_before], axis=1)[:, None] / 2
    for i, j in _nearest_pairs(np.where(close <= reach, close, np.inf)):
        found.append(_change("changed", after, rest_after[j], before, rest_before[i]))
        free_before.discard(rest_before[i])
        free_after.discard(rest_after[j])
    found += [_change("removed", before, b) for b in sorted(free_before)]
    found += [_change("added", after, a) for a in sorted(free_after)]
    return tuple(found)


def _alike(before: Pieces, after: Pieces) -> NDArray[np.bool_]:
    """Which shells of one could be which of the other: same volume, same area."""
    near = np.ones((len(before), len(after)), dtype=bool)
    for one, other in ((before.volumes, after.volumes), (before.areas, after.areas)):
        scale = np.maximum(np.abs(one)[:, None], np.abs(other)[None])
        near &= np.abs(one[:, None] - other[None]) <= ALIKE * scale + 1e-9
    return near


def _nearest_pairs(gap: Floats) -> list[tuple[int, int]]:
    """Pairs from the nearest on, each row and each column once."""
    order = np.argsort(gap, axis=None, kind="stable")
    pairs: list[tuple[int, int]] = []
    rows, columns = set(), set()
    for number in order:
        row, column = divmod(int(number), gap.shape[1])
        if not np.isfinite(gap[row, column]):
            break
        if row not in rows and column not in columns:
            rows.add(row)
            columns.add(column)
            pairs.append((row, column))
    return pairs


def _change(
    what: str, pieces: Pieces, number: int, before: Pieces | None = None, was: int | None = None
) -> PieceChange:
    shift = None
    volume_before = None
    if before is not None and was is not None:
        shift = point_of(pieces.middles[number] - before.middles[was])
        volume_before = float(before.volumes[was])
    return PieceChange(
        what,
        point_of(pieces.middles[number]),
        point_of(pieces.sizes[number]),
        float(pieces.volumes[number]),
        volume_before,
        shift,
    )

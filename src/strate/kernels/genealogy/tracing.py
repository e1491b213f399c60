"""A trace: exact shares of all that something is made of, or of all that is made of it, in one pass over the lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from strate.kernels.genealogy.closure import Closure
from strate.kernels.genealogy.graph import Numbers
from strate.kernels.genealogy.order import Loop, rounds
from strate.kernels.genealogy.shares import GUARD_BITS, GUARDED_ONE, told_together

# Python's whole numbers in numpy's tables: exact at any size, without a Python loop for each line.
Exact = NDArray[np.object_]


@dataclass(frozen=True)
class Trace:
    """The answer to one question: `shares[i]` (in units of `ONE`) and `round_of[i]` are those of `nodes[i]`.

    Backward, a share is how much of the start went through that node, and `origins` are the nodes nothing was
    poured into: their shares sum to exactly one. Forward, it is how much of that node is made of the starts.
    """

    closure: Closure
    shares: list[int]
    round_of: Numbers
    origins: Numbers

    @property
    def nodes(self) -> Numbers:
        return self.closure.nodes

    def of(self, node: int) -> int:
        """The share of one node; nothing when it has no part in it."""
        at = int(np.searchsorted(self.nodes, node))
        return self.shares[at] if at < len(self.nodes) and self.nodes[at] == node else 0

    def by_node(self) -> dict[int, int]:
        return dict(zip(self.nodes.tolist(), self.shares, strict=True))

    def by_origin(self) -> dict[int, int]:
        """The share of each origin: exactly one together."""
        return {int(self.nodes[at]): self.shares[at] for at in self.origins}


def made_of(closure: Closure) -> Trace:
    """How much of the start came through each of its ancestors.

    Each node passes on exactly what it received: the line up to which a share is cut is rounded, never the piece.
    """
    local = _Local(closure)
    share = _zeros(len(closure))
    share[local.starts] = GUARDED_ONE
    round_of = np.zeros(len(closure), dtype=np.int64)
    for number, ready in enumerate(_named(closure, local.child, local.parent)):
        round_of[ready] = number
        rows, first = local.rows(ready)
        if len(rows):
            cut = share[local.child[rows]] * local.up_to[rows] // local.whole[local.child[rows]]
            piece = cut.copy()
            piece[1:] -= cut[:-1]
            piece[first] = cut[first]
            np.add.at(share, local.parent[rows], piece)
    origins = np.flatnonzero(local.counts == 0).astype(np.int64)
    shares = _told(share)
    for at, units in zip(origins, told_together([share[at] for at in origins]), strict=True):
        shares[at] = units
    return Trace(closure, shares, round_of, origins)


def where_used(closure: Closure) -> Trace:
    """How much of each descendant is made of the starts; they are made of nothing else."""
    local = _Local(closure)
    share = _zeros(len(closure))
    share[local.starts] = GUARDED_ONE
    round_of = np.zeros(len(closure), dtype=np.int64)
    inside = local.parent >= 0
    for number, ready in enumerate(_named(closure, local.parent[inside], local.child[inside])):
        round_of[ready] = number
        made = ready[local.counts[ready] > 0]
        rows, first = local.rows(made)
        if len(rows):
            parent = local.parent[rows]
            from_start = np.where(parent >= 0, share[parent], 0) * local.mass[rows]
            share[made] = np.add.reduceat(from_start, first) // local.whole[made]
    return Trace(closure, _told(share), round_of, local.starts)


def numbers_of(*values: int) -> Numbers:
    return np.array(values, dtype=np.int64)


class _Local:
    """A closure with its nodes numbered from zero; a parent outside it is −1."""

    def __init__(self, closure: Closure) -> None:
        nodes, edges = closure.nodes, closure.edges
        # One look-up in a table of all numbers is quicker than a search for each end of each line.
        place = np.full(int(nodes[-1]) + 1, -1, dtype=np.int32)
        place[nodes] = np.arange(len(nodes), dtype=np.int32)
        self.child = place[edges.child].astype(np.int64)
        self.parent = np.full(len(edges), -1, dtype=np.int64)
        known = edges.parent < len(place)
        self.parent[known] = place[edges.parent[known]]
        self.starts = np.searchsorted(nodes, np.unique(closure.starts)).astype(np.int64)
        self.counts = np.bincount(self.child, minlength=len(nodes)).astype(np.int64)
        self.first = np.concatenate([numbers_of(0), np.cumsum(self.counts)])[:-1]
        up_to = np.cumsum(edges.mass_mg)
        before = np.concatenate([numbers_of(0), up_to])[self.first]
        whole = np.concatenate([numbers_of(0), up_to])[self.first + self.counts] - before
        self.mass = edges.mass_mg.astype(object)
        self.up_to = (up_to - before[self.child]).astype(object)
        self.whole = whole.astype(object)

    def rows(self, nodes: Numbers) -> tuple[Numbers, Numbers]:
        """The lines poured into these nodes, and where those of each begin (nodes without lines have none)."""
        counts = self.counts[nodes]
        ends = np.cumsum(counts)
        total = int(ends[-1]) if len(ends) else 0
        begin = ends - counts
        rows = np.arange(total, dtype=np.int64) + np.repeat(self.first[nodes] - begin, counts)
        return rows, begin[counts > 0]


def _told(guarded: Exact) -> list[int]:
    """Shares as they are told: rounded in their last decimal, half of it upwards."""
    units: list[int] = ((guarded + (1 << (GUARD_BITS - 1))) >> GUARD_BITS).tolist()
    return units


def _zeros(count: int) -> Exact:
    zeros: Exact = np.zeros(count, dtype=object)
    return zeros


def _named(closure: Closure, before: Numbers, after: Numbers) -> Any:
    """Rounds, where a circle is told with the numbers the caller knows."""
    try:
        yield from rounds(len(closure), before, after)
    except Loop as loop:
        raise Loop(int(closure.nodes[int(str(node))]) for node in loop.nodes) from None

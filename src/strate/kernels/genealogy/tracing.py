"""A trace: exact shares of all that something is made of, or of all that is made of it, in one pass over the lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from strate.kernels.genealogy import passing
from strate.kernels.genealogy.closure import Closure
from strate.kernels.genealogy.graph import Numbers
from strate.kernels.genealogy.order import Loop, rounds
from strate.kernels.genealogy.shares import told_together


@dataclass(frozen=True)
class _Steps:
    """Which node waits for which, by their places in the closure: one line of each pair."""

    before: Numbers
    after: Numbers


@dataclass(frozen=True)
class Trace:
    """The answer to one question: `shares[i]` (in units of `ONE`) is that of `nodes[i]`.

    Backward, a share is how much of the start went through that node, and `origins` are the nodes nothing was
    poured into: their shares sum to exactly one. Forward, it is how much of that node is made of the starts.
    """

    closure: Closure
    shares: list[int]
    origins: Numbers
    steps: _Steps

    @property
    def nodes(self) -> Numbers:
        return self.closure.nodes

    @cached_property
    def round_of(self) -> Numbers:
        """How many steps each node is from the start, by the longest way."""
        found = np.zeros(len(self.closure), dtype=np.int64)
        for number, ready in enumerate(_rounds(self.closure, self.steps)):
            found[ready] = number
        return found

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

    Each node divides what it received by its mass once, and passes on so much for each milligram: as many bits more
    as the largest mass has keep what all its lines lose together below one unit.
    """
    local = _Local(closure)
    finer = int(local.poured.whole_mg.max(initial=0)).bit_length()
    steps = _Steps(local.child, local.poured.parent)
    shares = local.starting(finer)
    local.poured.back(_in_order(closure, steps), shares)
    told = passing.told(shares, finer)
    origins = np.flatnonzero(local.counts == 0).astype(np.int64)
    places = origins.tolist()
    together = told_together([passing.guarded(shares[at]) for at in places])
    for at, units in zip(places, together, strict=True):
        told[at] = units
    return Trace(closure, told, origins, steps)


def where_used(closure: Closure) -> Trace:
    """How much of each descendant is made of the starts; they are made of nothing else."""
    local = _Local(closure)
    inside = local.poured.parent >= 0
    steps = _Steps(local.poured.parent[inside], local.child[inside])
    shares = local.starting()
    local.poured.on(_in_order(closure, steps), shares)
    return Trace(closure, passing.told(shares), local.starts, steps)


class _Local:
    """A closure with its nodes numbered from zero; a parent outside it is −1."""

    def __init__(self, closure: Closure) -> None:
        nodes, edges = closure.nodes, closure.edges
        # One look-up in a table of all numbers is quicker than a search for each end of each line.
        place = np.full(int(nodes[-1]) + 1, -1, dtype=np.int32)
        place[nodes] = np.arange(len(nodes), dtype=np.int32)
        self.child = place[edges.child].astype(np.int64)
        parent = np.full(len(edges), -1, dtype=np.int64)
        known = edges.parent < len(place)
        parent[known] = place[edges.parent[known]]
        self.starts = np.searchsorted(nodes, np.unique(closure.starts)).astype(np.int64)
        self.counts = np.bincount(self.child, minlength=len(nodes)).astype(np.int64)
        first = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(self.counts)])
        up_to = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(edges.mass_mg)])
        masses = np.ascontiguousarray(edges.mass_mg)
        self.poured = passing.Poured(first, parent, masses, up_to[first[1:]] - up_to[first[:-1]])

    def starting(self, finer: int = 0) -> passing.Wide:
        """All of the starts, nothing of the others."""
        shares = passing.nothing(len(self.poured))
        shares[self.starts] = passing.one(finer)
        return shares


def _in_order(closure: Closure, steps: _Steps) -> Numbers:
    """Every node after all that it waits for. Lots are numbered as they are made: mostly their numbers will do."""
    if bool((steps.before < steps.after).all()):
        return np.arange(len(closure), dtype=np.int64)
    if bool((steps.before > steps.after).all()):
        return np.arange(len(closure) - 1, -1, -1, dtype=np.int64)
    return np.concatenate(list(_rounds(closure, steps)))


def _rounds(closure: Closure, steps: _Steps) -> Iterator[Numbers]:
    """Rounds, where a circle is told with the numbers the caller knows."""
    try:
        yield from rounds(len(closure), steps.before, steps.after)
    except Loop as loop:
        raise Loop(int(closure.nodes[int(str(node))]) for node in loop.nodes) from None

"""The family tree of matter in memory: who was poured into what, how much, read both ways without walking paths."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
# Lines that came since the tree was sorted are searched beside it; beyond this many it is sorted again.
TAIL = 20_000


def numbers(values: Iterable[int] = ()) -> Numbers:
    return np.fromiter(values, dtype=np.int64)


@dataclass(frozen=True)
class Edges:
    """Masses poured: this many milligrams of each parent became part of each child; one line for each pair."""

    parent: Numbers
    child: Numbers
    mass_mg: Numbers

    @classmethod
    def of(cls, lines: Iterable[tuple[int, int, int]]) -> Edges:
        """From (parent, child, mass) in any order; a mass poured in several times is one line."""
        table = numbers(value for line in lines for value in line).reshape(-1, 3)
        return merged(table[:, 0], table[:, 1], table[:, 2])

    def __len__(self) -> int:
        return len(self.parent)

    @property
    def nbytes(self) -> int:
        return self.parent.nbytes + self.child.nbytes + self.mass_mg.nbytes


def merged(parent: Numbers, child: Numbers, mass_mg: Numbers) -> Edges:
    """Sorted by child then parent; splitting a mass over several containers changes nothing."""
    order = np.lexsort((parent, child))
    parent, child, mass_mg = parent[order], child[order], mass_mg[order]
    if not len(parent):
        return Edges(parent, child, mass_mg)
    if int(mass_mg.min()) <= 0:
        raise ValueError("a mass poured is more than nothing")
    fresh = np.ones(len(parent), dtype=bool)
    fresh[1:] = (parent[1:] != parent[:-1]) | (child[1:] != child[:-1])
    first = np.flatnonzero(fresh)
    return Edges(parent[first], child[first], np.add.reduceat(mass_mg, first))


@dataclass(frozen=True)
class _Rows:
    """Lines found by a key that counts from zero: `start[key]` to `start[key + 1]`."""

    start: NDArray[np.int64]

    @classmethod
    def of(cls, sorted_keys: Numbers, nodes: int) -> _Rows:
        return cls(np.searchsorted(sorted_keys, np.arange(nodes + 1, dtype=np.int64)).astype(np.int64))

    def of_keys(self, keys: Numbers) -> Numbers:
        return ranges(self.start[keys], self.start[keys + 1])


def ranges(first: Numbers, last: Numbers) -> Numbers:
    """The whole numbers from each `first` up to its `last`, one after the other."""
    counts = last - first
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    found: Numbers = np.arange(total, dtype=np.int64) + np.repeat(first - ends + counts, counts)
    return found


def distinct(values: Numbers) -> Numbers:
    """These numbers sorted, each once: for the few of one step, much quicker than numpy's own way."""
    found = np.sort(values)
    fresh = np.ones(len(found), dtype=bool)
    np.not_equal(found[1:], found[:-1], out=fresh[1:])
    return found[fresh]


class Graph:
    """A family tree that never changes: `and_also` gives another one, which shares all that is sorted.

    Nodes are whole numbers from zero; they cost a few bytes each even when nothing was poured into them.
    """

    def __init__(self, edges: Edges, tail: Edges | None = None) -> None:
        self._sort(edges)
        self._tail = tail if tail is not None else Edges(numbers(), numbers(), numbers())
        self._tail_by_parent = np.argsort(self._tail.parent, kind="stable")

    def _sort(self, edges: Edges) -> None:
        # Sixteen bytes a line instead of twenty-four: a number of a node fits in four.
        both = (edges.parent, edges.child)
        self._nodes = 1 + max((int(each.max()) for each in both if len(each)), default=-1)
        self._made_from = _Rows.of(edges.child, self._nodes)
        self._parent, self._mass = edges.parent.astype(np.int32), edges.mass_mg
        by_parent = np.argsort(edges.parent, kind="stable")
        self._made_into = _Rows.of(edges.parent[by_parent], self._nodes)
        self._child_of_parent = edges.child[by_parent].astype(np.int32)

    @classmethod
    def of(cls, lines: Iterable[tuple[int, int, int]]) -> Graph:
        return cls(Edges.of(lines))

    def __len__(self) -> int:
        """How many lines it holds."""
        return len(self._parent) + len(self._tail)

    @property
    def nbytes(self) -> int:
        """What it weighs in memory."""
        kept = (self._made_from.start, self._made_into.start, self._parent, self._mass, self._child_of_parent)
        return sum(each.nbytes for each in kept) + self._tail.nbytes + self._tail_by_parent.nbytes

    def and_also(self, edges: Edges) -> Graph:
        """The same tree with more lines; sorted again only when many have come."""
        tail = merged(
            *(np.concatenate(pair) for pair in zip(_columns(self._tail), _columns(edges), strict=True))
        )
        if len(tail) > TAIL:
            whole = (
                np.concatenate(pair) for pair in zip(_columns(self._base()), _columns(tail), strict=True)
            )
            return Graph(merged(*whole))
        other = object.__new__(Graph)
        other.__dict__ = dict(self.__dict__)
        other._tail, other._tail_by_parent = tail, np.argsort(tail.parent, kind="stable")
        return other

    def _base(self) -> Edges:
        child = np.repeat(np.arange(self._nodes, dtype=np.int64), np.diff(self._made_from.start))
        return Edges(self._parent.astype(np.int64), child, self._mass)

    def parents_of(self, nodes: Numbers) -> Numbers:
        """All that was poured into any of these, some more than once."""
        known = nodes[nodes < self._nodes]
        found = self._parent[self._made_from.of_keys(known)].astype(np.int64)
        if not len(self._tail):
            return found
        return np.concatenate([found, self._tail.parent[self._tail_into(nodes)]])

    def children_of(self, nodes: Numbers) -> Numbers:
        """All that any of these was poured into, some more than once."""
        known = nodes[nodes < self._nodes]
        found = self._child_of_parent[self._made_into.of_keys(known)].astype(np.int64)
        if not len(self._tail):
            return found
        keys = self._tail.parent[self._tail_by_parent]
        rows = ranges(np.searchsorted(keys, nodes, "left"), np.searchsorted(keys, nodes, "right"))
        return np.concatenate([found, self._tail.child[self._tail_by_parent[rows]]])

    def _tail_into(self, nodes: Numbers) -> Numbers:
        keys = self._tail.child
        return ranges(np.searchsorted(keys, nodes, "left"), np.searchsorted(keys, nodes, "right"))

    def lines_into(self, nodes: Numbers) -> Edges:
        """Everything that was poured into these nodes (sorted, each once)."""
        known = nodes[nodes < self._nodes]
        rows = self._made_from.of_keys(known)
        counts = self._made_from.start[known + 1] - self._made_from.start[known]
        found = Edges(self._parent[rows].astype(np.int64), np.repeat(known, counts), self._mass[rows])
        late = self._tail_into(nodes)
        if not len(late):
            return found
        more = (self._tail.parent[late], self._tail.child[late], self._tail.mass_mg[late])
        return merged(*(np.concatenate(pair) for pair in zip(_columns(found), more, strict=True)))


def _columns(edges: Edges) -> tuple[Numbers, Numbers, Numbers]:
    return edges.parent, edges.child, edges.mass_mg

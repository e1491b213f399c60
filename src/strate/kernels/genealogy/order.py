"""The order in which matter was mixed: parents before children; what goes round in a circle is refused by name."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator

import numpy as np

from strate.kernels.genealogy.graph import Numbers, distinct, ranges


class Loop(ValueError):
    """Something is made of itself: `nodes` are those of the circle, each made of the one before it."""

    def __init__(self, nodes: Iterable[Hashable]) -> None:
        self.nodes = tuple(nodes)
        super().__init__("made of itself: " + " → ".join(str(node) for node in (*self.nodes, self.nodes[0])))


def rounds(count: int, before: Numbers, after: Numbers) -> Iterator[Numbers]:
    """Nodes 0 to count − 1 in rounds: each comes once all its `before` have come; a circle raises `Loop`."""
    order = np.argsort(before, kind="stable")
    nexts = after[order]
    start = np.searchsorted(before[order], np.arange(count + 1, dtype=np.int64)).astype(np.int64)
    waiting = np.bincount(after, minlength=count)
    ready = np.flatnonzero(waiting == 0).astype(np.int64)
    done = 0
    while len(ready):
        yield ready
        done += len(ready)
        reached = nexts[ranges(start[ready], start[ready + 1])]
        np.subtract.at(waiting, reached, 1)
        ready = distinct(reached[waiting[reached] == 0])
    if done < count:
        stuck = waiting > 0
        raise Loop(_circle(before[stuck[before] & stuck[after]], after[stuck[before] & stuck[after]]))


def _circle(before: Numbers, after: Numbers) -> list[int]:
    """One circle among nodes that wait for each other: walked backwards until a node comes again."""
    one_before = dict(zip(after.tolist(), before.tolist(), strict=True))
    node, seen = next(iter(one_before)), dict[int, int]()
    while node not in seen:
        seen[node] = len(seen)
        node = one_before[node]
    walked = list(seen)[seen[node] :]
    return walked[::-1]


def loop_in(lines: Iterable[tuple[Hashable, Hashable]]) -> tuple[Hashable, ...]:
    """The names of one circle among (parent, child) pairs, each made of the one before it; empty when there is none."""
    number: dict[Hashable, int] = {}
    pairs = [(number.setdefault(a, len(number)), number.setdefault(b, len(number))) for a, b in lines]
    names = list(number)
    table = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    try:
        for _round in rounds(len(names), table[:, 0], table[:, 1]):
            pass
    except Loop as loop:
        return tuple(names[int(str(node))] for node in loop.nodes)
    return ()

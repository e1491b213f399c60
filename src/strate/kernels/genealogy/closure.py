"""Everything a lot is made of, or everything made of it: each lot and each line once, however many ways lead there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from strate.kernels.genealogy.graph import Edges, Graph, Numbers, numbers


@dataclass(frozen=True)
class Closure:
    """The part of a family tree that one question concerns: `nodes` sorted, with every line poured into them.

    Looking forward, lines may come from parents outside it: they count in the mass of what they were poured into.
    """

    start: int
    nodes: Numbers
    edges: Edges

    def __len__(self) -> int:
        return len(self.nodes)


def ancestors(graph: Graph, start: int) -> Closure:
    """What a lot is made of, itself included."""
    nodes = _reached(graph.parents_of, start)
    return Closure(start, nodes, graph.lines_into(nodes))


def descendants(graph: Graph, start: int) -> Closure:
    """What is made of a lot, itself included; what it was made of itself is another question."""
    nodes = _reached(graph.children_of, start)
    return Closure(start, nodes, graph.lines_into(nodes[nodes != start]))


def closure_of(start: int, edges: Edges) -> Closure:
    """From the lines a database gave: its nodes are the start and all that something was poured into, or from."""
    return Closure(start, np.union1d(edges.child, np.append(edges.parent, start)), edges)


def descendants_of(start: int, edges: Edges) -> Closure:
    """From the lines poured into all that is made of a lot: parents outside are no part of it."""
    return Closure(start, np.union1d(edges.child, numbers([start])), edges)


def _reached(step: Callable[[Numbers], Numbers], start: int) -> Numbers:
    """All that is reached from a node, sorted."""
    seen = np.zeros(start + 1, dtype=bool)
    frontier, found = numbers([start]), [numbers([start])]
    seen[start] = True
    while len(frontier):
        reached = step(frontier)
        most = int(reached.max()) + 1 if len(reached) else 0
        if most > len(seen):
            seen = np.concatenate([seen, np.zeros(max(most, 2 * len(seen)) - len(seen), dtype=bool)])
        frontier = np.unique(reached[~seen[reached]])
        seen[frontier] = True
        found.append(frontier)
    return np.sort(np.concatenate(found))

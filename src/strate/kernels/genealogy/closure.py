"""Everything a lot is made of, or everything made of it: each lot and each line once, however many ways lead there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from strate.kernels.genealogy.graph import Edges, Graph, Numbers, distinct, numbers


@dataclass(frozen=True)
class Closure:
    """The part of a family tree that one question concerns: `nodes` sorted, with every line poured into them.

    Backward it starts from one node. Forward it may start from several, and lines may come from parents outside it:
    they count in the mass of what they were poured into.
    """

    starts: tuple[int, ...]
    nodes: Numbers
    edges: Edges

    def __len__(self) -> int:
        return len(self.nodes)


def ancestors(graph: Graph, start: int) -> Closure:
    """What a lot is made of, itself included."""
    nodes = _reached(graph.parents_of, (start,))
    return Closure((start,), nodes, graph.lines_into(nodes))


def descendants(graph: Graph, *starts: int) -> Closure:
    """What is made of some lots, themselves included; what they were made of themselves is another question."""
    nodes = _reached(graph.children_of, starts)
    return Closure(starts, nodes, graph.lines_into(nodes[~np.isin(nodes, starts)]))


def closure_of(start: int, edges: Edges) -> Closure:
    """From the lines a database gave: its nodes are the start and all that something was poured into, or from."""
    return Closure((start,), np.union1d(edges.child, np.append(edges.parent, start)), edges)


def descendants_of(starts: Sequence[int], edges: Edges) -> Closure:
    """From the lines poured into all that is made of some lots: parents outside are no part of it."""
    below = ~np.isin(edges.child, starts)
    lines = Edges(edges.parent[below], edges.child[below], edges.mass_mg[below])
    return Closure(tuple(starts), np.union1d(lines.child, numbers(starts)), lines)


def _reached(step: Callable[[Numbers], Numbers], starts: Sequence[int]) -> Numbers:
    """All that is reached from some nodes, sorted."""
    seen = np.zeros(max(starts) + 1, dtype=bool)
    frontier = np.unique(numbers(starts))
    found = [frontier]
    seen[frontier] = True
    while len(frontier):
        reached = step(frontier)
        most = int(reached.max()) + 1 if len(reached) else 0
        if most > len(seen):
            seen = np.concatenate([seen, np.zeros(max(most, 2 * len(seen)) - len(seen), dtype=bool)])
        frontier = distinct(reached[~seen[reached]])
        seen[frontier] = True
        found.append(frontier)
    return np.sort(np.concatenate(found))

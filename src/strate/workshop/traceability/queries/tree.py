"""The tree of one subject, both ways, with exact shares: from memory when it is warm, else in one question."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from strate.kernels.genealogy import (
    Edges,
    Trace,
    ancestors,
    closure_of,
    descendants,
    descendants_of,
    made_of,
    where_used,
)
from strate.kernels.genealogy.graph import Numbers, merged
from strate.workshop.feedstock import genealogy
from strate.workshop.traceability.memory import memory
from strate.workshop.traceability.queries.subject import Subject


class LotRow(NamedTuple):
    """What is said of a lot beside its share."""

    pk: int
    code: str
    origin: str
    build: str
    state: str
    supplier: str
    supplier_lot: str
    heat: str
    material: str

    @property
    def ref(self) -> str:
        return f"lot:{self.code}"

    @property
    def made_in(self) -> str:
        """The build it was recovered from, by its code."""
        return self.build.removeprefix("build:") if self.origin == "recovered" else ""


NAMES = LotRow._fields[:-1]


def backward(of: Subject) -> Trace | None:
    """What the subject is made of; None when it holds no powder."""
    if not of.parts:
        return None
    if len(of.parts) == 1:
        return up(next(iter(of.parts)))
    here = 1 + genealogy.last_lot()
    into = Edges.of((lot, here, mass) for lot, mass in of.parts.items())
    graph = memory.graph()
    if graph is not None:
        return genealogy.traced(made_of, ancestors(graph.and_also(into), here))
    above = genealogy.lines_up(list(of.parts))
    both = (np.concatenate(pair) for pair in zip(_columns(above), _columns(into), strict=True))
    return genealogy.traced(made_of, closure_of(here, merged(*both)))


def forward(of: Subject) -> Trace | None:
    """What was made of the subject; None when its powder has not become anything of its own."""
    return down(of.lot) if of.lot is not None else None


def up(lot: int) -> Trace:
    """All that a lot is made of."""
    graph = memory.graph()
    closure = ancestors(graph, lot) if graph is not None else genealogy.ancestors(lot)
    return genealogy.traced(made_of, closure)


def down(lot: int) -> Trace:
    """All that is made of a lot."""
    graph = memory.graph()
    if graph is not None:
        return genealogy.traced(where_used, descendants(graph, lot))
    edges = genealogy.lines_down([lot])
    # What it is made of itself is another question.
    mine = edges.child != lot
    below = Edges(edges.parent[mine], edges.child[mine], edges.mass_mg[mine])
    return genealogy.traced(where_used, descendants_of(lot, below))


def _columns(edges: Edges) -> tuple[Numbers, Numbers, Numbers]:
    return edges.parent, edges.child, edges.mass_mg


def rows(numbers: Iterable[int]) -> dict[int, LotRow]:
    """The lots of these numbers, however many, in one question."""
    names = ["id" if name == "pk" else name for name in NAMES]
    materials = genealogy.material_codes()
    found = genealogy.rows([*names, "material_id"], numbers)
    return {row[0]: LotRow(*row[:-1], materials[row[-1]]) for row in found}


class Named(NamedTuple):
    """A lot by its code, and the build it came out of."""

    pk: int
    code: str
    made_in: str


def named(numbers: Iterable[int]) -> list[Named]:
    """All these lots, however many, in one question."""
    return _named(numbers, "")


def recovered(numbers: Iterable[int]) -> list[Named]:
    """Those of these lots that came out of a build: through them the builds are found."""
    return _named(numbers, " AND origin = 'recovered' AND build <> ''")


def codes(numbers: Iterable[int]) -> dict[int, str]:
    return {each.pk: each.code for each in named(numbers)}


def _named(numbers: Iterable[int], where: str) -> list[Named]:
    out_of = "CASE WHEN origin = 'recovered' THEN SUBSTR(build, 7) ELSE '' END"
    return list(map(Named._make, genealogy.rows(["id", "code", out_of], numbers, where)))

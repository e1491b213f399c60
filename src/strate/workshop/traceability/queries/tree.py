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
    """What the subject is made of; None when it holds no powder. A mixture without a lot is one node more."""
    if of.lot is not None:
        return up(of.lot)
    if not of.parts:
        return None
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
    return down(*of.became) if of.became else None


def up(lot: int) -> Trace:
    """All that a lot is made of."""
    graph = memory.graph()
    closure = ancestors(graph, lot) if graph is not None else genealogy.ancestors(lot)
    return genealogy.traced(made_of, closure)


def down(*lots: int) -> Trace:
    """All that is made of some lots; what they are made of themselves is another question."""
    graph = memory.graph()
    closure = (
        descendants(graph, *lots) if graph is not None else descendants_of(lots, genealogy.lines_down(lots))
    )
    return genealogy.traced(where_used, closure)


def _columns(edges: Edges) -> tuple[Numbers, Numbers, Numbers]:
    return edges.parent, edges.child, edges.mass_mg


def rows(numbers: Iterable[int]) -> dict[int, LotRow]:
    """The lots of these numbers, however many, in one question."""
    names = ["id" if name == "pk" else name for name in NAMES]
    materials = genealogy.material_codes()
    found = genealogy.rows([*names, "material_id"], numbers)
    return {row[0]: LotRow(*row[:-1], materials[row[-1]]) for row in found}


# A lot by its number and its code, and the build it came out of: plain tuples, since a trace names ten thousand.
Named = tuple[int, str, str]


OUT_OF = "CASE WHEN origin = 'recovered' THEN SUBSTR(build, 7) ELSE '' END"


def named(numbers: Iterable[int]) -> list[Named]:
    """All these lots, however many, in one question."""
    return genealogy.words(["code", OUT_OF], numbers)


def recovered(numbers: Iterable[int]) -> list[Named]:
    """Those of these lots that came out of a build: through them the builds are found."""
    return genealogy.rows(["id", "code", OUT_OF], numbers, " AND origin = 'recovered' AND build <> ''")


def codes(numbers: Iterable[int]) -> dict[int, str]:
    return dict(genealogy.words(["code"], numbers))

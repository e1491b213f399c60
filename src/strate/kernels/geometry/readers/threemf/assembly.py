"""Puts every object of a 3MF file where its build says; what that would cost is counted before it is done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.readers import Item
from strate.kernels.geometry.readers.threemf import bars
from strate.kernels.geometry.readers.threemf.document import Document
from strate.kernels.geometry.readers.threemf.model import Placed, Thing
from strate.kernels.geometry.readers.threemf.values import IDENTITY, Matrix, then
from strate.kernels.geometry.refusal import FileRefused, Limits
from strate.kernels.geometry.skin.mesh import Mesh

MAX_PLACED = 50_000
MAX_WALKED = 250_000
"""How many uses of objects may be followed, from the build down to the meshes."""
SOLID = ("model", "solidsupport")
Key = tuple[str, int]


@dataclass(frozen=True)
class Cost:
    """What one use of an object comes to: meshes, triangles and beams, in numbers without limit."""

    meshes: int = 0
    triangles: int = 0
    beams: int = 0
    balls: int = 0
    solid: bool = False
    other: bool = False
    thin: int = 0
    """How many of its meshes are supports or surfaces without inside."""
    walked: int = 1
    """How many uses of objects are followed to come to its meshes, its own included."""

    def plus(self, more: Cost) -> Cost:
        return Cost(
            self.meshes + more.meshes,
            self.triangles + more.triangles,
            self.beams + more.beams,
            self.balls + more.balls,
            self.solid or more.solid,
            self.other or more.other,
            self.thin + more.thin,
            self.walked + more.walked,
        )


@dataclass
class Assembly:
    """Everything placed: the mesh in mm, its items, and what it is made of."""

    mesh: Mesh
    items: tuple[Item, ...]
    thin: int
    beams: int
    clipped: bool
    balls: int


@dataclass
class _Heap:
    """Pieces collected in order, joined once at the end."""

    vertices: list[NDArray[np.float64]] = field(default_factory=list)
    faces: list[NDArray[np.int32]] = field(default_factory=list)
    corner_count: int = 0
    face_count: int = 0

    def add(self, vertices: NDArray[np.float64], faces: NDArray[np.int32]) -> None:
        self.vertices.append(vertices)
        self.faces.append(faces + np.int32(self.corner_count) if self.corner_count else faces)
        self.corner_count += len(vertices)
        self.face_count += len(faces)

    def mesh(self) -> Mesh:
        """Everything in one mesh; corners that no triangle uses are no part of it: no box may count them."""
        if not self.vertices:
            return Mesh(np.empty((0, 3)), np.empty((0, 3), np.int32))
        if len(self.vertices) == 1:
            return Mesh(self.vertices[0], self.faces[0]).without_idle_corners()
        return Mesh(np.concatenate(self.vertices), np.concatenate(self.faces)).without_idle_corners()


def costs_of(document: Document) -> dict[Key, Cost]:
    """What each object comes to. A component stands before its user, so one pass in order is enough."""
    costs: dict[Key, Cost] = {}
    parts = [part for part in document.models if part != document.root.part] + [document.root.part]
    for part in parts:
        for thing in document.models[part].things.values():
            total = Cost()
            for component in thing.components:
                total = total.plus(costs[component.part, component.object])
            costs[part, thing.id] = total if thing.components else _own_cost(thing)
    return costs


def _own_cost(thing: Thing) -> Cost:
    lattice = thing.lattice
    beams, balls = (0, 0) if lattice is None else (len(lattice.ends), lattice.balls)
    thin = int(thing.type not in SOLID)
    return Cost(1, len(thing.faces), beams, balls, thing.type in SOLID, thing.type == "other", thin)


def total_cost(document: Document, limits: Limits) -> Cost:
    """What the whole build comes to, refused before it is built when it is too much."""
    costs, total = costs_of(document), Cost(walked=0)
    if not document.root.items:
        raise FileRefused("3mf_empty_build")
    for item in document.root.items:
        cost = costs[item.part, item.object]
        if cost.other:
            raise document.root.markup.refused("3mf_other_object", item.at, id=item.object)
        total = total.plus(cost)
    if total.meshes > MAX_PLACED:
        raise FileRefused("3mf_too_many_placed", count=_said(total.meshes), limit=MAX_PLACED)
    if total.walked > MAX_WALKED:
        raise FileRefused("3mf_too_many_placed", count=_said(total.walked), limit=MAX_WALKED)
    triangles = total.triangles + bars.cost(total.beams)
    if triangles > limits.max_triangles:
        raise FileRefused("too_many_triangles", triangles=_said(triangles), limit=limits.max_triangles)
    return total


def _said(count: int) -> int:
    """A number that fits a sentence: beyond 10^30 it makes no difference."""
    return min(count, 10**30)


def assemble(document: Document, limits: Limits) -> Assembly:
    """The whole build in mm. Supports and surfaces without inside stay out of it, unless nothing else is there."""
    total, heap, items, clipped = total_cost(document, limits), _Heap(), [], False
    names = {part: document.package.shown(part) for part in document.models}
    for item in document.root.items:
        first, whole = heap.face_count, document.thing(item)
        with np.errstate(over="ignore", invalid="ignore"):
            for use in _uses(document, item):
                if use.thing.type in SOLID or not total.solid:
                    clipped |= _add(heap, use, limits)
        source = f"{names[item.part]}#{item.object}"
        number = item.number or whole.number
        faces = heap.face_count - first
        items.append(Item(whole.name[:200], number, first, faces, source, _root_mm(document, item)))
    return Assembly(heap.mesh(), tuple(items), total.thin, total.beams, clipped, total.balls)


@dataclass(frozen=True)
class _Use:
    """One mesh to be placed: everything in mm."""

    thing: Thing
    transform: Matrix
    mm: float


def _root_mm(document: Document, item: Placed) -> Matrix:
    return in_mm(item.transform, document.root.mm)


def in_mm(transform: Matrix, mm: float) -> Matrix:
    """The same transform where lengths are in mm: only its shift has a unit."""
    return transform if mm == 1.0 else (*transform[:9], *(value * mm for value in transform[9:]))


def _uses(document: Document, item: Placed) -> Iterator[_Use]:
    """Every mesh below an item with its transform, in the order of the file; as deep as the file is."""
    waiting = [(item, _root_mm(document, item))]
    while waiting:
        placed, transform = waiting.pop()
        thing, mm = document.thing(placed), document.models[placed.part].mm
        if not thing.components:
            yield _Use(thing, transform, mm)
        for component in reversed(thing.components):
            waiting.append((component, then(in_mm(component.transform, mm), transform)))


def _add(heap: _Heap, use: _Use, limits: Limits) -> bool:
    """Place one mesh, its beams drawn; tells whether a lattice should have been clipped."""
    lattice = use.thing.lattice
    heap.add(_moved(use.thing.vertices, use, limits), use.thing.faces)
    if lattice is None or not len(lattice.ends):
        return False
    vertices, faces = bars.draw(use.thing.vertices, lattice)
    drawn = _moved(vertices, use, limits)
    check_reach(float(np.abs(drawn).max(initial=0.0)), limits)
    heap.add(drawn, faces)
    return lattice.clipped


def _moved(vertices: NDArray[np.float64], use: _Use, limits: Limits) -> NDArray[np.float64]:
    moved = vertices if use.mm == 1.0 else vertices * use.mm
    if use.transform != IDENTITY:
        axes = np.array(use.transform).reshape(4, 3)
        moved = moved @ axes[:3] + axes[3]
        check_reach(float(np.abs(moved).max(initial=0.0)), limits)
    return moved


def check_reach(value_mm: float, limits: Limits) -> None:
    """Nothing is placed beyond all reach, nor nowhere (NaN)."""
    if not value_mm <= limits.max_coordinate_mm:
        said = value_mm if np.isfinite(value_mm) else 1e300
        raise FileRefused("3mf_placed_out_of_reach", value_mm=said, limit_mm=limits.max_coordinate_mm)

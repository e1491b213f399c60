"""The slices of a 3MF file placed on the plate, as layers: closed lines in mm, by height."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.readers import FileLayer
from strate.kernels.geometry.readers.threemf.assembly import SOLID, check_reach, in_mm, total_cost
from strate.kernels.geometry.readers.threemf.document import Document
from strate.kernels.geometry.readers.threemf.model import Model, Placed, Thing
from strate.kernels.geometry.readers.threemf.slices import Slice
from strate.kernels.geometry.readers.threemf.values import Matrix, then
from strate.kernels.geometry.refusal import FileRefused, Limits

MAX_LINES = 500_000
_UM = 1000.0
Lines = list[NDArray[np.float64]]


@dataclass
class Pile:
    """A stack with those it refers to: its slices from bottom to top, each with the unit it is written in."""

    slices: list[tuple[Slice, float]]
    lines: int
    points: int
    volume_mm3: float


@dataclass(frozen=True)
class Sliced:
    """The slices of everything built, as layers."""

    layers: tuple[FileLayer, ...]
    volume_mm3: float
    sketch: bool
    """The file says that a mesh it builds is only a sketch of its slices."""
    complete: bool
    """Everything built has slices."""


def sliced_of(document: Document, limits: Limits) -> Sliced:
    """All the slices of everything built, one layer for each height; counted before they are copied."""
    total_cost(document, limits)
    if not any(model.stacks for model in document.models.values()):
        return Sliced((), 0.0, False, False)
    uses = list(_uses(document))
    stacks = {thing.stack for _, thing, _ in uses if thing.stack is not None}
    piles = {stack: _pile(document, *stack) for stack in stacks}
    placed = [piles[thing.stack] for _, thing, _ in uses if thing.stack is not None]
    _check_counts(sum(pile.lines for pile in placed), sum(pile.points for pile in placed), limits)
    by_top: dict[int, tuple[Lines, Lines]] = {}
    volume = 0.0
    for one, thing, transform in uses:
        if thing.stack is None:
            continue
        model, pile = document.models[one.part], piles[thing.stack]
        _check_flat(model, one, transform)
        volume += pile.volume_mm3 * (transform[0] * transform[4] - transform[1] * transform[3])
        for piece, mm in pile.slices:
            top, corners = piece.top * mm + transform[11], _moved(piece, mm, transform)
            check_reach(float(max(abs(top), np.abs(corners).max(initial=0.0))), limits)
            contours, lines = by_top.setdefault(round(top * _UM), ([], []))
            _sort_lines(model, thing, piece, corners, contours, lines)
    layers = tuple(
        FileLayer(top / _UM, tuple(by_top[top][0]), tuple(by_top[top][1])) for top in sorted(by_top)
    )
    sketch = any(thing.low_resolution for _, thing, _ in uses)
    return Sliced(layers, volume, sketch, all(t.stack is not None and t.type in SOLID for _, t, _ in uses))


def _check_counts(lines: int, points: int, limits: Limits) -> None:
    if lines > MAX_LINES or points > 3 * limits.max_triangles:
        raise FileRefused("3mf_too_many_lines", lines=lines, points=points)


def _pile(document: Document, part: str, number: int) -> Pile:
    """A stack as it is built; the stacks of other parts it refers to follow one another upwards."""
    stack = document.stack(part, number)
    below = stack.bottom * document.models[part].mm
    pile = Pile([], 0, 0, 0.0)
    for path, other in stack.elsewhere or [(part, number)]:
        model, more = document.models[path], document.stack(path, other)
        for piece in more.slices:
            top = piece.top * model.mm
            if pile.slices and not top > below:
                raise model.markup.refused("3mf_slice_order", more.at)
            pile.volume_mm3 += _area(piece) * model.mm**2 * (top - below)
            pile.lines += max(len(piece.lines), 1)
            pile.points += len(piece.corners)
            pile.slices.append((piece, model.mm))
            below = top
    return pile


def _uses(document: Document) -> Iterator[tuple[Placed, Thing, Matrix]]:
    """Everything that has slices or is a mesh, where it stands; of an assembly, the slices it has itself win."""
    for item in document.root.items:
        waiting = [(item, in_mm(item.transform, document.root.mm))]
        while waiting:
            placed, transform = waiting.pop()
            thing, model = document.thing(placed), document.models[placed.part]
            if thing.stack is not None or not thing.components:
                yield placed, thing, transform
                continue
            for component in reversed(thing.components):
                waiting.append((component, then(in_mm(component.transform, model.mm), transform)))


def _area(piece: Slice) -> float:
    """Of all its closed lines, holes counted against."""
    total = 0.0
    for line in piece.lines:
        x, y = piece.corners[line].T
        total += float(x[:-1] @ y[1:] - x[1:] @ y[:-1]) / 2
    return total


def _check_flat(model: Model, placed: Placed, transform: Matrix) -> None:
    """Slices stay slices: they may be turned and shifted on the plate, never tilted or stretched upwards."""
    if any(transform[place] != 0 for place in (2, 5, 6, 7)) or transform[8] != 1:
        raise model.markup.refused("3mf_slice_tilted", placed.at)


def _moved(piece: Slice, mm: float, transform: Matrix) -> NDArray[np.float64]:
    turn = np.array([transform[0:2], transform[3:5]])
    with np.errstate(over="ignore", invalid="ignore"):
        return np.asarray((piece.corners * mm) @ turn + np.array(transform[9:11]))


def _sort_lines(
    model: Model, thing: Thing, piece: Slice, corners: NDArray[np.float64], contours: Lines, lines: Lines
) -> None:
    for run in piece.lines:
        closed = run[0] == run[-1]
        if not closed and thing.type in ("model", "solidsupport"):
            raise model.markup.refused("3mf_slice_open", thing.at)
        if closed and thing.type != "support":
            contours.append(corners[run[:-1]])
        else:
            lines.append(corners[run])

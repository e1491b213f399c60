"""The slices of a 3MF file placed on the plate, as layers: closed lines in mm, by height."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.readers import FileLayer
from strate.kernels.geometry.readers.threemf.assembly import MAX_PLACED, SOLID, in_mm, total_cost
from strate.kernels.geometry.readers.threemf.document import Document
from strate.kernels.geometry.readers.threemf.model import Model, Placed, Thing
from strate.kernels.geometry.readers.threemf.slices import Slice, Stack
from strate.kernels.geometry.readers.threemf.values import Matrix, then
from strate.kernels.geometry.refusal import FileRefused, Limits

MAX_LAYERS = 1_000_000
_UM = 1000.0


def low_resolution(document: Document) -> bool:
    """Does the file say that a mesh it builds is only a sketch of its slices?"""
    if not any(thing.low_resolution for model in document.models.values() for thing in model.things.values()):
        return False
    return any(thing.low_resolution for _, thing, _ in _sliced(document))


def _stack(document: Document, thing: Thing) -> Stack:
    if thing.stack is None:
        raise FileRefused("3mf_not_sliced", id=thing.id)
    return document.stack(*thing.stack)


def slices_of(document: Document, stack: Stack) -> list[tuple[Slice, float]]:
    """The slices of a stack with the unit they are written in; those of other parts follow one another upwards."""
    if not stack.elsewhere:
        mm = next(m.mm for m in document.models.values() if any(s is stack for s in m.stacks.values()))
        return [(piece, mm) for piece in stack.slices]
    found: list[tuple[Slice, float]] = []
    for path, number in stack.elsewhere:
        other, mm = document.stack(path, number), document.models[path].mm
        if found and other.slices and not other.slices[0].top * mm > found[-1][0].top * found[-1][1]:
            raise document.models[path].markup.refused("3mf_slice_order", other.at)
        found += [(piece, mm) for piece in other.slices]
    return found


def _sliced(document: Document) -> Iterator[tuple[Placed, Thing, Matrix]]:
    """Every object that has slices (of an assembly, those it has itself win), or that has neither, where it stands."""
    count = 0
    for item in document.root.items:
        waiting = [(item, in_mm(item.transform, document.root.mm), document.root)]
        while waiting:
            placed, transform, _ = waiting.pop()
            thing, model = document.thing(placed), document.models[placed.part]
            if thing.stack is not None or not thing.components:
                count += 1
                if count > MAX_PLACED:
                    raise FileRefused("3mf_too_many_placed", count=count, limit=MAX_PLACED)
                yield placed, thing, transform
                continue
            for component in reversed(thing.components):
                waiting.append((component, then(in_mm(component.transform, model.mm), transform), model))


def layers_of(document: Document, limits: Limits, sketch: bool) -> tuple[FileLayer, ...]:
    """All the slices of everything built, one layer for each height.

    Where the mesh is only a sketch (`sketch`), an object without slices is refused.
    """
    if not sketch and not any(model.stacks for model in document.models.values()):
        return ()
    total_cost(document, limits)
    by_top: dict[int, tuple[list[NDArray[np.float64]], list[NDArray[np.float64]]]] = {}
    for placed, thing, transform in _sliced(document):
        model = document.models[placed.part]
        if thing.stack is None and not sketch:
            continue
        _check_flat(model, placed, transform)
        for piece, mm in slices_of(document, _stack(document, thing)):
            top_um = round((piece.top * mm + transform[11]) * _UM)
            if top_um not in by_top and len(by_top) >= MAX_LAYERS:
                raise FileRefused("3mf_too_many_elements", part=model.name, limit=MAX_LAYERS)
            contours, lines = by_top.setdefault(top_um, ([], []))
            _sort_lines(model, thing, piece, mm, transform, contours, lines)
    tops = sorted(by_top)
    return tuple(FileLayer(top / _UM, tuple(by_top[top][0]), tuple(by_top[top][1])) for top in tops)


def sliced_volume(document: Document) -> float | None:
    """What the slices of everything built come to, in mm³; None when something built has none."""
    total = 0.0
    for _, thing, transform in _sliced(document):
        if thing.stack is None or thing.type not in SOLID:
            return None
        stack = document.stack(*thing.stack)
        spread = transform[0] * transform[4] - transform[1] * transform[3]
        below = stack.bottom * document.models[thing.stack[0]].mm
        for piece, mm in slices_of(document, stack):
            total += _area(piece) * mm * mm * spread * (piece.top * mm - below)
            below = piece.top * mm
    return total


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


def _sort_lines(
    model: Model,
    thing: Thing,
    piece: Slice,
    mm: float,
    transform: Matrix,
    contours: list[NDArray[np.float64]],
    lines: list[NDArray[np.float64]],
) -> None:
    turn = np.array([transform[0:2], transform[3:5]])
    corners = (piece.corners * mm) @ turn + np.array(transform[9:11])
    for run in piece.lines:
        closed = run[0] == run[-1]
        if not closed and thing.type in ("model", "solidsupport"):
            raise model.markup.refused("3mf_slice_open", thing.at)
        if closed and thing.type != "support":
            contours.append(corners[run[:-1]])
        else:
            lines.append(corners[run])

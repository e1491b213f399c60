"""The slices of a model part: closed lines at rising heights, instead of, or beside, a mesh."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.readers.threemf.markup import Element, Markup
from strate.kernels.geometry.refusal import Limits


@dataclass
class Slice:
    """One slice, in the unit of the part: its upper height, its corners, its lines as runs of corners."""

    top: float
    corners: NDArray[np.float64]
    lines: list[NDArray[np.int64]]

    @property
    def closed(self) -> bool:
        return all(line[0] == line[-1] for line in self.lines)


@dataclass
class Stack:
    """A stack of slices, or a list of the stacks of other parts it is made of."""

    bottom: float
    at: int
    slices: list[Slice] = field(default_factory=list)
    elsewhere: list[tuple[str, int]] = field(default_factory=list)


def read_stack(markup: Markup, element: Element, limits: Limits) -> Stack:
    """A stack, checked: heights rise, every line joins corners that exist."""
    stack = Stack(element.values.get("zbottom", 0.0), element.at)
    slices, refs = element.all("s:slice"), element.all("s:sliceref")
    if slices and refs:
        raise markup.refused("3mf_slice", element.at)
    stack.elsewhere = [(ref.values["slicepath"], ref.values["slicestackid"]) for ref in refs]
    reached, furthest = stack.bottom, limits.max_coordinate_mm * 1000
    if any(abs(height) > furthest for height in (reached, *(child.values["ztop"] for child in slices))):
        raise markup.refused("3mf_slice", element.at)
    for child in slices:
        if child.values["ztop"] < reached or (stack.slices and child.values["ztop"] == reached):
            raise markup.refused("3mf_slice_order", child.at)
        reached = child.values["ztop"]
        stack.slices.append(_slice(markup, child, limits))
    return stack


def _slice(markup: Markup, element: Element, limits: Limits) -> Slice:
    vertices = element.first("s:vertices")
    corners = vertices.packed.rows() if vertices is not None and vertices.packed else np.empty((0, 2))
    polygons = element.all("s:polygon")
    if (polygons and len(corners) < 2) or (vertices is not None and len(corners) < 2):
        raise markup.refused("3mf_slice", element.at)
    if len(corners) and not float(np.abs(corners).max()) <= limits.max_coordinate_mm * 1000:
        raise markup.refused("3mf_slice", element.at)
    lines = []
    for polygon in polygons:
        run = polygon.packed.rows()[:, 0] if polygon.packed is not None else np.empty(0, np.int64)
        if not len(run):
            raise markup.refused("3mf_slice_line", polygon.at)
        line = np.concatenate([np.array([polygon.values["startv"]], np.int64), run.astype(np.int64)])
        if int(line.max()) >= len(corners) or (line[1:] == line[:-1]).any():
            raise markup.refused("3mf_slice_line", polygon.at)
        lines.append(line)
    return Slice(element.values["ztop"], corners, lines)

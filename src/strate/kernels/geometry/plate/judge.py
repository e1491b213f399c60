"""Judges a plate: does every copy stand inside, do any meet, what will the whole ask for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.cutting.layers import height_um, layer_count
from strate.kernels.geometry.cutting.slicing import Slicer
from strate.kernels.geometry.plate.clearance import Cut, gap
from strate.kernels.geometry.plate.record import Bed, Copy, PlateRefused, PlateVerdict, Shape
from strate.kernels.geometry.plate.shadow import shadow
from strate.kernels.geometry.refusal import Finding, Plain, Point
from strate.kernels.geometry.skin.mesh import Mesh
from strate.kernels.geometry.skin.sides import sides_mm2
from strate.kernels.geometry.skin.topology import closed_skin

Floats = NDArray[np.float64]
MOST_COPIES = 500
MOST_CUTS = 120
HAIR_MM = 0.001
# Copies stand at whole micrometres: half of one, and what binary numbers add, is no fault of theirs.
PLACED_WITHIN_MM = 0.000501
TOLD = 20


@dataclass(frozen=True, eq=False)
class PlatePart:
    """A part as it was read and verified: its mesh, its volume and whether that volume is sure."""

    mesh: Mesh
    volume_mm3: float
    volume_sure: bool


def judge_plate(
    parts: Mapping[str, PlatePart],
    copies: Sequence[Copy],
    bed: Bed,
    *,
    layer_um: int,
    gap_mm: float = 0.5,
    may_flip: bool = False,
) -> PlateVerdict:
    """The verdict on a plate; a copy is turned over only when the site allows it."""
    if not copies:
        raise PlateRefused("plate_empty")
    if len(copies) > MOST_COPIES:
        raise PlateRefused("too_many_copies", copies=len(copies), limit=MOST_COPIES)
    for copy in copies:
        if copy.part not in parts:
            raise PlateRefused("no_such_part_on_plate", part=copy.part)
    shapes = {name: shape_of(part, layer_um) for name, part in parts.items()}
    boxes = [_box(parts[copy.part].mesh, copy) for copy in copies]
    found = [*_labels(copies), *_outside(copies, boxes, bed)]
    if not may_flip:
        found += [Finding("flip_refused", "refuse", {"label": c.label}) for c in copies if c.flipped]
    checked, meeting = _meeting(parts, copies, boxes, gap_mm)
    return _told(copies, shapes, layer_um, gap_mm, checked, [*found, *meeting])


def shape_of(part: PlatePart, layer_um: int) -> Shape:
    """What the plate needs of a part."""
    mesh, size = part.mesh, (part.mesh.high - part.mesh.low).tolist()
    skin = closed_skin(mesh, HAIR_MM)[0]
    areas = (
        Slicer(skin, layer_um).areas().areas_mm2.round(4).tolist() if layer_count(size[2], layer_um) else []
    )
    return Shape(
        size_mm=(size[0], size[1], size[2]),
        outlines=shadow(mesh),
        volume_mm3=part.volume_mm3,
        volume_sure=part.volume_sure,
        sides_mm2=sides_mm2(mesh),
        areas_mm2=tuple(areas),
    )


def _told(
    copies: Sequence[Copy],
    shapes: Mapping[str, Shape],
    layer_um: int,
    gap_mm: float,
    checked: float | None,
    found: list[Finding],
) -> PlateVerdict:
    """The numbers of the whole; what two copies share would be counted twice, and then the sum is not sure."""
    mine = [shapes[copy.part] for copy in copies]
    height = max(height_um(shape.size_mm[2]) for shape in mine)
    areas = np.zeros(layer_count(height / 1000, layer_um))
    for copy, shape in zip(copies, mine, strict=True):
        upright = shape.areas_mm2[::-1] if copy.flipped else shape.areas_mm2
        areas[: len(upright)] += upright
    apart = not any(finding.code == "copies_meet" for finding in found)
    return PlateVerdict(
        copies=tuple(copies),
        shapes=dict(shapes),
        layer_um=layer_um,
        layers=len(areas),
        height_um=height,
        volume_mm3=sum(shape.volume_mm3 for shape in mine),
        volume_sure=apart and all(shape.volume_sure for shape in mine),
        sides_mm2=sum(shape.sides_mm2 for shape in mine),
        areas_mm2=tuple(areas.round(4).tolist()),
        gap_mm=gap_mm,
        checked_every_mm=checked,
        findings=tuple(found),
    )


def placed(mesh: Mesh, copy: Copy) -> Mesh:
    """The mesh where the copy stands."""
    middle = (mesh.low + mesh.high) / 2
    point: Point = (float(middle[0]), float(middle[1]), float(middle[2]))
    matrix = np.array(copy.matrix(point, float(mesh.low[2]), float(mesh.high[2])))
    return Mesh(np.asarray(mesh.vertices @ matrix[:3] + matrix[3]), mesh.faces)


def _box(mesh: Mesh, copy: Copy) -> Floats:
    moved = placed(mesh, copy)
    return np.stack([moved.low, moved.high])


def _labels(copies: Sequence[Copy]) -> list[Finding]:
    twice = [label for label, count in Counter(copy.label for copy in copies).items() if count > 1]
    return [Finding("labels_alike", "refuse", {"label": label}) for label in twice[:TOLD]]


def _outside(copies: Sequence[Copy], boxes: list[Floats], bed: Bed) -> list[Finding]:
    """What stands over the margins of the plate, or is too high for the machine."""
    found = []
    room = np.array([bed.width_mm, bed.depth_mm]) - bed.margin_mm
    for copy, (low, high) in zip(copies, boxes, strict=True):
        place = _point((low + high) / 2)
        over = max(float((bed.margin_mm - low[:2]).max()), float((high[:2] - room).max()))
        if over > PLACED_WITHIN_MM:
            values: dict[str, Plain] = {
                "label": copy.label,
                "over_mm": round(over, 3),
                "margin_mm": bed.margin_mm,
            }
            found.append(
                Finding("copy_off_plate", "refuse", values, place, None, (_point(low), _point(high)))
            )
        above = float(high[2]) - (bed.height_mm - bed.headroom_mm)
        if above > 1e-4:
            found.append(
                Finding("copy_too_high", "refuse", {"label": copy.label, "over_mm": round(above, 3)}, place)
            )
    return found


def _meeting(
    parts: Mapping[str, PlatePart], copies: Sequence[Copy], boxes: list[Floats], gap_mm: float
) -> tuple[float | None, list[Finding]]:
    """The pairs nearer than the gap: boxes first, then outlines at the same heights for both."""
    close = [
        (a, b)
        for a, b in combinations(range(len(copies)), 2)
        if ((boxes[a][0, :2] - gap_mm < boxes[b][1, :2]) & (boxes[b][0, :2] - gap_mm < boxes[a][1, :2])).all()
    ]
    if not close:
        return None, []
    involved = {copies[index].part for pair in close for index in pair}
    tallest = max(float((parts[name].mesh.high - parts[name].mesh.low)[2]) for name in involved)
    step_um = max(round(tallest * 1000 / MOST_CUTS), 20)
    cuts = {
        index: _cuts(parts[copies[index].part].mesh, copies[index], step_um)
        for pair in close
        for index in pair
    }
    found = []
    for a, b in close:
        worst = _nearest(cuts[a], cuts[b], gap_mm, step_um)
        if worst is None:
            continue
        distance, place = worst
        names: dict[str, Plain] = {"label": copies[a].label, "other": copies[b].label}
        if distance < 0:
            found.append(Finding("copies_meet", "refuse", names, place))
        else:
            values: dict[str, Plain] = {**names, "distance_mm": round(distance, 3), "gap_mm": gap_mm}
            found.append(Finding("copies_too_near", "refuse", values, place))
    return step_um / 1000, found[:TOLD]


def _cuts(mesh: Mesh, copy: Copy, step_um: int) -> list[Cut]:
    slicer = Slicer(closed_skin(placed(mesh, copy), HAIR_MM)[0], step_um)
    return [Cut.of(slicer.cut(layer).contours) for layer in range(1, slicer.layers + 1)]


def _nearest(one: list[Cut], other: list[Cut], gap_mm: float, step_um: int) -> tuple[float, Point] | None:
    """The smallest distance of two copies and where, when it is less than the gap."""
    best: tuple[float, Point] | None = None
    for level, (a, b) in enumerate(zip(one, other, strict=False)):
        distance, where = gap(a, b, gap_mm if best is None else best[0])
        if where is not None and (best is None or distance < best[0]):
            best = distance, (where[0], where[1], (level + 0.5) * step_um / 1000)
        if best is not None and best[0] < 0:
            return best
    return best


def _point(row: Floats) -> Point:
    return float(row[0]), float(row[1]), float(row[2])

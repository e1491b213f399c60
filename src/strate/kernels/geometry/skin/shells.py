"""The shells of a part: what each encloses, which are cavities where powder stays, which may overlap."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.judging.verdict import Box, Shell
from strate.kernels.geometry.native import INT64, array, function
from strate.kernels.geometry.refusal import Finding, Point
from strate.kernels.geometry.skin.mesh import Mesh
from strate.kernels.geometry.skin.topology import Edges, Labels

Floats = NDArray[np.float64]
LISTED = 100

_I4, _I8, _F8 = array(np.int32), array(np.int64), array(np.float64)
_MEASURE = function("strate_measure", None, _F8, _I4, INT64, _I4, _F8, _I8, _F8, _F8, _F8, array(np.uint8))


@dataclass(frozen=True, eq=False)
class Measures:
    """For each shell its triangles, area, signed volume and box; for each triangle whether it has no area."""

    triangles: NDArray[np.int64]
    areas: Floats  # mm²
    volumes: Floats  # mm³
    boxes: Floats  # (shells, 6): low x, y, z, high x, y, z
    flat: NDArray[np.bool_]

    @property
    def area_mm2(self) -> float:
        return float(self.areas.sum())

    @property
    def volume_mm3(self) -> float:
        return float(self.volumes.sum())


def measure(mesh: Mesh, labels: Labels) -> Measures:
    """Measure each shell; volumes are what its triangles close with the middle of the box."""
    if len(labels) != len(mesh.faces) or (len(labels) and int(labels.min()) < 0):
        raise ValueError("one label for each triangle, please")
    count = int(labels.max()) + 1 if len(labels) else 0
    triangles, areas, volumes = np.zeros(count, np.int64), np.zeros((count, 2)), np.zeros((count, 2))
    boxes = np.tile([np.inf] * 3 + [-np.inf] * 3, (count, 1))
    flat = np.zeros(len(labels), np.uint8)
    middle = (mesh.low + mesh.high) / 2 if count else np.zeros(3)
    own = np.ascontiguousarray(labels, np.int32)
    _MEASURE(mesh.vertices, mesh.faces, len(own), own, middle, triangles, areas, volumes, boxes, flat)
    return Measures(triangles, areas.sum(axis=1), volumes.sum(axis=1), boxes, flat.view(np.bool_))


def box_of(points: Floats) -> Box:
    return Box(_point(points.min(axis=0)), _point(points.max(axis=0)))


def _point(row: Floats) -> Point:
    return float(row[0]), float(row[1]), float(row[2])


def list_shells(measures: Measures, labels: Labels, edges: Edges) -> tuple[Shell, ...]:
    """The largest shells first; their volumes are signed."""
    torn = np.zeros(len(measures.areas), dtype=bool)
    torn[labels[edges.first_face[edges.odd]]] = True
    largest = _largest(np.abs(measures.volumes), measures.areas)
    return tuple(
        Shell(
            int(measures.triangles[i]),
            not torn[i],
            float(measures.volumes[i]),
            float(measures.areas[i]),
            Box(_point(measures.boxes[i, :3]), _point(measures.boxes[i, 3:])),
        )
        for i in largest
    )


def _largest(volumes: Floats, areas: Floats) -> NDArray[np.int64]:
    """The numbers of the shells that are listed, by volume, then by area."""
    least = np.partition(volumes, -LISTED)[-LISTED] if len(volumes) > LISTED else 0.0
    large = np.flatnonzero(volumes >= least)
    return large[np.lexsort((-areas[large], -volumes[large]))][:LISTED]


def shell_findings(shells: tuple[Shell, ...], count: int, volume: float, whole: bool) -> list[Finding]:
    """Inside-out pieces, cavities, overlaps; said only of a whole skin, for else signs mean nothing."""
    found = []
    if count > len(shells):
        found.append(Finding("too_many_shells", "warn", {"count": count, "kept": len(shells)}))
    if not whole:
        return found
    if volume < 0:
        return [*found, Finding("inside_out", "refuse", {"volume_mm3": volume}, _middle(shells[0]))]
    solid = [shell for shell in shells if shell.volume_mm3 > 0]
    for number, shell in enumerate(shells, start=1):
        if shell.volume_mm3 >= 0:
            continue
        if any(shell.box.within(other.box) for other in solid):
            values = {"shell": number, "volume_mm3": -shell.volume_mm3}
            found.append(Finding("closed_cavity", "warn", values, _middle(shell)))
        else:
            found.append(Finding("inside_out_shell", "refuse", {"shell": number}, _middle(shell)))
    close = [pair for pair in combinations(solid, 2) if pair[0].box.meets(pair[1].box)]
    if close:
        found.append(Finding("shells_may_overlap", "warn", {"count": len(close)}, _middle(close[0][1])))
    return found


def _middle(shell: Shell) -> Point:
    (ax, ay, az), (bx, by, bz) = shell.box.low, shell.box.high
    return (ax + bx) / 2, (ay + by) / 2, (az + bz) / 2

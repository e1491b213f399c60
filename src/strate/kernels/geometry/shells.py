"""The shells of a part: what each encloses, which are cavities where powder stays, which may overlap."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.mesh import Mesh
from strate.kernels.geometry.refusal import Finding, Point
from strate.kernels.geometry.topology import Edges, Labels
from strate.kernels.geometry.verdict import Box, Shell

Floats = NDArray[np.float64]
LISTED = 100


@dataclass(frozen=True, eq=False)
class Measures:
    """For each triangle its area and the signed volume it closes with the middle of the box."""

    areas: Floats
    volumes: Floats


def measure(mesh: Mesh) -> Measures:
    middle = (mesh.low + mesh.high) / 2
    centred = mesh.vertices - middle
    a, b, c = (centred[mesh.faces[:, corner]] for corner in range(3))
    volumes = np.einsum("ij,ij->i", a, np.cross(b, c)) / 6
    b -= a
    c -= a
    normals = np.cross(b, c)
    return Measures(np.sqrt(np.einsum("ij,ij->i", normals, normals)) / 2, volumes)


def box_of(points: Floats) -> Box:
    return Box(_point(points.min(axis=0)), _point(points.max(axis=0)))


def _point(row: Floats) -> Point:
    return float(row[0]), float(row[1]), float(row[2])


def list_shells(mesh: Mesh, labels: Labels, edges: Edges, measures: Measures) -> tuple[Shell, ...]:
    """The largest shells first; their volumes are signed."""
    count = int(labels.max()) + 1
    triangles = np.bincount(labels, minlength=count)
    volumes = np.bincount(labels, measures.volumes, count)
    areas = np.bincount(labels, measures.areas, count)
    torn = np.zeros(count, dtype=bool)
    torn[labels[edges.first_face[edges.odd]]] = True
    largest = np.lexsort((-areas, -np.abs(volumes)))[:LISTED]
    boxes = _boxes(mesh, labels, largest, count)
    return tuple(
        Shell(int(triangles[i]), not torn[i], float(volumes[i]), float(areas[i]), box)
        for i, box in zip(largest, boxes, strict=True)
    )


def _boxes(mesh: Mesh, labels: Labels, wanted: NDArray[np.int64], count: int) -> list[Box]:
    if count == 1:
        return [box_of(mesh.vertices)]
    order = np.argsort(labels, kind="stable")
    begins = np.searchsorted(labels[order], np.arange(count + 1))
    return [box_of(mesh.vertices[mesh.faces[order[begins[i] : begins[i + 1]]].reshape(-1)]) for i in wanted]


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

"""Faces that touch and share a fault are one zone: its area, its box, its worst triangle."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.refusal import Point
from strate.kernels.geometry.skin.boxes import Box
from strate.kernels.geometry.skin.mesh import Mesh
from strate.kernels.geometry.skin.topology import Edges, Ints, Labels, groups_of

Floats = NDArray[np.float64]
LISTED = 60


@dataclass(frozen=True, eq=False)
class Faces:
    """What the checks ask of every triangle: how large it is, where it looks, where its middle lies."""

    mesh: Mesh
    edges: Edges
    areas: Floats
    normals: Floats
    middles: Floats

    @classmethod
    def of(cls, mesh: Mesh, edges: Edges) -> Faces:
        a, b, c = (mesh.vertices[mesh.faces[:, corner]] for corner in range(3))
        across = np.cross(b - a, c - a)
        length = np.sqrt(np.einsum("ij,ij->i", across, across))
        normals = across / np.where(length > 0, length, 1.0)[:, None]
        return cls(mesh, edges, length / 2, normals, (a + b + c) / 3)


@dataclass(frozen=True)
class Zone:
    """A patch of touching faces; `worst` is the value of its worst triangle (1 is the first of the file)."""

    area_mm2: float
    worst: float
    point_mm: Point
    triangle: int
    triangles: tuple[int, ...]
    count: int
    box: Box


def zones_of(
    faces: Faces, chosen: Ints, worth: Floats, least_mm2: float, joined: Labels | None = None
) -> tuple[list[Zone], int, float]:
    """The zones of the chosen faces, largest first; how many there are at all, and their area together.

    `worth` is one value per chosen face; the smallest is the worst. `joined`: faces that belong together (p, 2).
    """
    if not len(chosen):
        return [], 0, 0.0
    number = np.full(len(faces.areas), -1, dtype=np.int32)
    number[chosen] = np.arange(len(chosen), dtype=np.int32)
    across = faces.edges.opposite[chosen]
    pairs = np.stack(
        [np.repeat(np.arange(len(chosen), dtype=np.int32), 3), number[across // 3].reshape(-1)], axis=1
    )
    kept = pairs[(across.reshape(-1) >= 0) & (pairs[:, 1] > pairs[:, 0])]
    if joined is not None:
        both = number[joined]
        kept = np.concatenate([kept, both[(both >= 0).all(axis=1)]])
    labels = groups_of(len(chosen), kept)
    areas = faces.areas[chosen]
    count = int(labels.max()) + 1
    sums = np.bincount(labels, areas, count)
    order = np.argsort(labels, kind="stable")
    begins = np.searchsorted(labels[order], np.arange(count + 1))
    wanted = [zone for zone in np.argsort(-sums, kind="stable")[:200] if sums[zone] >= least_mm2]
    found = [_zone(faces, chosen, worth, order[begins[z] : begins[z + 1]]) for z in wanted]
    return found, count, float(areas.sum())


def _zone(faces: Faces, chosen: Ints, worth: Floats, mine: Ints) -> Zone:
    worst = mine[np.argmin(worth[mine])]
    own = chosen[mine]
    points = faces.mesh.vertices[faces.mesh.faces[own].reshape(-1)]
    listed = own[np.argsort(-faces.areas[own], kind="stable")[:LISTED]]
    x, y, z = faces.middles[chosen[worst]].tolist()
    low, high = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    return Zone(
        area_mm2=float(faces.areas[own].sum()),
        worst=float(worth[worst]),
        point_mm=(x, y, z),
        triangle=int(chosen[worst]) + 1,
        triangles=tuple((listed + 1).tolist()),
        count=len(own),
        box=Box((low[0], low[1], low[2]), (high[0], high[1], high[2])),
    )

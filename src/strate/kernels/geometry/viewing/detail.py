"""Levels of detail of a mesh: corners that fall in one cell become one, placed where the faces around it want it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.skin.mesh import Mesh
from strate.kernels.geometry.viewing.mesh_stream import Level, Pairs

# A first sight at once, then what a tablet turns without effort.
TARGETS = (20_000, 300_000)
# An edge is drawn where the skin turns by more than this; a rough scan has too many: then only the sharpest.
CREASE_DEGREES = (30.0, 60.0)
MOST_CREASES = 0.2
_BLOCK = 1_000_000

Floats = NDArray[np.float64]


def levels_of(mesh: Mesh) -> list[Level]:
    """From the coarsest to the finest; a small mesh is shown as it is, and only so."""
    meshes = [mesh] if len(mesh.faces) <= 1.5 * TARGETS[-1] else []
    for target in reversed(TARGETS):
        if len(mesh.faces) > 1.5 * target:
            meshes.insert(0, reduced(meshes[0] if meshes else mesh, target))
    found = []
    for number, each in enumerate(meshes):
        tidy = in_order(each)
        creases, torn = lines_of(tidy)
        found.append(Level(tidy, creases, torn, number, len(meshes), len(mesh.faces)))
    return found


def reduced(mesh: Mesh, target: int) -> Mesh:
    """About this many triangles, or a few less."""
    size = mesh.high - mesh.low
    surface = float(_areas(mesh.vertices, mesh.faces).sum())
    # A surface of any direction meets 1.5 cells per a², each corner standing for two triangles.
    cell = max(1.02 * (3 * surface / target) ** 0.5, float(size.max()) * 1e-6, 1e-9)
    for _try in range(12):
        small = clustered(mesh, cell)
        if len(small.faces) <= target:
            return small
        cell *= max((len(small.faces) / target) ** 0.5 * 1.02, 1.05)
    return small


def clustered(mesh: Mesh, cell_mm: float) -> Mesh:
    """One corner for each cell of a grid, placed by the planes of the faces that meet there (Lindstrom 2000)."""
    home = np.floor((mesh.vertices - mesh.low) / cell_mm).astype(np.int64)
    spans = home.max(axis=0) + 1
    key = (home[:, 0] * spans[1] + home[:, 1]) * spans[2] + home[:, 2]
    _, first, cell = np.unique(key, return_index=True, return_inverse=True)
    cell = cell.reshape(-1)
    count = len(first)
    placed = _placed(mesh, cell, count, (home[first] + 0.5) * cell_mm + mesh.low, cell_mm)
    faces = cell[mesh.faces].astype(np.int32)
    flat = (faces[:, 0] == faces[:, 1]) | (faces[:, 1] == faces[:, 2]) | (faces[:, 2] == faces[:, 0])
    return _without_doubles(placed, faces[~flat])


def _placed(mesh: Mesh, cell: NDArray[np.int64], count: int, middle: Floats, cell_mm: float) -> Floats:
    """Where the squared distance to the planes is least, held near the mean of the corners."""
    sums = np.zeros((9, count))
    weight = np.bincount(cell, minlength=count).astype(np.float64)
    mean = np.stack([np.bincount(cell, mesh.vertices[:, s], count) for s in range(3)], 1) / weight[:, None]
    for start in range(0, len(mesh.faces), _BLOCK):
        faces = mesh.faces[start : start + _BLOCK]
        a, b, c = (mesh.vertices[faces[:, s]] for s in range(3))
        normal = np.cross(b - a, c - a)
        for corner in range(3):
            where = cell[faces[:, corner]]
            height = ((a - middle[where]) * normal).sum(axis=1)
            for row, value in enumerate(_quadric(normal, height)):
                sums[row] += np.bincount(where, value, count)
    matrix = sums[[0, 1, 2, 1, 3, 4, 2, 4, 5]].T.reshape(-1, 3, 3)
    trace = np.trace(matrix, axis1=1, axis2=2)
    hold = 1e-3 * trace + 1e-30
    matrix = matrix + hold[:, None, None] * np.eye(3)
    wish = sums[6:9].T + hold[:, None] * (mean - middle)
    moved = np.linalg.solve(matrix, wish[:, :, None])[:, :, 0]
    # A corner never leaves its cell by more than half of it: a needle would be worse than a blunt edge.
    placed: Floats = middle + np.clip(moved, -cell_mm, cell_mm)
    return np.clip(placed, mesh.low, mesh.high)


def _quadric(n: Floats, height: Floats) -> tuple[Floats, ...]:
    x, y, z = n.T
    return x * x, x * y, x * z, y * y, y * z, z * z, x * height, y * height, z * height


def _without_doubles(vertices: Floats, faces: NDArray[np.int32]) -> Mesh:
    """Two sheets that fell on each other hide one another: pairs go, a lone one stays; unused corners go too."""
    ordered = np.sort(faces, axis=1).astype(np.int64)
    key = ordered[:, 0] * len(vertices) + ordered[:, 1]
    order = np.lexsort((ordered[:, 2], key))
    same = np.zeros(len(order), bool)
    same[1:] = (key[order][1:] == key[order][:-1]) & (ordered[order][1:, 2] == ordered[order][:-1, 2])
    group = np.cumsum(~same) - 1
    odd = np.bincount(group, minlength=1) % 2 == 1
    kept = order[~same][odd[: int(group[-1]) + 1]] if len(order) else order
    kept.sort()
    return _used(vertices, faces[kept])


def _used(vertices: Floats, faces: NDArray[np.int32]) -> Mesh:
    used = np.zeros(len(vertices), bool)
    used[faces.reshape(-1)] = True
    number = np.cumsum(used) - 1
    return Mesh(vertices[used], number[faces].astype(np.int32))


def in_order(mesh: Mesh) -> Mesh:
    """The same mesh, faces along a curve through space, corners as they are met: neighbours get near numbers."""
    span = np.maximum(mesh.high - mesh.low, 1e-9)
    middle = mesh.vertices[mesh.faces[:, 0]]
    grid = np.minimum((middle - mesh.low) / span * 1023, 1023).astype(np.int64)
    faces = mesh.faces[np.argsort(_morton(grid), kind="stable")]
    turned = np.take_along_axis(faces, (faces.argmin(axis=1)[:, None] + np.arange(3)) % 3, axis=1)
    flat = turned.reshape(-1)
    _, first = np.unique(flat, return_index=True)
    met = flat[np.sort(first)]
    number = np.zeros(len(mesh.vertices), np.int32)
    number[met] = np.arange(len(met), dtype=np.int32)
    return Mesh(mesh.vertices[met], number[turned])


def _morton(grid: NDArray[np.int64]) -> NDArray[np.int64]:
    code = np.zeros(len(grid), np.int64)
    for bit in range(10):
        for side in range(3):
            code |= ((grid[:, side] >> bit) & 1) << (3 * bit + side)
    return code


def lines_of(mesh: Mesh) -> tuple[Pairs, Pairs]:
    """Edges worth drawing: where the skin turns sharply, and where an odd number of faces meet (it is torn)."""
    faces, count = mesh.faces.astype(np.int64), len(mesh.faces)
    ends = np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]])
    key = ends.min(axis=1) * len(mesh.vertices) + ends.max(axis=1)
    order = np.argsort(key, kind="stable")
    starts = np.flatnonzero(np.diff(key[order], prepend=-1))
    at = np.diff(np.append(starts, len(order)))
    odd, pairs = starts[at % 2 == 1], starts[at == 2]
    a, b, c = (mesh.vertices[faces[:, s]] for s in range(3))
    normal = np.cross(b - a, c - a)
    normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-30)
    one, other = order[pairs] % count, order[pairs + 1] % count
    turn = (normal[one] * normal[other]).sum(axis=1)
    sharp = turn < np.cos(np.radians(CREASE_DEGREES[0]))
    if sharp.sum() > MOST_CREASES * max(len(starts), 1) and count > TARGETS[0] // 4:
        sharp = turn < np.cos(np.radians(CREASE_DEGREES[1]))
    return np.sort(ends[order[pairs[sharp]]], axis=1), np.sort(ends[order[odd]], axis=1)


def _areas(vertices: Floats, faces: NDArray[np.int32]) -> Floats:
    total = np.zeros(len(faces))
    for start in range(0, len(faces), _BLOCK):
        a, b, c = (vertices[faces[start : start + _BLOCK, s]] for s in range(3))
        total[start : start + _BLOCK] = np.linalg.norm(np.cross(b - a, c - a), axis=1) / 2
    return total

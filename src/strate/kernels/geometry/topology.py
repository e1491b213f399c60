"""How the triangles of a part hold together: open edges, flipped faces, shells, doubles."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.mesh import Faces, Mesh, hash_rows

Ints = NDArray[np.int64]
Labels = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Edges:
    """Each edge once: how many faces meet there, whether they look the same way, which pairs they link."""

    ends: NDArray[np.int64]  # (e, 2) corner numbers
    faces_at: Ints
    balanced: NDArray[np.bool_]
    face_pairs: Labels  # (p, 2) faces that share an edge
    first_face: Labels

    @property
    def boundary(self) -> Ints:
        return np.flatnonzero(self.faces_at == 1)

    @property
    def crowded(self) -> Ints:
        return np.flatnonzero(self.faces_at > 2)

    @property
    def flipped(self) -> Ints:
        return np.flatnonzero((self.faces_at == 2) & ~self.balanced)

    @property
    def odd(self) -> Ints:
        """The edges where the skin is torn: an odd number of faces cannot enclose matter."""
        return np.flatnonzero(self.faces_at % 2 == 1)


def collapsed(faces: Faces) -> NDArray[np.bool_]:
    """Triangles two corners of which are the same corner."""
    a, b, c = faces.T
    return np.asarray((a == b) | (b == c) | (c == a))


def edges_of(mesh: Mesh) -> Edges:
    """Every edge of the mesh; collapsed triangles have none."""
    kept = np.flatnonzero(~collapsed(mesh.faces)).astype(np.int32)
    faces = mesh.faces[kept]
    begin = faces.T.reshape(-1).astype(np.int64)
    end = np.roll(faces, -1, axis=1).T.reshape(-1).astype(np.int64)
    forward = begin < end
    corners = len(mesh.vertices)
    key = np.where(forward, begin * corners + end, end * corners + begin)
    order = np.argsort(key)
    key = key[order]
    fresh = np.ones(len(key), dtype=bool)
    np.not_equal(key[1:], key[:-1], out=fresh[1:])
    run = np.flatnonzero(fresh)
    faces_at = np.diff(run, append=len(key))
    ways = np.add.reduceat(forward[order].astype(np.int64), run) if len(run) else run
    owner = kept[order % max(len(faces), 1)]
    same = np.flatnonzero(~fresh)
    pairs = np.stack([owner[same - 1], owner[same]], axis=1)
    ends = np.stack(np.divmod(key[run], corners), axis=1)
    return Edges(ends, faces_at, 2 * ways == faces_at, pairs, owner[run])


def shells_of(face_count: int, pairs: Labels) -> Labels:
    """Number the connected pieces: one label per face, 0 first; faces are joined by edges, not by corners."""
    root = np.arange(face_count, dtype=np.int32)
    left, right = pairs[:, 0], pairs[:, 1]
    while True:
        a, b = root[left], root[right]
        apart = a != b
        if not apart.any():
            break
        a, b, left, right = a[apart], b[apart], left[apart], right[apart]
        root[np.maximum(a, b)] = np.minimum(a, b)
        while not np.array_equal(up := root[root], root):
            root = up
    _, label = np.unique(root, return_inverse=True)
    return label.reshape(-1).astype(np.int32)


def join_near(mesh: Mesh, torn: Ints, within_mm: float) -> Mesh:
    """The same mesh with the given corners joined when closer than a hair; used to judge, never to print."""
    points = mesh.vertices[torn]
    near: list[Labels] = []
    for shift in product((0.0, 0.5), repeat=3):  # two near points share a cell of at least one of the grids
        cells = np.floor(points / within_mm + np.array(shift)).astype(np.int64)
        key = hash_rows(cells.view(np.uint64))
        order = np.argsort(key).astype(np.int32)
        pairs = np.stack([order[:-1], order[1:]], axis=1)
        near.append(pairs[(key[pairs[:, 0]] == key[pairs[:, 1]])])
    pairs = np.concatenate(near)
    close = (np.abs(points[pairs[:, 0]] - points[pairs[:, 1]]) <= within_mm).all(axis=1)
    group = shells_of(len(torn), pairs[close])
    _, first = np.unique(group, return_index=True)
    corner = np.arange(len(mesh.vertices), dtype=np.int32)
    corner[torn] = torn[first][group]
    return Mesh(mesh.vertices, corner[mesh.faces])


def closed_skin(mesh: Mesh, within_mm: float) -> tuple[Mesh, Edges, Edges]:
    """The mesh to slice, gaps thinner than a hair joined if that closes it; its edges before and after."""
    edges = edges_of(mesh)
    torn = edges.odd
    if len(torn):
        nearly = join_near(mesh, np.unique(edges.ends[torn]), within_mm)
        after = edges_of(nearly)
        if not len(after.odd):
            return nearly, edges, after
    return mesh, edges, edges


def duplicates(faces: Faces) -> Ints:
    """Triangles whose three corners were already those of an earlier triangle."""
    sorted_faces = np.sort(faces, axis=1)
    key = hash_rows(sorted_faces.view(np.uint32))
    order = np.argsort(key, kind="stable")
    earlier, later = order[:-1], order[1:]
    alike = np.flatnonzero(key[earlier] == key[later])
    same = (sorted_faces[earlier[alike]] == sorted_faces[later[alike]]).all(axis=1)
    return np.sort(later[alike[same]])

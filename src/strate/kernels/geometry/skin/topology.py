"""How the triangles of a part hold together: open edges, flipped faces, shells, doubles."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.native import INT64, array, function, indices_within
from strate.kernels.geometry.skin.mesh import Faces, Mesh, first_alike

Ints = NDArray[np.int64]
Labels = NDArray[np.int32]
Floats = NDArray[np.float64]

# Large odd numbers: what is near in space must not be near in the table.
_SPREAD = np.array([73856093, 19349663, 83492791], np.int64) * np.int64(2654435761)
_PATIENCE = 16

_I4, _I8, _U8, _BYTE = array(np.int32), array(np.int64), array(np.uint64), array(np.uint8)
_FANS = function("strate_fans", INT64, _I4, INT64, INT64, _I4, _U8)
_PAIR = function("strate_pair", None, _U8, _I4, INT64, _I4, _I8)
_ODD = function("strate_odd_edges", None, _U8, _I4, INT64, INT64, INT64, _I4, _I4, _BYTE, _I4, _I4)
_GROUPS = function("strate_groups", INT64, INT64, _I4, INT64, _I4)
_SHELLS = function("strate_shells", INT64, INT64, _I4, _I4, INT64, _I4)


@dataclass(frozen=True, eq=False)
class Edges:
    """The edges of a mesh: who is across each side, and one by one those that are not two faces looking alike.

    Side k of face f (number 3 f + k) goes from its corner k to the next. Of the `count` edges only those
    that are no plain pair have a row in `ends` (corner numbers), `faces_at`, `balanced` and `first_face`.
    """

    opposite: Labels  # (m, 3) the side across, -1: none; around a crowded edge sides pair in order
    count: int
    ends: Labels  # (k, 2)
    faces_at: Labels
    balanced: NDArray[np.bool_]
    first_face: Labels
    links: Labels  # (p, 2) faces that meet at the edges listed

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

    @property
    def closed(self) -> bool:
        """No edge where the skin is torn."""
        return not len(self.odd)

    @property
    def oriented(self) -> bool:
        """At every edge as many faces look one way as the other."""
        return bool(self.balanced.all())


def collapsed(faces: Faces) -> NDArray[np.bool_]:
    """Triangles two corners of which are the same corner."""
    a, b, c = faces.T
    return np.asarray((a == b) | (b == c) | (c == a))


def edges_of(mesh: Mesh) -> Edges:
    """Every edge of the mesh; collapsed triangles have none."""
    corners, faces = len(mesh.vertices), len(mesh.faces)
    begin, sides = np.zeros(corners + 1, np.int32), np.empty(3 * faces, np.uint64)
    _FANS(mesh.faces, faces, corners, begin, sides)
    opposite, counts = np.full((faces, 3), -1, np.int32), np.zeros(3, np.int64)
    _PAIR(sides, begin, corners, opposite, counts)
    count, odd, linked = (int(n) for n in counts)
    ends, links = np.empty((odd, 2), np.int32), np.empty((linked, 2), np.int32)
    faces_at, first_face = np.empty(odd, np.int32), np.empty(odd, np.int32)
    balanced = np.empty(odd, np.uint8)
    _ODD(sides, begin, corners, odd, linked, ends, faces_at, balanced, first_face, links)
    return Edges(opposite, count, ends, faces_at, balanced.view(np.bool_), first_face, links)


def shells_of(edges: Edges) -> Labels:
    """Number the connected pieces: one label per face, 0 first; faces are joined by edges, not by corners."""
    label = np.empty(len(edges.opposite), np.int32)
    _SHELLS(len(label), edges.opposite, edges.links, len(edges.links), label)
    return label


def groups_of(count: int, pairs: Labels) -> Labels:
    """Number the pieces of `count` things joined two by two by `pairs` (p, 2): one label for each, 0 first."""
    whole = np.ascontiguousarray(pairs, np.int32).reshape(-1, 2)
    if not indices_within(whole, count):
        raise ValueError(f"a pair names something that is none of the {count}")
    label = np.empty(count, np.int32)
    _GROUPS(count, whole, len(whole), label)
    return label


def join_near(mesh: Mesh, torn: Ints, within_mm: float) -> Mesh:
    """The same mesh with the given corners joined when nearer than that on each axis; used to judge, never to print."""
    points = mesh.vertices[torn]
    group = groups_of(len(torn), near_pairs(points, within_mm))
    _, first = np.unique(group, return_index=True)
    corner = np.arange(len(mesh.vertices), dtype=np.int32)
    corner[torn] = torn[first][group]
    return Mesh(mesh.vertices, corner[mesh.faces])


def near_pairs(points: Floats, within_mm: float) -> Labels:
    """Enough pairs of near points to hold every group of them together.

    Cells are twice as wide as the reach, and shifted by half: two near points share a cell of at least one of the
    eight grids. A cell that holds very many points is looked through as far as patience lasts.
    """
    group, near = np.arange(len(points), dtype=np.int32), np.empty((0, 2), np.int32)
    along = _cells_along(points, within_mm)
    for shift in product((0, 1), repeat=3):
        # Two cells of one key only cost a look.
        key = along[0][shift[0]] + along[1][shift[1]] + along[2][shift[2]]
        who = _in_company(key)
        order = who[np.argsort(key[who])]
        key, known, ahead, found = key[order], group[order], 1, [near]
        while ahead <= _PATIENCE and (alike := key[ahead:] == key[:-ahead]).any():
            at = np.flatnonzero(alike & (known[ahead:] != known[:-ahead]))
            pairs = np.stack([order[at], order[at + ahead]], axis=1)
            apart = np.abs(points[pairs[:, 0]] - points[pairs[:, 1]])
            found.append(pairs[(apart <= within_mm).all(axis=1)])
            ahead += 1
            if ahead & (ahead - 1) == 0:
                # What is held together already is not looked at again.
                group, near = _held(len(points), found)
                known, found = group[order], [near]
        if any(map(len, found[1:])):
            group, near = _held(len(points), found)
    return near


def _cells_along(points: Floats, within_mm: float) -> list[tuple[Ints, Ints]]:
    """For each axis what the cells of the points give to their keys: those of the plain grid, of the shifted one."""
    found = []
    for axis, spread in enumerate(_SPREAD):
        at = points[:, axis] / (2 * within_mm)
        plain, shifted = (np.floor(at + shift).astype(np.int64) * spread for shift in (0.0, 0.5))
        found.append((plain, shifted))
    return found


def _in_company(key: Ints) -> Labels:
    """The points that may share their cell with another one: only they need to be put in order."""
    slots = max(1 << 10, 1 << (2 * len(key)).bit_length())
    slot = (key ^ (key >> 32)) & (slots - 1)
    return np.flatnonzero(np.bincount(slot, minlength=slots)[slot] > 1).astype(np.int32)


def _held(count: int, found: list[Labels]) -> tuple[Labels, Labels]:
    """The groups that these pairs make of so many points, and no more pairs than hold them together."""
    group = groups_of(count, np.concatenate(found))
    each, one = np.arange(count, dtype=np.int32), np.empty(count, np.int32)
    one[group] = each
    return group, np.stack([one[group], each], axis=1)[one[group] != each]


def torn_corners(mesh: Mesh, edges: Edges) -> Ints:
    """The corners at which the skin is torn, in their order."""
    torn = np.zeros(len(mesh.vertices), np.bool_)
    torn[edges.ends[edges.odd]] = True
    return np.flatnonzero(torn)


def closed_skin(mesh: Mesh, within_mm: float) -> tuple[Mesh, Edges, Edges]:
    """The mesh to slice, gaps thinner than a hair joined if that closes it; its edges before and after."""
    edges = edges_of(mesh)
    nearly, after = joined_skin(mesh, edges, within_mm)
    return (nearly, edges, after) if after.closed else (mesh, edges, edges)


def joined_skin(mesh: Mesh, edges: Edges, within_mm: float) -> tuple[Mesh, Edges]:
    """The mesh with the corners joined where it is torn by less than that, and its edges then."""
    torn = torn_corners(mesh, edges)
    if not len(torn):
        return mesh, edges
    nearly = join_near(mesh, torn, within_mm)
    return nearly, edges_of(nearly)


def duplicates(faces: Faces) -> Ints:
    """Triangles whose three corners were already those of an earlier triangle."""
    first = first_alike(np.sort(faces, axis=1))
    return np.flatnonzero(first != np.arange(len(first)))

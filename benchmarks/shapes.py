"""Meshes drawn by formula for measuring and testing: a bumpy torus, a sphere, a gyroid lattice, a scan-like statue."""

from __future__ import annotations

from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.skin.mesh import Mesh

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def _wrapped(points: Floats) -> Mesh:
    """A grid (a, b, 3) that closes on itself both ways, each square cut in two."""
    around, across = points.shape[:2]
    number = np.arange(around * across).reshape(around, across)
    right, up = np.roll(number, -1, 0), np.roll(number, -1, 1)
    both = np.roll(right, -1, 1)
    faces = np.stack([number, right, both, number, both, up], axis=-1).reshape(-1, 3)
    return Mesh(points.reshape(-1, 3), faces.astype(np.int32))


def torus(ring_mm: float, tube_mm: float, around: int, across: int, bump_mm: float = 0.0) -> Mesh:
    """A closed torus of 2 × around × across triangles lying flat, its tube swollen here and there by `bump_mm`."""
    u, v = np.meshgrid(_turn(around), _turn(across), indexing="ij")
    tube = tube_mm + bump_mm * np.sin(9 * u) * np.sin(7 * v + 2 * u)
    out = ring_mm + tube * np.cos(v)
    return _wrapped(np.stack([out * np.cos(u), out * np.sin(u), tube * np.sin(v)], axis=-1))


def _turn(count: int) -> Floats:
    return np.arange(count) * (2 * np.pi / count)


def sphere(radius_mm: float, around: int, rings: int) -> Mesh:
    """A closed sphere: two poles and `rings` circles of `around` points."""
    return _lathed(np.full((around, rings), radius_mm))


def _lathed(radius: Floats) -> Mesh:
    """A closed skin at `radius` (around, rings) mm from the origin, with a pole below and one above."""
    around, rings = radius.shape
    u, v = np.meshgrid(
        _turn(around), (np.arange(rings) + 1) * (np.pi / (rings + 1)) - np.pi / 2, indexing="ij"
    )
    grid = np.stack([np.cos(v) * np.cos(u), np.cos(v) * np.sin(u), np.sin(v)], axis=-1) * radius[..., None]
    number = np.arange(around * rings).reshape(around, rings)
    right = np.roll(number, -1, 0)
    a, b, c, d = number[:, :-1], right[:, :-1], right[:, 1:], number[:, 1:]
    walls = np.stack([a, b, c, a, c, d], axis=-1).reshape(-1, 3)
    south, north = around * rings, around * rings + 1
    below = np.stack([right[:, 0], number[:, 0], np.full(around, south)], axis=-1)
    above = np.stack([number[:, -1], right[:, -1], np.full(around, north)], axis=-1)
    poles = np.array([[0, 0, -radius[:, 0].mean()], [0, 0, radius[:, -1].mean()]])
    points = np.concatenate([grid.reshape(-1, 3), poles])
    return Mesh(points, np.concatenate([walls, below, above]).astype(np.int32))


def statue(around: int, rings: int, height_mm: float = 200.0, seed: int = 1) -> Mesh:
    """A scan-like closed skin: a tall body with folds, and the grain of a scanner on it."""
    rng = np.random.default_rng(seed)
    u, v = np.meshgrid(_turn(around), np.linspace(-np.pi / 2, np.pi / 2, rings), indexing="ij")
    folds = 1 + 0.15 * np.sin(5 * u + 3 * v) * np.cos(v) + 0.05 * np.sin(23 * u - 11 * v) * np.cos(v)
    grain = rng.normal(0, 2e-4, (around, rings)) * np.cos(v)
    mesh = _lathed(height_mm / 2 * folds * (1 + grain))
    return Mesh(mesh.vertices * np.array([0.45, 0.5, 1.0]), mesh.faces)


def gyroid(cells: int, size_mm: float = 60.0, periods: float = 5.0, wall: float = 0.6) -> Mesh:
    """A sheet gyroid lattice in a cube, closed at the sides: the zero level of a field sampled on cells³ points."""
    axis = np.linspace(-0.5, 0.5, cells) * (1 + 2 / cells)
    x, y, z = np.meshgrid(axis, axis, axis, indexing="ij", sparse=True)
    t = 2 * np.pi * periods
    wave = np.sin(t * x) * np.cos(t * y) + np.sin(t * y) * np.cos(t * z) + np.sin(t * z) * np.cos(t * x)
    outside = np.maximum(np.maximum(abs(x), abs(y)), abs(z)) - 0.5
    return level(np.maximum(abs(wave) - wall, outside * t), size_mm / cells)


def level(field: Floats, pitch_mm: float) -> Mesh:
    """The closed skin around the points where the field is negative, by marching tetrahedra; matter inside.

    The field must be positive on the sides of its grid. Each corner is on an edge of the tetrahedra, named by
    its two grid points, so that neighbours share it exactly.
    """
    shape = field.shape
    flat = np.where(field == 0, 1e-9, field).reshape(-1)
    number = np.arange(flat.size).reshape(shape)[:-1, :-1, :-1].reshape(-1)
    steps = np.array([shape[1] * shape[2], shape[2], 1])
    mixed = _mixed(flat, number, steps)
    soups = []
    for order in permutations(range(3)):
        path = np.cumsum([0, *steps[list(order)]])
        swapped = order not in ((0, 1, 2), (1, 2, 0), (2, 0, 1))
        corners = mixed[:, None] + path[None, :]
        soups.append(_march(flat, corners[:, [0, 2, 1, 3]] if swapped else corners))
    edges = np.concatenate(soups)
    keys, faces = np.unique(edges[..., 0] * flat.size + edges[..., 1], return_inverse=True)
    a, b = np.divmod(keys, flat.size)
    share = np.clip(flat[a] / (flat[a] - flat[b]), 0.01, 0.99)[:, None]
    p, q = (np.stack(np.unravel_index(n, shape), axis=1).astype(np.float64) for n in (a, b))
    return Mesh((p + (q - p) * share) * pitch_mm, faces.reshape(-1, 3).astype(np.int32))


def _mixed(flat: Floats, number: Ints, steps: Ints) -> Ints:
    """The cells that have corners on both sides."""
    inside = flat < 0
    offsets = [i * steps[0] + j * steps[1] + k * steps[2] for i in (0, 1) for j in (0, 1) for k in (0, 1)]
    full = np.zeros(len(number), np.int8)
    for offset in offsets:
        full += inside[number + offset]
    return number[(full > 0) & (full < 8)]


def _march(flat: Floats, corners: Ints) -> Ints:
    """Triangles (n, 3, 2) of positively turned tetrahedra (m, 4): each corner is an edge from low to high number."""
    inside = flat[corners] < 0
    case = inside @ np.array([1, 2, 4, 8])
    found = []
    for pattern, triangles in _CASES.items():
        some = corners[case == pattern]
        for triangle in triangles:
            found.append(np.stack([np.sort(some[:, list(edge)], axis=1) for edge in triangle], axis=1))
    return np.concatenate(found)


def _one(apex: int, base: tuple[int, int, int]) -> list[tuple[tuple[int, int], ...]]:
    """The triangle that cuts corner `apex` off, seen counter-clockwise from its base."""
    return [tuple((apex, other) for other in base)]


def _cases() -> dict[int, list[tuple[tuple[int, int], ...]]]:
    """For each set of inner corners (bits) the triangles, looking away from the inner corners."""
    bases = {0: (1, 2, 3), 1: (0, 3, 2), 2: (0, 1, 3), 3: (0, 2, 1)}
    cases = {}
    for apex, base in bases.items():
        cases[1 << apex] = _one(apex, base)
        cases[15 ^ (1 << apex)] = _one(apex, base[::-1])
    for a, b, c, d in ((0, 1, 2, 3), (0, 2, 3, 1), (0, 3, 1, 2)):
        square = [(a, c), (a, d), (b, d), (b, c)]
        cases[(1 << a) | (1 << b)] = [tuple(square[i] for i in t) for t in ((0, 1, 2), (0, 2, 3))]
        cases[(1 << c) | (1 << d)] = [tuple(square[i] for i in t) for t in ((2, 1, 0), (3, 2, 0))]
    return cases


_CASES = _cases()

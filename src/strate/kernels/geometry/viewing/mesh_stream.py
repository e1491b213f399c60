"""A mesh as it travels to a screen: whole steps of a fine grid, written by their differences (docs/mesh-stream.md)."""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.skin.mesh import Mesh
from strate.kernels.geometry.viewing.varints import Malformed, pack_deltas, unpack_deltas

VERSION = 1
# The grid is finer than any screen: one step is 1/65535 of the longest side.
STEPS = 65_535
_HEAD = struct.Struct("<4sHHIIIIII3dd4I")

Pairs = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Level:
    """A mesh at one level of detail, the edges worth drawing, and the edges where its skin is torn."""

    mesh: Mesh
    creases: Pairs
    torn: Pairs
    level: int = 0
    levels: int = 1
    file_triangles: int = 0


def pack_level(seen: Level) -> bytes:
    mesh = seen.mesh
    low = mesh.low
    step = max(float((mesh.high - low).max()) / STEPS, 1e-9)
    grid = np.rint((mesh.vertices - low) / step).astype(np.int64)
    vertices = b"".join(pack_deltas(grid[:, side]) for side in range(3))
    faces, creases, torn = (pack_deltas(each.reshape(-1)) for each in (mesh.faces, seen.creases, seen.torn))
    counts = (len(grid), len(mesh.faces), len(seen.creases), len(seen.torn))
    told = (seen.level, seen.levels, *counts, seen.file_triangles or len(mesh.faces), 0)
    sizes = (len(vertices), len(faces), len(creases), len(torn))
    head = _HEAD.pack(b"SMsh", VERSION, *_split(told), *low.tolist(), step, *sizes)
    return head + vertices + faces + creases + torn


def _split(told: tuple[int, ...]) -> tuple[int, ...]:
    """Level and levels share one short number."""
    level, levels, *rest = told
    return (level | levels << 8, *rest)


def unpack_level(data: bytes) -> Level:
    if len(data) < _HEAD.size:
        raise Malformed("cut")
    magic, version, which, *counts, low_x, low_y, low_z, step, a, b, c, d = _HEAD.unpack_from(data)
    if magic != b"SMsh" or version != VERSION or len(data) != _HEAD.size + a + b + c + d:
        raise Malformed("no mesh")
    vertices, triangles, creases, torn, of_file, _spare = counts
    body, ends = memoryview(data)[_HEAD.size :], np.cumsum([a, b, c, d]).tolist()
    # Each column starts from zero again, which the running sum undoes.
    grid = _columns(body[: ends[0]], vertices)
    faces = _numbers(body[ends[0] : ends[1]], triangles, 3)
    lines = [_numbers(body[i:j], n, 2) for i, j, n in zip(ends[1:3], ends[2:], (creases, torn), strict=True)]
    mesh = Mesh(grid * step + np.array([low_x, low_y, low_z]), faces.astype(np.int32))
    for each in (faces, *lines):
        if each.size and (int(each.min()) < 0 or int(each.max()) >= vertices):
            raise Malformed("a corner that is not there")
    return Level(mesh, lines[0], lines[1], which & 255, which >> 8, of_file)


def _columns(data: memoryview, count: int) -> NDArray[np.float64]:
    flat = unpack_deltas(data)
    if len(flat) != 3 * count:
        raise Malformed("cut")
    columns = flat.reshape(3, count)
    if count:
        columns = columns - np.concatenate(([0], columns[:-1, -1]))[:, None]
    return columns.T.astype(np.float64)


def _numbers(data: memoryview, count: int, wide: int) -> Pairs:
    flat = unpack_deltas(data)
    if len(flat) != count * wide:
        raise Malformed("cut")
    return flat.reshape(count, wide)

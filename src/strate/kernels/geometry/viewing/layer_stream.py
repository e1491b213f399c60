"""Layers as they travel to a screen: an index of all of them, and blocks of a few dozen (docs/layer-stream.md)."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.viewing.varints import Malformed, pack, unpack, unzigzag, zigzag

VERSION = 1
OF_FILE = 1  # flag: cut by whoever made the file; else cut here from a mesh
OUTER, HOLE, OPEN, HATCHES = range(4)
_INDEX = struct.Struct("<4sHHIIIiiiii")
_BLOCK = struct.Struct("<4sHHII")
_ROW = np.dtype([("offset", "<u4"), ("size", "<u4"), ("top_um", "<i4"), ("area_mm2", "<f4")])
_REACH = 2**31 - 1

Points = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Line:
    """One line of a layer, in whole µm (k, 2); of HATCHES each two points are one stroke."""

    kind: int
    points: Points


@dataclass(frozen=True, eq=False)
class DrawnLayer:
    """A layer as it is drawn; an area nobody can tell (strokes without outline) is not a number."""

    top_um: int
    area_mm2: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, eq=False)
class LayerIndex:
    """All layers of a part at a glance: how many, how high, how much is melted in each."""

    layer_um: int
    per_block: int
    box_um: tuple[int, int, int, int]
    bottom_um: int
    tops_um: Points
    areas_mm2: NDArray[np.float64]
    of_file: bool = False

    @property
    def layers(self) -> int:
        return len(self.tops_um)


def pack_index(index: LayerIndex) -> bytes:
    flags = OF_FILE if index.of_file else 0
    whole = (index.layers, index.per_block, index.layer_um, *index.box_um, index.bottom_um)
    head = _INDEX.pack(b"SLix", VERSION, flags, *whole)
    return head + index.tops_um.astype("<i4").tobytes() + index.areas_mm2.astype("<f4").tobytes()


def unpack_index(data: bytes) -> LayerIndex:
    magic, version, flags, layers, per_block, layer_um, *box, bottom = _opened(_INDEX, data)
    if magic != b"SLix" or version != VERSION or len(data) != _INDEX.size + 8 * layers:
        raise Malformed("no index of layers")
    tops = np.frombuffer(data, "<i4", layers, _INDEX.size).astype(np.int64)
    areas = np.frombuffer(data, "<f4", layers, _INDEX.size + 4 * layers).astype(np.float64)
    corners = (box[0], box[1], box[2], box[3])
    return LayerIndex(layer_um, per_block, corners, bottom, tops, areas, bool(flags & OF_FILE))


def pack_block(first: int, layers: Sequence[DrawnLayer], *, of_file: bool = False) -> bytes:
    """Consecutive layers, from number `first` on."""
    drawn = [_pack_lines(layer.lines) for layer in layers]
    rows = np.zeros(len(layers), _ROW)
    rows["size"] = [len(each) for each in drawn]
    rows["offset"] = np.cumsum(rows["size"]) - rows["size"]
    rows["top_um"] = [layer.top_um for layer in layers]
    rows["area_mm2"] = [layer.area_mm2 for layer in layers]
    head = _BLOCK.pack(b"SLay", VERSION, OF_FILE if of_file else 0, first, len(layers))
    return head + rows.tobytes() + b"".join(drawn)


def unpack_block(data: bytes) -> tuple[int, list[DrawnLayer]]:
    """The number of its first layer, and the layers."""
    magic, version, _flags, first, count = _opened(_BLOCK, data)
    start = _BLOCK.size + _ROW.itemsize * count
    if magic != b"SLay" or version != VERSION or start > len(data):
        raise Malformed("no block of layers")
    rows, body = np.frombuffer(data, _ROW, count, _BLOCK.size), memoryview(data)[start:]
    if int(rows["size"].sum(dtype=np.int64)) != len(body):
        raise Malformed("cut")
    found = []
    for offset, size, top, area in rows.tolist():
        if offset + size > len(body):
            raise Malformed("out of the block")
        found.append(DrawnLayer(top, area, _unpack_lines(body[offset : offset + size])))
    return first, found


def _pack_lines(lines: Sequence[Line]) -> bytes:
    """How many lines, then of each its kind, its points, and their steps; the pen goes on from line to line."""
    if not lines:
        return pack(np.zeros(1, np.int64))
    points = np.concatenate([line.points.reshape(-1, 2) for line in lines])
    if len(points) and int(np.abs(points).max()) > _REACH:
        raise ValueError("a point out of reach")
    steps = zigzag(np.diff(points, axis=0, prepend=np.zeros((1, 2), np.int64))).reshape(-1)
    sizes = np.array([2 * len(line.points) for line in lines])
    heads = np.array([(line.kind, len(line.points)) for line in lines], np.uint64)
    at = np.repeat(np.cumsum(sizes) - sizes, 2)
    return pack(np.concatenate((np.array([len(lines)], np.uint64), np.insert(steps, at, heads.reshape(-1)))))


def _unpack_lines(data: memoryview) -> tuple[Line, ...]:
    numbers = unpack(data)
    if not len(numbers):
        raise Malformed("no layer")
    lines, at, pen = [], 1, np.zeros(2, np.int64)
    for _line in range(int(numbers[0])):
        if at + 2 > len(numbers):
            raise Malformed("a line is missing")
        kind, size = int(numbers[at]), int(numbers[at + 1])
        end = at + 2 + 2 * size
        if kind > HATCHES or end > len(numbers):
            raise Malformed("no line")
        points = np.cumsum(unzigzag(numbers[at + 2 : end]).reshape(-1, 2), axis=0, dtype=np.int64) + pen
        pen = points[-1] if size else pen
        lines.append(Line(kind, points))
        at = end
    if at != len(numbers):
        raise Malformed("too much")
    return tuple(lines)


def _opened(head: struct.Struct, data: bytes) -> tuple[Any, ...]:
    if len(data) < head.size:
        raise Malformed("cut")
    return head.unpack_from(data)

"""Whole numbers written in as few bytes as they need: a neighbour that moved little costs one byte, not four."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
LONGEST = 10


class Malformed(Exception):
    """These bytes are not what the format says."""


def zigzag(values: NDArray[np.integer]) -> NDArray[np.uint64]:
    """Signed to unsigned, small either way: 0, -1, 1, -2… become 0, 1, 2, 3…"""
    wide = values.astype(np.int64)
    return ((wide << 1) ^ (wide >> 63)).view(np.uint64)


def unzigzag(values: NDArray[np.uint64]) -> Ints:
    return (values >> np.uint64(1)).view(np.int64) ^ -(values & np.uint64(1)).view(np.int64)


def pack(values: NDArray[np.integer]) -> bytes:
    """Unsigned numbers, seven bits a byte, lowest first; the high bit says that more follows."""
    wide = np.ascontiguousarray(values).astype(np.uint64).reshape(-1)
    sizes = np.ones(len(wide), np.int64)
    for step in range(1, LONGEST):
        more = wide >= np.uint64(1) << np.uint64(7 * step)
        if not more.any():
            break
        sizes += more
    starts = np.cumsum(sizes) - sizes
    out = np.zeros(int(sizes.sum()), np.uint8)
    for step in range(int(sizes.max(initial=0))):
        some = sizes > step
        low = (wide[some] >> np.uint64(7 * step)) & np.uint64(127)
        follow = np.where(sizes[some] > step + 1, np.uint64(128), np.uint64(0))
        out[starts[some] + step] = (low | follow).astype(np.uint8)
    return out.tobytes()


def unpack(data: bytes | memoryview) -> NDArray[np.uint64]:
    """The numbers again; `Malformed` when the last one is cut or one is longer than any."""
    raw = np.frombuffer(data, np.uint8)
    if not len(raw):
        return np.zeros(0, np.uint64)
    ends = np.flatnonzero(raw < 128)
    if not len(ends) or ends[-1] != len(raw) - 1:
        raise Malformed("cut")
    starts = np.concatenate(([0], ends[:-1] + 1))
    sizes = ends - starts + 1
    if int(sizes.max()) > LONGEST:
        raise Malformed("too long")
    place = np.arange(len(raw)) - np.repeat(starts, sizes)
    parts = (raw & 127).astype(np.uint64) << (np.uint64(7) * place.astype(np.uint64))
    return np.asarray(np.add.reduceat(parts, starts), np.uint64)


def pack_deltas(values: NDArray[np.integer]) -> bytes:
    """Each number by its difference from the one before, the first from zero."""
    steps: Ints = values.astype(np.int64)
    steps[1:] -= values[:-1]
    return pack(zigzag(steps))


def unpack_deltas(data: bytes | memoryview) -> Ints:
    return np.cumsum(unzigzag(unpack(data)), dtype=np.int64)

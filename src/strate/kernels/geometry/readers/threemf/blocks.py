"""Hands the plain blocks of corners and triangles of a model part to the engine; the rest stays with the parser."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry import native
from strate.kernels.geometry.readers.threemf.packed import Packed, Triangles
from strate.kernels.geometry.readers.threemf.schema import PREFIXES

NAMES = ("vertices", "triangles", "s:vertices", "s:polygon")
WORTH_IT = 1000
"""A block shorter than this (bytes) is read as fast by the parser."""
_SLICE = next(space for space, prefix in PREFIXES.items() if prefix == "s:").encode()
_SLICE_PREFIX = re.compile(
    rb"xmlns:([A-Za-z_][\w.-]*)[ \t\r\n]*=[ \t\r\n]*[\"']" + re.escape(_SLICE) + rb"[\"']"
)
_HEAD = 65_536
_BYTES, _INT32, _INT64 = ctypes.c_char_p, native.INT32, native.INT64
_PLACES = native.array(np.int64)

_reals = native.function(
    "strate_xml_reals", _INT64,
    _BYTES, _INT64, _INT64, _BYTES, _BYTES, _BYTES, _INT32, _INT32, native.array(np.float64), _INT64, _PLACES,
)  # fmt: skip
_indices = native.function(
    "strate_xml_indices", _INT64,
    _BYTES, _INT64, _INT64, _BYTES, _BYTES, _BYTES, _INT32, _INT32, _INT32,
    native.array(np.int32), native.array(np.int32), _INT64, _PLACES, native.array(np.int32),
)  # fmt: skip


class PlainBlocks:
    """The blocks of one model part that may be plain, one after the other."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        names = rb"vertices|triangles"
        if found := _SLICE_PREFIX.search(data, 0, _HEAD):
            prefix = re.escape(found[1])
            names += rb"|" + prefix + rb":vertices|" + prefix + rb":polygon"
        self._tag = re.compile(rb"<((?:" + names + rb"))(?:[ \t\r\n][^<>]*)?>")

    def next(self, at: int) -> tuple[int, int] | None:
        """Where the next opening tag worth stopping at begins and ends."""
        while found := self._tag.search(self.data, at):
            at = found.end()
            if self.data[at - 2] != 0x2F and self.data.find(b"</", at, at + WORTH_IT) < 0:
                return found.start(), at
        return None

    def read(self, begin: int, at: int, packed: Packed, others: Sequence[bytes] = ()) -> int:
        """Give `packed` the plain rows from `at` on; where the parser has to go on.

        Attributes called like one of the `others` are stepped over.
        """
        found = self._tag.match(self.data, begin)
        if found is None:
            return at
        name = found[1]
        stop = self.data.find(b"</" + name, at)
        if stop < at:
            return at
        leaf = (
            name.rpartition(b":")[0]
            + (b":" if b":" in name else b"")
            + packed.short.rpartition(":")[2].encode()
        )
        columns = [*(column.encode() for column in packed.columns), *others]
        names, lengths = b"".join(columns), bytes(len(column) for column in columns)
        if packed.real:
            return self._read_reals(leaf, names, lengths, at, stop, packed)
        return self._read_indices(leaf, names, lengths, at, stop, packed)

    def _read_reals(
        self, leaf: bytes, names: bytes, lengths: bytes, at: int, stop: int, packed: Packed
    ) -> int:
        columns, count = len(packed.columns), np.zeros(1, np.int64)
        capacity = (stop - at) // (len(leaf) + 3 + 5 * columns + sum(lengths[:columns])) + 1
        rows = np.empty((capacity, columns))
        reached: int = _reals(
            self.data, at, stop, leaf, names, lengths, columns, len(lengths) - columns, rows, capacity, count
        )  # fmt: skip
        packed.take_block(_kept(rows, int(count[0])))
        return reached

    def _read_indices(
        self, leaf: bytes, names: bytes, lengths: bytes, at: int, stop: int, packed: Packed
    ) -> int:
        columns, count, extra = len(packed.columns), np.zeros(1, np.int64), np.zeros(1, np.int32)
        needed = 3 if isinstance(packed, Triangles) else 1
        said = sum(lengths[:needed]) + 5 * needed
        capacity = (stop - at) // (len(leaf) + 3 + said) + 1
        rows = np.empty((capacity, needed), np.int32)
        others = np.empty((capacity, max(columns - needed, 1)), np.int32)
        reached: int = _indices(
            self.data, at, stop, leaf, names, lengths, columns, len(lengths) - columns, needed,
            rows, others, capacity, count, extra,
        )  # fmt: skip
        kept = _kept(rows, int(count[0]))
        if isinstance(packed, Triangles):
            packed.take_faces(kept, _kept(others, len(kept)) if extra[0] else None)
        else:
            packed.take_block(kept)
        return reached


def _kept(rows: NDArray[Any], count: int) -> NDArray[Any]:
    """The rows read; a small block does not keep the room it was given."""
    return rows[:count] if count * 4 > len(rows) else rows[:count].copy()

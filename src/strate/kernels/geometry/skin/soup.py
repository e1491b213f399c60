"""Triangles as a file gives them, each with its own three corners, before any corner is shared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.native import INT32, INT64, POINTER, array, function

Floats = NDArray[np.float64]

SINGLES, DOUBLES = 0, 1
MAX_TRIANGLES = (2**31 - 1) // 3
_LOOK = function("strate_look", INT64, POINTER, INT64, INT32, INT64, array(np.float64))


@dataclass(frozen=True, eq=False)
class Soup:
    """`count` triangles of nine numbers, one every `stride` bytes from `address`, inside `kept`."""

    kept: NDArray[Any]
    address: int
    stride: int
    kind: int
    count: int

    @classmethod
    def of(cls, corners: NDArray[np.floating]) -> Soup:
        """Corners in mm (m, 3, 3), float32 or float64."""
        single = corners.dtype == np.float32
        whole = np.ascontiguousarray(corners, dtype=np.float32 if single else np.float64).reshape(-1, 9)
        return cls._checked(whole, 0, 36 if single else 72, SINGLES if single else DOUBLES, len(whole))

    @classmethod
    def in_bytes(cls, data: bytes | memoryview, first: int, stride: int, count: int) -> Soup:
        """Nine little-endian singles every `stride` bytes of a file, from byte `first`."""
        whole = np.frombuffer(data, np.uint8)
        if count and (first < 0 or stride < 36 or first + stride * (count - 1) + 36 > len(whole)):
            raise ValueError(f"{count} triangles do not lie in {len(whole)} bytes")
        return cls._checked(whole, first, stride, SINGLES, count)

    @classmethod
    def _checked(cls, kept: NDArray[Any], first: int, stride: int, kind: int, count: int) -> Soup:
        if count > MAX_TRIANGLES:
            raise ValueError(f"{count} triangles cannot be numbered")
        return cls(kept, kept.ctypes.data + first, stride, kind, count)

    def look(self) -> tuple[Floats, Floats, int | None]:
        """Low and high corner of the box, and the number (from 0) of the first triangle with NaN or infinity."""
        box = np.array([np.inf] * 3 + [-np.inf] * 3)
        wrong = int(_LOOK(self.address, self.stride, self.kind, 3 * self.count, box))
        return box[:3], box[3:], None if wrong < 0 else wrong

    def numbers(self) -> NDArray[np.floating]:
        """The nine numbers of each triangle (m, 9), where they lie: nothing is copied."""
        dtype = np.dtype("<f4") if self.kind == SINGLES else np.dtype("<f8")
        first = self.address - self.kept.ctypes.data
        raw = self.kept.reshape(-1).view(np.uint8)
        return np.ndarray((self.count, 9), dtype, raw.data, first, (self.stride, dtype.itemsize))

"""One value for each corner of a drawn mesh (a deviation in mm, say), for a map of colours (docs/mesh-stream.md)."""

from __future__ import annotations

import struct

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.viewing.varints import Malformed

VERSION = 1
_HEAD = struct.Struct("<4sHHIff")
_UNKNOWN = -32_768
_STEPS = 32_767


def pack_scalars(values: NDArray[np.float64], *, level: int = 0) -> bytes:
    """Values in 65,534 even steps around zero; what is not a number stays unknown, never zero."""
    known = values[np.isfinite(values)]
    reach = float(np.abs(known).max()) if len(known) else 0.0
    scaled = (
        np.nan_to_num(values / reach, nan=0.0, posinf=0.0, neginf=0.0) if reach else np.zeros(len(values))
    )
    steps = np.rint(scaled * _STEPS).astype("<i2")
    steps[~np.isfinite(values)] = _UNKNOWN
    tail = float(known.std()) if len(known) else 0.0
    return _HEAD.pack(b"SVal", VERSION, level, len(values), reach, tail) + steps.tobytes()


def unpack_scalars(data: bytes) -> NDArray[np.float64]:
    if len(data) < _HEAD.size:
        raise Malformed("cut")
    magic, version, _level, count, reach, _tail = _HEAD.unpack_from(data)
    if magic != b"SVal" or version != VERSION or len(data) != _HEAD.size + 2 * count:
        raise Malformed("no values")
    steps = np.frombuffer(data, "<i2", count, _HEAD.size)
    return np.where(steps == _UNKNOWN, np.nan, steps.astype(np.float64) * reach / _STEPS)

"""The engine under the geometry: counted loops in C over arrays whose sizes are checked here first."""

from __future__ import annotations

import ctypes
from functools import cache
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

INT32, INT64, FLOAT64 = ctypes.c_int32, ctypes.c_int64, ctypes.c_double
POINTER = ctypes.c_void_p


class EngineMissing(ImportError):
    """The engine was not built: `make run` and `make check` build it."""


@cache
def library() -> ctypes.CDLL:
    """The built engine, loaded once; its calls let other threads work meanwhile."""
    for suffix in EXTENSION_SUFFIXES:
        built = Path(__file__).with_name("engine" + suffix)
        if built.exists():
            return ctypes.CDLL(str(built))
    raise EngineMissing("the geometry engine is not built here: run `make engine`")


def function(name: str, answer: Any, *takes: Any) -> Any:
    """One function of the engine with its types declared; call it once per module, at import."""
    found = getattr(library(), name)
    found.restype, found.argtypes = answer, list(takes)
    return found


def array(dtype: Any) -> Any:
    """An argument that is a whole, contiguous array; anything else is refused before the call."""
    return np.ctypeslib.ndpointer(dtype=dtype, flags="C")


def indices_within(indices: NDArray[Any], count: int) -> bool:
    """Do all indices point inside `count` rows? Asked before the engine follows them."""
    return not indices.size or (int(indices.min()) >= 0 and int(indices.max()) < count)

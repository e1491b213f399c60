"""Loops in C beside the kernels that run them: built at set-up, loaded once, their arrays checked before each call."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from functools import cached_property
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

INT32, INT64, FLOAT64 = ctypes.c_int32, ctypes.c_int64, ctypes.c_double
POINTER = ctypes.c_void_p


class EngineMissing(ImportError):
    """An engine was not built: `make run` and `make check` build it."""


@dataclass(frozen=True)
class Engine:
    """The loops of one folder, built there under the name of `path`."""

    path: Path

    @cached_property
    def library(self) -> ctypes.CDLL:
        """Loaded once; its calls let other threads work meanwhile."""
        for suffix in EXTENSION_SUFFIXES:
            built = self.path.with_name(self.path.name + suffix)
            if built.exists():
                return ctypes.CDLL(str(built))
        kernel = self.path.parent.parent.name
        raise EngineMissing(f"the {kernel} engine is not built here: run `make engine`")

    def function(self, name: str, answer: Any, *takes: Any) -> Any:
        """One function with its types declared; call it once per module, at import."""
        found = getattr(self.library, name)
        found.restype, found.argtypes = answer, list(takes)
        return found


def array(dtype: Any) -> Any:
    """An argument that is a whole, contiguous array; anything else is refused before the call."""
    return np.ctypeslib.ndpointer(dtype=dtype, flags="C")


def indices_within(indices: NDArray[Any], count: int, least: int = 0) -> bool:
    """Do all indices point inside `count` rows? Asked before an engine follows them."""
    return not indices.size or (int(indices.min()) >= least and int(indices.max()) < count)

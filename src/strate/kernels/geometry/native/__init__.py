"""The engine under the geometry: counted loops in C over arrays whose sizes are checked here first."""

from pathlib import Path

from strate.kernels.compiled import FLOAT64, INT32, INT64, POINTER, Engine, array, indices_within

__all__ = ["FLOAT64", "INT32", "INT64", "POINTER", "array", "function", "indices_within"]

function = Engine(Path(__file__).with_name("engine")).function

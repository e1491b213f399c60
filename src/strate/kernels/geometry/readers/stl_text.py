"""Reads the text dialect of STL: strict on the words, whatever the line endings and the capitals."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.native import INT32, INT64, POINTER, function
from strate.kernels.geometry.refusal import FileRefused, Limits

Floats = NDArray[np.float64]

_FACETS = function("strate_stl_facets", INT32, POINTER, INT64, INT64, INT64, POINTER, POINTER)
_FACET_BYTES = 72
_ENDS, _CUT, _FULL, _WRONG_WORD, _WRONG_NUMBER = range(5)
_SHORTEST_FACET = 79
_INK = re.compile(rb"\S")
_LINE_END = re.compile(rb"[\r\n]")
_SOLID = re.compile(rb"solid", re.IGNORECASE)
_END_OF_SOLID = re.compile(rb"endsolid", re.IGNORECASE)
_END_OF_FACET = re.compile(rb"endfacet", re.IGNORECASE)


def read_text(data: bytes, limits: Limits) -> tuple[Floats, tuple[str, ...]]:
    """All the triangles of all the solids of the file, corners in mm (m, 3, 3), and the solids' names."""
    room = min(len(data) // _SHORTEST_FACET, limits.max_triangles) + 1
    soup = np.empty((room, 9))
    names: list[str] = []
    at, count = 0, 0
    where, first = np.frombuffer(data, np.uint8).ctypes.data, soup.ctypes.data
    told = np.zeros(3, np.int64)
    answers = told.ctypes.data
    while (begin := _next_solid(data, at)) is not None:
        name_end = _line_end(data, begin)
        names.append(data[begin + 5 : name_end].decode("utf-8", "replace").strip())
        # Addresses, not arrays: a file may hold a solid for every few bytes, and arrays are looked at in each call.
        free = room - count, first + _FACET_BYTES * count
        why = _FACETS(where, name_end, len(data), *free, answers)
        at, more, facet = told.tolist()
        _check_end(data, begin, why, at, facet, count + more)
        count += more
        if count > limits.max_triangles:
            raise FileRefused("too_many_triangles", triangles=count, limit=limits.max_triangles)
        at = _line_end(data, at)
    if count == 0:
        raise FileRefused("no_triangles")
    soup.resize((count, 9), refcheck=False)
    return soup.reshape(-1, 3, 3), tuple(names)


def _check_end(data: bytes, begin: int, why: int, at: int, facet: int, count: int) -> None:
    """Refuse a solid that stops for another reason than its end; `count` triangles were read before."""
    if why == _FULL or (why == _ENDS and _END_OF_SOLID.match(data, at)):
        return
    if why == _WRONG_NUMBER and b"," in _one_facet(data, facet):
        raise FileRefused("decimal_comma", triangle=count + 1, line=_line(data, facet))
    if why == _CUT or not _END_OF_SOLID.search(data, at):
        raise FileRefused("ascii_cut", line=_line(data, begin))
    line = _line(data, facet if why == _WRONG_NUMBER else at)
    raise FileRefused("ascii_broken", triangle=count + 1, line=line)


def _one_facet(data: bytes, start: int) -> bytes:
    found = _END_OF_FACET.search(data, start, start + 1000)
    return data[start : found.start() if found else start + 1000]


def _next_solid(data: bytes, at: int) -> int | None:
    """Where the next solid begins; anything else than blanks before it is refused."""
    found = _INK.search(data, at)
    if found is None:
        return None
    if not _SOLID.match(data, found.start()):
        raise FileRefused("ascii_stray_text", line=_line(data, found.start()))
    return found.start()


def _line_end(data: bytes, at: int) -> int:
    found = _LINE_END.search(data, at)
    return found.start() if found else len(data)


def _line(data: bytes, at: int) -> int:
    """Line number of a byte, whatever the line ending."""
    return (data.count(b"\n", 0, at) or data.count(b"\r", 0, at)) + 1

"""Reads an OFF file: a list of points and a list of polygons."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.readers import Reading
from strate.kernels.geometry.readers.facets import Triangles, as_mesh
from strate.kernels.geometry.readers.kinds import BOM
from strate.kernels.geometry.readers.texts import broken_line, row, table, whole
from strate.kernels.geometry.refusal import FileRefused, Finding, Limits

_START = re.compile(rb"\s*(?:ST)?C?N?OFF")
_COLUMNS = 3


def read_off(data: bytes, limits: Limits = Limits()) -> Reading:
    """Points and polygons; colours are not the part."""
    lines = [(n, bare) for n, line in enumerate(re.split(rb"\r\n|\r|\n", data.removeprefix(BOM)), 1)
             if (bare := line.split(b"#")[0].strip())]  # fmt: skip
    if not lines:
        raise FileRefused("no_points")
    first = _START.sub(b"", lines[0][1], count=1).strip()
    lines = [(lines[0][0], first), *lines[1:]] if first else lines[1:]
    if not lines:
        raise FileRefused("no_points")
    points, faces = (_count(value, lines[0], limits) for value in row(lines[0][1], lines[0][0], 2))
    if len(lines) < 1 + points + faces:
        raise FileRefused("cut_lines", needed=1 + points + faces, present=len(lines))
    body, rest = lines[1 : 1 + points], lines[1 + points : 1 + points + faces]
    places = table([line for _, line in body], [n for n, _ in body], _COLUMNS)
    cut = Triangles(places, *_polygons(rest))
    left = len(lines) - 1 - points - faces
    findings = [Finding("trailing_lines", "warn", {"count": left})] if left else []
    return Reading("off", as_mesh(places, cut.faces, limits), None, (), (*findings, *cut.findings))


def _count(value: float, line: tuple[int, bytes], limits: Limits) -> int:
    if not (value >= 0 and value == np.floor(value)):
        raise broken_line(line[1], line[0])
    if value > 3 * limits.max_triangles:
        raise FileRefused("too_many_rows", rows=int(min(value, 1e18)), limit=3 * limits.max_triangles)
    return int(value)


def _polygons(lines: list[tuple[int, bytes]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    flat: list[int] = []
    counts: list[int] = []
    for number, line in lines:
        words = line.split()
        try:
            count = whole(words[0])
            corners = [whole(word) for word in words[1 : 1 + count]]
        except ValueError as error:
            raise broken_line(line, number) from error
        if count < 0 or len(corners) < count or max(corners, default=0) >= 2**62:
            raise broken_line(line, number)
        counts.append(count)
        flat += corners
    return np.array(flat, np.int64), np.array(counts, np.int64)

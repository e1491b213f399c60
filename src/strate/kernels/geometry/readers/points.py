"""Reads a cloud of points written as text (XYZ, ASC, CSV): something to compare a part with, never a part."""

from __future__ import annotations

import re

import numpy as np

from strate.kernels.geometry.readers import Reading
from strate.kernels.geometry.readers.facets import as_mesh
from strate.kernels.geometry.readers.kinds import BOM
from strate.kernels.geometry.readers.texts import first_broken_line, numbers
from strate.kernels.geometry.refusal import FileRefused, Limits


def read_points(data: bytes, limits: Limits = Limits()) -> Reading:
    """The first three columns; normals, colours and intensities are not kept."""
    _refuse_decimal_commas(data)
    text = re.sub(rb"(?m)^[#/][^\r\n]*", b"", data.removeprefix(BOM))
    blank = text.translate(bytes.maketrans(b";,", b"  "))
    rows = [line for line in re.split(rb"\r\n|\r|\n", blank) if line.strip()]
    if len(rows) > 3 * limits.max_triangles:
        raise FileRefused("too_many_rows", rows=len(rows), limit=3 * limits.max_triangles)
    if not rows:
        raise FileRefused("no_points")
    width = len(rows[0].split())
    flat, complete = numbers(b" ".join(rows))
    if not complete:
        raise first_broken_line(blank, 1)
    if len(flat) != width * len(rows) or width < 3:
        odd = next((n for n, line in enumerate(rows, 1) if len(line.split()) != width), len(rows))
        raise FileRefused("line_broken", line=odd)
    points = np.ascontiguousarray(flat.reshape(-1, width)[:, :3])
    return Reading("points", as_mesh(points, np.empty((0, 3), np.int64), limits))


def _refuse_decimal_commas(data: bytes) -> None:
    """« 1,5 2,0 3,1 » is three numbers or six: nobody can tell, so nobody guesses."""
    comma = re.search(rb"\d,\d", data)
    if comma and re.search(rb"\d[ \t;]+[+-]?[\d.]", data):
        before = data[: comma.start()]
        raise FileRefused("line_with_commas", line=(before.count(b"\n") or before.count(b"\r")) + 1)

"""Reads a PLY file, text or binary: polygons, triangle strips, or a cloud of points."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.readers import Reading
from strate.kernels.geometry.readers.facets import Triangles, as_mesh, check_indices, strips
from strate.kernels.geometry.readers.ply_tables import Columns, binary_table, line_table, text_table
from strate.kernels.geometry.readers.texts import first_broken_line, numbers, real, shown
from strate.kernels.geometry.refusal import FileRefused, Finding, Limits

_NEW_LINE = re.compile(rb"\r\n|\r|\n")
_END = re.compile(rb"(?:\r\n|\r|\n)end_header[ \t]*(?:\r\n|\r|\n|$)")
_TYPES = {
    "char": "i1", "uchar": "u1", "short": "i2", "ushort": "u2", "int": "i4", "uint": "u4",
    "float": "f4", "double": "f8", "int8": "i1", "uint8": "u1", "int16": "i2", "uint16": "u2",
    "int32": "i4", "uint32": "u4", "float32": "f4", "float64": "f8",
}  # fmt: skip
_FORMATS = {"ascii": "", "binary_little_endian": "<", "binary_big_endian": ">"}
_LONGEST_HEADER = 100_000
_FACE_LISTS = ("vertex_indices", "vertex_index")


@dataclass
class Element:
    """One table of the file: how many rows, and its columns in order; a list has two types."""

    name: str
    count: int
    columns: list[tuple[str, str, str | None]] = field(default_factory=list)

    def add(self, name: str, kind: str, counter: str | None) -> None:
        """One more column; two of one name, or two lists of faces, would be two parts in one file."""
        known = {column for column, _, _ in self.columns}
        if name in known or (name in _FACE_LISTS and known & set(_FACE_LISTS)):
            raise ValueError(name)
        self.columns.append((name, kind, counter))


@dataclass
class _Header:
    order: str
    elements: list[Element]
    said: list[tuple[str, str]]
    body: int


def read_ply(data: bytes, limits: Limits = Limits()) -> Reading:
    """Points and faces of a PLY; colours, normals and qualities are not the part and are not kept."""
    header = _header(data)
    for element in header.elements:
        if element.count > 3 * limits.max_triangles:
            raise FileRefused("too_many_rows", rows=element.count, limit=3 * limits.max_triangles)
    tables, findings = _tables(data, header)
    points = _points(tables.get("vertex", {}))
    faces, seen = _faces(tables, points)
    left_out = [e.name for e in header.elements if e.name not in ("vertex", "face", "tristrips") and e.count]
    if left_out:
        findings.append(Finding("tables_not_read", "info", {"names": ", ".join(left_out)[:200]}))
    kind = "ply-" + {"": "ascii", "<": "binary", ">": "binary"}[header.order]
    mesh = as_mesh(points, faces, limits)
    return Reading(kind, mesh, None, (), (*findings, *seen), metadata=tuple(header.said[:50]))


def _header(data: bytes) -> _Header:
    end = _END.search(data, 0, _LONGEST_HEADER)
    if end is None:
        raise FileRefused("header_without_end")
    lines = re.split(_NEW_LINE, data[: end.start()])
    found = _Header("?", [], [], end.end())
    for number, raw in enumerate(lines[1:], 2):
        try:
            _header_line(raw.decode("latin-1").split(), raw, found)
        except (KeyError, IndexError, ValueError) as error:
            raise FileRefused("header_line_broken", line=number) from error
    if found.order == "?":
        raise FileRefused("header_line_broken", line=2)
    return found


def _header_line(words: list[str], raw: bytes, found: _Header) -> None:
    match words:
        case []:
            return
        case ["comment" | "obj_info", *_]:
            found.said.append((words[0], shown(raw.split(maxsplit=1)[1]) if len(words) > 1 else ""))
        case ["format", order, "1.0"] if found.order == "?":
            found.order = _FORMATS[order]
        case ["element", name, count] if count.isascii() and count.isdigit():
            found.elements.append(Element(name, int(count)))
        case ["property", "list", counter, kind, name]:
            if _TYPES[counter].startswith("f"):
                raise ValueError(counter)
            found.elements[-1].add(name, _TYPES[kind], _TYPES[counter])
        case ["property", kind, name] if kind != "list":
            found.elements[-1].add(name, _TYPES[kind], None)
        case _:
            raise ValueError(words[0])


def _tables(data: bytes, header: _Header) -> tuple[dict[str, Columns], list[Finding]]:
    """Every table of the file in its order; each must be there whole."""
    if len({element.name for element in header.elements}) < len(header.elements):
        raise FileRefused("header_line_broken", line=2)
    if not header.order:
        return _text_tables(data, header)
    tables: dict[str, Columns] = {}
    at = header.body
    for element in header.elements:
        tables[element.name], at = binary_table(data, at, element.count, element.columns, header.order)
    left = len(data) - at
    return tables, [Finding("trailing_bytes", "warn", {"count": left})] if left else []


def _text_tables(data: bytes, header: _Header) -> tuple[dict[str, Columns], list[Finding]]:
    """The tables of a text: number after number; if that leads nowhere, line after line."""
    text, complete = numbers(data[header.body :])
    if not complete:
        raise first_broken_line(data[header.body :], 1 + len(re.findall(_NEW_LINE, data[: header.body])))
    tables: dict[str, Columns] = {}
    at, lost = 0, None
    try:
        for element in header.elements:
            tables[element.name], at = text_table(text, at, element.count, element.columns)
    except FileRefused as refused:
        lost = refused
    if not lost and at == len(text):
        return tables, []
    lines = [line for line in re.split(_NEW_LINE, data[header.body :]) if line.strip()]
    if len(lines) == sum(element.count for element in header.elements):
        return _line_tables(lines, header)
    if lost:
        raise lost
    return tables, [Finding("trailing_numbers", "warn", {"count": len(text) - at})]


def _line_tables(lines: list[bytes], header: _Header) -> tuple[dict[str, Columns], list[Finding]]:
    tables: dict[str, Columns] = {}
    at, longer = 0, 0
    for element in header.elements:
        rows = [[real(word) for word in line.split()] for line in lines[at : at + element.count]]
        tables[element.name], more = line_table(rows, element.columns)
        at, longer = at + element.count, longer + more
    return tables, [Finding("lines_longer_than_said", "warn", {"count": longer})] if longer else []


def _points(table: Columns) -> NDArray[np.float64]:
    if not table:
        raise FileRefused("no_points")
    try:
        # A NaN of the kind that raises an alarm is a NaN like the others, told where corners are looked at.
        with np.errstate(invalid="ignore"):
            columns = [np.asarray(table[axis][0], np.float64) for axis in ("x", "y", "z")]
    except KeyError as error:
        raise FileRefused("no_points") from error
    return np.ascontiguousarray(np.stack(columns, axis=1))


def _faces(
    tables: dict[str, Columns], points: NDArray[np.float64]
) -> tuple[NDArray[np.int64], list[Finding]]:
    made, findings = [np.empty((0, 3), np.int64)], []
    for name in ("face", "tristrips"):
        table = tables.get(name)
        key = next((k for k in _FACE_LISTS if table and k in table and table[k][1] is not None), None)
        if table is None or key is None:
            continue
        flat, counts = _whole(table[key][0]), table[key][1]
        assert counts is not None
        if name == "tristrips":
            flat = _end_to_end(flat, counts)
            named = flat[flat != -1]
            check_indices(named, np.array([len(named)]), len(points))
            made.append(strips(flat))
            findings.append(Finding("strips_unrolled", "info", {"count": len(made[-1])}))
        else:
            cut = Triangles(points, flat, counts)
            made.append(cut.faces)
            findings += cut.findings
    return np.concatenate(made), findings


def _end_to_end(flat: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Strips of several rows put behind one another, a -1 between them."""
    return np.insert(flat, np.cumsum(counts)[:-1], -1) if len(counts) > 1 else flat


def _whole(values: NDArray[np.generic]) -> NDArray[np.int64]:
    """Indices, which must be whole numbers."""
    if values.dtype.kind in "iu":
        return values.astype(np.int64)
    with np.errstate(invalid="ignore"):
        sound = (np.abs(values) < 2**53) & (values == np.floor(values))
    if not sound.all():
        raise FileRefused("index_not_whole", value=str(float(values[~sound][0])))
    return values.astype(np.int64)

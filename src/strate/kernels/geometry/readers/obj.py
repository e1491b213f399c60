"""Reads an OBJ file: points and polygons, by object and group; what it draws otherwise is said, not guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.readers import Item, Reading
from strate.kernels.geometry.readers.facets import Triangles, as_mesh
from strate.kernels.geometry.readers.kinds import BOM
from strate.kernels.geometry.readers.texts import broken_line, indices, shown, table, whole
from strate.kernels.geometry.refusal import FileRefused, Finding, Limits, Plain, Severity

STAY = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0)
_AFTER_SLASH = re.compile(rb"/\S*")
_SURFACE = frozenset(
    b"cstype deg curv curv2 surf parm trim hole scrv sp end con bmat step vp bzp bsp cdc cdp res ctech stech".split()
)
_LOOKS = frozenset(
    b"vt vn s usemtl mtllib usemap maplib shadow_obj trace_obj bevel c_interp d_interp lod mg".split()
)
_MATERIALS = frozenset([b"usemtl", b"mtllib"])
_LINES = frozenset([b"l", b"p"])
_LEFT_OUT: tuple[tuple[str, Severity, frozenset[bytes]], ...] = (
    ("free_form_not_read", "refuse", _SURFACE),
    ("materials_not_read", "info", _MATERIALS),
    ("lines_not_read", "info", _LINES),
)


@dataclass
class _Lines:
    """The lines of the file by what they say, with their numbers."""

    points: list[bytes] = field(default_factory=list)
    points_at: list[int] = field(default_factory=list)
    faces: list[bytes] = field(default_factory=list)
    faces_at: list[int] = field(default_factory=list)
    known: list[int] = field(default_factory=list)
    """How many points were written before each face: negative indices count back from there."""
    begins: list[tuple[int, str, bool]] = field(default_factory=list)
    """The face at which each object or group begins, its name, whether it is an object."""
    others: dict[bytes, int] = field(default_factory=dict)


def read_obj(data: bytes, limits: Limits = Limits()) -> Reading:
    """Triangles of all objects and groups; OBJ has no unit."""
    lines = _sorted_lines(data)
    points = table(lines.points, lines.points_at, 3)
    flat, counts = _corners(lines, len(points))
    cut = Triangles(points, flat, counts)
    mesh = as_mesh(points, cut.faces, limits)
    findings = (*_left_out(lines.others), *cut.findings)
    items = _items(lines, cut.owner)
    names = tuple(dict.fromkeys(item.name for item in items))
    return Reading("obj", mesh, None, names, findings, items if len(items) > 1 else ())


def _sorted_lines(data: bytes) -> _Lines:
    """Every line put where it belongs; a backslash at the end joins two lines."""
    text = data.removeprefix(BOM).replace(b"\r\n", b"\n").replace(b"\r", b"\n").replace(b"\t", b" ")
    joined = text.replace(b"\\\n", b" ") if b"\\\n" in text else text
    found = _Lines()
    for number, line in enumerate(joined.split(b"\n"), 1):
        if line.startswith(b"v "):
            found.points.append(line[2:])
            found.points_at.append(number)
        elif line.startswith(b"f "):
            found.faces.append(line[2:])
            found.faces_at.append(number)
            found.known.append(len(found.points))
        elif line and not line.startswith((b"vn ", b"vt ", b"#")):
            _other(line, number, found)
    return found


def _other(line: bytes, number: int, found: _Lines) -> None:
    words = line.split(maxsplit=1)
    if not words or words[0].startswith(b"#"):
        return
    word, rest = words[0], words[1] if len(words) > 1 else b""
    if word == b"v":
        found.points.append(rest)
        found.points_at.append(number)
    elif word in (b"f", b"fo"):
        found.faces.append(rest)
        found.faces_at.append(number)
        found.known.append(len(found.points))
    elif word in (b"o", b"g"):
        found.begins.append((len(found.faces), shown(rest), word == b"o"))
    elif not (word.isascii() and word.replace(b"_", b"").isalnum()):
        raise broken_line(line, number)
    else:
        found.others.setdefault(word, number)


def _corners(lines: _Lines, points: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The points of all faces end to end, from 0, and how many each face has."""
    bare = [_AFTER_SLASH.sub(b"", line) if b"/" in line else line for line in lines.faces]
    words = [line.split() for line in bare]
    counts = np.array([len(row) for row in words], np.int64)
    flat = indices(b" ".join(bare), int(counts.sum()))
    if flat is None:
        flat = _one_by_one(lines, words)
    known = np.repeat(np.array(lines.known, np.int64), counts)
    wrong = (flat == 0) | (flat > points) | (flat < -known)
    if wrong.any():
        at = int(np.flatnonzero(wrong)[0])
        face = int(np.searchsorted(np.cumsum(counts), at, side="right"))
        raise FileRefused("point_out_of_range", face=face + 1, index=int(flat[at]), points=points)
    return np.where(flat < 0, known + flat, flat - 1), counts


def _one_by_one(lines: _Lines, words: list[list[bytes]]) -> NDArray[np.int64]:
    """The indices of a text that is not plain; the first line that holds anything else is named."""
    try:
        return np.array([whole(word) for row in words for word in row], np.int64)
    except (ValueError, OverflowError):
        for row, raw, number in zip(words, lines.faces, lines.faces_at, strict=True):
            if not all(re.fullmatch(rb"[+-]?\d{1,18}", word) for word in row):
                raise broken_line(raw, number) from None
        raise


def _left_out(others: dict[bytes, int]) -> list[Finding]:
    """What the file holds besides its polygons."""
    found = []
    for code, severity, words in _LEFT_OUT:
        if at := min((line for word, line in others.items() if word in words), default=None):
            found.append(Finding(code, severity, {"line": at}))
    strange = {word: line for word, line in others.items() if word not in _SURFACE | _LOOKS | _LINES}
    if strange:
        word, line = min(strange.items(), key=lambda pair: pair[1])
        values: dict[str, Plain] = {"line": line, "word": shown(word, 30), "count": len(strange)}
        found.append(Finding("words_not_read", "warn", values))
    return found


def _items(lines: _Lines, owner: NDArray[np.int64]) -> tuple[Item, ...]:
    """One item for each object, or for each group when there is no object."""
    objects = any(is_object for _, _, is_object in lines.begins)
    begins = [(face, name) for face, name, is_object in lines.begins if is_object or not objects]
    edges = [face for face, _ in begins] + [len(lines.faces)]
    at = np.searchsorted(owner, edges).tolist()
    items = [
        Item(name or f"#{k + 1}", None, at[k], at[k + 1] - at[k], name or f"#{k + 1}", STAY)
        for k, (_, name) in enumerate(begins)
        if at[k + 1] > at[k]
    ]
    if at and items and at[0] > 0:
        items.insert(0, Item("—", None, 0, at[0], "—", STAY))
    return tuple(items)

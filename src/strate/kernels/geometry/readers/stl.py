"""Reads an STL file, binary or text, and refuses what it cannot read whole."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.readers import Reading
from strate.kernels.geometry.readers.kinds import BOM, is_text, kind_of
from strate.kernels.geometry.readers.stl_text import read_text
from strate.kernels.geometry.refusal import FileRefused, Finding, Limits
from strate.kernels.geometry.skin.mesh import Mesh
from strate.kernels.geometry.skin.soup import Soup

HEADER = 84
RECORD = np.dtype([("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("attribute", "<u2")])
_OPENS = re.compile(rb"(?:\xef\xbb\xbf)?\s*solid", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class Unwelded:
    """An STL as it was read, before its corners are joined."""

    format: str
    soup: Soup
    names: tuple[str, ...]
    findings: tuple[Finding, ...]


def read_stl(data: bytes, limits: Limits = Limits()) -> Reading:
    """The mesh of an STL; corners that are exactly equal are one."""
    found = read_triangles(data, limits)
    return Reading(found.format, Mesh.weld(found.soup), None, found.names, found.findings)


def read_triangles(data: bytes, limits: Limits = Limits()) -> Unwelded:
    """Tell binary from text by size and content, then read; «solid» alone proves nothing."""
    if not data:
        raise FileRefused("empty_file")
    announced = int.from_bytes(data[80:HEADER], "little") if len(data) >= HEADER else -1
    if announced >= 0 and HEADER + RECORD.itemsize * announced == len(data):
        return _binary(data, announced, (), limits)
    if looks_like_stl(data):
        return _text(data, limits)
    if kind := kind_of(data):
        raise FileRefused("other_kind", kind=kind)
    return _lying_binary(data, announced, limits)


def looks_like_stl(data: bytes) -> bool:
    """A text that opens as a written STL does."""
    return is_text(data) and _OPENS.match(data) is not None


def _lying_binary(data: bytes, announced: int, limits: Limits) -> Unwelded:
    """A binary file whose size is not the announced one: cut, followed by something else, or no STL."""
    present, rest = divmod(len(data) - HEADER, RECORD.itemsize)
    if announced < 0 or present < 1 or not _plausible(data, 0, min(present, 64)):
        raise FileRefused("not_stl")
    if announced > present:
        raise FileRefused("truncated", announced=announced, present=present)
    # Whole triangles behind the announced ones: a part of the piece, whatever else follows.
    if rest == 0 or announced == 0 or (announced < present and _plausible(data, announced, 1)):
        raise FileRefused("count_too_small", announced=announced, present=present)
    extra = len(data) - HEADER - announced * RECORD.itemsize
    finding = Finding("trailing_bytes", "warn", {"count": extra})
    return _binary(data, announced, (finding,), limits)


def _plausible(data: bytes, first: int, count: int) -> bool:
    """Do these records look like triangles, or like any other bytes?"""
    corners = np.frombuffer(data, RECORD, count, HEADER + first * RECORD.itemsize)["corners"]
    with np.errstate(invalid="ignore"):
        sound = np.isfinite(corners) & (np.abs(corners) < 1e9)
        sound &= (corners == 0) | (np.abs(corners) > 1e-20)
        drawn = bool((corners != 0).any())
    return drawn and bool(sound.mean() > 0.8)


def _binary(data: bytes, count: int, findings: tuple[Finding, ...], limits: Limits) -> Unwelded:
    if count == 0:
        raise FileRefused("no_triangles")
    if count > limits.max_triangles:
        raise FileRefused("too_many_triangles", triangles=count, limit=limits.max_triangles)
    soup = Soup.in_bytes(data, HEADER + 12, RECORD.itemsize, count)
    check_numbers(soup, limits)
    name = data[:80].split(b"\0")[0].decode("utf-8", "replace").strip()
    return Unwelded("stl-binary", soup, (name,) if name else (), findings)


def _text(data: bytes, limits: Limits) -> Unwelded:
    corners, names = read_text(data.removeprefix(BOM), limits)
    soup = Soup.of(corners)
    check_numbers(soup, limits)
    findings = (Finding("several_solids", "info", {"count": len(names)}),) if len(names) > 1 else ()
    return Unwelded("stl-ascii", soup, names, findings)


def check_numbers(corners: NDArray[np.floating] | Soup, limits: Limits) -> None:
    """Refuse the first triangle whose corner is no number or out of all reach: no gap is left silently."""
    soup = corners if isinstance(corners, Soup) else Soup.of(corners)
    low, high, lost = soup.look()
    if lost is not None:
        flat = soup.numbers()[lost]
        value = float(flat[~np.isfinite(flat)][0])
        raise FileRefused("not_a_number", triangle=lost + 1, value=str(value))
    limit = limits.max_coordinate_mm
    if not soup.count or (-limit <= low.min() and high.max() <= limit):
        return
    numbers = soup.numbers()
    row = int(np.argmax((numbers > limit).any(axis=1) | (numbers < -limit).any(axis=1)))
    value = float(numbers[row][np.abs(numbers[row]) > limit][0])
    raise FileRefused("coordinate_out_of_reach", triangle=row + 1, value_mm=value, limit_mm=limit)

"""Reads an exchange file with the reader of what it really holds; its name settles nothing but real doubts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath

from strate.kernels.geometry.readers import AnyReading, Opaque, Reading
from strate.kernels.geometry.readers.archive import kind_of_zip
from strate.kernels.geometry.readers.cli import read_cli
from strate.kernels.geometry.readers.ilt import read_ilt
from strate.kernels.geometry.readers.kinds import kind_of
from strate.kernels.geometry.readers.obj import read_obj
from strate.kernels.geometry.readers.off import read_off
from strate.kernels.geometry.readers.ovf import read_ovf
from strate.kernels.geometry.readers.ply import read_ply
from strate.kernels.geometry.readers.points import read_points
from strate.kernels.geometry.readers.stl import looks_like_stl, read_stl
from strate.kernels.geometry.readers.threemf import read_3mf
from strate.kernels.geometry.readers.toolpath import is_toolpath, read_toolpath
from strate.kernels.geometry.readers.vendor import promised_by, read_vendor
from strate.kernels.geometry.refusal import FileRefused, Finding, Limits
from strate.kernels.geometry.skin.mesh import Mesh

Reader = Callable[[bytes, Limits], AnyReading]


def _read_package(data: bytes, limits: Limits) -> AnyReading:
    """A 3MF package holds a part, or the toolpaths of a part."""
    return read_toolpath(data, limits) if is_toolpath(data, limits) else read_3mf(data, limits)


# Each kind told by its content (readers/kinds.py) and its reader.
READERS: dict[str, Reader] = {
    "3mf": _read_package,
    "ilt": read_ilt,
    "cli": read_cli,
    "stl": read_stl,
    "obj": read_obj,
    "off": read_off,
    "ovf": read_ovf,
    "ply": read_ply,
    "points": read_points,
}

# What a file name promises.
PROMISES: dict[str, str] = {
    ".stl": "stl", ".obj": "obj", ".ply": "ply", ".off": "off", ".xyz": "points", ".asc": "points",
    ".cli": "cli", ".ilt": "ilt", ".ovf": "ovf", ".3mf": "3mf", ".amf": "amf",
}  # fmt: skip
# A text that tells nothing by itself is what its name says, if a reader can make sense of it.
_DOUBTFUL = frozenset([None, "text", "zip"])
_LONGEST_SUFFIX = 12
# A binary STL opens with 80 free bytes: only these would be read as something else by another program.
_RIVALS = frozenset(["zip", "ply", "cli", "ovf", "sli", "off"])


def read(data: bytes, limits: Limits = Limits(), name: str | None = None) -> AnyReading:
    """What a file holds: a mesh, layers, or a closed format only its maker reads; FileRefused otherwise."""
    promised = PROMISES.get(PurePath(name).suffix.lower()) if name else None
    kind = told(data, promised)
    closed = promised_by(name)
    if kind == "sli" or (closed and kind in _DOUBTFUL):
        return read_vendor(data, limits, closed)
    if kind not in READERS and kind not in (None, "text"):
        raise FileRefused("other_kind", kind=kind)
    found = _read_as(kind, data, limits, name)
    if promised is None or found.format.startswith(promised):
        return found
    contradiction = Finding("name_contradicts", "warn", {"promised": promised, "format": found.format})
    return replace(found, findings=(*found.findings, contradiction))


def _read_as(kind: str | None, data: bytes, limits: Limits, name: str | None) -> AnyReading:
    """What nothing tells is tried as an STL; when it is none, the name people gave it says what is not read here."""
    try:
        return READERS.get(kind or "stl", read_stl)(data, limits)
    except FileRefused as refused:
        suffix = PurePath(name).suffix.lower() if name else ""
        if refused.code != "not_stl" or name is None or suffix == ".stl":
            raise
        if 2 <= len(suffix) <= _LONGEST_SUFFIX:
            raise FileRefused("unknown_format", suffix=suffix) from refused
        raise FileRefused("unknown_content") from refused


def told(data: bytes, promised: str | None) -> str | None:
    """The kind of a file by its content; the name speaks only where the content is silent."""
    if not data:
        raise FileRefused("empty_file")
    kind = kind_of(data)
    if _is_exact_stl(data):
        if kind in _RIVALS:
            raise FileRefused("two_kinds", kind=kind)
        return "stl"
    if kind == "text" and looks_like_stl(data):
        return "stl"
    if kind == "zip":
        kind = kind_of_zip(data)
    return promised if kind in _DOUBTFUL and promised in READERS else kind


def _is_exact_stl(data: bytes) -> bool:
    return len(data) >= 134 and 84 + 50 * int.from_bytes(data[80:84], "little") == len(data)


def read_mesh(data: bytes, limits: Limits = Limits(), name: str | None = None) -> Reading:
    """The mesh of a file; FileRefused when it holds no skin that could be judged as one."""
    return as_part(read(data, limits, name))


def as_part(found: AnyReading) -> Reading:
    """The reading of something that has a skin; anything else is refused for what it is."""
    if isinstance(found, Opaque):
        raise FileRefused("opaque_format", format=found.format)
    if not isinstance(found, Reading):
        raise FileRefused("layers_not_a_mesh", format=found.format)
    check_is_a_part(found.mesh)
    return found


def check_is_a_part(mesh: Mesh) -> None:
    """A cloud of points has no inside: it can be compared with a part, never be one."""
    if not len(mesh.faces) and len(mesh.vertices):
        raise FileRefused("points_not_a_part", points=len(mesh.vertices))
    if not len(mesh.faces):
        raise FileRefused("no_triangles")

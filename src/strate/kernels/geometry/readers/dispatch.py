"""Reads an exchange file with the reader of what it really holds; its name settles nothing but real doubts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath

from strate.kernels.geometry.mesh import Mesh
from strate.kernels.geometry.readers import AnyReading, Opaque, Reading
from strate.kernels.geometry.readers.kinds import kind_of
from strate.kernels.geometry.readers.stl import read_stl
from strate.kernels.geometry.refusal import FileRefused, Finding, Limits

Reader = Callable[[bytes, Limits], AnyReading]

# Each kind told by its content (readers/kinds.py) has its reader; what has none is an STL or is refused by name.
READERS: dict[str, Reader] = {}

# What a file name promises.
SUFFIXES: dict[str, str] = {".stl": "stl", ".obj": "obj", ".ply": "ply", ".cli": "cli", ".3mf": "3mf"}


def read(data: bytes, limits: Limits = Limits(), name: str | None = None) -> AnyReading:  # noqa: B008 (frozen)
    """What a file holds: a mesh, layers, or a closed format only its maker reads; FileRefused otherwise."""
    kind = kind_of(data)
    reader = READERS.get(kind or "", read_stl)
    found = reader(data, limits)
    promised = SUFFIXES.get(PurePath(name).suffix.lower()) if name else None
    if promised is None or found.format.startswith(promised):
        return found
    contradiction = Finding("name_contradicts", "warn", {"promised": promised, "format": found.format})
    return replace(found, findings=(*found.findings, contradiction))


def read_mesh(data: bytes, limits: Limits = Limits(), name: str | None = None) -> Reading:  # noqa: B008 (frozen)
    """The mesh of a file; FileRefused when it holds no skin that could be judged as one."""
    found = read(data, limits, name)
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

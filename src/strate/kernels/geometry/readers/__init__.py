"""Readers of exchange files: bytes in; a mesh or layers, and what was noticed, out; never a repair."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.refusal import Finding
from strate.kernels.geometry.skin.mesh import Mesh


@dataclass(frozen=True)
class Item:
    """One thing to be built, where it stands: its own faces are a run of `Reading.mesh.faces`."""

    name: str
    part_number: str | None
    first_face: int
    face_count: int
    source: str
    """What it is a copy of (an object of the file): items of one source are the same part."""
    transform: tuple[float, ...]
    """Twelve numbers, row by row: new = [x y z 1] · transform (4 × 3), in mm."""


@dataclass(frozen=True, eq=False)
class Reading:
    """What a reader understood of a file: true format, unit if it says one, mesh, oddities.

    `mesh` holds everything that will be built, in place, in mm. `items` names its pieces (empty: a single one).
    `metadata` is what the file says of itself; `not_understood` names what it holds and this reader does not read.
    `layers` are the slices that some files hold beside their mesh.
    """

    format: str
    mesh: Mesh
    unit: str | None = None
    names: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    items: tuple[Item, ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()
    materials: tuple[str, ...] = ()
    not_understood: tuple[str, ...] = ()
    layers: tuple[FileLayer, ...] = ()


@dataclass(frozen=True, eq=False)
class FileLayer:
    """One layer as a layer file gives it, in mm; `top_mm` is its upper surface.

    `contours` are closed lines (k, 2) without the repeated first point, outer ones counter-clockwise,
    holes clockwise; `open_lines` do not close; `hatches` are separate strokes (k, 4): x0, y0, x1, y1.
    Power (W) and speed (mm/s) follow the lines one for one where the file says them.
    """

    top_mm: float
    contours: tuple[NDArray[np.float64], ...] = ()
    open_lines: tuple[NDArray[np.float64], ...] = ()
    hatches: NDArray[np.float64] | None = None
    power_w: tuple[float | None, ...] = ()
    speed_mm_s: tuple[float | None, ...] = ()


@dataclass(frozen=True, eq=False)
class LayerReading:
    """A file that is already cut into layers (CLI, 3MF slices…)."""

    format: str
    layers: tuple[FileLayer, ...]
    unit: str | None = None
    names: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()
    not_understood: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Opaque:
    """A closed format of a machine maker: what it is can be told, what it would build cannot be verified."""

    format: str
    names: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    header: tuple[tuple[str, str], ...] = ()


AnyReading = Reading | LayerReading | Opaque

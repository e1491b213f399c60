"""Readers of exchange files: bytes in, a mesh and what was noticed out; never a repair."""

from __future__ import annotations

from dataclasses import dataclass

from strate.kernels.geometry.mesh import Mesh
from strate.kernels.geometry.refusal import Finding


@dataclass(frozen=True, eq=False)
class Reading:
    """What a reader understood of a file: true format, unit if it says one, mesh, oddities."""

    format: str
    mesh: Mesh
    unit: str | None = None
    names: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

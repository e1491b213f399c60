"""The verdict on an exchange file: what it is, what was measured, what was found and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from strate.kernels.geometry.deep.record import Deep
from strate.kernels.geometry.judging.identified import Identified, fields_from
from strate.kernels.geometry.refusal import Finding, Point
from strate.kernels.geometry.skin.boxes import Box as Box
from strate.kernels.geometry.skin.boxes import box_from, point_from


@dataclass(frozen=True)
class Shell:
    """One connected piece of the mesh; a negative volume is a cavity or a piece turned inside out."""

    triangles: int
    closed: bool
    volume_mm3: float
    area_mm2: float
    box: Box
    nested_in: int | None = None
    """The number of the smallest shell of matter that holds it (from 1, as listed)."""


@dataclass(frozen=True)
class Verdict(Identified):
    """All that the shop may want to know of a file before it turns powder into a part."""

    unit: str
    unit_said_by_file: bool
    unit_doubt: str | None
    triangles: int
    vertices: int
    closed: bool
    closed_within_um: float | None
    oriented: bool
    boundary_edges: int
    crowded_edges: int
    flipped_edges: int
    degenerate: int
    duplicates: int
    shell_count: int
    shells: tuple[Shell, ...]
    volume_mm3: float
    volume_sure: bool
    area_mm2: float
    box: Box
    height_um: int
    layer_um: int | None
    layers: int | None
    machine_volume_mm: Point | None
    fits: bool | None
    torn_at: tuple[tuple[float, int], ...] = ()
    """How many edges stay torn when corners nearer than so many micrometres are joined, tightest first."""
    last_layer_um: int | None = None
    """What is left for the last layer: a layer begun counts as one, and is often thinner than the others."""
    sides_mm2: float = 0.0
    """The skin seen from the side: divided by the layer thickness, the length of all outlines together."""
    deep: Deep | None = None

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """Those of the quick look and those of the slow one."""
        return self.findings + (self.deep.findings if self.deep else ())

    @property
    def melted_mm3(self) -> float:
        """The volume to melt: overlapping shells once, when the slow look has seen them."""
        known = self.deep.melted_mm3 if self.deep else None
        return self.volume_mm3 if known is None else known

    def to_dict(self) -> dict[str, Any]:
        return super().to_dict() | {"deep": self.deep.to_dict() if self.deep else None}

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Verdict:
        fields = fields_from(plain)
        fields["box"] = box_from(plain["box"])
        fields["machine_volume_mm"] = point_from(plain["machine_volume_mm"])
        fields["shells"] = tuple(Shell(**dict(s, box=box_from(s["box"]))) for s in plain["shells"])
        fields["torn_at"] = tuple((float(um), int(n)) for um, n in plain.get("torn_at", ()))
        fields["deep"] = Deep.from_dict(plain["deep"]) if plain.get("deep") else None
        return cls(**fields)

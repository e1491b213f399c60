"""The verdict on a file that is already cut into layers, and on one that only its maker can read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from strate.kernels.geometry.judging.identified import Identified, State, fields_from, pairs_from
from strate.kernels.geometry.refusal import Point
from strate.kernels.geometry.skin.boxes import Box, box_from, point_from


@dataclass(frozen=True)
class Beam:
    """The lines drawn with one power and one speed, each as far as the file says it."""

    power_w: float | None
    speed_mm_s: float | None
    length_mm: float


@dataclass(frozen=True)
class LayerVerdict(Identified):
    """What a layer file would build: its layers, their area, what is drawn and how fast."""

    unit: str
    unit_said_by_file: bool
    layers: int
    drawn_layers: int
    layer_um: int | None
    """The thickness when all layers have the same, to the micrometre."""
    least_um: float | None
    most_um: float | None
    bottom_mm: float
    top_mm: float
    height_um: int
    box: Box
    contours: int
    open_lines: int
    hatches: int
    contour_mm: float
    open_mm: float
    hatch_mm: float
    jump_mm: float
    volume_mm3: float
    volume_sure: bool
    largest_mm2: float
    largest_layer: int
    beams: tuple[Beam, ...]
    exposure_s: float | None
    """Time the beam draws, without its jumps: known when every line has a speed."""
    machine_volume_mm: Point | None
    fits: bool | None
    metadata: tuple[tuple[str, str], ...]

    def to_dict(self) -> dict[str, Any]:
        return super().to_dict() | {"metadata": [list(pair) for pair in self.metadata], "family": "layers"}

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> LayerVerdict:
        fields = fields_from(plain)
        fields["box"] = box_from(plain["box"])
        fields["beams"] = tuple(Beam(**beam) for beam in plain["beams"])
        fields["machine_volume_mm"] = point_from(plain["machine_volume_mm"])
        fields["metadata"] = pairs_from(plain["metadata"])
        return cls(**fields)


@dataclass(frozen=True)
class OpaqueVerdict(Identified):
    """A closed format: the file is identified, what it would build stays unknown, and that is never « sound »."""

    header: tuple[tuple[str, str], ...]

    @property
    def state(self) -> State:
        return "refused" if super().state == "refused" else "unknown"

    def to_dict(self) -> dict[str, Any]:
        return super().to_dict() | {"header": [list(pair) for pair in self.header], "family": "opaque"}

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> OpaqueVerdict:
        return cls(**(fields_from(plain) | {"header": pairs_from(plain["header"])}))

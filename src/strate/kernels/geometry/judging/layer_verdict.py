"""The verdict on a file that is already cut into layers, and on one that only its maker can read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from strate.kernels.geometry.refusal import Finding, Point
from strate.kernels.geometry.skin.boxes import Box, box_from, finding_from, finding_plain, point_from

State = Literal["sound", "findings", "refused", "unknown"]


def state_of(findings: tuple[Finding, ...]) -> State:
    grades = {finding.severity for finding in findings}
    if "refuse" in grades:
        return "refused"
    return "findings" if "warn" in grades else "sound"


@dataclass(frozen=True)
class Beam:
    """The lines drawn with one power and one speed, each as far as the file says it."""

    power_w: float | None
    speed_mm_s: float | None
    length_mm: float


@dataclass(frozen=True)
class LayerVerdict:
    """What a layer file would build: its layers, their area, what is drawn and how fast."""

    sha256: str
    size_bytes: int
    format: str
    names: tuple[str, ...]
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
    findings: tuple[Finding, ...]

    @property
    def state(self) -> State:
        return state_of(self.findings)

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        return self.findings

    @property
    def may_be_printed(self) -> bool:
        return self.state != "refused"

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON; `from_dict` gives the same verdict back."""
        plain = asdict(self)
        plain["findings"] = [finding_plain(f) for f in self.findings]
        plain["metadata"] = [list(pair) for pair in self.metadata]
        return plain | {"family": "layers", "state": self.state}

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> LayerVerdict:
        fields = {name: value for name, value in plain.items() if name not in ("state", "family")}
        fields["names"] = tuple(plain["names"])
        fields["box"] = box_from(plain["box"])
        fields["beams"] = tuple(Beam(**beam) for beam in plain["beams"])
        fields["machine_volume_mm"] = point_from(plain["machine_volume_mm"])
        fields["metadata"] = tuple((str(name), str(value)) for name, value in plain["metadata"])
        fields["findings"] = tuple(finding_from(f) for f in plain["findings"])
        return cls(**fields)


@dataclass(frozen=True)
class OpaqueVerdict:
    """A closed format: the file is identified, what it would build stays unknown, and that is never « sound »."""

    sha256: str
    size_bytes: int
    format: str
    names: tuple[str, ...]
    header: tuple[tuple[str, str], ...]
    findings: tuple[Finding, ...]

    @property
    def state(self) -> State:
        return "refused" if state_of(self.findings) == "refused" else "unknown"

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        return self.findings

    @property
    def may_be_printed(self) -> bool:
        return self.state != "refused"

    def to_dict(self) -> dict[str, Any]:
        plain = asdict(self)
        plain["findings"] = [finding_plain(f) for f in self.findings]
        plain["header"] = [list(pair) for pair in self.header]
        return plain | {"family": "opaque", "state": self.state}

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> OpaqueVerdict:
        fields = {name: value for name, value in plain.items() if name not in ("state", "family")}
        fields["names"] = tuple(plain["names"])
        fields["header"] = tuple((str(name), str(value)) for name, value in plain["header"])
        fields["findings"] = tuple(finding_from(f) for f in plain["findings"])
        return cls(**fields)

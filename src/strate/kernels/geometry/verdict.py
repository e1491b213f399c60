"""The verdict on an exchange file: what it is, what was measured, what was found and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from strate.kernels.geometry.refusal import Finding, Point

State = Literal["sound", "findings", "refused"]


@dataclass(frozen=True)
class Box:
    """The smallest upright box around a thing, in mm."""

    low: Point
    high: Point

    @property
    def size(self) -> Point:
        (ax, ay, az), (bx, by, bz) = self.low, self.high
        return bx - ax, by - ay, bz - az

    def within(self, other: Box) -> bool:
        return all(o <= s for s, o in zip(self.low, other.low, strict=True)) and all(
            s <= o for s, o in zip(self.high, other.high, strict=True)
        )

    def meets(self, other: Box) -> bool:
        lows = [max(a, b) for a, b in zip(self.low, other.low, strict=True)]
        highs = [min(a, b) for a, b in zip(self.high, other.high, strict=True)]
        return all(high - low > 1e-9 for low, high in zip(lows, highs, strict=True))


@dataclass(frozen=True)
class Shell:
    """One connected piece of the mesh; a negative volume is a cavity or a piece turned inside out."""

    triangles: int
    closed: bool
    volume_mm3: float
    area_mm2: float
    box: Box


@dataclass(frozen=True)
class Verdict:
    """All that the shop may want to know of a file before it turns powder into a part."""

    sha256: str
    size_bytes: int
    format: str
    names: tuple[str, ...]
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
    findings: tuple[Finding, ...]

    @property
    def state(self) -> State:
        """`refused`: a finding forbids printing; `findings`: a person must look; `sound`: all is well."""
        grades = {finding.severity for finding in self.findings}
        if "refuse" in grades:
            return "refused"
        return "findings" if "warn" in grades else "sound"

    @property
    def may_be_printed(self) -> bool:
        return self.state != "refused"

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON; `from_dict` gives the same verdict back."""
        plain = asdict(self)
        plain["findings"] = [dict(asdict(f), values=dict(f.values)) for f in self.findings]
        return plain | {"state": self.state}

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Verdict:
        fields = {name: value for name, value in plain.items() if name != "state"}
        fields["names"] = tuple(plain["names"])
        fields["box"] = _box(plain["box"])
        fields["machine_volume_mm"] = _point(plain["machine_volume_mm"])
        fields["shells"] = tuple(Shell(**dict(s, box=_box(s["box"]))) for s in plain["shells"])
        fields["findings"] = tuple(
            Finding(**dict(f, point_mm=_point(f["point_mm"]))) for f in plain["findings"]
        )
        return cls(**fields)


def _point(plain: Any) -> Point | None:
    return None if plain is None else (float(plain[0]), float(plain[1]), float(plain[2]))


def _box(plain: Mapping[str, Any]) -> Box:
    (ax, ay, az), (bx, by, bz) = plain["low"], plain["high"]
    return Box((ax, ay, az), (bx, by, bz))

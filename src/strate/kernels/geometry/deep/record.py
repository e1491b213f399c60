"""What the slow checks saw of a part, as it is kept and shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from strate.kernels.geometry.deep.thresholds import Thresholds
from strate.kernels.geometry.refusal import Finding
from strate.kernels.geometry.skin.boxes import finding_from, finding_plain


@dataclass(frozen=True)
class Walls:
    """What was seen of the thin walls: the thinnest one, their area, how many zones, how many rays asked."""

    thinnest_mm: float | None
    area_mm2: float
    zones: int
    rays: int


@dataclass(frozen=True)
class Overhangs:
    """The area that looks down flatter than the angle, and in how many zones."""

    area_mm2: float
    zones: int
    flattest_deg: float | None


@dataclass(frozen=True)
class Voids:
    """What the cubes tell: their size, closed voids, narrow ones (None: too coarse to see), matter, overlaps."""

    cube_mm: float
    closed: int
    closed_mm3: float
    narrow: int | None
    matter_mm3: float
    overlap_mm3: float


@dataclass(frozen=True)
class Deep:
    """What the slow checks saw, with the limits they used; `skipped` names those that could not be made."""

    limits: Thresholds
    layer_um: int
    walls: Walls | None
    overhangs: Overhangs | None
    voids: Voids | None
    islands: int | None
    jumps: int | None
    areas_mm2: tuple[float, ...]
    """The area of every layer; empty when there are more than twenty thousand."""
    skipped: tuple[str, ...]
    findings: tuple[Finding, ...]
    melted_mm3: float | None = None
    """Where shells overlap, what is really melted: each layer's area counted once, times its thickness."""

    def to_dict(self) -> dict[str, Any]:
        plain = asdict(self) | {"findings": [finding_plain(f) for f in self.findings]}
        return plain | {"areas_mm2": list(self.areas_mm2), "skipped": list(self.skipped)}

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Deep:
        walls, hanging, hollow = plain["walls"], plain["overhangs"], plain["voids"]
        return cls(
            limits=Thresholds(**plain["limits"]),
            layer_um=plain["layer_um"],
            walls=Walls(**walls) if walls else None,
            overhangs=Overhangs(**hanging) if hanging else None,
            voids=Voids(**hollow) if hollow else None,
            islands=plain["islands"],
            jumps=plain["jumps"],
            areas_mm2=tuple(plain["areas_mm2"]),
            skipped=tuple(plain["skipped"]),
            findings=tuple(finding_from(f) for f in plain["findings"]),
            melted_mm3=plain.get("melted_mm3"),
        )

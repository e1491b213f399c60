"""A plate as it is written down: its bed, the copies on it, what was found, what it asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from math import cos, radians, sin
from typing import Any

from strate.kernels.geometry.refusal import Finding, Point, Refused
from strate.kernels.geometry.skin.boxes import finding_from, finding_plain, point_from

Flat = tuple[float, ...]


class PlateRefused(Refused):
    """The plate cannot be laid out as asked."""


@dataclass(frozen=True)
class Bed:
    """The inside of a machine: its plate, its height, what is kept free on the sides and above; mm."""

    width_mm: float
    depth_mm: float
    height_mm: float
    margin_mm: float = 0.0
    headroom_mm: float = 0.0


@dataclass(frozen=True)
class Copy:
    """One copy of a part: its middle on the plate (from the front left corner), and how far it is turned."""

    label: str
    part: str
    x_mm: float
    y_mm: float
    turn_deg: float = 0.0
    flipped: bool = False

    def matrix(self, middle: Point, low_z: float, high_z: float) -> tuple[Flat, Flat, Flat, Flat]:
        """new = [x y z 1] · matrix: the box of the part put with its middle on (x, y), standing on the plate.

        Flipped is turned over about x; a part is never mirrored.
        """
        c, s = cos(radians(self.turn_deg)), sin(radians(self.turn_deg))
        over = -1.0 if self.flipped else 1.0
        rows = ((c, s, 0.0), (-s * over, c * over, 0.0), (0.0, 0.0, over))
        moved = [sum(-middle[i] * rows[i][j] for i in range(2)) for j in range(2)]
        lift = high_z if self.flipped else -low_z
        return (*rows, (moved[0] + self.x_mm, moved[1] + self.y_mm, lift))


@dataclass(frozen=True)
class Shape:
    """A part as the plate needs it: size, shadow seen from above (outlines around its middle), volume, areas."""

    size_mm: Point
    outlines: tuple[Flat, ...]
    """Closed outlines x, y, x, y… around the middle of the part; holes turn the other way."""
    volume_mm3: float
    volume_sure: bool
    sides_mm2: float
    areas_mm2: Flat

    def drawn(self, copy: Copy) -> tuple[Flat, ...]:
        """The shadow of a copy where it stands on the plate."""
        (a, b, _), (c, d, _), _, (x, y, _) = copy.matrix((0.0, 0.0, 0.0), 0.0, 0.0)
        return tuple(_moved(flat, a, b, c, d, x, y) for flat in self.outlines)


def _moved(flat: Flat, a: float, b: float, c: float, d: float, x: float, y: float) -> Flat:
    pairs = zip(flat[::2], flat[1::2], strict=True)
    return tuple(round(v, 3) for px, py in pairs for v in (px * a + py * c + x, px * b + py * d + y))


@dataclass(frozen=True)
class PlateVerdict:
    """What a plate is and what speaks against it; a gap was looked at every `checked_every_mm` of height."""

    copies: tuple[Copy, ...]
    shapes: Mapping[str, Shape]
    layer_um: int
    layers: int
    height_um: int
    volume_mm3: float
    volume_sure: bool
    sides_mm2: float
    areas_mm2: Flat
    gap_mm: float
    checked_every_mm: float | None
    findings: tuple[Finding, ...]

    @property
    def may_be_built(self) -> bool:
        return all(finding.severity != "refuse" for finding in self.findings)

    def to_dict(self) -> dict[str, Any]:
        plain = asdict(self) | {"findings": [finding_plain(f) for f in self.findings]}
        plain["shapes"] = {name: asdict(shape) for name, shape in self.shapes.items()}
        return plain

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> PlateVerdict:
        fields = dict(plain)
        fields["copies"] = tuple(Copy(**copy) for copy in plain["copies"])
        fields["shapes"] = {name: _shape(shape) for name, shape in plain["shapes"].items()}
        fields["areas_mm2"] = tuple(plain["areas_mm2"])
        fields["findings"] = tuple(finding_from(f) for f in plain["findings"])
        return cls(**fields)


def _shape(plain: Mapping[str, Any]) -> Shape:
    size = point_from(plain["size_mm"]) or (0.0, 0.0, 0.0)
    outlines, areas = tuple(tuple(flat) for flat in plain["outlines"]), tuple(plain["areas_mm2"])
    return Shape(**(dict(plain) | {"size_mm": size, "outlines": outlines, "areas_mm2": areas}))

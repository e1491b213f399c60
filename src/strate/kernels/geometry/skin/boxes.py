"""Upright boxes around things, and findings as plain values for JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from strate.kernels.geometry.refusal import Finding, Point


@dataclass(frozen=True)
class Box:
    """The smallest upright box around a thing, in mm."""

    low: Point
    high: Point

    @property
    def size(self) -> Point:
        (ax, ay, az), (bx, by, bz) = self.low, self.high
        return bx - ax, by - ay, bz - az

    @property
    def middle(self) -> Point:
        (ax, ay, az), (bx, by, bz) = self.low, self.high
        return (ax + bx) / 2, (ay + by) / 2, (az + bz) / 2

    def within(self, other: Box) -> bool:
        return all(o <= s for s, o in zip(self.low, other.low, strict=True)) and all(
            s <= o for s, o in zip(self.high, other.high, strict=True)
        )

    def meets(self, other: Box) -> bool:
        lows = [max(a, b) for a, b in zip(self.low, other.low, strict=True)]
        highs = [min(a, b) for a, b in zip(self.high, other.high, strict=True)]
        return all(high - low > 1e-9 for low, high in zip(lows, highs, strict=True))


def point_from(plain: Any) -> Point | None:
    return None if plain is None else (float(plain[0]), float(plain[1]), float(plain[2]))


def box_from(plain: Mapping[str, Any]) -> Box:
    (ax, ay, az), (bx, by, bz) = plain["low"], plain["high"]
    return Box((ax, ay, az), (bx, by, bz))


def finding_plain(finding: Finding) -> dict[str, Any]:
    return dict(asdict(finding), values=dict(finding.values), triangles=list(finding.triangles))


def finding_from(plain: Mapping[str, Any]) -> Finding:
    """The same finding back; one written before regions were known has neither box nor triangles."""
    corners = [point_from(corner) for corner in plain.get("box_mm") or ()]
    box = (corners[0], corners[1]) if len(corners) == 2 and corners[0] and corners[1] else None
    return Finding(
        plain["code"],
        plain["severity"],
        plain["values"],
        point_from(plain["point_mm"]),
        plain["triangle"],
        box,
        tuple(plain.get("triangles") or ()),
    )

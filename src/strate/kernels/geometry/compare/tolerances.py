"""What a surface may deviate by: for the whole part, and for named zones of it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any

from strate.kernels.geometry.refusal import FileRefused, Point

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_ZONES, LONGEST_NAME = 1000, 200
_RANGE = re.compile(r"^\s*([+-]?[\d.]+)\s*(?:\.\.|;|:)\s*([+-]?[\d.]+)\s*$")


@dataclass(frozen=True)
class Tolerance:
    """The least and the most a measured point may stand off the nominal; below zero is inside."""

    lower_mm: float
    upper_mm: float

    def __post_init__(self) -> None:
        both = isfinite(self.lower_mm) and isfinite(self.upper_mm)
        if not both or self.lower_mm >= self.upper_mm:
            raise FileRefused("tolerance_upside_down", lower_mm=self.lower_mm, upper_mm=self.upper_mm)

    @classmethod
    def parse(cls, text: str) -> Tolerance:
        """As typed: -0.1..0.1, with a comma or a point; one number alone is both ways."""
        plain = text.replace(",", ".").replace("−", "-").replace("±", "")
        if match := _RANGE.match(plain):
            lower, upper = match.groups()
        else:
            lower, upper = f"-{plain.strip()}", plain.strip()
        try:
            return cls(float(lower), float(upper))
        except ValueError as error:
            raise FileRefused("tolerance_unreadable", text=text[:40]) from error

    def outside(self, deviations: NDArray[np.float64]) -> NDArray[np.bool_]:
        return (deviations < self.lower_mm) | (deviations > self.upper_mm)


@dataclass(frozen=True)
class Zone:
    """A part of the surface with its own tolerance: a box, or faces of the nominal (numbered from 1)."""

    name: str
    tolerance: Tolerance
    box_mm: tuple[Point, Point] | None = None
    faces: tuple[int, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        band = {"lower_mm": self.tolerance.lower_mm, "upper_mm": self.tolerance.upper_mm}
        return {"name": self.name, "box_mm": self.box_mm, "faces": list(self.faces)} | band


def zones_from_json(text: str) -> tuple[Zone, ...]:
    """A list of zones: name, lower_mm, upper_mm, and box_mm [[x, y, z], [x, y, z]] or faces [1, 2, …]."""
    try:
        plain = json.loads(text)
    except ValueError as error:
        raise FileRefused("zones_unreadable", number=0) from error
    return zones_from(plain)


def zones_from(plain: Any) -> tuple[Zone, ...]:
    if not isinstance(plain, list) or len(plain) > MOST_ZONES:
        raise FileRefused("zones_unreadable", number=0)
    zones = tuple(_zone(each, number) for number, each in enumerate(plain, start=1))
    names = [zone.name for zone in zones]
    for name in names:
        if names.count(name) > 1:
            raise FileRefused("zone_named_twice", name=name)
    return zones


def _zone(plain: Any, number: int) -> Zone:
    try:
        name, box, faces = str(plain["name"]).strip(), plain.get("box_mm"), plain.get("faces") or ()
        tolerance = Tolerance(float(plain["lower_mm"]), float(plain["upper_mm"]))
        low_high = None if box is None else (_corner(box[0]), _corner(box[1]))
        numbers = tuple(int(face) for face in faces)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise FileRefused("zones_unreadable", number=number) from error
    upright = low_high is None or all(a < b for a, b in zip(*low_high, strict=True))
    if not name or len(name) > LONGEST_NAME or not upright or (low_high is None) == (not numbers):
        raise FileRefused("zones_unreadable", number=number)
    return Zone(name, tolerance, low_high, numbers)


def _corner(plain: Any) -> Point:
    x, y, z = (float(side) for side in plain)
    if not all(isfinite(side) for side in (x, y, z)):
        raise ValueError("not a place")
    return x, y, z

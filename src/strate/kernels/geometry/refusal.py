"""What the kernel says of a file it will not read, and of a file it reads with a doubt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Literal

Plain = str | int | float | bool | None
Severity = Literal["refuse", "warn", "info"]
Point = tuple[float, float, float]


class Refused(Exception):
    """What the kernel will not do: a code and its values, worded in words.py."""

    def __init__(self, code: str, **values: Plain) -> None:
        told = {name: _writable(value) for name, value in values.items()}
        super().__init__(code, told)
        self.code = code
        self.values: dict[str, Plain] = told

    def __str__(self) -> str:
        return f"{self.code} {self.values}" if self.values else self.code


def _writable(value: Plain) -> Plain:
    """A value that JSON can hold: what is no number is told by its name."""
    return str(value) if isinstance(value, float) and not isfinite(value) else value


class FileRefused(Refused):
    """The file cannot be read as a part."""


class PowderRefused(Refused):
    """The powder cannot be reckoned from these figures."""


@dataclass(frozen=True)
class Finding:
    """One thing seen in a file, how grave it is, and where to look for it in the part."""

    code: str
    severity: Severity
    values: Mapping[str, Plain] = field(default_factory=dict)
    point_mm: Point | None = None
    triangle: int | None = None
    box_mm: tuple[Point, Point] | None = None
    """The upright box around the whole place, low and high corner, where the finding is a region."""
    triangles: tuple[int, ...] = ()
    """The largest triangles of the region (1 is the first of the file); never the whole list of a large one."""


@dataclass(frozen=True)
class Limits:
    """What reading one file may cost; beyond, it is refused before or while it is read."""

    max_bytes: int = 1_100_000_000
    max_triangles: int = 20_000_000
    max_coordinate_mm: float = 1e6
    memory_mb: int = 6144
    cpu_s: int = 120
    wall_s: float = 180.0
    max_answer_bytes: int = 600_000_000

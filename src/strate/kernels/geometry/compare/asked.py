"""What may be asked of a comparison: scan or revision, tolerance, zones, and how the scan is to be taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from strate.kernels.geometry.compare.tolerances import Tolerance, Zone

PROGRESS = "progress"
Heard = Callable[[str, float], None]


@dataclass(frozen=True)
class Comparison:
    """How two files are to be compared."""

    scan: bool = False
    """The second file is a scan; a cloud of points always is one."""
    tolerance: Tolerance | None = None
    zones: tuple[Zone, ...] = ()
    as_placed: bool = False
    """The scan already lies in the frame of the nominal, in mm: do not move it."""
    reach_mm: float | None = None
    """Points farther from the part than this are no part of it (table, clamps); None: a tenth of its size."""
    alike_um: float | None = None
    """Two revisions nearer than this are the same; None: 5 µm."""
    with_map: bool = False
    """Also the deviations for a picture: base 64 of little-endian float32 x, y, z, deviation."""
    nominal_name: str | None = None
    other_name: str | None = None

    def to_dict(self) -> dict[str, Any]:
        band = self.tolerance
        return {
            "scan": self.scan,
            "tolerance": None if band is None else [band.lower_mm, band.upper_mm],
            "zones": [zone.to_dict() for zone in self.zones],
            "as_placed": self.as_placed,
            "reach_mm": self.reach_mm,
            "alike_um": self.alike_um,
            "with_map": self.with_map,
        }

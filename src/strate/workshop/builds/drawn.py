"""The plate as it is drawn on the tablet: the shadow of each copy, in millimetres, the front at the bottom."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from strate.workshop.builds import layout
from strate.workshop.builds.models import Build, PlateCopy


@dataclass(frozen=True)
class DrawnCopy:
    """One copy: the line of its shadow, where its number stands, whether it is the one chosen."""

    copy: PlateCopy
    number: int
    path: str
    x_mm: float
    y_mm: float
    chosen: bool


@dataclass(frozen=True)
class Plan:
    """A plate seen from above."""

    width_mm: int
    depth_mm: int
    margin_mm: Decimal
    gap_mm: Decimal
    checked_every_mm: float | None
    copies: list[DrawnCopy]

    @property
    def inner(self) -> dict[str, Any]:
        """The part of the plate where copies may stand."""
        margin = self.margin_mm
        return {"at": margin, "width": self.width_mm - 2 * margin, "depth": self.depth_mm - 2 * margin}


def plan(build: Build, chosen: str = "") -> Plan | None:
    """The plate of a build; None when its machine multiplies a single file by itself."""
    kept = build.plate
    if not kept:
        return None
    depth = int(kept["depth_mm"])
    copies = []
    for number, copy in enumerate(build.copies.all(), start=1):
        outlines = layout.shape(build, copy.file_digest).drawn(layout.as_copy(copy))
        path = " ".join(_line(flat, depth) for flat in outlines)
        x, y = copy.x_um / 1000, depth - copy.y_um / 1000
        copies.append(DrawnCopy(copy, number, path, x, y, copy.label == chosen))
    gap, margin, checked = Decimal(kept["gap_mm"]), Decimal(kept["margin_mm"]), kept["checked_every_mm"]
    return Plan(int(kept["width_mm"]), depth, margin, gap, checked, copies)


def _line(flat: tuple[float, ...], depth: int) -> str:
    points = zip(flat[::2], flat[1::2], strict=True)
    return "M" + "L".join(f"{x:.2f} {depth - y:.2f}" for x, y in points) + "Z"

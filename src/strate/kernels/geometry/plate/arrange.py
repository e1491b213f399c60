"""A first layout: copies in rows from the front left corner, to be moved by hand afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from strate.kernels.geometry.plate.record import Bed, Copy, PlateRefused
from strate.kernels.geometry.refusal import Point


def in_rows(
    wanted: Sequence[tuple[str, str]], sizes: Mapping[str, Point], bed: Bed, gap_mm: float
) -> tuple[Copy, ...]:
    """Copies (label, part) in rows, the deepest parts first; PlateRefused when they do not all stand on the plate."""
    order = sorted(wanted, key=lambda each: (-sizes[each[1]][1], -sizes[each[1]][0]))
    x = y = bed.margin_mm
    row_depth = 0.0
    made: dict[str, Copy] = {}
    for label, part in order:
        width, depth, _ = sizes[part]
        if x > bed.margin_mm and x + width > bed.width_mm - bed.margin_mm + 1e-6:
            x, y, row_depth = bed.margin_mm, y + row_depth + gap_mm, 0.0
        if x + width > bed.width_mm - bed.margin_mm + 1e-6 or y + depth > bed.depth_mm - bed.margin_mm + 1e-6:
            raise PlateRefused("plate_full", placed=len(made), wanted=len(wanted))
        made[label] = Copy(label, part, round(x + width / 2, 3), round(y + depth / 2, 3))
        x, row_depth = x + width + gap_mm, max(row_depth, depth)
    return tuple(made[label] for label, _ in wanted)

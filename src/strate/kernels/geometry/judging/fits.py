"""Does a thing enter a machine? Margins are kept free on both sides in x and y, and above in z."""

from __future__ import annotations

from strate.kernels.geometry.refusal import Finding, Point


def room_of(machine: Point, margins: Point) -> Point:
    """What is left of the inside of a machine, in mm."""
    return machine[0] - 2 * margins[0], machine[1] - 2 * margins[1], machine[2] - margins[2]


def larger_than(room: Point, size: Point) -> Finding | None:
    """By how much a thing is too large, side by side; nothing when it enters (to a ten-thousandth of a mm)."""
    over = [max(0.0, round(s - r, 4)) for s, r in zip(size, room, strict=True)]
    if not any(over):
        return None
    values = {"over_x_mm": over[0], "over_y_mm": over[1], "over_z_mm": over[2]}
    return Finding("does_not_fit", "refuse", values)

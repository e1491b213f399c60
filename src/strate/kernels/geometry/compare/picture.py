"""Deviations as a picture: blue where matter is missing, red where there is too much, pale where all is well."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
# Seen from above, from the front, from the right: which axes go right and up, which one comes nearer and its sign.
SIDES: dict[str, tuple[int, int, int, float]] = {
    "top": (0, 1, 2, 1.0),
    "front": (0, 2, 1, -1.0),
    "right": (1, 2, 0, 1.0),
}
PAPER = (255, 255, 255)
_BELOW, _MIDDLE, _ABOVE = (np.array(c, dtype=float) for c in ((33, 74, 181), (221, 221, 217), (190, 30, 36)))


@dataclass(frozen=True, eq=False)
class Picture:
    """The pixels, and the deviation the full colours stand for."""

    pixels: Pixels
    full_mm: float


def map_of(raw: bytes) -> NDArray[np.float64]:
    """The rows of a map: x, y, z, deviation, in mm."""
    return np.frombuffer(raw, "<f4").reshape(-1, 4).astype(np.float64)


def picture(
    rows: NDArray[np.float64], side: str, *, full_mm: float | None = None, long_px: int = 480
) -> Picture:
    """What is seen of the deviations from one side; what was not measured stays white."""
    right, up, near, sign = SIDES[side]
    full = full_mm or (float(np.percentile(np.abs(rows[:, 3]), 99)) if len(rows) else 0.0) or 1e-3
    if not len(rows):
        return Picture(np.full((1, 1, 3), 255, dtype=np.uint8), full)
    flat = rows[:, [right, up]]
    low, span = flat.min(axis=0), np.ptp(flat, axis=0)
    dot = int(np.clip(np.ceil(long_px / max(np.sqrt(len(rows)), 1)), 1, 12))
    scale = (long_px - 2 * dot - 1) / max(float(span.max()), 1e-9)
    across, down = (int(np.ceil(side_px)) + 2 * dot + 1 for side_px in span * scale)
    order = np.argsort(sign * rows[:, near], kind="stable")  # the nearest is painted last
    place = np.round((flat[order] - low) * scale).astype(np.int64) + dot
    colour = colours(rows[order, 3], full)
    pixels = np.full((down, across, 3), PAPER, dtype=np.uint8)
    reach = range(-(dot // 2), dot - dot // 2)
    for dy in reach:
        for dx in reach:
            pixels[down - 1 - (place[:, 1] + dy), place[:, 0] + dx] = colour
    return Picture(pixels, full)


def colours(deviations: NDArray[np.float64], full_mm: float) -> Pixels:
    share = np.clip(deviations / full_mm, -1, 1)[:, None]
    end = np.where(share < 0, _BELOW, _ABOVE)
    return np.asarray(_MIDDLE + (end - _MIDDLE) * np.abs(share)).round().astype(np.uint8)

"""Layers as pixels: which points of the plate a layer melts, overlapping shells melted once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.cutting.polygons import Outline, checked_lines
from strate.kernels.geometry.cutting.slicing import Cuts
from strate.kernels.geometry.native import FLOAT64, INT64, array, function
from strate.kernels.geometry.refusal import FileRefused

Mask = NDArray[np.uint8]

_F8, _I8, _U4, _BYTE = array(np.float64), array(np.int64), array(np.uint32), array(np.uint8)
_LINES = (_F8, _I8, _BYTE, INT64, _F8, FLOAT64)
_COUNT = function("strate_count_crossings", INT64, *_LINES, INT64, _I8)
_FILL = function("strate_fill", INT64, *_LINES, INT64, INT64, _I8, _U4, _U4, _BYTE)

MAX_SIDE = 1 << 20
MAX_PIXELS = 1 << 30
MAX_CROSSINGS = 1 << 28


class Raster:
    """A grid of `shape` (rows, columns) square pixels whose lowest, leftmost corner is at `origin_mm` (x, y).

    Row 0 is the lowest in y. A pixel is 1 when the outlines wind around its middle (non-zero), 0 elsewhere.
    One raster may draw any number of layers; it is not shared between threads.
    """

    def __init__(self, origin_mm: tuple[float, float], pixel_mm: float, shape: tuple[int, int]) -> None:
        rows, columns = shape
        if not (pixel_mm > 0 and 0 < rows <= MAX_SIDE and 0 < columns <= MAX_SIDE):
            raise ValueError(f"no grid has {rows} × {columns} pixels of {pixel_mm} mm")
        if rows * columns > MAX_PIXELS:
            raise FileRefused("raster_too_large", pixels=rows * columns, limit=MAX_PIXELS)
        self.shape, self.pixel_mm = (rows, columns), pixel_mm
        self._origin = np.array(origin_mm, np.float64)
        self._crossings, self._spare = np.empty(0, np.uint32), np.empty(0, np.uint32)

    def draw(self, points: Outline, offsets: NDArray[np.int64], closed: NDArray[np.bool_], out: Mask) -> int:
        """Draw lines (as in `Cuts`) over a mask and say how many pixels are 1; open lines enclose nothing."""
        if out.shape != self.shape or out.dtype != np.uint8 or not out.flags.c_contiguous:
            raise ValueError("the mask is not of this raster")
        lines = (*checked_lines(points, offsets, closed), self._origin, 1 / self.pixel_mm, self.shape[0])
        ends = np.zeros(self.shape[0] + 1, np.int64)
        count = int(_COUNT(*lines, ends))
        if count > MAX_CROSSINGS:
            raise FileRefused("outlines_too_rich", crossings=count, limit=MAX_CROSSINGS)
        if count > len(self._crossings):
            self._crossings, self._spare = np.empty(2 * count, np.uint32), np.empty(2 * count, np.uint32)
        return int(_FILL(*lines, self.shape[1], ends, self._crossings, self._spare, out))

    def area_mm2(self, pixels: int) -> float:
        """What so many pixels cover."""
        return pixels * self.pixel_mm**2


def rasterize(
    lines: Sequence[Outline] | Cuts, origin_mm: tuple[float, float], pixel_mm: float, shape: tuple[int, int]
) -> Mask:
    """Masks of 0 and 1: (rows, columns) for the closed outlines of one layer, (layers, rows, columns) for cuts."""
    raster = Raster(origin_mm, pixel_mm, shape)
    if not isinstance(lines, Cuts):
        sizes = [len(line) for line in lines]
        points = np.concatenate([np.asarray(line, np.float64) for line in lines] or [np.empty((0, 2))])
        mask = np.empty(shape, np.uint8)
        raster.draw(points, np.cumsum([0, *sizes]), np.ones(len(sizes), np.bool_), mask)
        return mask
    if lines.layers * mask_size(shape) > MAX_PIXELS:
        raise FileRefused("raster_too_large", pixels=lines.layers * mask_size(shape), limit=MAX_PIXELS)
    masks = np.empty((lines.layers, *shape), np.uint8)
    for at, mask in enumerate(masks):
        raster.draw(*lines.flat(lines.first + at), mask)
    return masks


def mask_size(shape: tuple[int, int]) -> int:
    """Pixels of a mask."""
    return shape[0] * shape[1]


def mask_areas_mm2(masks: Mask, pixel_mm: float) -> NDArray[np.float64]:
    """The area of each mask (…, rows, columns)."""
    return np.asarray(np.count_nonzero(masks, axis=(-2, -1)) * pixel_mm**2, np.float64)

"""The area melted by each layer, reckoned without drawing its outlines."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.cutting.layers import layer_count
from strate.kernels.geometry.native import FLOAT64, INT32, INT64, POINTER, array, function
from strate.kernels.geometry.skin.mesh import Mesh
from strate.kernels.geometry.skin.soup import Soup

Floats = NDArray[np.float64]

_F8 = array(np.float64)
_TO_LAYERS = (_F8, INT64, FLOAT64, FLOAT64, _F8, INT64, _F8, _F8)
_MESH_AREAS = function("strate_mesh_areas", None, _F8, array(np.int32), INT64, *_TO_LAYERS)
_SOUP_AREAS = function("strate_soup_areas", None, POINTER, INT64, INT32, INT64, *_TO_LAYERS)
_BLOCK = 256
_BLOCKS = 64


@dataclass(frozen=True, eq=False)
class LayerAreas:
    """The area of each layer at its middle height, in mm²; the volume they add up to is a second opinion."""

    layer_um: int
    bottom_mm: float
    top_mm: float
    areas_mm2: Floats

    @property
    def layers(self) -> int:
        return len(self.areas_mm2)

    @property
    def volume_mm3(self) -> float:
        if not self.layers:
            return 0.0
        full = self.layer_um / 1000
        last = self.top_mm - self.bottom_mm - full * (self.layers - 1)
        return float(self.areas_mm2[:-1].sum() * full + self.areas_mm2[-1] * last)


@dataclass(frozen=True, eq=False)
class Planes:
    """The middle height of every layer of a part; the last layer may be thinner than the others.

    A corner exactly on a plane counts as below it, everywhere: no cut ever meets a corner or a flat face.
    """

    layer_um: int
    bottom_mm: float
    top_mm: float
    heights_mm: Floats

    @classmethod
    def between(cls, bottom_mm: float, top_mm: float, layer_um: int) -> Planes:
        count, step = layer_count(top_mm - bottom_mm, layer_um), layer_um / 1000
        heights: Floats = bottom_mm + (np.arange(count, dtype=np.float64) + 0.5) * step
        if count:
            heights[-1] = (bottom_mm + (count - 1) * step + top_mm) / 2
        return cls(layer_um, bottom_mm, top_mm, heights)

    @property
    def count(self) -> int:
        return len(self.heights_mm)

    @property
    def scale(self) -> tuple[float, float]:
        """From a height to a layer: where they begin (mm), how many make a millimetre."""
        return self.bottom_mm, 1000 / self.layer_um


def mesh_areas(mesh: Mesh, planes: Planes) -> LayerAreas:
    """The area of every layer of a mesh."""
    total, to_layers = _to_layers(planes, (mesh.low + mesh.high)[:2] / 2)
    _MESH_AREAS(mesh.vertices, mesh.faces, len(mesh.faces), *to_layers)
    return LayerAreas(planes.layer_um, planes.bottom_mm, planes.top_mm, total)


def soup_areas(soup: Soup, layer_um: int) -> LayerAreas:
    """The area of every layer straight from the triangles of a file, no corner joined; they must be numbers."""
    low, high, wrong = soup.look()
    if wrong is not None:
        raise ValueError(f"triangle {wrong + 1} holds something that is no number")
    planes = Planes.between(float(low[2]), float(high[2]), layer_um)
    total, to_layers = _to_layers(planes, (low + high)[:2] / 2)
    _SOUP_AREAS(soup.address, soup.stride, soup.kind, soup.count, *to_layers)
    return LayerAreas(layer_um, planes.bottom_mm, planes.top_mm, total)


def _to_layers(planes: Planes, middle: Floats) -> tuple[Floats, tuple[object, ...]]:
    count = planes.count
    block = max(_BLOCK, -(-count // _BLOCKS))
    total, terms = np.zeros(count), np.zeros(3 * (count + 1))
    heights = np.ascontiguousarray(planes.heights_mm)
    return total, (heights, count, *planes.scale, np.ascontiguousarray(middle), block, total, terms)

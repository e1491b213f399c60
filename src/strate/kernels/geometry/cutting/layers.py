"""How many layers a height makes, counted in whole micrometres: 60 mm at 30 µm is 2,000, never 2,001."""

from __future__ import annotations

from strate.kernels.geometry.refusal import FileRefused

MAX_LAYERS = 200_000


def height_um(height_mm: float) -> int:
    """A height to the nearest micrometre: the coordinates of an STL hold no more."""
    return round(height_mm * 1000)


def layer_count(height_mm: float, layer_um: int) -> int:
    """Layers needed for a height, the last one begun counting as one."""
    if layer_um <= 0:
        raise ValueError(f"a layer is thicker than {layer_um} µm")
    layers = -(-height_um(height_mm) // layer_um)
    if layers > MAX_LAYERS:
        raise FileRefused("too_many_layers", layers=layers, limit=MAX_LAYERS)
    return layers


def last_layer_um(height_mm: float, layer_um: int) -> int:
    """What is left for the last layer, from 1 µm to a full layer: layers are counted up, never to the nearest."""
    return (height_um(height_mm) - 1) % layer_um + 1

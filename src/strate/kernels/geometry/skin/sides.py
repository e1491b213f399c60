"""How much skin is seen from the side: the length of all outlines, for every layer thickness at once."""

from __future__ import annotations

import numpy as np

from strate.kernels.geometry.skin.mesh import Mesh

_BLOCK = 500_000


def sides_mm2(mesh: Mesh) -> float:
    """The length of the outline at a height, summed over the height: exact, without cutting a single layer."""
    total = 0.0
    for begin in range(0, len(mesh.faces), _BLOCK):
        a, b, c = (mesh.vertices[mesh.faces[begin : begin + _BLOCK, corner]] for corner in range(3))
        b -= a
        c -= a
        x = b[:, 1] * c[:, 2] - b[:, 2] * c[:, 1]
        y = b[:, 2] * c[:, 0] - b[:, 0] * c[:, 2]
        total += float(np.sqrt(x * x + y * y).sum()) / 2
    return total

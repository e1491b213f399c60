"""The slow look at a part: thin walls, overhangs, trapped powder, islands, sudden layers; each within stated limits."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from strate.kernels.geometry.cutting.areas import LayerAreas
from strate.kernels.geometry.cutting.layers import layer_count
from strate.kernels.geometry.cutting.slicing import Slicer
from strate.kernels.geometry.deep.islands import islands
from strate.kernels.geometry.deep.jumps import area_jumps
from strate.kernels.geometry.deep.overhangs import overhangs
from strate.kernels.geometry.deep.record import Deep
from strate.kernels.geometry.deep.thresholds import Thresholds
from strate.kernels.geometry.deep.voids import voids
from strate.kernels.geometry.deep.walls import thin_walls
from strate.kernels.geometry.deep.zones import Faces
from strate.kernels.geometry.skin.mesh import Mesh
from strate.kernels.geometry.skin.topology import closed_skin

MOST_AREAS = 20_000
HAIR_MM = 0.001
ON_WHOLE_SKINS = ("walls", "voids", "islands", "jumps")


def look_deep(mesh: Mesh, *, layer_um: int, limits: Thresholds = Thresholds()) -> Deep:
    """All slow checks on a mesh; on a torn or turned skin those that need an inside and an outside are left out."""
    skin, _, edges = closed_skin(mesh, HAIR_MM)
    faces = Faces.of(skin, edges)
    hanging, found = overhangs(faces, layer_um, limits)
    if not (edges.closed and edges.oriented):
        return Deep(limits, layer_um, None, hanging, None, None, None, (), ON_WHOLE_SKINS, tuple(found))
    walls, thin = thin_walls(faces, limits)
    hollow, powder = voids(skin, limits)
    count, alone = islands(faces, layer_um, limits)
    areas = _areas(skin, layer_um, shared=hollow.overlap_mm3 > 0)
    if areas is None:
        found = [*thin, *powder, *alone, *found]
        return Deep(limits, layer_um, walls, hanging, hollow, count, None, (), ("jumps",), tuple(found))
    middle = (skin.low + skin.high) / 2
    jumps, sudden = area_jumps(areas, (float(middle[0]), float(middle[1])), limits)
    listed = tuple(areas.areas_mm2.round(4).tolist()) if areas.layers <= MOST_AREAS else ()
    found = [*thin, *powder, *alone, *sudden, *found]
    melted = areas.volume_mm3 if hollow.overlap_mm3 > 0 else None
    return Deep(limits, layer_um, walls, hanging, hollow, count, jumps, listed, (), tuple(found), melted)


def _areas(mesh: Mesh, layer_um: int, *, shared: bool) -> LayerAreas | None:
    """The area of every layer; where shells share matter it counts once, layer by layer."""
    if layer_count(float(mesh.high[2] - mesh.low[2]), layer_um) == 0:
        return None
    slicer = Slicer(mesh, layer_um)
    areas = slicer.areas()
    if not shared:
        return areas
    once = np.concatenate([block.union_areas_mm2() for block in slicer.blocks()])
    return replace(areas, areas_mm2=once)

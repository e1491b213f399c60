"""Walls thinner than the machine can build, measured straight through from one face to the opposite one."""

from __future__ import annotations

import numpy as np

from strate.kernels.geometry.deep.rays import Floats, Tree
from strate.kernels.geometry.deep.record import Walls
from strate.kernels.geometry.deep.thresholds import Thresholds
from strate.kernels.geometry.deep.zones import Faces, zones_of
from strate.kernels.geometry.refusal import Finding
from strate.kernels.geometry.skin.topology import Ints

_FINEST = 64


def thin_walls(faces: Faces, limits: Thresholds) -> tuple[Walls, list[Finding]]:
    """Faces behind which the matter is thinner than the limit; the opposite face must look back."""
    owner, starts = _samples(faces, limits)
    tree = Tree.over(faces.mesh, faces.middles)
    inward = -faces.normals[owner]
    distance, opposite = tree.thickness(starts, inward, owner, limits.wall_mm)
    facing = np.einsum("ij,ij->i", faces.normals[np.maximum(opposite, 0)], inward)
    thin = (opposite >= 0) & (facing >= np.cos(np.radians(limits.wall_facing_deg))) & (distance > 1e-6)
    least = np.full(len(faces.areas), np.inf)
    np.minimum.at(least, owner[thin], distance[thin])
    chosen = np.flatnonzero(np.isfinite(least))
    through = np.stack([owner[thin], opposite[thin]], axis=1).astype(np.int32)
    zones, count, area = zones_of(faces, chosen, least[chosen], limits.zone_min_mm2, through)
    zones.sort(key=lambda zone: zone.worst)
    found = [
        Finding(
            "thin_wall",
            "warn",
            {"wall_mm": round(z.worst, 4), "limit_mm": limits.wall_mm, "area_mm2": round(z.area_mm2 / 2, 3)},
            z.point_mm,
            z.triangle,
            (z.box.low, z.box.high),
            z.triangles,
        )
        for z in zones[: limits.kept]
    ]
    thinnest = float(least[chosen].min()) if len(chosen) else None
    return Walls(thinnest, area / 2, count, len(owner)), found


def _samples(faces: Faces, limits: Thresholds) -> tuple[Ints, Floats]:
    """Where to look from: the middle of every triangle, and more points spread over the large ones."""
    real = np.flatnonzero(faces.areas > 0)
    spare = max(limits.rays - len(real), 0)
    share = faces.areas[real] / max(float(faces.areas[real].sum()), 1e-30)
    more = np.minimum((share * min(spare, 200_000)).astype(np.int64), _FINEST)
    owner = np.repeat(real, more)
    within = np.arange(len(owner)) - np.repeat(np.cumsum(more) - more, more)
    u, v = (0.5 + within * 0.7548776662466927) % 1.0, (0.5 + within * 0.5698402909980532) % 1.0
    over = u + v > 1
    u, v = np.where(over, 1 - u, u), np.where(over, 1 - v, v)
    a, b, c = (faces.mesh.vertices[faces.mesh.faces[owner, corner]] for corner in range(3))
    spread = a + (b - a) * u[:, None] + (c - a) * v[:, None]
    return np.concatenate([real, owner]), np.concatenate([faces.middles[real], spread])

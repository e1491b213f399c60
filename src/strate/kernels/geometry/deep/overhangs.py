"""Faces that look down with nothing under them: how flat, how large, where; and where matter starts on powder."""

from __future__ import annotations

import numpy as np

from strate.kernels.geometry.deep.record import Overhangs
from strate.kernels.geometry.deep.thresholds import Thresholds
from strate.kernels.geometry.deep.zones import Faces, zones_of
from strate.kernels.geometry.refusal import Finding


def overhangs(faces: Faces, layer_um: int, limits: Thresholds) -> tuple[Overhangs, list[Finding]]:
    """Faces flatter than the angle from the plate, seen from below; what stands on the plate is held by it."""
    bottom = float(faces.mesh.low[2]) + layer_um / 2000
    angle = np.degrees(np.arccos(np.clip(-faces.normals[:, 2], -1.0, 1.0)))
    tops = faces.mesh.vertices[:, 2][faces.mesh.faces].max(axis=1)
    hanging = (angle < limits.overhang_deg - 1e-6) & (faces.areas > 0) & (tops > bottom)
    chosen = np.flatnonzero(hanging)
    zones, count, area = zones_of(faces, chosen, angle[chosen], limits.zone_min_mm2)
    found = [
        Finding(
            "overhang",
            "info",
            {
                "area_mm2": round(z.area_mm2, 3),
                "angle_deg": round(z.worst, 1),
                "limit_deg": limits.overhang_deg,
            },
            z.point_mm,
            z.triangle,
            (z.box.low, z.box.high),
            z.triangles,
        )
        for z in zones[: limits.kept]
    ]
    flattest = float(angle[chosen].min()) if len(chosen) else None
    return Overhangs(area, count, flattest), found

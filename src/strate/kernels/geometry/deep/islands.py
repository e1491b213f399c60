"""Islands: outlines that begin on nothing, at the layer where the machine would melt loose powder."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.deep.thresholds import Thresholds
from strate.kernels.geometry.deep.zones import Faces, Floats
from strate.kernels.geometry.refusal import Finding
from strate.kernels.geometry.skin.boxes import Box
from strate.kernels.geometry.skin.topology import Ints, Labels, groups_of


def islands(faces: Faces, layer_um: int, limits: Thresholds) -> tuple[int, list[Finding]]:
    """Each place where a layer holds an outline that grows out of nothing in the layer below.

    Corners that lie between the same two cuts and hang together are one piece of skin; when none of its edges goes
    on below, a new outline begins there: of matter if its lowest corner looks down, of a hollow if it looks up.
    """
    vertices, corners = faces.mesh.vertices, faces.mesh.faces
    bottom, step = float(faces.mesh.low[2]), layer_um / 1000
    layer = np.ceil((vertices[:, 2] - bottom) / step - 0.5).clip(0).astype(np.int64)
    last = max(-(-round(float(faces.mesh.high[2] - bottom) * 1000) // layer_um), 1)
    ends = _edges(corners)
    same = layer[ends[:, 0]] == layer[ends[:, 1]]
    piece = groups_of(len(vertices), ends[same])
    below = np.zeros(int(piece.max()) + 1, dtype=bool)
    rising = ends[~same]
    upper = np.where(layer[rising[:, 0]] > layer[rising[:, 1]], rising[:, 0], rising[:, 1])
    below[piece[upper]] = True
    used = np.zeros(len(vertices), dtype=bool)
    used[corners.reshape(-1)] = True
    free = np.flatnonzero(used & ~below[piece] & (layer >= 1) & (layer < last))
    starts = _lowest(vertices[:, 2], piece, free)
    starts = starts[_looks_down(faces, starts)]
    starts = starts[np.argsort(layer[starts], kind="stable")]
    found = [_finding(faces, int(v), piece, int(layer[v]) + 1) for v in starts[: limits.kept]]
    return len(starts), found


def _edges(corners: Labels) -> Labels:
    """Each edge of a closed skin once: it is written both ways, and the way up is kept."""
    both = np.concatenate([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [2, 0]]])
    kept: Labels = both[both[:, 0] < both[:, 1]]
    return kept


def _lowest(heights: Floats, piece: Labels, free: Ints) -> Ints:
    """The lowest corner of each piece."""
    order = free[np.lexsort((heights[free], piece[free]))]
    fresh = np.ones(len(order), dtype=bool)
    np.not_equal(piece[order][1:], piece[order][:-1], out=fresh[1:])
    return order[fresh]


def _looks_down(faces: Faces, starts: Ints) -> NDArray[np.bool_]:
    """Does the skin around each corner look down? Each face weighs by its angle at the corner."""
    rank = np.full(len(faces.mesh.vertices), -1, dtype=np.int64)
    rank[starts] = np.arange(len(starts))
    total = np.zeros(len(starts))
    for corner in range(3):
        here = np.flatnonzero(rank[faces.mesh.faces[:, corner]] >= 0)
        own = faces.mesh.faces[here]
        a, b, c = (faces.mesh.vertices[own[:, (corner + turn) % 3]] for turn in range(3))
        u, v = b - a, c - a
        length = np.linalg.norm(u, axis=1) * np.linalg.norm(v, axis=1)
        turn = np.arccos(np.clip(np.einsum("ij,ij->i", u, v) / np.where(length > 0, length, 1), -1, 1))
        total += np.bincount(rank[own[:, corner]], turn * faces.normals[here, 2], len(starts))
    return np.asarray(total < 0)


def _finding(faces: Faces, corner: int, piece: Labels, layer: int) -> Finding:
    points = faces.mesh.vertices[piece == piece[corner]]
    around = np.flatnonzero((faces.mesh.faces == corner).any(axis=1))
    x, y, z = faces.mesh.vertices[corner].tolist()
    (ax, ay, az), (bx, by, bz) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    box = Box((ax, ay, az), (bx, by, bz))
    height = z - float(faces.mesh.low[2])
    values = {"layer": layer, "height_mm": round(height, 4)}
    triangles = tuple((around[:60] + 1).tolist())
    return Finding("island", "warn", values, (x, y, z), triangles[0], (box.low, box.high), triangles)

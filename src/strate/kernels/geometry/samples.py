"""Honest sample parts, drawn by formula and always the same: bracket with holes, cube, torus, cylinder."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.cutting.polygons import triangulate

Soup = NDArray[np.float64]
Outline = NDArray[np.float64]

_RECORD = np.dtype([("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("attribute", "<u2")])


def stl_bytes(soup: Soup, *, header: str = "Strate sample part") -> bytes:
    """A soup of triangles (m, 3, 3) as a binary STL."""
    records = np.zeros(len(soup), _RECORD)
    records["corners"] = soup
    records["normal"] = _normals(soup)
    opening = header.encode("utf-8")[:80].ljust(80, b"\0")
    return opening + len(soup).to_bytes(4, "little") + records.tobytes()


def stl_text(soup: Soup, *, name: str = "part") -> bytes:
    """The same triangles as a text STL."""
    lines = [f"solid {name}"]
    for (a, b, c), n in zip(soup.tolist(), _normals(soup).tolist(), strict=True):
        lines.append("  facet normal {:e} {:e} {:e}\n    outer loop".format(*n))
        lines += ["      vertex {!r} {!r} {!r}".format(*corner) for corner in (a, b, c)]
        lines.append("    endloop\n  endfacet")
    return "\n".join([*lines, f"endsolid {name}", ""]).encode()


def _normals(soup: Soup) -> Soup:
    normals = np.cross(soup[:, 1] - soup[:, 0], soup[:, 2] - soup[:, 0])
    length = np.linalg.norm(normals, axis=1, keepdims=True)
    return np.asarray(normals / np.where(length > 0, length, 1))


def box_soup(x_mm: float, y_mm: float, z_mm: float) -> Soup:
    """A box standing on the origin."""
    outline = np.array([[0.0, 0.0], [x_mm, 0.0], [x_mm, y_mm], [0.0, y_mm]])
    return extruded([outline], z_mm)


def cylinder_soup(diameter_mm: float, height_mm: float, sides: int = 96) -> Soup:
    return extruded([circle(diameter_mm / 2, sides)], height_mm)


def torus_soup(ring_mm: float, tube_mm: float, around: int = 96, across: int = 48) -> Soup:
    """A torus lying on the plate; radii of the ring and of the tube."""
    u = np.arange(around) * (2 * np.pi / around)
    v = np.arange(across) * (2 * np.pi / across)
    big = ring_mm + tube_mm * np.cos(v)[None, :]
    height = np.broadcast_to(tube_mm * (1 + np.sin(v))[None, :], (around, across))
    grid = np.stack([big * np.cos(u)[:, None], big * np.sin(u)[:, None], height], axis=-1)
    return _quads(grid, np.roll(grid, -1, 0), np.roll(np.roll(grid, -1, 0), -1, 1), np.roll(grid, -1, 1))


def circle(radius_mm: float, sides: int, centre: tuple[float, float] = (0.0, 0.0)) -> Outline:
    turn = np.arange(sides) * (2 * np.pi / sides)
    return np.stack([centre[0] + radius_mm * np.cos(turn), centre[1] + radius_mm * np.sin(turn)], axis=1)


def extruded(outlines: list[Outline], depth_mm: float, slices: int = 1) -> Soup:
    """A flat profile (outer outline, then holes; all counter-clockwise) drawn along z."""
    points, faces = triangulate(outlines)
    bottom = np.concatenate([points, np.zeros((len(points), 1))], axis=1)
    top = bottom + np.array([0.0, 0.0, depth_mm])
    walls = []
    levels = np.linspace(0.0, depth_mm, slices + 1)
    for number, outline in enumerate(outlines):
        ring = outline if number == 0 else outline[::-1]
        ring = np.concatenate([ring, np.zeros((len(ring), 1))], axis=1)
        for low, high in pairwise(levels):
            a, c = ring + np.array([0, 0, low]), ring + np.array([0, 0, high])
            walls.append(_quads(a, np.roll(a, -1, 0), np.roll(c, -1, 0), c))
    return np.concatenate([bottom[faces[:, ::-1]], top[faces], *walls])


def _quads(a: Soup, b: Soup, c: Soup, d: Soup) -> Soup:
    """Two triangles for each four corners, seen counter-clockwise from outside."""
    first = np.stack([a, b, c], axis=-2).reshape(-1, 3, 3)
    return np.concatenate([first, np.stack([a, c, d], axis=-2).reshape(-1, 3, 3)])


def bracket_profile(
    *, length_mm: float = 60.0, height_mm: float = 60.0, thickness_mm: float = 10.0, hole_mm: float = 6.0
) -> list[Outline]:
    """An L seen from its side: inner corner rounded, a hole in the upright arm and one in the foot."""
    fillet, t = min(length_mm, height_mm) / 4, thickness_mm
    turn = np.linspace(np.pi, 1.5 * np.pi, 25)[::-1]
    inner = np.stack([t + fillet * (1 + np.cos(turn)), t + fillet * (1 + np.sin(turn))], axis=1)
    corners = [[0.0, 0.0], [length_mm, 0.0], [length_mm, t]]
    outer = np.concatenate([np.array(corners), inner, np.array([[t, height_mm], [0.0, height_mm]])])
    upright = circle(hole_mm / 2, 64, (t / 2, height_mm * 0.8))
    foot = circle(hole_mm / 2, 64, (length_mm * 0.8, t / 2))
    return [outer, upright, foot]


def bracket(
    *,
    length_mm: float = 60.0,
    height_mm: float = 60.0,
    depth_mm: float = 30.0,
    thickness_mm: float = 10.0,
    hole_mm: float = 6.0,
    slices: int = 10,
) -> bytes:
    """The demo part: an L-shaped bracket standing on its foot, closed, about 3,600 triangles."""
    profile = bracket_profile(
        length_mm=length_mm, height_mm=height_mm, thickness_mm=thickness_mm, hole_mm=hole_mm
    )
    x, z, y = np.moveaxis(extruded(profile, depth_mm, slices), -1, 0)
    standing = np.stack([x, depth_mm - y, z], axis=-1)
    return stl_bytes(standing, header="Strate demo bracket")


def cube(size_mm: float = 20.0) -> bytes:
    return stl_bytes(box_soup(size_mm, size_mm, size_mm), header="Strate demo cube")


def cylinder(diameter_mm: float = 20.0, height_mm: float = 30.0, sides: int = 96) -> bytes:
    return stl_bytes(cylinder_soup(diameter_mm, height_mm, sides), header="Strate demo cylinder")


def torus(ring_mm: float = 20.0, tube_mm: float = 6.0, around: int = 96, across: int = 48) -> bytes:
    return stl_bytes(torus_soup(ring_mm, tube_mm, around, across), header="Strate demo torus")

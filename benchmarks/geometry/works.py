"""What is measured: each work is prepared once, then done again and again, by this kernel and by its peers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from strate.kernels.geometry.skin.mesh import Mesh

Facts = dict[str, float]
Run = Callable[[], Facts]
SAMPLED = 4
"""Peers cut every fourth layer: their speed per layer is what counts."""
MASK, MASKS = 2048, 200


def loaded(path: Path) -> Mesh:
    with np.load(path) as kept:
        return Mesh(kept["vertices"], kept["faces"])


def slice_here(path: Path, layer_um: int) -> Run:
    """All layers to closed, oriented outlines; the mesh is laid out, nothing is known of the layers."""
    from strate.kernels.geometry.cutting.slicing import Slicer

    mesh = loaded(path)
    upright = Slicer(mesh, layer_um).upright

    def run() -> Facts:
        slicer, points, loops, area = Slicer(mesh, layer_um, upright=upright), 0, 0, 0.0
        for cuts in slicer.blocks():
            points, loops = points + len(cuts.points), loops + int(cuts.closed.sum())
        return {"layers": slicer.layers, "points": points, "loops": loops, "area": area}

    return run


def slice_from_file(path: Path, layer_um: int) -> Run:
    """The same from a binary STL: read, joined, neighbours found, laid out, cut."""
    from strate.kernels.geometry.cutting.slicing import Slicer
    from strate.kernels.geometry.readers.stl import read_stl

    def run() -> Facts:
        slicer = Slicer(read_stl(path.read_bytes()).mesh, layer_um)
        return {"layers": slicer.layers, "points": sum(len(cuts.points) for cuts in slicer.blocks())}

    return run


def slice_manifold3d(path: Path, layer_um: int) -> Run:
    import manifold3d

    mesh, heights = loaded(path), sampled_heights(path, layer_um)
    solid = manifold3d.Manifold(manifold3d.Mesh64(mesh.vertices, mesh.faces.astype(np.uint64)))
    solid.num_tri()

    def run() -> Facts:
        loops = sum(len(solid.slice(z).to_polygons()) for z in heights)
        return {"layers": len(heights), "loops": loops * SAMPLED}

    return run


def slice_trimesh(path: Path, layer_um: int) -> Run:
    """Loose stretches only: chaining them would need more packages."""
    import trimesh

    mesh = loaded(path)
    other = trimesh.Trimesh(mesh.vertices, mesh.faces, process=False)
    heights = sampled_heights(path, layer_um)[::10]
    origin, up = np.array([0.0, 0.0, heights[0]]), np.array([0.0, 0.0, 1.0])

    def run() -> Facts:
        found = trimesh.intersections.mesh_multiplane(other, origin, up, np.array(heights) - heights[0])
        return {"layers": len(heights), "points": sum(len(some) for some in found[0])}

    return run


def sampled_heights(path: Path, layer_um: int) -> list[float]:
    from strate.kernels.geometry.cutting.slicing import Slicer

    heights: list[float] = Slicer(loaded(path), layer_um).planes.heights_mm[::SAMPLED].tolist()
    return heights


def areas_here(path: Path, layer_um: int) -> Run:
    """The area of every layer, from the STL file."""
    from strate.kernels.geometry.cutting.areas import soup_areas
    from strate.kernels.geometry.readers.stl import read_triangles

    def run() -> Facts:
        areas = soup_areas(read_triangles(path.read_bytes()).soup, layer_um)
        return {"layers": areas.layers, "volume": areas.volume_mm3}

    return run


def areas_manifold3d(path: Path, layer_um: int) -> Run:
    """From the mesh in memory, the file being read already."""
    import manifold3d

    mesh, heights = loaded(path), sampled_heights(path, layer_um)
    solid = manifold3d.Manifold(manifold3d.Mesh64(mesh.vertices, mesh.faces.astype(np.uint64)))
    solid.num_tri()

    def run() -> Facts:
        total = sum(solid.slice(z).area() for z in heights)
        return {"layers": len(heights), "volume": total * SAMPLED * layer_um / 1000}

    return run


def verify_here(path: Path, _: int) -> Run:
    """Indexed, closed, oriented, shells, volume, surface."""
    from strate.kernels.geometry.readers.stl import read_stl
    from strate.kernels.geometry.skin.shells import measure
    from strate.kernels.geometry.skin.topology import edges_of, shells_of

    def run() -> Facts:
        mesh = read_stl(path.read_bytes()).mesh
        edges = edges_of(mesh)
        assert edges.closed and edges.oriented
        found = measure(mesh, shells_of(edges))
        return {"triangles": len(mesh.faces), "volume": found.volume_mm3, "area": found.area_mm2}

    return run


def verify_trimesh(path: Path, _: int) -> Run:
    import trimesh

    def run() -> Facts:
        mesh = trimesh.load(path)
        assert mesh.is_watertight and mesh.is_winding_consistent
        return {"triangles": len(mesh.faces), "volume": float(mesh.volume), "area": float(mesh.area)}

    return run


def text_here(path: Path, _: int) -> Run:
    from strate.kernels.geometry.readers.stl import read_stl

    def run() -> Facts:
        mesh = read_stl(path.read_bytes()).mesh
        return {"triangles": len(mesh.faces), "corners": len(mesh.vertices)}

    return run


def text_trimesh(path: Path, _: int) -> Run:
    import trimesh

    def run() -> Facts:
        mesh = trimesh.load(path)
        return {"triangles": len(mesh.faces), "corners": len(mesh.vertices)}

    return run


def outlines_of(path: Path, layer_um: int) -> tuple[list[Any], tuple[float, float], float]:
    """Some layers spread over the part, and the window that holds them."""
    from strate.kernels.geometry.cutting.slicing import Slicer

    mesh = loaded(path)
    slicer = Slicer(mesh, layer_um)
    wanted = np.linspace(1, slicer.layers, MASKS).astype(int).tolist()
    pixel_mm = float((mesh.high - mesh.low)[:2].max()) / (MASK - 8)
    corner = float(mesh.low[0]) - 4 * pixel_mm, float(mesh.low[1]) - 4 * pixel_mm
    return [slicer.cuts(layer, layer) for layer in wanted], corner, pixel_mm


def masks_here(path: Path, layer_um: int) -> Run:
    from strate.kernels.geometry.cutting.raster import Raster

    layers, corner, pixel_mm = outlines_of(path, layer_um)
    raster, mask = Raster(corner, pixel_mm, (MASK, MASK)), np.empty((MASK, MASK), np.uint8)

    def run() -> Facts:
        pixels = sum(raster.draw(cut.points, cut.offsets, cut.closed, mask) for cut in layers)
        return {"layers": len(layers), "area": raster.area_mm2(pixels)}

    return run


def masks_opencv(path: Path, layer_um: int) -> Run:
    import cv2

    layers, corner, pixel_mm = outlines_of(path, layer_um)
    mask = np.empty((MASK, MASK), np.uint8)
    lines = [
        [
            np.round(((line - corner) / pixel_mm - 0.5) * 16).astype(np.int32)
            for line in cut.layer(cut.first).contours
        ]
        for cut in layers
    ]

    def run() -> Facts:
        pixels = 0
        for outlines in lines:
            mask[:] = 0
            if outlines:
                cv2.fillPoly(mask, outlines, 1, shift=4)
            pixels += int(cv2.countNonZero(mask))
        return {"layers": len(layers), "area": pixels * pixel_mm**2}

    return run

"""Every closed mesh at hand, asked of two other programs: the same volume, surface and layers to a millionth."""

from __future__ import annotations

import os
from pathlib import Path

import manifold3d
import numpy as np
import pytest
import trimesh

from benchmarks import shapes
from strate.kernels.geometry.cutting.slicing import Slicer
from strate.kernels.geometry.skin.mesh import Mesh
from strate.kernels.geometry.skin.shells import measure
from strate.kernels.geometry.skin.topology import edges_of, shells_of

BESIDE = Path(__file__).resolve().parents[3].parent / "shared" / "corpus"
FOLDER = Path(os.environ.get("STRATE_TEST_CORPUS", BESIDE)) / "meshes"
KINDS = (".stl", ".ply", ".obj", ".off")
FILES = sorted(p for p in FOLDER.glob("*") if p.suffix.lower() in KINDS) if FOLDER.is_dir() else []
DRAWN = {
    "torus": shapes.torus(50, 15, 200, 90, 2),
    "gyroid": shapes.gyroid(30, 20, 2),
    "statue": shapes.statue(90, 80),
}

needs_files = pytest.mark.skipif(
    not FILES, reason="the shared corpus of real files is absent (set STRATE_TEST_CORPUS)"
)


def opened(path: Path) -> trimesh.Trimesh | None:
    """The file as trimesh reads it, bare of its colours; None when it reads no faces."""
    try:
        mesh = trimesh.load(path, force="mesh", process=False)
    except (ValueError, IndexError, KeyError, AttributeError, NotImplementedError, ImportError):
        return None
    if not hasattr(mesh, "faces") or not len(mesh.faces):
        return None
    bare = trimesh.Trimesh(mesh.vertices, mesh.faces, process=False)
    bare.merge_vertices()
    return bare


def agree(mesh: Mesh, other: trimesh.Trimesh) -> None:
    """Volume and surface with trimesh; volume, outlines and areas of layers with manifold3d."""
    edges = edges_of(mesh)
    mine = measure(mesh, shells_of(edges))
    assert edges.closed and edges.oriented
    assert mine.volume_mm3 == pytest.approx(other.volume, rel=1e-6)
    assert mine.area_mm2 == pytest.approx(other.area, rel=1e-6)
    solid = manifold3d.Manifold(manifold3d.Mesh64(mesh.vertices, mesh.faces.astype(np.uint64)))
    if solid.status() != manifold3d.Error.NoError or mine.volume_mm3 <= 0:
        return
    assert mine.volume_mm3 == pytest.approx(solid.volume(), rel=1e-6)
    same_layers(mesh, solid)


def same_layers(mesh: Mesh, solid: manifold3d.Manifold) -> None:
    """Areas of some layers; overlaps count once there, and so here in the union."""
    height_mm = float(mesh.high[2] - mesh.low[2])
    grown = 1000 / height_mm  # every part at one metre: layers of whole micrometres fit the smallest too
    solid, mesh = solid.scale((grown,) * 3), Mesh(mesh.vertices * grown, mesh.faces)
    slicer = Slicer(mesh, 10_007)
    most = slicer.areas().areas_mm2.max()
    for layer in range(1, slicer.layers + 1, 7):
        cut = slicer.cut(layer)
        there = solid.slice(slicer.height_of(layer)).area()
        assert not cut.open_lines
        assert cut.union_area_mm2 == pytest.approx(there, rel=1e-6, abs=1e-6 * most)


@pytest.mark.parametrize("name", DRAWN)
def test_three_programs_agree_on_meshes_drawn_by_formula(name: str) -> None:
    mesh = DRAWN[name]
    agree(mesh, trimesh.Trimesh(mesh.vertices, mesh.faces, process=False))


@pytest.mark.parametrize("name", DRAWN)
def test_outlines_have_the_points_and_loops_manifold_finds(name: str) -> None:
    mesh = DRAWN[name]
    solid = manifold3d.Manifold(manifold3d.Mesh64(mesh.vertices, mesh.faces.astype(np.uint64)))
    slicer = Slicer(mesh, 310)
    for layer in range(1, slicer.layers + 1, 9):
        there = solid.slice(slicer.height_of(layer)).to_polygons()
        here = [line for line in slicer.cut(layer).contours if len(line) > 2]
        assert len(here) == len(there)
        lengths = (sum(round_of(line) for line in lines) for lines in (here, there))
        assert next(lengths) == pytest.approx(next(lengths), rel=1e-6)


def round_of(line: np.ndarray) -> float:
    return float(np.linalg.norm(line - np.roll(line, 1, axis=0), axis=1).sum())


@needs_files
def test_three_programs_agree_on_every_closed_file_of_the_corpus() -> None:
    judged = []
    for path in FILES:
        other = opened(path)
        if other is None or not other.is_watertight or not other.is_winding_consistent:
            continue
        mesh = Mesh.weld(np.asarray(other.triangles))
        if not edges_of(mesh).closed or mesh.high[2] == mesh.low[2]:
            continue
        agree(mesh, other)
        judged.append(path.name)
    assert len(judged) >= 25, judged

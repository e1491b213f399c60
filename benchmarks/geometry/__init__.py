"""Measures the geometry kernel on meshes it draws itself, beside the peers that are installed: `figures()`."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from benchmarks import shapes
from benchmarks.figures import Figure
from benchmarks.geometry.contest import Result, contest
from strate.kernels.geometry import samples
from strate.kernels.geometry.guarding.guard import verify_in_child
from strate.kernels.geometry.skin.mesh import Mesh

COMMAND = "python -m benchmarks geometry"
SLICED = (("torus", 30, 8_000, "bumpy torus 1M × 1,000"), ("gyroid", 60, 4_000, "gyroid 1M × 1,000"),
          ("statue", 50, 10_000, "scan-like 1.6M × 4,000"))  # fmt: skip
_PEERS_TIMES = 5


def drawn(name: str) -> Mesh:
    """The meshes measured, each as high as its layers make."""
    mesh = {
        "torus": lambda: shapes.torus(50, 15, 600, 833, 2),
        "gyroid": lambda: shapes.gyroid(62),
        "statue": lambda: shapes.statue(1000, 800),
        "five million": lambda: shapes.torus(50, 15, 2500, 1000, 2),
    }[name]()
    height_mm = {"torus": 30.0, "gyroid": 60.0, "statue": 200.0}.get(name, 30.0)
    grown = height_mm / float(mesh.high[2] - mesh.low[2])
    return Mesh(mesh.vertices * grown, mesh.faces)


def figures() -> list[Figure]:
    """The rows of issue 3 that are the engine's."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for name, *_ in SLICED:
            mesh = drawn(name)
            np.savez(home / f"{name}.npz", vertices=mesh.vertices, faces=mesh.faces)
            (home / f"{name}.stl").write_bytes(samples.stl_bytes(mesh.corners()))
        found = [row for slicing in SLICED for row in _slicing(home, *slicing)]
        return [
            *found,
            *_areas(home),
            *_masks(home),
            *_five_million(home),
            *_text(home),
            *_start(),
            *_guarded(home),
        ]


def _told(results: dict[str, Result]) -> str:
    """Each contender in the units of the row, memory beside."""
    return " · ".join(f"{who} {r.cpu_s:.3f} cpu s, {r.peak_mb:,.0f} MB" for who, r in results.items())


def _slicing(home: Path, name: str, layer_um: int, goal: int, what: str) -> list[Figure]:
    works = {"here": "slice_here", "manifold3d": "slice_manifold3d", "once_trimesh": "slice_trimesh"}
    results = contest(home / f"{name}.npz", layer_um, **works)
    whole = contest(home / f"{name}.stl", layer_um, rounds=3, here="slice_from_file")["here"]
    own = results["here"]
    print(f"{what}: {own.facts['points']:,.0f} points, {own.facts['loops']:,.0f} loops; {_told(results)}")
    print(f"    from the STL file: {whole.per_s:,.0f} layers per cpu s, {whole.peak_mb:,.0f} MB", flush=True)
    rates = " · ".join(f"{who} {r.per_s:,.0f}" for who, r in results.items() if who != "here")
    best = max((r.per_s for who, r in results.items() if who == "manifold3d"), default=0.0)
    held = own.per_s >= goal and own.per_s >= _PEERS_TIMES * best
    measured = f"{own.per_s:,.0f} layers per cpu s, {own.peak_mb:,.0f} MB (from the file {whole.per_s:,.0f}; {rates})"
    return [
        Figure("SLICE", what, measured, f"≥ {goal:,} and ≥ {_PEERS_TIMES} × the best peer", held, COMMAND)
    ]


def _areas(home: Path) -> list[Figure]:
    layer_um = 30_000 // 4000
    here = contest(home / "torus.stl", layer_um, here="areas_here")["here"]
    peer = contest(home / "torus.npz", layer_um, rounds=1, manifold3d="areas_manifold3d")
    rates = "".join(f"; manifold3d {r.cpu_s * 4:.1f} s from memory" for r in peer.values())
    for other in peer.values():
        assert abs(other.facts["volume"] / here.facts["volume"] - 1) < 1e-4
    what = f"area of each of {here.facts['layers']:,.0f} layers of 1M triangles, from the STL file"
    measured = f"{here.cpu_s:.3f} cpu s, {here.peak_mb:,.0f} MB{rates}"
    return [Figure("AREA", what, measured, "≤ 0.15 cpu s", here.cpu_s <= 0.15, COMMAND)]


def _masks(home: Path) -> list[Figure]:
    rows = []
    for name, layer_um, goal, what in (("torus", 30, 2000, "simple"), ("gyroid", 60, 800, "lattice")):
        results = contest(home / f"{name}.npz", layer_um, here="masks_here", cv2="masks_opencv")
        own = results["here"]
        rates = "".join(f"; OpenCV {r.per_s:,.0f}" for who, r in results.items() if who != "here")
        measured = f"{own.per_s:,.0f} per cpu s{rates}"
        rows.append(
            Figure("MASK", f"2048² masks, {what}", measured, f"≥ {goal:,}", own.per_s >= goal, COMMAND)
        )
    return rows


def _five_million(home: Path) -> list[Figure]:
    path = home / "five.stl"
    path.write_bytes(samples.stl_bytes(drawn("five million").corners()))
    results = contest(path, 0, here="verify_here", once_trimesh="verify_trimesh")
    path.unlink()
    own = results["here"]
    for other in results.values():
        assert abs(other.facts["volume"] / own.facts["volume"] - 1) < 1e-6
    what = "binary STL of 5M triangles: indexed, closed, oriented, volume, area"
    held = own.cpu_s <= 1.5 and own.peak_mb <= 700
    return [Figure("STL", what, _told(results), "≤ 1.5 cpu s, ≤ 700 MB", held, COMMAND)]


def _text(home: Path) -> list[Figure]:
    path = home / "text.stl"
    path.write_bytes(_as_text(drawn("torus").corners()))
    results = contest(path, 0, here="text_here", once_trimesh="text_trimesh")
    size_mb = path.stat().st_size / 1e6
    path.unlink()
    held = results["here"].cpu_s <= 0.5
    what = f"ASCII STL of 1M triangles ({size_mb:.0f} MB) to an indexed mesh"
    return [Figure("STL", what, _told(results), "≤ 0.5 cpu s", held, COMMAND)]


def _as_text(soup: np.ndarray) -> bytes:
    """Six digits, as most programs write."""
    normals = np.cross(soup[:, 1] - soup[:, 0], soup[:, 2] - soup[:, 0])
    normals /= np.linalg.norm(normals, axis=1)[:, None]
    corner = "   vertex {:.6g} {:.6g} {:.6g}\n"
    facet = " facet normal {:.6g} {:.6g} {:.6g}\n  outer loop\n" + 3 * corner + "  endloop\n endfacet\n"
    rows = np.concatenate([normals, soup.reshape(-1, 9)], axis=1).tolist()
    return ("solid torus\n" + "".join(facet.format(*row) for row in rows) + "endsolid torus\n").encode()


_START = """
import time, json
begun = time.process_time()
from strate.kernels.geometry.cutting import raster, slicing
from strate.kernels.geometry.readers import stl
imported = time.process_time()
from strate.kernels.geometry import samples
mesh = stl.read_stl(samples.bracket()).mesh
assert slicing.Slicer(mesh, 30).cut(100).contours
print(json.dumps([imported - begun, time.process_time() - imported]))
"""


def _start() -> list[Figure]:
    told = [json.loads(subprocess.check_output([sys.executable, "-c", _START])) for _ in range(5)]
    imported, first = (statistics.median(times) for times in zip(*told, strict=True))
    return [
        Figure("START", "import of the kernel", f"{imported:.2f} cpu s", "≤ 0.3 s", imported <= 0.3, COMMAND),
        Figure("START", "first file read and sliced", f"{first:.2f} cpu s", "≤ 1 s", first <= 1, COMMAND),
    ]


def _guarded(home: Path) -> list[Figure]:
    """The exchange file of a million triangles judged in a child of its own, as the product does it."""
    took = _wall_s(lambda: verify_in_child(home / "torus.stl"))
    what = "exchange file of 1,000,000 triangles verified in its child"
    return [Figure("STL", what, f"{took:.2f} s", "≤ 10 s", took <= 10, COMMAND)]


def _wall_s(work: Callable[[], object]) -> float:
    spent = []
    for _ in range(3):
        begun = time.perf_counter()
        work()
        spent.append(time.perf_counter() - begun)
    return statistics.median(spent)

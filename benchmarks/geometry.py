"""Measures the geometry kernel on meshes it makes itself: CPU seconds (medians), beside a peer if installed."""

from __future__ import annotations

import io
import statistics
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from benchmarks.figures import Figure
from strate.kernels.geometry import samples
from strate.kernels.geometry.guard import contours_in_child, verify_in_child
from strate.kernels.geometry.readers.dispatch import read_mesh as read
from strate.kernels.geometry.slicing import Slicer
from strate.kernels.geometry.verify import verify

ROUNDS = 3


def cpu_s(work: Callable[[], object]) -> float:
    """Median processor seconds of a few runs in this process."""
    spent = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        work()
        spent.append(time.process_time() - begun)
    return statistics.median(spent)


def wall_s(work: Callable[[], object]) -> float:
    spent = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        spent.append(time.perf_counter() - begun)
    return statistics.median(spent)


def row(name: str, seconds: float, unit: str = "cpu s", peer: float | None = None) -> None:
    against = f"   trimesh {peer:.3f} s" if peer is not None else ""
    print(f"{name:<62} {seconds:8.3f} {unit}{against}", flush=True)


def trimesh_verdict(data: bytes) -> float | None:
    """The same questions put to trimesh, once: it is slow."""
    if find_spec("trimesh") is None:
        return None
    import trimesh

    begun = time.process_time()
    mesh = trimesh.load(io.BytesIO(data), file_type="stl")
    assert mesh.is_watertight and mesh.volume > 0 and mesh.area > 0
    return time.process_time() - begun


def main(big: bool) -> None:
    million = samples.torus(50, 15, 1000, 500)
    row(
        "binary STL 1M triangles: verdict, with SHA-256",
        cpu_s(lambda: verify(million)),
        peer=trimesh_verdict(million),
    )
    mesh = read(million).mesh
    for layer_um in (30, 8):
        slicer = Slicer(mesh, layer_um)
        row(
            f"area of every layer, 1M triangles × {slicer.layers} layers", cpu_s(Slicer(mesh, layer_um).areas)
        )
    slicer = Slicer(mesh, 30)
    row("outlines of one layer, 1M triangles", cpu_s(lambda: slicer.cut(500)))
    text = samples.stl_text(samples.torus_soup(50, 15, 500, 200))
    row("text STL 200k triangles: read", cpu_s(lambda: read(text)))
    with tempfile.TemporaryDirectory() as folder:
        part = Path(folder) / "part.stl"
        part.write_bytes(samples.bracket())
        row("demo bracket in a guarded child: verdict", wall_s(lambda: verify_in_child(part)), "wall s")
        every = wall_s(lambda: contours_in_child(part, layer_um=30))
        row("demo bracket in a guarded child: 2,000 layers of outlines", every, "wall s")
        part.write_bytes(million)
        row("1M triangles in a guarded child: verdict", wall_s(lambda: verify_in_child(part)), "wall s")
        if big:
            part.write_bytes(samples.torus(50, 15, 2500, 1000))
            row("5M triangles in a guarded child: verdict", wall_s(lambda: verify_in_child(part)), "wall s")


def figures() -> list[Figure]:
    """The exchange file of a million triangles judged in a child of its own, as the product does it."""
    main(big=False)
    million = samples.torus(50, 15, 1000, 500)
    with tempfile.TemporaryDirectory() as folder:
        part = Path(folder) / "part.stl"
        part.write_bytes(million)
        took = wall_s(lambda: verify_in_child(part))
    what = "exchange file of 1,000,000 triangles verified"
    return [Figure("STL", what, f"{took:.2f} s", "≤ 10 s", took <= 10, "python -m benchmarks geometry")]

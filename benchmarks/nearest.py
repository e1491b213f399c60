"""Measures comparison: distances of a million points, laying a scan down; a peer on a subset beside."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import numpy as np

from benchmarks.figures import Figure, peak_mb
from strate.kernels.geometry.compare.nearest import Skin
from strate.kernels.geometry.compare.poses import moved
from strate.kernels.geometry.compare.registration import finish, register
from strate.kernels.geometry.compare.sampling import moments_of, spread_points
from strate.kernels.geometry.compare.scan_report import compare_scan
from strate.kernels.geometry.compare.tolerances import Tolerance
from strate.kernels.geometry.samples import box_soup, cylinder_soup, torus_soup
from strate.kernels.geometry.skin.mesh import Mesh

ROUNDS, POINTS, PEER_POINTS = 3, 1_000_000, 2_000
RING_MM, TUBE_MM = 50.0, 15.0
COMMAND = "python -m benchmarks nearest"


def cpu_s(work: Callable[[], Any]) -> tuple[float, Any]:
    """Median processor seconds of a few runs, and what the last one gave."""
    spent, answer = [], None
    for _ in range(ROUNDS):
        begun = time.process_time()
        answer = work()
        spent.append(time.process_time() - begun)
    return statistics.median(spent), answer


def around_a_torus(count: int) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Points about the torus with a noise of 0.05 mm, and how far each is from the true surface."""
    dice = np.random.default_rng(0)
    u, v = dice.uniform(0, 2 * np.pi, (2, count))
    off = dice.normal(0, 0.05, count)
    tube = TUBE_MM + off
    ring = RING_MM + tube * np.cos(v)
    return np.stack([ring * np.cos(u), ring * np.sin(u), TUBE_MM + tube * np.sin(v)], axis=1), off


def odd_part() -> Mesh:
    boss = box_soup(9, 6, 14) + np.array([3.0, 2.0, 8.0])
    post = cylinder_soup(7, 9) + np.array([30.0, 15.0, 8.0])
    return Mesh.weld(np.concatenate([box_soup(40, 25, 8), boss, post]))


def thrown(points: np.ndarray[Any, Any], seed: int) -> np.ndarray[Any, Any]:
    dice = np.random.default_rng(seed)
    turn, _ = np.linalg.qr(dice.normal(size=(3, 3)))
    return np.asarray(points @ (turn * np.sign(np.linalg.det(turn))).T + dice.uniform(-200, 200, 3))


def figures() -> list[Figure]:
    return [*_distances(), *_registration()]


def _distances() -> list[Figure]:
    mesh = Mesh.weld(torus_soup(RING_MM, TUBE_MM, 1000, 500))
    before = peak_mb()
    build, skin = cpu_s(lambda: Skin(mesh))
    points, true = around_a_torus(POINTS)
    query, found = cpu_s(lambda: skin.distances(points))
    rms = float(np.sqrt(((found - true) ** 2).mean()))
    peer = _trimesh_s(mesh, points, found)
    beside = "" if peer is None else f" · trimesh {peer:.0f} s (from {PEER_POINTS:,} points, unsigned)"
    print(f"memory +{peak_mb() - before:.0f} MB{beside}", flush=True)
    what = f"1,000,000 signed distances to {len(mesh.faces):,} triangles"
    return [
        Figure("SCAN", f"{what}: tree", f"{build:.2f} cpu s", "≤ 0.6 cpu s", build <= 0.6, COMMAND),
        Figure("SCAN", f"{what}{beside}", f"{query:.2f} cpu s", "≤ 1.5 cpu s", query <= 1.5, COMMAND),
        Figure(
            "SCAN", "their error against the true torus (the facets of the mesh are the rest)",
            f"rms {rms * 1000:.3f} µm", "≤ half the height of the facets, 0.308 µm", rms <= 3.08e-4, COMMAND,
        ),
    ]  # fmt: skip


def _trimesh_s(mesh: Mesh, points: np.ndarray[Any, Any], found: np.ndarray[Any, Any]) -> float | None:
    """What trimesh would need for all the points, from a few; its answers must be ours."""
    if find_spec("trimesh") is None or find_spec("rtree") is None:
        return None
    import trimesh

    other = trimesh.Trimesh(mesh.vertices, mesh.faces, process=False)
    begun = time.process_time()
    _, distance, _ = trimesh.proximity.closest_point(other, points[:PEER_POINTS])
    spent = time.process_time() - begun
    assert np.abs(np.abs(found[:PEER_POINTS]) - distance).max() < 1e-9
    return spent * len(points) / PEER_POINTS


def _registration() -> list[Figure]:
    part = odd_part()
    skin, nominal = Skin(part), moments_of(part)
    true = spread_points(part, 200_000).points
    away = thrown(true, 1)
    spent, laid = cpu_s(lambda: register(skin, nominal, away))
    left = float(np.linalg.norm(moved(away, laid.pose) - true, axis=1).mean()) * 1000
    near = np.eye(4)
    near[:3, 3] = 0.5
    fine, _ = cpu_s(lambda: finish(skin, true, near, nominal.size_mm))
    noisy = away + np.random.default_rng(2).normal(0, 0.02, away.shape)
    whole, report = cpu_s(lambda: compare_scan(part, noisy, tolerance=Tolerance(-0.1, 0.1)))
    assert report.state == "within"
    return [
        Figure(
            "SCAN", f"200,000 points laid on their nominal from anywhere, in {spent:.1f} cpu s",
            f"mean error {left:.6f} µm", "≤ 1 µm", left <= 1, COMMAND,
        ),
        Figure(
            "SCAN", "200,000 points laid down from 0.9 mm away (small_gicp, then the exact distances)",
            f"{fine:.2f} cpu s", "≤ 1 cpu s", fine <= 1, COMMAND,
        ),
        Figure(
            "SCAN", "a scan of 200,000 points compared with its nominal, all told",
            f"{whole:.1f} cpu s", "≤ 10 cpu s", whole <= 10, COMMAND,
        ),
    ]  # fmt: skip

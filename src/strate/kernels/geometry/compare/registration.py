"""Laying a scan on its nominal: many starts, the best followed to the end, the equally good ones said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.compare.nearest import Skin
from strate.kernels.geometry.compare.poses import (
    angle_deg,
    moved,
    pose_of,
    quarter_turns,
    small_turns,
    spread_turns,
    turns_between,
)
from strate.kernels.geometry.compare.sampling import (
    Moments,
    core_of,
    moments_of_points,
    some_of,
    spread_points,
)
from strate.kernels.geometry.skin.mesh import Mesh

Floats = NDArray[np.float64]
Progress = Callable[[str, float], None]

SPREAD, STAGES = 200, ((150, 5, 48), (500, 8, 16), (2000, 15, 16))
AS_GOOD, KEPT_SHARE = 1.15, 0.85


@dataclass(frozen=True, eq=False)
class Registration:
    """The pose that lays the points on the skin, what is left between them, and the other poses as good."""

    pose: Floats
    rms_mm: float
    """Of the nearer 85 % of the points."""
    others: tuple[Floats, ...]
    start_deg: float
    """How far the points had to be turned."""
    start_mm: float
    """How far their middle was from its place."""

    @property
    def ambiguous(self) -> bool:
        return bool(self.others)


def silent(_what: str, _share: float) -> None:
    """Progress nobody asked for."""


def register(skin: Skin, nominal: Moments, points: Floats, tell: Progress = silent) -> Registration:
    """Find where the points belong on the skin, wherever they come from."""
    cloud = moments_of_points(core_of(points))
    size = nominal.size_mm
    poses, left = search(skin, points, starts(nominal, cloud), size, tell)
    if left.min() > size * 5e-3 or cloud.size_mm < 0.93 * size:  # a scan of a piece has another middle
        wide, their = search(skin, points, starts_of_a_piece(skin, nominal, cloud), size, tell, first=60)
        poses, left = np.concatenate([poses, wide]), np.concatenate([left, their])
        poses = poses[np.argsort(left, kind="stable")][:16]
    alike = as_good(skin, some_of(points, 5000), poses, size)
    tell("registration", 0.8)
    pose, rms = finish(skin, points, alike[0], size)
    gone = np.linalg.norm(moved(cloud.middle[None], pose) - cloud.middle)
    return Registration(pose, rms, tuple(alike[1:]), angle_deg(pose[:3, :3]), float(gone))


def search(
    skin: Skin, points: Floats, poses: Floats, size: float, tell: Progress, first: int = STAGES[0][0]
) -> tuple[Floats, Floats]:
    """From many starts with few points to few poses with many points; the best first."""
    left = np.empty(0)
    for number, (count, rounds, kept) in enumerate(STAGES):
        tell("registration", 0.1 + 0.2 * number)
        some = some_of(points, count if number else first)
        poses, left = descend(skin, some, poses, rounds, size)
        order = np.argsort(left, kind="stable")
        poses, left = poses[order], left[order]
        keep = distinct(poses, some, size * 0.01)[:kept]
        poses, left = poses[keep], left[keep]
    return poses, left


def starts(nominal: Moments, cloud: Moments) -> Floats:
    """As it comes, then the middles laid together: as turned, along axes, along principal axes, spread."""
    turns = np.concatenate(
        [quarter_turns(), turns_between(cloud.axes, nominal.axes), spread_turns(SPREAD)],
    )
    poses = [pose_of(turn, nominal.middle - turn @ cloud.middle) for turn in turns]
    return np.array([np.eye(4), *poses])


def starts_of_a_piece(skin: Skin, nominal: Moments, cloud: Moments) -> Floats:
    """The middle of the cloud laid on several places within the part, turned in every way."""
    seen = spread_points(Mesh(skin.vertices, skin.faces), 300).points
    spots = [nominal.middle]
    for _ in range(8):  # each new place as far as can be from those there are
        spots.append(seen[int(np.argmax(np.min([((seen - s) ** 2).sum(1) for s in spots], axis=0)))])
    inner = [nominal.middle + 0.5 * (spot - nominal.middle) for spot in spots]
    turns = np.concatenate([quarter_turns(), spread_turns(SPREAD)])
    return np.array([pose_of(turn, spot - turn @ cloud.middle) for spot in inner for turn in turns])


def descend(skin: Skin, points: Floats, poses: Floats, rounds: int, size: float) -> tuple[Floats, Floats]:
    """Follow each pose downhill some rounds, all together; the poses and the rms left under each."""
    turn, shift = poses[:, :3, :3].copy(), poses[:, :3, 3].copy()
    middle = points.mean(axis=0)
    arms = points - middle
    shift += turn @ middle
    for _ in range(rounds):
        places, away, direction = _gaps(skin, turn, shift, arms, size)
        step = _step(places - shift[:, None], away, direction, size)
        turning = small_turns(step[:, :3])
        turn, shift = turning @ turn, shift + step[:, 3:]
    _, away, _ = _gaps(skin, turn, shift, arms, size)
    out = np.tile(np.eye(4), (len(turn), 1, 1))
    out[:, :3, :3], out[:, :3, 3] = turn, shift - turn @ middle
    return out, rms_of_nearer(away)


def as_good(skin: Skin, points: Floats, poses: Floats, size: float) -> Floats:
    """The poses nothing decides between, that which moves the points least first.

    Here all points count, the far ones up to a cap: a boss that hangs in the air tells two poses apart.
    """
    poses, near = descend(skin, points, poses, 6, size)
    cap = max(10 * float(near.min()), size * 0.02)
    away = [np.minimum(np.abs(skin.distances(moved(points, pose))), cap) for pose in poses]
    left = np.sqrt((np.array(away) ** 2).mean(axis=1))
    order = np.argsort(left, kind="stable")
    alike = poses[order][left[order] <= left.min() * AS_GOOD + size * 1e-6]
    apart = max(size * 0.01, 8 * float(near.min()))
    return nearest_first(alike[distinct(alike, points, apart)], points)


def rms_of_nearer(away: Floats) -> Floats:
    """For each row the rms of its smaller values, so that strays and missing matter do not decide."""
    kept = max(1, int(away.shape[1] * KEPT_SHARE))
    near = np.partition(np.abs(away), kept - 1, axis=1)[:, :kept]
    return np.asarray(np.sqrt((near**2).mean(axis=1)))


def _gaps(
    skin: Skin, turn: Floats, shift: Floats, arms: Floats, size: float
) -> tuple[Floats, Floats, Floats]:
    """Where the points come to lie, how far from the skin, and the way there (k, n, …)."""
    places = arms @ turn.transpose(0, 2, 1) + shift[:, None]
    found = skin.nearest(places.reshape(-1, 3))
    way = (places.reshape(-1, 3) - found.place_mm).reshape(places.shape)
    away = np.linalg.norm(way, axis=2)
    direction = way / np.maximum(away, 1e-300)[:, :, None]
    close = away < size * 1e-7  # too near to have a direction: that of the face
    if close.any():
        direction[close] = skin.face_normals(found.face.reshape(close.shape)[close])
        away[close] = (way[close] * direction[close]).sum(axis=1)
    return places, away, direction


def _step(arms: Floats, away: Floats, direction: Floats, size: float) -> Floats:
    """The small turn and shift that bring each set of points nearest (Gauss-Newton, far points weigh less)."""
    scale = np.maximum(2.5 * np.median(np.abs(away), axis=1), size * 1e-9)[:, None]
    weight = 1 / (1 + (away / scale) ** 2) ** 2
    rows = np.concatenate([np.cross(arms, direction) / size, direction], axis=2)
    weighted = rows * weight[:, :, None]
    normal = weighted.transpose(0, 2, 1) @ rows
    trace = np.trace(normal, axis1=1, axis2=2)
    normal += np.eye(6) * (trace * 1e-7 + 1e-30)[:, None, None]
    right = (weighted.transpose(0, 2, 1) @ away[:, :, None])[:, :, 0]
    step = -np.linalg.solve(normal, right[:, :, None])[:, :, 0]
    step[:, :3] /= size
    long = np.linalg.norm(step[:, :3], axis=1)
    step[:, :3] *= np.minimum(1, 0.5 / np.maximum(long, 1e-300))[:, None]
    return np.asarray(step)


def distinct(poses: Floats, points: Floats, apart_mm: float) -> NDArray[np.int64]:
    """Which poses, in their order, lay the points elsewhere than all kept before them."""
    some = points[:: max(1, len(points) // 60)]
    kept: list[int] = []
    laid: list[Floats] = []
    for number, pose in enumerate(poses):
        here = moved(some, pose)
        if not laid or (((np.array(laid) - here) ** 2).sum(2).mean(1) > apart_mm**2).all():
            kept.append(number)
            laid.append(here)
    return np.array(kept, dtype=np.int64)


def nearest_first(poses: Floats, points: Floats) -> Floats:
    """Among equals, the one that moves the points least: files are mostly almost in place."""
    some = points[:: max(1, len(points) // 60)]
    gone = [float(((moved(some, pose) - some) ** 2).sum()) for pose in poses]
    return poses[np.argsort(gone, kind="stable")]


def finish(skin: Skin, points: Floats, pose: Floats, size: float) -> tuple[Floats, float]:
    """The last micrometres: small_gicp on a cloud of the nominal, then the exact distances to its skin."""
    few, many = some_of(points, 20_000), some_of(points, 200_000)
    candidates = np.array([pose, by_small_gicp(skin, few, pose, size)])
    candidates, left = descend(skin, few, candidates, 5, size)
    best, left = descend(skin, many, candidates[[int(np.argmin(left))]], 2, size)
    return best[0], float(left[0])


def by_small_gicp(skin: Skin, points: Floats, pose: Floats, size: float) -> Floats:
    """The pose after small_gicp, from this one; the same pose when it does not converge."""
    small_gicp = import_module("small_gicp")  # a tenth of a second that only registration pays

    target = spread_points(Mesh(skin.vertices, skin.faces), 40_000).points
    cell = size * 0.005
    nominal, tree = small_gicp.preprocess_points(target, cell, 15, 1)
    cloud, _ = small_gicp.preprocess_points(points, cell, 15, 1)
    found = small_gicp.align(
        nominal, cloud, tree, pose, "GICP", size * 0.1, 1, 30, rotation_epsilon=1e-5, translation_epsilon=size * 1e-6
    )  # fmt: skip
    answer = np.array(found.T_target_source)
    if not found.converged or not np.isfinite(answer).all():
        return pose
    u, _, v = np.linalg.svd(answer[:3, :3])
    return pose_of(u @ np.diag([1, 1, np.linalg.det(u @ v)]) @ v, answer[:3, 3])

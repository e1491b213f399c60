"""Turning and shifting a thing without bending it: poses as 4 × 4 matrices, and many starting ones."""

from __future__ import annotations

from itertools import permutations, product

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def pose_of(turn: Floats, shift: Floats) -> Floats:
    pose = np.eye(4)
    pose[:3, :3], pose[:3, 3] = turn, shift
    return pose


def moved(points: Floats, pose: Floats) -> Floats:
    return np.ascontiguousarray(points @ pose[:3, :3].T + pose[:3, 3])


def inverse(pose: Floats) -> Floats:
    return pose_of(pose[:3, :3].T, -pose[:3, :3].T @ pose[:3, 3])


def angle_deg(turn: Floats) -> float:
    """How far a rotation turns; arctan2 stays exact for tiny angles."""
    skew = np.array([turn[2, 1] - turn[1, 2], turn[0, 2] - turn[2, 0], turn[1, 0] - turn[0, 1]])
    return float(np.degrees(np.arctan2(np.linalg.norm(skew), np.trace(turn) - 1)))


def axis_of(turn: Floats) -> tuple[float, float, float]:
    """The axis it turns about; its first clear component is above zero when the turn is by half."""
    values, vectors = np.linalg.eigh((turn + turn.T) / 2)
    axis = vectors[:, int(np.argmax(values))]
    skew = np.array([turn[2, 1] - turn[1, 2], turn[0, 2] - turn[2, 0], turn[1, 0] - turn[0, 1]])
    side = float(skew @ axis)
    if abs(side) < 1e-9:
        side = float(axis[int(np.argmax(np.abs(axis) > 1e-6))])
    axis = axis * (1 if side >= 0 else -1) + 0.0
    return float(axis[0]), float(axis[1]), float(axis[2])


def small_turns(turn_vectors: Floats) -> Floats:
    """Rotations (k, 3, 3) by the length of each vector about it (Rodrigues)."""
    angle = np.linalg.norm(turn_vectors, axis=1)
    axis = turn_vectors / np.maximum(angle, 1e-300)[:, None]
    cross = np.zeros((len(angle), 3, 3))
    cross[:, 0, 1], cross[:, 0, 2], cross[:, 1, 2] = -axis[:, 2], axis[:, 1], -axis[:, 0]
    cross -= cross.transpose(0, 2, 1)
    sine, versine = np.sin(angle)[:, None, None], (1 - np.cos(angle))[:, None, None]
    turns: Floats = np.eye(3) + sine * cross + versine * (cross @ cross)
    return turns


def quarter_turns() -> Floats:
    """The 24 ways to lay a box along the axes: frames of two programs mostly differ by one of these."""
    found = []
    for order in permutations(range(3)):
        for signs in product((1.0, -1.0), repeat=3):
            turn = np.zeros((3, 3))
            turn[range(3), order] = signs
            if np.linalg.det(turn) > 0:
                found.append(turn)
    return np.array(sorted(found, key=lambda turn: -np.trace(turn)))


def spread_turns(count: int) -> Floats:
    """Rotations spread evenly over all there are (super-Fibonacci spirals, Alexa 2022)."""
    s = np.arange(count) + 0.5
    near, far = np.sqrt(s / count), np.sqrt(1 - s / count)
    one, other = 2 * np.pi * s / np.sqrt(2), 2 * np.pi * s / 1.533751168755204
    x, y, z, w = near * np.sin(one), near * np.cos(one), far * np.sin(other), far * np.cos(other)
    rows = [
        [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
        [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
        [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
    ]
    return np.array(rows).transpose(2, 0, 1)


def turns_between(axes: Floats, onto: Floats) -> Floats:
    """All rotations that lay one set of principal axes on another, in any order: 24."""
    base = axes if np.linalg.det(axes) > 0 else -axes
    target = onto if np.linalg.det(onto) > 0 else -onto
    return np.array([target @ turn @ base.T for turn in quarter_turns()])

"""Parts and scans made by formula for the tests of comparison."""

import numpy as np

from strate.kernels.geometry.compare.sampling import spread_points
from strate.kernels.geometry.samples import box_soup, cylinder_soup
from strate.kernels.geometry.skin.mesh import Mesh


def odd_part(boss_mm=14.0, post_at_mm=30.0):
    """A plate with a boss and a post: it has no symmetry at all."""
    return Mesh.weld(
        np.concatenate([
            box_soup(40, 25, 8),
            box_soup(9, 6, boss_mm) + np.array([3.0, 2.0, 8.0]),
            cylinder_soup(7, 9) + np.array([post_at_mm, 15.0, 8.0]),
        ])
    )  # fmt: skip


def rigid(seed):
    """A rotation and a shift, always the same for a seed."""
    dice = np.random.default_rng(seed)
    turn, _ = np.linalg.qr(dice.normal(size=(3, 3)))
    turn *= np.sign(np.linalg.det(turn))
    return turn, dice.uniform(-200, 200, 3)


def scanned(mesh, count=60_000, *, noise_mm=0.0, seed=0):
    """Points as a scanner would give them: even, noisy, in no order."""
    dice = np.random.default_rng(seed)
    points = spread_points(mesh, count).points
    return dice.permutation(points + dice.normal(0, noise_mm, points.shape))


def thrown(points, seed):
    """The same points somewhere else, turned anyhow."""
    turn, shift = rigid(seed)
    return points @ turn.T + shift


def codes(report):
    return {finding.code for finding in report.findings}

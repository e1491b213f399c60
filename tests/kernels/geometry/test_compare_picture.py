"""The coloured picture of the deviations."""

import numpy as np
import pytest

from strate.kernels.geometry.compare.picture import SIDES, colours, map_of, picture


def test_too_much_is_red_missing_is_blue_and_fine_is_pale():
    red, blue, pale = colours(np.array([1.0, -5.0, 0.0]), 1.0).astype(int)
    assert red[0] > red[2] + 100 and blue[2] > blue[0] + 100 and abs(pale[0] - pale[2]) < 10


@pytest.mark.parametrize("side", SIDES)
def test_the_nearest_point_hides_the_others_from_each_side(side):
    _, _, near, sign = SIDES[side]
    rows = np.zeros((2, 4))
    rows[0, near], rows[1, near] = sign * 5, -sign * 5
    rows[:, 3] = 1.0, -1.0
    seen = picture(rows, side, full_mm=1.0).pixels.reshape(-1, 3).astype(int)
    drawn = seen[(seen != 255).any(axis=1)]
    assert len(drawn) and (drawn[:, 0] > drawn[:, 2]).all()


def test_up_is_up_and_what_was_not_measured_stays_white():
    rows = np.array([[0, 0, 0, -1.0], [10, 0, 10, 1.0]])
    seen = picture(rows, "front", full_mm=1.0, long_px=50).pixels.astype(int)
    assert seen[:20, -20:, 0].min() < 255 and (seen[:20, :20] == 255).all()
    assert (seen[-20:, :20, 2] > seen[-20:, :20, 0]).any()


def test_no_point_at_all_is_an_empty_picture():
    assert (picture(map_of(b""), "top").pixels == 255).all()

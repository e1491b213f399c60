"""Layers: the areas are those of the outlines, and together they are the part."""

from __future__ import annotations

import math

import numpy as np
import pytest

from strate.kernels.geometry import samples
from strate.kernels.geometry.cutting.polygons import area
from strate.kernels.geometry.cutting.slicing import Slicer
from strate.kernels.geometry.guarding.tasks import plain_cut, without_idle_points
from strate.kernels.geometry.refusal import FileRefused
from strate.kernels.geometry.skin.mesh import Mesh


def slicer(soup: np.ndarray, layer_um: int) -> Slicer:
    return Slicer(Mesh.weld(np.ascontiguousarray(soup)), layer_um)


def test_every_layer_of_a_box_has_the_area_of_its_foot() -> None:
    areas = slicer(samples.box_soup(10, 20, 30), 30).areas()
    assert areas.layers == 1000 and np.allclose(areas.areas_mm2, 200, rtol=1e-12)


def test_the_last_layer_may_be_thinner_and_still_has_its_area() -> None:
    areas = slicer(samples.box_soup(10, 20, 1.01), 50).areas()
    assert areas.layers == 21 and np.allclose(areas.areas_mm2, 200)
    assert areas.volume_mm3 == pytest.approx(202)


def test_layers_exactly_through_corners_and_flat_faces_are_whole() -> None:
    low, high = samples.box_soup(10, 10, 0.5), samples.box_soup(10, 10, 1)
    steps = [low, high + np.array([20, 0, 0]), high + np.array([40, 0, 0.5])]
    cut = slicer(np.concatenate(steps), 1000)
    outlines = [len(cut.cut(layer).contours) for layer in (1, 2)]
    assert outlines == [2, 1]  # a floor exactly on the cut counts, a roof does not
    assert all(not cut.cut(layer).open_lines for layer in (1, 2))
    assert cut.areas().areas_mm2 == pytest.approx([200, 100])


@pytest.mark.parametrize("layer_um", [7, 30, 400])
def test_areas_agree_with_outlines_on_a_torus(layer_um: int) -> None:
    cut = slicer(samples.torus_soup(20, 6), layer_um)
    areas = cut.areas()
    for layer in range(1, cut.layers + 1, max(1, cut.layers // 40)):
        assert cut.cut(layer).area_mm2 == pytest.approx(areas.areas_mm2[layer - 1], abs=1e-8)
        assert not cut.cut(layer).open_lines


def test_a_torus_is_cut_into_rings_as_the_formula_says() -> None:
    cut = slicer(samples.torus_soup(20, 6, 800, 400), 30)
    middle = cut.cut(cut.layers // 2)
    assert sorted(area(line) > 0 for line in middle.contours) == [False, True]
    assert middle.area_mm2 == pytest.approx(4 * math.pi * 20 * 6, rel=1e-3)


def test_the_hole_of_the_bracket_turns_the_other_way() -> None:
    soup = np.moveaxis(samples.extruded(samples.bracket_profile(), 30), -1, 0)
    lying = slicer(np.stack(tuple(soup), axis=-1), 30).cut(1)
    assert sorted(round(math.copysign(1, area(line))) for line in lying.contours) == [-1, -1, 1]


@pytest.mark.parametrize("sample", [samples.torus_soup(20, 6), samples.cylinder_soup(15, 12),
                                    samples.extruded(samples.bracket_profile(), 20, 4)])  # fmt: skip
def test_thin_layers_add_up_to_the_volume(sample: np.ndarray) -> None:
    turned = sample @ np.array([[0.36, 0.48, -0.8], [-0.8, 0.6, 0.0], [0.48, 0.64, 0.6]])
    a, b, c = np.moveaxis(turned, 1, 0)
    volume = float((a * np.cross(b, c)).sum() / 6)
    assert slicer(turned, 5).areas().volume_mm3 == pytest.approx(volume, rel=1e-5)


def test_a_layer_that_does_not_exist_is_refused() -> None:
    cut = slicer(samples.box_soup(1, 1, 1), 100)
    for layer in (0, 11):
        with pytest.raises(FileRefused, match="layer_out_of_part"):
            cut.cut(layer)


def test_an_open_skin_gives_open_lines_and_says_so() -> None:
    cut = slicer(samples.box_soup(10, 10, 10)[:-1], 100)
    assert any(cut.cut(layer).open_lines for layer in range(1, 101))


def test_outlines_for_the_screen_lose_no_area() -> None:
    cut = slicer(samples.torus_soup(20, 6), 100).cut(40)
    plain = plain_cut(cut)
    lines = [np.array(flat).reshape(-1, 2) / 1000 for flat in plain["contours_um"]]
    assert sum(map(area, lines)) == pytest.approx(cut.area_mm2, abs=0.1)


def test_only_points_on_the_way_are_dropped() -> None:
    square = np.array([[0, 0], [5, 0], [5, 0], [9, 0], [9, 9], [0, 9], [0, 4]])
    assert without_idle_points(square).tolist() == [[0, 0], [9, 0], [9, 9], [0, 9]]

"""The verdict agrees with closed forms and finds what is wrong, where it is."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strate.kernels.geometry import samples
from strate.kernels.geometry.cutting.layers import layer_count
from strate.kernels.geometry.cutting.polygons import area
from strate.kernels.geometry.judging.verdict import Verdict
from strate.kernels.geometry.judging.verify import verify
from strate.kernels.geometry.refusal import FileRefused
from strate.kernels.geometry.saying.words import say_finding
from strate.kernels.geometry.skin.topology import groups_of, near_pairs

BOX = samples.box_soup(10, 20, 30)


def judge(soup: np.ndarray, **asked: object) -> Verdict:
    return verify(samples.stl_bytes(soup), **asked)


def codes(verdict: Verdict) -> list[str]:
    assert all(say_finding(f, "fr") and say_finding(f, "en") for f in verdict.findings)
    return [finding.code for finding in verdict.findings]


def test_a_box_is_what_it_measures() -> None:
    verdict = judge(BOX)
    assert verdict.volume_mm3 == pytest.approx(6000, rel=1e-12)
    assert verdict.area_mm2 == pytest.approx(2200, rel=1e-12)
    assert verdict.box.size == (10, 20, 30)
    assert (verdict.state, verdict.closed, verdict.oriented, verdict.volume_sure) == (
        "sound",
        True,
        True,
        True,
    )


def test_a_torus_agrees_with_pappus_within_its_facets() -> None:
    verdict = verify(samples.torus(20, 6, 400, 200))
    assert verdict.volume_mm3 == pytest.approx(2 * math.pi**2 * 20 * 36, rel=5e-4)
    assert verdict.area_mm2 == pytest.approx(4 * math.pi**2 * 20 * 6, rel=5e-4)


def test_the_demo_bracket_is_sound_and_weighs_its_profile_times_its_depth() -> None:
    verdict = verify(samples.bracket(depth_mm=30), layer_um=30)
    outer, *holes = samples.bracket_profile()
    assert verdict.volume_mm3 == pytest.approx((area(outer) - sum(map(area, holes))) * 30, rel=1e-6)
    assert (verdict.state, verdict.layers, verdict.shell_count) == ("sound", 2000, 1)
    assert 2000 <= verdict.triangles <= 12000
    assert samples.bracket() == samples.bracket()


@pytest.mark.parametrize("size", [{"height_mm": 20.0, "length_mm": 40.0}, {"hole_mm": 3.0}, {"slices": 1}])
def test_brackets_of_other_sizes_are_sound_too(size: dict[str, float]) -> None:
    assert verify(samples.bracket(**size)).state == "sound"


def test_a_missing_triangle_opens_three_edges_and_is_shown() -> None:
    verdict = judge(BOX[1:])
    assert (verdict.closed, verdict.boundary_edges, verdict.state) == (False, 3, "refused")
    assert codes(verdict) == ["open_edges"]
    assert verdict.findings[0].point_mm is not None and verdict.findings[0].triangle is not None
    assert not verdict.volume_sure and verdict.closed_within_um is None


def test_a_gap_thinner_than_a_hair_is_said_but_does_not_stop_the_part() -> None:
    soup = BOX.copy()
    soup[3, 1] += 1e-4
    verdict = judge(soup)
    assert (verdict.closed, verdict.closed_within_um, verdict.state) == (False, 1.0, "findings")
    assert codes(verdict) == ["hairline_gaps"]
    for wider in (0.002, 0.05):
        soup[3, 1] += wider
        assert judge(soup).state == "refused"


def test_a_turned_triangle_is_found() -> None:
    soup = BOX.copy()
    soup[4] = soup[4, ::-1]
    verdict = judge(soup)
    assert (verdict.closed, verdict.oriented, verdict.flipped_edges) == (True, False, 3)
    assert codes(verdict) == ["flipped_faces"]


def test_a_part_turned_inside_out_is_found() -> None:
    verdict = judge(BOX[:, ::-1])
    assert codes(verdict) == ["inside_out"] and verdict.volume_mm3 == pytest.approx(-6000)


def test_a_moebius_band_is_neither_closed_nor_oriented() -> None:
    turn = np.linspace(0, 2 * np.pi, 61)
    sides = []
    for width in (-5, 5):
        reach = 20 + width * np.cos(turn / 2)
        sides.append(np.stack([reach * np.cos(turn), reach * np.sin(turn), width * np.sin(turn / 2)], -1))
    edge = np.stack(sides)
    edge[:, -1] = edge[::-1, 0]
    a, b, c, d = edge[0, :-1], edge[0, 1:], edge[1, 1:], edge[1, :-1]
    verdict = judge(np.concatenate([np.stack([a, b, c], 1), np.stack([a, c, d], 1)]))
    assert not verdict.closed and not verdict.oriented and verdict.boundary_edges == 120


def test_a_closed_cavity_keeps_powder_and_is_taken_off_the_volume() -> None:
    hole = samples.box_soup(2, 2, 2)[:, ::-1] + 4
    verdict = judge(np.concatenate([BOX, hole]))
    assert verdict.volume_mm3 == pytest.approx(5992)
    assert codes(verdict) == ["closed_cavity"] and verdict.findings[0].point_mm == (5, 5, 5)
    assert [round(shell.volume_mm3) for shell in verdict.shells] == [6000, -8]


def test_shells_that_may_overlap_make_the_volume_doubtful() -> None:
    verdict = judge(np.concatenate([BOX, BOX + 5]))
    assert codes(verdict) == ["shells_may_overlap"] and not verdict.volume_sure


def test_a_shell_inside_out_beside_another_is_found() -> None:
    assert codes(judge(np.concatenate([BOX, samples.box_soup(2, 2, 2)[:, ::-1] + 50]))) == [
        "inside_out_shell"
    ]


def test_two_boxes_that_share_an_edge_are_crowded_but_closed() -> None:
    verdict = judge(np.concatenate([BOX, BOX + np.array([10, 20, 0])]))
    assert verdict.closed and codes(verdict) == ["crowded_edges"] and verdict.state == "findings"


def test_triangles_without_area_and_triangles_twice_are_counted() -> None:
    thin = np.array([[[0.0, 0, 0], [0, 0, 0], [10, 0, 0]]])
    verdict = judge(np.concatenate([BOX, thin, BOX[:1]]))
    assert (verdict.degenerate, verdict.duplicates) == (1, 1)
    assert {"degenerate_triangles", "duplicate_triangles"} <= set(codes(verdict))


@pytest.mark.parametrize(("scale", "doubt"), [(1e-9, "unit_too_small"), (0.01, "unit_too_small"), (1, None),
                                              (1000, "unit_too_large")])  # fmt: skip
def test_an_unlikely_size_throws_doubt_on_the_unit(scale: float, doubt: str | None) -> None:
    verdict = judge(BOX * scale)
    assert verdict.unit_doubt == doubt and verdict.unit_said_by_file is False


def test_a_soup_in_one_point_is_no_part() -> None:
    with pytest.raises(FileRefused, match="no_extent"):
        judge(np.ones((4, 3, 3)))


def test_the_part_must_enter_the_machine_margins_included() -> None:
    assert judge(BOX, machine_volume_mm=(10, 20, 30)).fits is True
    assert judge(BOX).fits is None
    tall = judge(BOX, machine_volume_mm=(100, 100, 30), margins_mm=(5, 5, 0.5))
    assert tall.fits is False and tall.findings[0].values["over_z_mm"] == 0.5
    turned = judge(BOX, machine_volume_mm=(20, 10, 30))
    assert turned.fits is True and codes(turned) == ["fits_turned"]


@pytest.mark.parametrize(
    ("height_mm", "layer_um", "layers"),
    [
        (60.0, 30, 2000),
        (60.0000004, 30, 2000),
        (60.001, 30, 2001),
        (0.3, 100, 3),
        (0.1 + 0.2, 100, 3),
        (10, 60, 167),
        (float(np.float32(60.03)), 30, 2001),
        (0.0, 30, 0),
    ],
)
def test_layers_are_counted_without_slipping(height_mm: float, layer_um: int, layers: int) -> None:
    assert layer_count(height_mm, layer_um) == layers


def test_too_many_layers_are_refused() -> None:
    with pytest.raises(FileRefused, match="too_many_layers"):
        layer_count(1000, 1)


def test_a_verdict_survives_json() -> None:
    verdict = judge(np.concatenate([BOX[1:], BOX + 50]), layer_um=30, machine_volume_mm=(20, 20, 20))
    assert Verdict.from_dict(json.loads(json.dumps(verdict.to_dict(), allow_nan=False))) == verdict


@settings(max_examples=40, deadline=None)
@given(
    turn=st.tuples(*[st.floats(-3.2, 3.2)] * 3),
    move=st.tuples(*[st.floats(-500, 500)] * 3),
)
def test_moving_a_part_changes_neither_its_volume_nor_its_skin(
    turn: tuple[float, float, float], move: tuple[float, float, float]
) -> None:
    cx, cy, cz = np.cos(turn)
    sx, sy, sz = np.sin(turn)
    rotation = (
        np.array([[1, 0, 0], [0, cx, -sx], [0, sx, cx]])
        @ np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
        @ np.array([[cz, -sz, 0], [sz, cz, 0], [0, 0, 1]])
    )
    verdict = judge(samples.torus_soup(20, 6, 24, 12) @ rotation.T + np.array(move))
    still = judge(samples.torus_soup(20, 6, 24, 12))
    assert verdict.volume_mm3 == pytest.approx(still.volume_mm3, rel=2e-5)
    assert verdict.area_mm2 == pytest.approx(still.area_mm2, rel=2e-5)
    assert (verdict.closed, verdict.oriented, verdict.shell_count) == (True, True, 1)


def test_points_within_reach_are_held_together_wherever_they_lie() -> None:
    """Against the plain count of all pairs; a grid alone would part near points that straddle its lines."""
    points = np.random.default_rng(3).random((300, 3)) * 0.05
    for within_mm in (0.001, 0.003):
        apart = np.abs(points[:, None] - points[None]).max(axis=2)
        pairs = np.argwhere(np.triu(apart <= within_mm, 1)).astype(np.int32)
        told, known = groups_of(300, near_pairs(points, within_mm)), groups_of(300, pairs)
        assert len(pairs) and len(set(zip(told.tolist(), known.tolist(), strict=True))) == known.max() + 1
        assert told.max() == known.max()


def test_a_crowd_of_points_within_a_hair_is_held_by_one_pair_each() -> None:
    crowd = np.random.default_rng(4).random((5_000, 3)) * 0.0009
    pairs = near_pairs(crowd, 0.001)
    assert len(pairs) == 4_999 and groups_of(5_000, pairs).max() == 0


def test_a_gap_of_almost_the_whole_hair_is_still_a_hair() -> None:
    for shift in np.linspace(0, 0.002, 11):
        soup = samples.box_soup(10, 20, 30) + 5 + shift
        soup[0, 0, 2] += 0.0009
        verdict = verify(samples.stl_text(soup))
        assert (verdict.closed, verdict.closed_within_um) == (False, 1.0), shift

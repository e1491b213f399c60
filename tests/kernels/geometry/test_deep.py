"""The slow look finds what a machine cannot build, where it is, and says nothing of what is sound."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strate.kernels.geometry import samples
from strate.kernels.geometry.deep.record import Deep
from strate.kernels.geometry.deep.thresholds import SOURCES, Thresholds
from strate.kernels.geometry.judging.verdict import Verdict
from strate.kernels.geometry.judging.verify import verify
from strate.kernels.geometry.refusal import Finding
from strate.kernels.geometry.saying.words import say_finding

Soup = np.ndarray


def box(x: float, y: float, z: float, at: tuple[float, float, float] = (0.0, 0.0, 0.0)) -> Soup:
    return samples.box_soup(x, y, z) + np.array(at)


def hollow(outer: Soup, inner: Soup) -> Soup:
    """The inner box is a hole: its faces look into it."""
    return np.concatenate([outer, inner[:, ::-1]])


def turned(soup: Soup, degrees: float) -> Soup:
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.asarray(soup @ np.array([[c, s, 0], [-s, c, 0], [0, 0, 1]]))


def look(soup: Soup, layer_um: int = 50, **limits: float) -> Deep:
    verdict = verify(
        samples.stl_bytes(soup), layer_um=layer_um, deep=Thresholds(**{"voxels": 3_000_000, **limits})
    )
    assert Verdict.from_dict(json.loads(json.dumps(verdict.to_dict()))) == verdict
    assert all(say_finding(f, "fr") and say_finding(f, "en") for f in verdict.all_findings)
    assert verdict.deep is not None
    return verdict.deep


def only(deep: Deep, code: str) -> list[Finding]:
    return [finding for finding in deep.findings if finding.code == code]


def test_every_threshold_that_judges_has_its_source() -> None:
    technical = {"kept", "voxels", "rays"}
    assert set(SOURCES) == set(Thresholds().to_dict()) - technical


def test_a_solid_box_has_nothing_to_say() -> None:
    deep = look(box(10, 10, 10))
    assert deep.findings == () and deep.skipped == ()
    assert deep.walls is not None and deep.walls.thinnest_mm is None
    assert (deep.islands, deep.jumps, len(deep.areas_mm2)) == (0, 0, 200)


@pytest.mark.parametrize("wall_mm", [0.1, 0.25, 0.39])
def test_a_wall_is_as_thin_as_it_is_drawn_and_one_wall_is_told_once(wall_mm: float) -> None:
    deep = look(box(12, wall_mm, 8))
    assert deep.walls is not None and deep.walls.thinnest_mm == pytest.approx(wall_mm, rel=1e-5)
    (wall,) = only(deep, "thin_wall")
    assert wall.values["area_mm2"] == pytest.approx(96, rel=1e-3)
    assert wall.triangle in wall.triangles and wall.box_mm is not None


def test_a_wall_as_thick_as_the_limit_is_not_thin() -> None:
    assert only(look(box(12, 0.5, 8), wall_mm=0.5), "thin_wall") == []
    assert only(look(box(12, 0.5, 8), wall_mm=0.51), "thin_wall")


def test_the_sharp_edge_of_a_wedge_is_no_wall() -> None:
    wedge = samples.extruded([np.array([[0.0, 0.0], [10.0, 0.0], [0.0, 10.0]])], 10.0)
    assert only(look(wedge), "thin_wall") == []


@pytest.mark.parametrize(("run_mm", "hangs"), [(9.0, False), (10.0, False), (10.5, True), (20.0, True)])
def test_a_ramp_of_45_degrees_holds_by_itself_and_a_flatter_one_does_not(run_mm: float, hangs: bool) -> None:
    profile = np.array([[0.0, 0.0], [5.0, 0.0], [5.0 + run_mm, 10.0], [0.0, 10.0]])
    x, z, y = np.moveaxis(samples.extruded([profile], 10.0), -1, 0)
    deep = look(np.stack([x, 10 - y, z], axis=-1))
    found = only(deep, "overhang")
    assert bool(found) == hangs
    if hangs:
        assert found[0].values["area_mm2"] == pytest.approx(10 * np.hypot(run_mm, 10), rel=1e-3)
        assert found[0].values["angle_deg"] == pytest.approx(np.degrees(np.arctan2(10, run_mm)), abs=0.06)


def test_a_closed_cavity_is_told_once_by_its_exact_volume() -> None:
    verdict = verify(
        samples.stl_bytes(hollow(box(20, 20, 20), box(10, 10, 10, (5, 5, 5)))), deep=Thresholds()
    )
    codes = [finding.code for finding in verdict.all_findings]
    assert codes.count("closed_cavity") == 1 and "trapped_powder" not in codes
    assert verdict.shells[1].nested_in == 1
    assert verdict.deep is not None and verdict.deep.voids is not None
    assert verdict.deep.voids.closed_mm3 == pytest.approx(1000, rel=0.05)


def test_a_void_closed_by_several_bodies_together_is_found_though_no_skin_is_a_cavity() -> None:
    lids = [box(20, 20, 4), box(20, 20, 4, (0, 0, 16))]
    walls = [
        box(4, 20, 16, (0, 0, 2)),
        box(4, 20, 16, (16, 0, 2)),
        box(20, 4, 16, (0, 0, 2)),
        box(20, 4, 16, (0, 16, 2)),
    ]
    deep = look(np.concatenate([*lids, *walls]))
    (void,) = only(deep, "trapped_powder")
    assert void.values["volume_mm3"] == pytest.approx(12**3, rel=0.05)
    assert void.box_mm is not None and void.box_mm[0] == pytest.approx((4, 4, 4), abs=0.2)


def test_a_bell_open_to_the_plate_keeps_its_powder_until_it_is_cut_off() -> None:
    bell = np.concatenate(
        [
            box(20, 20, 4, (0, 0, 16)),
            box(4, 20, 18),
            box(4, 20, 18, (16, 0, 0)),
            box(20, 4, 18),
            box(20, 4, 18, (0, 16, 0)),
        ]
    )
    deep = look(bell)
    assert only(deep, "trapped_powder") == []
    (void,) = only(deep, "open_to_the_plate_only")
    assert void.values["volume_mm3"] == pytest.approx(12 * 12 * 16, rel=0.05)


@pytest.mark.parametrize(("hole_mm", "narrow"), [(1.0, True), (6.0, False)])
def test_a_void_whose_only_way_out_is_narrow_is_told(hole_mm: float, narrow: bool) -> None:
    side = (20 - hole_mm) / 2
    lid = [
        box(side, 20, 4, (0, 0, 16)), box(side, 20, 4, (20 - side, 0, 16)),
        box(20, side, 4, (0, 0, 16)), box(20, side, 4, (0, 20 - side, 16)),
    ]  # fmt: skip
    walls = [
        box(20, 20, 4),
        box(4, 20, 18),
        box(4, 20, 18, (16, 0, 0)),
        box(20, 4, 18),
        box(20, 4, 18, (0, 16, 0)),
    ]
    deep = look(np.concatenate([*lid, *walls]))
    assert only(deep, "trapped_powder") == []
    assert bool(only(deep, "narrow_way_out")) == narrow


def test_two_overlapping_cubes_share_their_common_volume_once() -> None:
    deep = look(np.concatenate([box(10, 10, 10), box(10, 10, 10, (5, 5, 0))]))
    assert deep.voids is not None
    assert deep.voids.overlap_mm3 == pytest.approx(250, rel=0.02)
    assert deep.voids.matter_mm3 == pytest.approx(1750, rel=0.01)
    assert only(deep, "shells_overlap")
    assert deep.melted_mm3 == pytest.approx(1750, rel=1e-9) and deep.areas_mm2[0] == pytest.approx(175)


@pytest.mark.parametrize("height_mm", [0.15, 1.0, 4.97, 7.0])
def test_an_island_is_told_at_the_layer_where_it_begins(height_mm: float) -> None:
    deep = look(np.concatenate([box(10, 10, 12), box(4, 4, 4, (15, 0, height_mm))]), layer_um=50)
    (island,) = only(deep, "island")
    first_cut_above = int(np.ceil(height_mm / 0.05 - 0.5 - 1e-9)) + 1
    assert island.values["layer"] == first_cut_above and island.point_mm is not None
    assert island.point_mm[2] == pytest.approx(height_mm, abs=1e-6) and 15 <= island.point_mm[0] <= 19


def test_a_table_hanging_from_its_legs_has_no_island_and_a_lamp_from_its_ceiling_has_one() -> None:
    profile = np.array(
        [
            [0, 0],
            [2, 0],
            [2, 8],
            [8, 8],
            [8, 4],
            [9, 4],
            [9, 8],
            [12, 8],
            [12, 0],
            [14, 0],
            [14, 10],
            [0, 10.0],
        ]
    )
    x, z, y = np.moveaxis(samples.extruded([profile], 5.0), -1, 0)
    lamp = np.stack([x, 5 - y, z], axis=-1)
    (island,) = only(look(lamp), "island")
    assert island.values["height_mm"] == pytest.approx(4, abs=1e-6)
    table = samples.extruded([profile[[0, 1, 2, 7, 8, 9, 10, 11]]], 5.0)
    x, z, y = np.moveaxis(table, -1, 0)
    assert only(look(np.stack([x, 5 - y, z], axis=-1)), "island") == []


def test_the_bottom_of_a_bowl_is_no_island() -> None:
    walls = [np.array([[0, 0], [10, 0], [10, 10], [7, 10], [7, 3], [3, 3], [3, 10], [0, 10.0]])]
    x, z, y = np.moveaxis(samples.extruded(walls, 5.0), -1, 0)
    assert look(np.stack([x, 5 - y, z], axis=-1)).islands == 0


def test_a_sudden_change_of_area_is_told_with_its_layer_and_its_way() -> None:
    deep = look(np.concatenate([box(20, 20, 5), box(5, 5, 10, (0, 0, 5))]), layer_um=100)
    (jump,) = only(deep, "area_shrinks")
    assert (jump.values["layer"], jump.values["before_mm2"], jump.values["after_mm2"]) == (51, 400.0, 25.0)
    assert [
        f.code
        for f in look(np.concatenate([box(5, 5, 5), box(20, 20, 5, (0, 0, 5))]), 100).findings
        if "area" in f.code
    ] == ["area_grows"]


def test_a_torn_skin_is_not_looked_into_and_the_verdict_says_so() -> None:
    deep = look(box(10, 10, 10)[1:])
    assert set(deep.skipped) == {"walls", "voids", "islands", "jumps"} and deep.walls is None


@settings(max_examples=12, deadline=None)
@given(turn=st.floats(0, 360), x=st.floats(-500, 500), y=st.floats(-500, 500), wall=st.floats(0.12, 0.35))
def test_turning_and_moving_a_part_on_the_plate_changes_nothing_that_is_told(
    turn: float, x: float, y: float, wall: float
) -> None:
    soup = np.concatenate([box(12, wall, 8), box(4, 4, 4, (15, 0, 3))])
    deep = look(turned(soup, turn) + np.array([x, y, 0.0]))
    assert deep.walls is not None and deep.overhangs is not None
    assert deep.walls.thinnest_mm == pytest.approx(wall, abs=2e-4)
    assert deep.overhangs.area_mm2 == pytest.approx(16, rel=1e-3)
    assert deep.islands == 1


@pytest.mark.parametrize(
    ("inches", "scale", "code"),
    [
        ((1.0625, 0.3125, 0.71875), 1.0, "unit_maybe_inch"),
        ((1.0625, 0.3125, 0.71875), 25.4, "drawn_in_inches"),
        ((10, 20, 30), 1.0, None),
        ((1.5, 2.5, 4.0), 1.0, None),
    ],
)
def test_sizes_round_only_in_inches_raise_a_doubt(
    inches: tuple[float, float, float], scale: float, code: str | None
) -> None:
    verdict = verify(samples.stl_bytes(samples.box_soup(*inches) * scale))
    doubts = [f.code for f in verdict.findings if "inch" in f.code]
    assert doubts == ([code] if code else [])


def test_a_gap_is_measured_at_several_epsilons() -> None:
    soup = box(10, 10, 10)
    soup[3, 1] += 0.02
    verdict = verify(samples.stl_bytes(soup))
    assert [within for within, _ in verdict.torn_at] == [0.0, 1.0, 10.0, 100.0]
    assert verdict.torn_at[0][1] > 0 and verdict.torn_at[-1][1] == 0


def test_the_last_layer_is_counted_up_and_its_thickness_told() -> None:
    verdict = verify(samples.stl_bytes(box(10, 10, 10.01)), layer_um=40)
    assert (verdict.layers, verdict.last_layer_um) == (251, 10)
    assert verify(samples.stl_bytes(box(10, 10, 10)), layer_um=40).last_layer_um == 40


def test_the_sides_of_a_box_are_its_outline_times_its_height() -> None:
    assert verify(samples.stl_bytes(box(10, 20, 30))).sides_mm2 == pytest.approx(60 * 30)

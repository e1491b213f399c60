"""A scan beside its nominal: laid down, measured, judged; what was not seen stays unknown."""

import json

import numpy as np
import pytest

from strate.kernels.geometry.compare.nearest import Skin
from strate.kernels.geometry.compare.poses import moved
from strate.kernels.geometry.compare.registration import register
from strate.kernels.geometry.compare.sampling import moments_of, spread_points
from strate.kernels.geometry.compare.scan_report import compare_scan
from strate.kernels.geometry.compare.tolerances import Tolerance, Zone, zones_from_json
from strate.kernels.geometry.refusal import FileRefused
from strate.kernels.geometry.samples import box_soup, cylinder_soup
from strate.kernels.geometry.skin.mesh import Mesh
from tests.kernels.geometry.comparing import codes, odd_part, scanned, thrown

FIFTH = Tolerance(-0.2, 0.2)
TOP = Zone("top", Tolerance(-0.1, 0.1), ((0.0, 0.0, 7.9), (40.0, 25.0, 8.1)))
POST = Zone("post", Tolerance(-0.1, 0.1), ((25.0, 10.0, 8.5), (40.0, 25.0, 18.0)))


@pytest.mark.parametrize("seed", [1, 2])
def test_a_scan_thrown_anywhere_is_laid_back_within_a_micrometre(seed):
    part = odd_part()
    true = spread_points(part, 200_000).points
    found = register(Skin(part), moments_of(part), thrown(true, seed))
    back = np.linalg.norm(moved(thrown(true, seed), found.pose) - true, axis=1)
    assert back.mean() <= 0.001 and not found.ambiguous


def test_noise_does_not_turn_the_part():
    part = odd_part()
    true = spread_points(part, 100_000).points
    noisy = true + np.random.default_rng(1).normal(0, 0.05, true.shape)
    found = register(Skin(part), moments_of(part), thrown(noisy, 4))
    assert np.linalg.norm(moved(thrown(true, 4), found.pose) - true, axis=1).mean() < 0.003


def test_a_good_scan_is_within_tolerance_and_says_nothing_else():
    report = compare_scan(
        odd_part(), thrown(scanned(odd_part(), noise_mm=0.02), 5), tolerance=FIFTH, zones=(TOP,)
    )
    assert report.state == "within" and report.zones[0].state == "within"
    assert not report.findings and report.unit == "mm" and not report.ambiguous
    assert report.figures.rms_mm == pytest.approx(0.02, rel=0.05)
    assert report.figures.percentiles_mm["p99"] == pytest.approx(2.326 * 0.02, rel=0.1)


def test_a_dent_is_found_where_it_is_and_only_its_zone_is_out():
    points = scanned(odd_part(), noise_mm=0.02)
    dent = np.linalg.norm(points - [20, 20, 8], axis=1) < 2.5
    points[dent, 2] -= 0.4
    report = compare_scan(odd_part(), thrown(points, 6), tolerance=FIFTH, zones=(TOP, POST))
    assert report.state == "out" and [zone.state for zone in report.zones] == ["out", "within"]
    (region,) = report.regions
    assert np.linalg.norm(np.subtract(region.centre_mm, [20, 20, 8])) < 0.5
    assert region.worst_mm == pytest.approx(-0.4, abs=0.05) and 4 < region.extent_mm < 8
    assert {"out_of_tolerance", "out_of_tolerance_in_zone"} == codes(report)
    assert report.worst[0].deviation_mm < -0.35


@pytest.mark.parametrize(
    ("factor", "unit"), [(25.4, "inch"), pytest.param(0.001, "µm", marks=pytest.mark.long)]
)
def test_a_scan_in_another_unit_is_read_in_it_and_it_is_said(factor, unit):
    report = compare_scan(odd_part(), thrown(scanned(odd_part(), 20_000) / factor, 7), tolerance=FIFTH)
    assert report.unit == unit and report.state == "within"
    assert codes(report) == {"scan_in_other_unit"}


def test_what_was_not_scanned_is_unknown_never_fine():
    points = scanned(odd_part())
    report = compare_scan(odd_part(), thrown(points[points[:, 2] > 0.5], 8), tolerance=FIFTH, zones=(TOP,))
    assert report.state == "unknown" and report.zones[0].state == "within"
    assert "not_scanned" in codes(report)
    below = report.unseen[0]
    assert below.centre_mm[2] == pytest.approx(0, abs=0.1) and below.area_mm2 == pytest.approx(1000, rel=0.05)


def test_half_a_scan_finds_its_half():
    points = scanned(odd_part())
    report = compare_scan(odd_part(), thrown(points[points[:, 0] > 20], 9), tolerance=FIFTH)
    assert report.figures.rms_mm < 1e-6 and report.state == "unknown" and not report.ambiguous
    assert report.figures.covered == pytest.approx(0.5, abs=0.1)


@pytest.mark.parametrize("soup", [box_soup(10, 10, 10), cylinder_soup(20, 30)], ids=["cube", "cylinder"])
def test_a_part_that_looks_the_same_in_several_ways_is_said_to(soup):
    part = Mesh.weld(soup)
    side = Zone("side", Tolerance(-0.1, 0.1), (tuple(part.low - 1), tuple(part.high + 1)))
    report = compare_scan(part, thrown(scanned(part, 30_000), 10), tolerance=FIFTH, zones=(side,))
    assert report.ambiguous and "scan_ambiguous" in codes(report) and len(report.other_ways_deg) >= 1
    assert report.state == "unknown" and report.zones[0].state == "unknown"
    assert report.figures.rms_mm < 0.001, "the deviations are the same whichever way it lies"


def test_among_equal_ways_the_one_that_moves_the_scan_least_is_taken():
    part = Mesh.weld(box_soup(10, 10, 10))
    report = compare_scan(part, scanned(part, 30_000) + 0.05)
    assert report.ambiguous and report.turned_deg < 0.1


def test_dust_and_the_table_are_left_out_and_counted():
    dice = np.random.default_rng(3)
    points = scanned(odd_part(), noise_mm=0.02)
    dust = points[:60] + dice.normal(0, 1, (60, 3))
    far = dice.uniform(-150, 150, (2000, 3))
    report = compare_scan(odd_part(), thrown(np.concatenate([points, far, dust]), 11), tolerance=FIFTH)
    assert report.state == "within"
    assert report.far_points == pytest.approx(2000, abs=60) and 20 <= report.strays <= 60
    assert codes(report) == {"scan_far_points", "scan_strays"}


def test_a_shrunk_part_is_said_to_be_smaller():
    report = compare_scan(odd_part(), thrown(scanned(odd_part()) * 0.995, 12), tolerance=FIFTH)
    assert report.growth == pytest.approx(-0.005, rel=0.02) and "scan_smaller" in codes(report)


def test_another_part_is_not_measured_as_if_it_were_this_one():
    other = Mesh.weld(cylinder_soup(30, 26))
    try:
        report = compare_scan(odd_part(), thrown(scanned(other, 5000), 13), tolerance=FIFTH)
    except FileRefused as refused:
        assert refused.code == "scan_not_on_part"
    else:
        assert report.state in ("out", "unknown") and "scan_does_not_fit" in codes(report)


def test_a_missing_post_is_never_within():
    """The scanner saw the plate where the post should stand: deep inside matter, and the post unseen."""
    without = Mesh.weld(np.concatenate([box_soup(40, 25, 8), box_soup(9, 6, 14) + np.array([3.0, 2.0, 8.0])]))
    report = compare_scan(odd_part(), scanned(without), tolerance=FIFTH, zones=(POST,), as_placed=True)
    assert report.state != "within" and report.zones[0].state == "unknown"


def test_a_scan_already_in_place_is_not_moved():
    points = scanned(odd_part()) + np.array([0.0, 0.0, 0.15])
    report = compare_scan(odd_part(), points, as_placed=True)
    assert report.state == "measured" and report.pose is None
    assert report.figures.most_mm == pytest.approx(0.15, abs=1e-9)


def test_a_zone_by_faces_is_those_faces_alone():
    part = odd_part()
    corners = part.corners()
    bottom = tuple(int(n) + 1 for n in np.flatnonzero((corners[:, :, 2] == 0).all(axis=1)))
    points = scanned(part)
    points[points[:, 2] == 0, 2] -= 0.15
    zone = Zone("bottom", Tolerance(-0.05, 0.05), None, bottom)
    report = compare_scan(part, points, as_placed=True, zones=(zone,))
    assert report.state == "out" and report.zones[0].figures.mean_mm == pytest.approx(0.15, abs=1e-6)


def test_the_two_skins_of_a_thin_wall_are_not_taken_for_one_another():
    wall = Mesh.weld(box_soup(40, 0.3, 30))
    points = scanned(wall)
    report = compare_scan(wall, points[points[:, 1] < 0.15], as_placed=True)
    assert report.figures.covered == pytest.approx(0.5, abs=0.03)


@pytest.mark.parametrize(
    ("points", "code"),
    [
        (np.empty((0, 3)), "no_points"),
        (np.zeros((99, 3)), "too_few_points"),
        (np.full((200, 3), np.nan), "points_not_finite"),
        (np.full((200, 3), 5e8), "scan_not_on_part"),
    ],
)
def test_a_cloud_that_is_none_is_refused(points, code):
    with pytest.raises(FileRefused) as refused:
        compare_scan(odd_part(), points, as_placed=True)
    assert refused.value.code == code


def test_all_points_in_one_place_do_not_make_a_scan():
    report = compare_scan(odd_part(), np.full((300, 3), 7.0), tolerance=FIFTH)
    assert report.state in ("unknown", "out")


@pytest.mark.parametrize("text", ["-0.1..0.2", "−0,1..0,2", "-0.1;0.2", "-0.1 .. +0.2"])
def test_a_tolerance_is_read_as_people_type_it(text):
    assert Tolerance.parse(text) == Tolerance(-0.1, 0.2)
    assert Tolerance.parse("±0,1") == Tolerance(-0.1, 0.1)


@pytest.mark.parametrize("text", ["", "a..b", "0.2..0.1", "nan..1", "1..inf", "..", "1e400"])
def test_a_tolerance_that_holds_nothing_is_refused(text):
    with pytest.raises(FileRefused):
        Tolerance.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[1]",
        '[{"name": "a"}]',
        '[{"name": "a", "lower_mm": -1, "upper_mm": 1}]',
        '[{"name": "a", "lower_mm": -1, "upper_mm": 1, "box_mm": [[0, 0, 0], [0, 1, 1]]}]',
        '[{"name": "a", "lower_mm": -1, "upper_mm": 1, "box_mm": [[0, 0, NaN], [1, 1, 1]]}]',
        '[{"name": "a", "lower_mm": 1, "upper_mm": -1, "faces": [1]}]',
        '[{"name": "", "lower_mm": -1, "upper_mm": 1, "faces": [1]}]',
    ],
)
def test_zones_that_mean_nothing_are_refused(text):
    with pytest.raises(FileRefused):
        zones_from_json(text)


def test_zones_go_to_the_child_and_back_unchanged():
    assert zones_from_json(json.dumps([TOP.to_dict(), POST.to_dict()])) == (TOP, POST)


def test_a_zone_off_the_part_is_refused_by_its_name():
    away = Zone("away", FIFTH, ((500.0, 0.0, 0.0), (501.0, 1.0, 1.0)))
    with pytest.raises(FileRefused, match="zone_off_part"):
        compare_scan(odd_part(), scanned(odd_part(), 5000), as_placed=True, zones=(away,))

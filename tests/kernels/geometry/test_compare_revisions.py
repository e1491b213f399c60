"""Two revisions of a file: the same, only moved, or changed here and there."""

import numpy as np
import pytest

from strate.kernels.geometry.compare.revisions import compare_revisions
from strate.kernels.geometry.samples import box_soup, torus_soup
from strate.kernels.geometry.skin.mesh import Mesh
from tests.kernels.geometry.comparing import codes, odd_part, rigid


def compared(before, after, **how):
    return compare_revisions(before, after, **how)[0]


def turned(mesh, seed):
    turn, shift = rigid(seed)
    return Mesh(mesh.vertices @ turn.T + shift, mesh.faces)


def finer(mesh):
    """Each triangle cut in four: another meshing of the very same surface."""
    a, b, c = (mesh.corners()[:, k] for k in range(3))
    ab, bc, ca = (a + b) / 2, (b + c) / 2, (c + a) / 2
    parts = [(a, ab, ca), (ab, b, bc), (ca, bc, c), (ab, bc, ca)]
    return Mesh.weld(np.concatenate([np.stack(part, axis=1) for part in parts]))


def test_the_same_bytes_are_the_same():
    report = compared(odd_part(), odd_part(), same_bytes=True)
    assert (report.state, report.code) == ("identical", "identical_to_the_byte") and not report.findings


def test_the_same_triangles_in_another_order_are_the_same():
    part = odd_part()
    dice = np.random.default_rng(1)
    order = dice.permutation(len(part.vertices))
    back = np.argsort(order)
    faces = np.roll(back[part.faces][dice.permutation(len(part.faces))], 1, axis=1)
    report = compared(part, Mesh(part.vertices[order], faces.astype(np.int32)))
    assert (report.state, report.code) == ("identical", "same_triangles")


def test_another_meshing_of_the_same_surface_is_the_same_shape():
    report = compared(odd_part(), finer(odd_part()))
    assert (report.state, report.code) == ("same", "same_shape") and report.most_mm < 1e-9
    assert report.after.triangles == 4 * report.before.triangles and not report.findings


def test_single_precision_does_not_make_a_change():
    part = turned(odd_part(), 2)
    rounded = Mesh(part.vertices.astype(np.float32).astype(np.float64), part.faces)
    assert compared(part, rounded).code == "same_shape"


def test_a_part_that_was_moved_is_said_to_be_with_the_way_it_went():
    part = odd_part()
    report = compared(part, Mesh(part.vertices + np.array([1.0, -2.0, 0.25]), part.faces))
    assert report.code == "translated" and codes(report) == {"revision_translated"}
    assert [report.values[name] for name in ("x_mm", "y_mm", "z_mm")] == [1.0, -2.0, 0.25]


def test_a_part_that_was_turned_is_said_to_be_with_its_angle():
    quarter = np.array([[0.0, -1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])
    part = odd_part()
    report = compared(part, Mesh(part.vertices @ quarter.T, part.faces))
    assert report.code == "rotated" and report.most_mm < 1e-6
    assert report.values["angle_deg"] == pytest.approx(90)
    assert [report.values[f"axis_{a}"] for a in "xyz"] == pytest.approx([0, 0, 1])


@pytest.mark.parametrize(("factor", "unit"), [(25.4, "inch"), (1 / 25.4, "mm read as inch"), (1.02, "?")])
def test_a_part_in_another_unit_is_scaled_and_the_unit_is_guessed(factor, unit):
    part = odd_part()
    report = compared(part, Mesh(part.vertices * factor, part.faces))
    assert report.code == "scaled" and report.values["unit"] == unit
    assert report.values["scale"] == pytest.approx(factor, rel=1e-4)


def test_a_left_part_and_a_right_part_are_mirrored_not_alike():
    part = odd_part()
    other = Mesh(part.vertices * [-1.0, 1.0, 1.0], np.ascontiguousarray(part.faces[:, ::-1]))
    assert compared(part, turned(other, 3)).code == "mirrored"


def test_a_taller_boss_is_matter_added_where_it_grew():
    report = compared(odd_part(14.0), odd_part(14.5))
    assert report.code == "changed" and report.most_mm == pytest.approx(0.5)
    grown = report.regions[0]
    assert grown.worst_mm == pytest.approx(0.5) and grown.high_mm[2] == pytest.approx(22.5)
    assert np.allclose(grown.low_mm[:2], [3, 2], atol=0.1) and np.allclose(
        grown.high_mm[:2], [12, 8], atol=0.1
    )
    (piece,) = report.pieces
    assert piece.what == "changed" and piece.volume_mm3 - piece.volume_before_mm3 == pytest.approx(27)
    assert "matter_came" in codes(report)


def test_a_moved_post_is_matter_gone_on_one_side_and_come_on_the_other():
    report = compared(odd_part(), odd_part(post_at_mm=30.5))
    (piece,) = report.pieces
    assert piece.what == "moved" and piece.shift_mm == pytest.approx((0.5, 0, 0))
    assert {"matter_came", "matter_went"} <= codes(report)
    assert max(region.worst_mm for region in report.regions) == pytest.approx(0.5, abs=0.02)


def test_shells_that_came_and_went_are_named():
    plate, boss, hook = (
        box_soup(40, 25, 8),
        box_soup(5, 5, 5) + 12.0,
        torus_soup(5, 1) + np.array([0.0, 0.0, 30.0]),
    )
    report = compared(Mesh.weld(np.concatenate([plate, boss])), Mesh.weld(np.concatenate([plate, hook])))
    assert {piece.what for piece in report.pieces} == {"removed", "added"}
    assert report.before.shells == report.after.shells == 2


def test_a_part_that_was_turned_and_changed_is_compared_where_it_went():
    report = compared(odd_part(14.0), turned(odd_part(14.5), 5))
    assert report.code == "moved_and_changed" and report.moved_first is not None
    assert report.regions[0].worst_mm == pytest.approx(0.5, abs=1e-3)
    assert sum(abs(region.worst_mm) > 0.01 for region in report.regions) <= 3


def test_a_small_change_in_a_large_part_is_not_lost_between_its_points():
    part = Mesh.weld(box_soup(200, 200, 20))
    dented = part.vertices.copy()
    dented[0] += [0.02, 0.02, 0.02]
    report = compared(part, Mesh(dented, part.faces))
    assert report.code == "changed" and 0.02 <= report.most_mm <= 0.035


def test_the_differences_for_a_picture_stand_where_the_surfaces_are():
    report, found = compare_revisions(odd_part(14.0), odd_part(14.5))
    top = np.abs(found.points[:, 2] - 22.5) < 1e-9
    inner = top & (np.abs(found.points[:, 0] - 7.5) < 4) & (np.abs(found.points[:, 1] - 5) < 2.4)
    assert inner.any() and np.allclose(found.deviations[inner], 0.5) and report.region_count >= 1

"""A plate: copies stand where they are put, meet nobody, and weigh together what they weigh apart."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strate.kernels.geometry import samples
from strate.kernels.geometry.cutting.polygons import area
from strate.kernels.geometry.plate.arrange import in_rows
from strate.kernels.geometry.plate.export import write_3mf
from strate.kernels.geometry.plate.guarded import plate_file_in_child, plate_in_child
from strate.kernels.geometry.plate.judge import PlatePart, judge_plate, placed
from strate.kernels.geometry.plate.record import Bed, Copy, PlateRefused, PlateVerdict
from strate.kernels.geometry.plate.shadow import shadow
from strate.kernels.geometry.refusal import FileRefused
from strate.kernels.geometry.saying.words import say_finding
from strate.kernels.geometry.skin.mesh import Mesh

BED = Bed(250, 250, 325, margin_mm=5)


def part(soup: np.ndarray) -> PlatePart:
    mesh = Mesh.weld(soup)
    a, b, c = (mesh.vertices[mesh.faces[:, corner]] for corner in range(3))
    return PlatePart(mesh, float(np.einsum("ij,ij->i", a, np.cross(b, c)).sum() / 6), True)


CUBE, TORUS, PIN = (
    part(samples.box_soup(10, 10, 10)),
    part(samples.torus_soup(20, 6)),
    part(samples.cylinder_soup(20, 30)),
)
TABLE = part(
    np.concatenate([samples.box_soup(4, 4, 20), samples.box_soup(30, 4, 4) + np.array([0.0, 0.0, 20.0])])
)


def judge(copies: list[Copy], bed: Bed = BED, **asked: object) -> PlateVerdict:
    parts = {"cube": CUBE, "torus": TORUS, "pin": PIN, "table": TABLE}
    verdict = judge_plate(parts, copies, bed, layer_um=50, **asked)
    assert PlateVerdict.from_dict(json.loads(json.dumps(verdict.to_dict()))) == verdict
    assert all(say_finding(f, "fr") and say_finding(f, "en") for f in verdict.findings)
    return verdict


def codes(verdict: PlateVerdict) -> list[str]:
    return [finding.code for finding in verdict.findings]


def test_two_copies_apart_weigh_twice_one() -> None:
    verdict = judge([Copy("A", "cube", 20, 20), Copy("B", "cube", 40, 20, 30)])
    assert verdict.may_be_built and verdict.findings == ()
    assert (verdict.layers, verdict.volume_mm3) == (200, pytest.approx(2000))
    assert verdict.areas_mm2[0] == pytest.approx(200) and verdict.volume_sure


def test_two_copies_in_one_place_are_refused_and_their_sum_is_no_longer_sure() -> None:
    verdict = judge([Copy("A", "cube", 20, 20), Copy("B", "cube", 26, 23)])
    assert codes(verdict) == ["copies_meet"] and not verdict.may_be_built and not verdict.volume_sure
    assert codes(judge([Copy("A", "cube", 20, 20), Copy("B", "cube", 20, 20)])) == ["copies_meet"]


@pytest.mark.parametrize(
    ("apart", "code"), [(0.2, "copies_too_near"), (0.49, "copies_too_near"), (0.51, None)]
)
def test_the_gap_between_two_cubes_is_measured(apart: float, code: str | None) -> None:
    verdict = judge([Copy("A", "cube", 20, 20), Copy("B", "cube", 30 + apart, 20)])
    assert codes(verdict) == ([code] if code else [])
    if code:
        assert verdict.findings[0].values["distance_mm"] == pytest.approx(apart, abs=1e-3)


def test_a_pin_stands_inside_a_ring_without_touching_it() -> None:
    assert judge([Copy("A", "torus", 100, 100), Copy("B", "pin", 100, 100)]).findings == ()
    assert codes(judge([Copy("A", "torus", 100, 100), Copy("B", "pin", 105, 100)])) == ["copies_meet"]


def test_a_cube_goes_under_a_table_only_as_far_as_its_top_leaves_room() -> None:
    under = judge([Copy("A", "table", 50, 50), Copy("B", "cube", 55, 50)])
    assert under.findings == () and under.checked_every_mm is not None
    assert codes(judge([Copy("A", "table", 50, 50), Copy("B", "pin", 55, 50)])) == ["copies_meet"]


@pytest.mark.parametrize(("x", "turn", "over"), [(10, 0, None), (9.9, 0, 0.1), (10, 45, 2.071)])
def test_a_copy_keeps_to_the_margins_of_the_plate(x: float, turn: float, over: float | None) -> None:
    verdict = judge([Copy("A", "cube", x, 50, turn)])
    assert codes(verdict) == ([] if over is None else ["copy_off_plate"])
    if over is not None:
        assert verdict.findings[0].values["over_mm"] == pytest.approx(over, abs=1e-3)


def test_a_copy_too_high_is_told() -> None:
    assert codes(judge([Copy("A", "cube", 50, 50)], Bed(250, 250, 12, headroom_mm=3))) == ["copy_too_high"]


def test_a_part_is_turned_over_only_where_the_site_allows_it() -> None:
    over = [Copy("A", "table", 50, 50, 0, flipped=True)]
    assert codes(judge(over)) == ["flip_refused"]
    allowed = judge(over, may_flip=True)
    assert allowed.may_be_built and allowed.areas_mm2[0] == pytest.approx(120)


def test_two_copies_never_carry_the_same_label() -> None:
    assert codes(judge([Copy("A", "cube", 20, 20), Copy("A", "cube", 60, 20)])) == ["labels_alike"]


def test_an_empty_plate_and_a_part_without_file_are_refused() -> None:
    for copies, code in (([], "plate_empty"), ([Copy("A", "ghost", 0, 0)], "no_such_part_on_plate")):
        with pytest.raises(PlateRefused) as refused:
            judge(copies)
        assert refused.value.code == code


def test_the_shadow_of_a_ring_has_a_hole_and_its_area() -> None:
    outer, hole = (np.array(flat).reshape(-1, 2) for flat in shadow(TORUS.mesh))
    assert area(outer) > 0 > area(hole)
    assert area(outer) + area(hole) == pytest.approx(np.pi * (26**2 - 14**2), rel=0.02)


def test_the_shadow_follows_its_copy() -> None:
    verdict = judge([Copy("A", "table", 50, 60, 90)])
    drawn = np.array(verdict.shapes["table"].drawn(verdict.copies[0])[0]).reshape(-1, 2)
    assert drawn.min(axis=0) == pytest.approx((48, 45), abs=0.1)
    assert drawn.max(axis=0) == pytest.approx((52, 75), abs=0.1)


@settings(max_examples=10, deadline=None)
@given(x=st.floats(40, 200), y=st.floats(40, 200), turn=st.floats(0, 360), away=st.floats(0, 360))
def test_moving_and_turning_a_pair_together_keeps_its_gap(
    x: float, y: float, turn: float, away: float
) -> None:
    c, s = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    first, second = Copy("A", "cube", x, y, turn), Copy("B", "cube", x + 10.3 * c, y + 10.3 * s, turn)
    (finding,) = judge([first, second], Bed(1000, 1000, 100)).findings
    assert finding.values["distance_mm"] == pytest.approx(0.3, abs=2e-3)
    moved = placed(CUBE.mesh, Copy("A", "cube", x, y, away))
    assert moved.vertices.mean(axis=0) == pytest.approx((x, y, 5))


def test_rows_fill_the_plate_and_a_full_plate_is_refused() -> None:
    sizes = {"cube": (10.0, 10.0, 10.0), "torus": (52.0, 52.0, 12.0)}
    wanted = [(f"C{n}", "cube") for n in range(12)] + [("T", "torus")]
    copies = in_rows(wanted, sizes, BED, 1.0)
    assert [copy.label for copy in copies] == [label for label, _ in wanted]
    assert judge(list(copies)).may_be_built
    with pytest.raises(PlateRefused) as refused:
        in_rows([(f"T{n}", "torus") for n in range(17)], sizes, BED, 1.0)
    assert refused.value.values == {"placed": 16, "wanted": 17}


@given(st.floats(3.0, 40.0), st.floats(3.0, 40.0))
@settings(max_examples=30, deadline=None)
def test_rows_of_parts_of_any_size_keep_the_edges_free(width_mm: float, depth_mm: float) -> None:
    brick = part(samples.box_soup(width_mm, depth_mm, 2))
    x, y, z = (brick.mesh.high - brick.mesh.low).tolist()
    copies = in_rows([("A", "brick"), ("B", "brick")], {"brick": (x, y, z)}, BED, 1.01)
    verdict = judge_plate({"brick": brick}, list(copies), BED, layer_um=500, gap_mm=1.0)
    assert codes(verdict) == []


def test_a_copy_one_micrometre_over_the_edge_is_told_by_how_much() -> None:
    assert codes(judge([Copy("A", "cube", 10.0, 20)])) == []
    told = judge([Copy("A", "cube", 9.999, 20)]).findings[0]
    assert told.code == "copy_off_plate" and told.values["over_mm"] == 0.001


def test_a_plate_is_written_once_for_each_part_and_always_with_the_same_bytes() -> None:
    copies = [Copy("A", "cube", 20, 20), Copy("B <&>", "cube", 60, 20, 90)]
    data = write_3mf({"cube": CUBE.mesh}, copies)
    assert data == write_3mf({"cube": CUBE.mesh}, copies)
    model = zipfile.ZipFile(BytesIO(data)).read("3D/3dmodel.model").decode()
    assert model.count("<object ") == 1 and model.count("<item ") == 2 and model.count("<triangle ") == 12
    assert 'partnumber="B &lt;&amp;&gt;"' in model


def test_files_are_judged_and_written_at_arms_length(tmp_path: Path) -> None:
    file = tmp_path / "cube.stl"
    file.write_bytes(samples.cube(10))
    copies = [Copy("A", "cube", 20, 20), Copy("B", "cube", 40, 20)]
    verdict = plate_in_child({"cube": file}, copies, BED, layer_um=40)
    assert verdict.may_be_built and verdict.layers == 250
    assert plate_file_in_child({"cube": file}, copies).startswith(b"PK")
    with pytest.raises(FileRefused) as refused:
        plate_in_child({"cube": tmp_path / "none.stl"}, copies, BED, layer_um=40)
    assert refused.value.code == "file_missing"

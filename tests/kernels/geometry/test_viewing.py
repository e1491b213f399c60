"""What screens receive: streams that come back as they went, levels that look like the part, bad bytes refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strate.kernels.geometry import samples
from strate.kernels.geometry.guarding import guard
from strate.kernels.geometry.readers import FileLayer
from strate.kernels.geometry.refusal import FileRefused
from strate.kernels.geometry.skin.mesh import Mesh
from strate.kernels.geometry.viewing import drawn, varints
from strate.kernels.geometry.viewing.detail import clustered, levels_of, lines_of
from strate.kernels.geometry.viewing.layer_stream import (
    HATCHES,
    HOLE,
    OPEN,
    OUTER,
    DrawnLayer,
    Line,
    pack_block,
    pack_index,
    unpack_block,
    unpack_index,
)
from strate.kernels.geometry.viewing.mesh_stream import pack_level, unpack_level
from strate.kernels.geometry.viewing.scalars import pack_scalars, unpack_scalars
from strate.kernels.geometry.viewing.varints import Malformed

reach = st.integers(-(10**9), 10**9)
lines = st.builds(
    lambda kind, points: Line(kind, np.array(points, np.int64).reshape(-1, 2)),
    st.integers(OUTER, HATCHES),
    st.lists(st.tuples(reach, reach), max_size=12),
)
layers = st.builds(
    lambda top, area, each: DrawnLayer(top, area, tuple(each)),
    reach,
    st.floats(0, 1e6, width=32),
    st.lists(lines, max_size=5),
)


def welded(soup: np.ndarray) -> Mesh:
    return Mesh.weld(soup)


@given(st.lists(st.integers(-(2**62), 2**62), max_size=50))
def test_numbers_come_back_as_they_went(numbers: list[int]) -> None:
    sent = varints.pack(varints.zigzag(np.array(numbers, np.int64)))
    assert varints.unzigzag(varints.unpack(sent)).tolist() == numbers


@settings(max_examples=60)
@given(st.integers(1, 10**6), st.lists(layers, max_size=6), st.booleans())
def test_a_block_of_layers_comes_back_as_it_went(first: int, sent: list[DrawnLayer], of_file: bool) -> None:
    number, found = unpack_block(pack_block(first, sent, of_file=of_file))
    assert number == first and len(found) == len(sent)
    for one, other in zip(sent, found, strict=True):
        assert (one.top_um, one.area_mm2) == (other.top_um, other.area_mm2)
        assert [x.kind for x in one.lines] == [x.kind for x in other.lines]
        assert all(np.array_equal(a.points, b.points) for a, b in zip(one.lines, other.lines, strict=True))


@settings(max_examples=60)
@given(st.binary(max_size=80), st.integers(0, 3))
def test_bytes_of_nobody_are_refused_not_drawn(noise: bytes, at: int) -> None:
    whole = pack_block(1, [DrawnLayer(40, 1.0, (Line(OUTER, np.array([[0, 0], [9, 0], [9, 9]])),))])
    for bad in (noise, whole[: -1 - at], whole + b"\x00", whole[:4] + b"\xff" + whole[5:]):
        with pytest.raises(Malformed):
            unpack_block(bad)


def test_an_index_tells_height_and_area_of_every_layer() -> None:
    index = unpack_index(pack_index(drawn.index_of_file(_file_layers())))
    assert index.of_file and index.layers == 3 and index.layer_um == 30
    assert index.tops_um.tolist() == [30, 60, 90] and index.bottom_um == 0
    assert index.areas_mm2[:2].tolist() == [96.0, 96.0] and np.isnan(index.areas_mm2[2])
    assert index.box_um == (0, 0, 10_000, 10_000)


def test_a_layer_file_is_drawn_with_its_holes_and_its_strokes() -> None:
    first, last = drawn.layers_of_file(_file_layers(), 1, 3)[::2]
    assert [line.kind for line in first.lines] == [OUTER, HOLE, HATCHES]
    assert [line.kind for line in last.lines] == [OPEN, HATCHES]
    assert first.lines[2].points.tolist() == [[0, 1000], [4000, 1000]]


def _file_layers() -> tuple[FileLayer, ...]:
    outer = np.array([[0.0, 0], [10, 0], [10, 10], [0, 10]])
    hole = np.array([[4.0, 4], [4, 6], [6, 6], [6, 4]])
    strokes = np.array([[0.0, 1, 4, 1]])
    whole = (FileLayer(0.03 * n, (outer, hole), (), strokes) for n in (1, 2))
    return (*whole, FileLayer(0.09, (), (outer[:2],), strokes))


def test_the_layers_of_a_mesh_are_those_the_slicer_cuts(tmp_path: Path) -> None:
    path = tmp_path / "part.stl"
    path.write_bytes(samples.bracket())
    index, blocks = guard.layer_blocks_in_child(path, layer_um=40, block=0)
    told, cuts = unpack_index(index), guard.contours_in_child(path, layer_um=40)["cuts"]
    streamed = [each for number in sorted(blocks) for each in unpack_block(blocks[number])[1]]
    assert guard.layer_index_in_child(path, layer_um=40) == index
    assert len(streamed) == told.layers == len(cuts)
    for each, cut, area in zip(streamed, cuts, told.areas_mm2, strict=True):
        assert each.area_mm2 == pytest.approx(cut["area_mm2"], rel=1e-6)
        assert area == pytest.approx(cut["area_mm2"], rel=1e-5)
        assert [line.points.reshape(-1).tolist() for line in each.lines] == cut["contours_um"]


def test_a_block_that_is_not_there_is_not_answered(tmp_path: Path) -> None:
    path = tmp_path / "cube.stl"
    path.write_bytes(samples.cube(2))
    assert guard.layer_blocks_in_child(path, layer_um=40, block=64_000)[1] == {}
    path.write_bytes(b"%PDF-1.7 a drawing")
    for ask in (guard.levels_in_child, lambda lying: guard.layer_index_in_child(lying, layer_um=40)):
        with pytest.raises(FileRefused):
            ask(path)


def test_a_small_mesh_is_shown_as_it_is() -> None:
    mesh = welded(samples.box_soup(30, 20, 10))
    [level] = levels_of(mesh)
    back = unpack_level(pack_level(level))
    assert (back.level, back.levels, back.file_triangles) == (0, 1, 12)
    assert np.abs(back.mesh.vertices - level.mesh.vertices).max() <= 30 / 65_535
    assert np.array_equal(back.mesh.faces, level.mesh.faces)
    assert len(back.creases) == 12 and len(back.torn) == 0


def test_where_the_skin_is_torn_its_edges_are_told() -> None:
    soup = samples.box_soup(30, 20, 10)[1:]
    assert len(lines_of(welded(soup))[1]) == 3


def test_a_million_triangles_become_what_a_tablet_can_turn() -> None:
    mesh = welded(samples.torus_soup(40, 15, 1000, 500))
    first, fine = levels_of(mesh)
    assert len(first.mesh.faces) <= 20_000 and len(fine.mesh.faces) <= 300_000
    assert fine.file_triangles == 1_000_000
    for level, off_mm in ((first, 0.1), (fine, 0.01)):
        x, y, z = level.mesh.vertices.T
        away = np.abs(np.hypot(np.hypot(x, y) - 40, z - 15) - 15)
        assert away.max() < off_mm and not len(level.torn)
    assert len(pack_level(fine)) < 2_000_000


def test_sharp_edges_stay_sharp_when_corners_are_joined() -> None:
    """Three hundred little triangles on each side of a box, joined in cells that do not divide its sides."""
    grid = np.linspace(0, 10, 18)
    small = clustered(_fine_box(grid), 1.37)
    assert np.allclose(small.low, 0, atol=1e-6) and np.allclose(small.high, 10, atol=1e-6)
    a, b, c = (small.vertices[small.faces[:, s]] for s in range(3))
    assert float((a * np.cross(b, c)).sum() / 6) == pytest.approx(1000, rel=0.01)
    assert len(small.faces) < 12 * 17 * 17 / 2


def _fine_box(grid: np.ndarray) -> Mesh:
    a, b = (x.reshape(-1) for x in np.meshgrid(grid[:-1], grid[:-1], indexing="ij"))
    d = grid[1] - grid[0]
    square = np.array([[[0, 0], [1, 0], [1, 1]], [[0, 0], [1, 1], [0, 1]]]) * d
    flat = (np.stack([a, b], 1)[:, None, None] + square).reshape(-1, 3, 2)
    sides = []
    for axis in range(3):
        for level in (0.0, 10.0):
            soup = np.insert(flat, axis, level, axis=2)
            out = (level > 0) == (axis != 1)
            sides.append(soup if out else soup[:, ::-1])
    return welded(np.concatenate(sides).round(9))


@given(st.lists(st.floats(-5, 5) | st.just(float("nan")), min_size=1, max_size=40))
def test_deviations_keep_their_sign_and_the_unknown_stays_unknown(values: list[float]) -> None:
    sent = np.array(values)
    back = unpack_scalars(pack_scalars(sent))
    assert np.array_equal(np.isnan(back), np.isnan(sent))
    known = ~np.isnan(sent)
    assert np.abs(back[known] - sent[known]).max(initial=0) <= 5 / 32_767


@pytest.mark.parametrize("cut", [0, 10, 79, 120])
def test_a_cut_mesh_is_refused(cut: int) -> None:
    whole = pack_level(levels_of(welded(samples.box_soup(3, 2, 1)))[0])
    with pytest.raises(Malformed):
        unpack_level(whole[:cut])
    with pytest.raises(Malformed):
        unpack_scalars(whole[:cut])

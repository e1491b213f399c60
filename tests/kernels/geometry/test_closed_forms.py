"""What is known by formula or by reckoning with a pencil: the kernel finds the same, on every layer."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import shapes
from strate.kernels.geometry.cutting.areas import soup_areas
from strate.kernels.geometry.cutting.slicing import Cuts, Slicer
from strate.kernels.geometry.skin.mesh import Mesh
from strate.kernels.geometry.skin.shells import measure
from strate.kernels.geometry.skin.soup import Soup
from strate.kernels.geometry.skin.topology import duplicates, edges_of, groups_of, shells_of

SKINS = {
    "torus": shapes.torus(20, 6, 90, 40),
    "bumpy torus": shapes.torus(20, 6, 240, 100, 1),
    "sphere": shapes.sphere(10, 120, 60),
    "statue": shapes.statue(120, 200, 40),
    "gyroid": shapes.gyroid(26, 20, 2),
}
FACTS = {"torus": (0, 1), "bumpy torus": (0, 1), "sphere": (2, 1), "statue": (2, 1)}  # Euler number, shells


def volume_of(mesh: Mesh) -> float:
    """The same volume by numpy alone."""
    a, b, c = np.moveaxis(mesh.corners() - mesh.vertices.mean(axis=0), 1, 0)
    return float((a * np.cross(b, c)).sum() / 6)


@pytest.mark.parametrize("name", SKINS)
def test_a_skin_drawn_by_formula_is_closed_oriented_and_of_one_piece(name: str) -> None:
    mesh = SKINS[name]
    welded = Mesh.weld(mesh.corners())
    edges = edges_of(welded)
    assert edges.closed and edges.oriented and not len(edges.ends)
    assert 2 * edges.count == 3 * len(mesh.faces)
    euler = len(welded.vertices) - edges.count + len(welded.faces)
    if name in FACTS:
        assert (euler, int(shells_of(edges).max()) + 1) == FACTS[name]


def test_a_sphere_and_a_torus_measure_what_the_formulas_say() -> None:
    for mesh, volume, area in (
        (shapes.sphere(10, 800, 400), 4 / 3 * math.pi * 1000, 4 * math.pi * 100),
        (shapes.torus(20, 6, 900, 300), 2 * math.pi**2 * 20 * 36, 4 * math.pi**2 * 120),
    ):
        found = measure(mesh, np.zeros(len(mesh.faces), np.int32))
        assert found.volume_mm3 == pytest.approx(volume, rel=2e-4)
        assert found.area_mm2 == pytest.approx(area, rel=2e-4)
        assert found.boxes[0].tolist() == [*mesh.low.tolist(), *mesh.high.tolist()]


def test_every_layer_of_a_sphere_is_the_disc_of_its_height() -> None:
    slicer = Slicer(shapes.sphere(10, 1200, 600), 100)
    heights = slicer.planes.heights_mm
    assert slicer.areas().areas_mm2 == pytest.approx(math.pi * (100 - heights**2), rel=1e-4, abs=0.02)


@pytest.mark.parametrize("name", SKINS)
@pytest.mark.parametrize("layer_um", [7, 30, 400])
def test_outlines_areas_and_volume_tell_one_story(name: str, layer_um: int) -> None:
    mesh = SKINS[name]
    slicer = Slicer(mesh, layer_um)
    areas, whole = slicer.areas().areas_mm2, slicer.cuts(1, slicer.layers)
    assert whole.closed.all()
    assert whole.areas_mm2() == pytest.approx(areas, rel=1e-9, abs=1e-9)
    assert whole.union_areas_mm2() == pytest.approx(areas, rel=1e-9, abs=1e-9)
    assert soup_areas(Soup.of(mesh.corners()), layer_um).areas_mm2 == pytest.approx(areas, rel=1e-12)


@pytest.mark.parametrize("name", SKINS)
def test_thin_layers_add_up_to_the_volume_to_a_hundred_thousandth(name: str) -> None:
    mesh = SKINS[name]
    layer_um = max(1, int((mesh.high[2] - mesh.low[2]) * 1000 / 4000))
    assert Slicer(mesh, layer_um).areas().volume_mm3 == pytest.approx(volume_of(mesh), rel=1e-5)


def test_layers_cut_together_or_one_by_one_are_the_same() -> None:
    slicer = Slicer(SKINS["gyroid"], 50)
    whole = slicer.cuts(1, slicer.layers)
    blocks = list(slicer.blocks(5000))
    assert len(blocks) > 10 and [b.first for b in blocks][1:] == [b.first + b.layers for b in blocks][:-1]
    assert np.array_equal(np.concatenate([b.points for b in blocks]), whole.points)
    for layer in (1, 77, slicer.layers):
        assert_same_lines(slicer.cuts(layer, layer), whole, layer)


def assert_same_lines(one: Cuts, whole: Cuts, layer: int) -> None:
    for mine, other in zip(one.layer(layer).contours, whole.layer(layer).contours, strict=True):
        assert np.array_equal(mine, other)


def test_a_mesh_laid_out_once_serves_every_thickness() -> None:
    mesh = SKINS["torus"]
    first = Slicer(mesh, 100)
    again = Slicer(mesh, 30, upright=first.upright)
    assert again.cut(10).area_mm2 == Slicer(mesh, 30).cut(10).area_mm2
    assert first.cut(10).area_mm2 == pytest.approx(first.areas().areas_mm2[9])


def moved(mesh: Mesh, turn: tuple[float, float, float, float], shift: tuple[float, float, float]) -> Mesh:
    w, x, y, z = np.array(turn) / np.linalg.norm(turn)
    matrix = np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
            [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
            [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
        ]
    )
    return Mesh(mesh.vertices @ matrix.T + np.array(shift), mesh.faces)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(sorted(SKINS)),
    st.tuples(*[st.floats(-1, 1)] * 4).filter(lambda q: np.linalg.norm(q) > 0.1),
    st.tuples(*[st.floats(-500, 500)] * 3),
)
def test_moving_a_part_changes_nothing_of_what_it_is(
    name: str, turn: tuple[float, float, float, float], shift: tuple[float, float, float]
) -> None:
    mesh = moved(SKINS[name], turn, shift)
    found = measure(mesh, shells_of(edges_of(mesh)))
    assert found.volume_mm3 == pytest.approx(volume_of(SKINS[name]), rel=1e-9)
    slicer = Slicer(mesh, max(1, int((mesh.high[2] - mesh.low[2]) * 1000 / 3000)))
    areas = slicer.areas()
    assert areas.volume_mm3 == pytest.approx(found.volume_mm3, rel=1e-5)
    for layer in (1, slicer.layers // 3, slicer.layers):
        cut = slicer.cut(layer)
        assert not cut.open_lines
        assert cut.area_mm2 == pytest.approx(areas.areas_mm2[layer - 1], rel=1e-9, abs=1e-8)


def test_a_moebius_band_is_open_on_one_line_and_looks_both_ways() -> None:
    turn = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    rows = np.stack(
        [[20 + s * np.cos(turn / 2) for s in (-3, 3)], [s * np.sin(turn / 2) for s in (-3, 3)]], -1
    )
    ring = np.stack([rows[..., 0] * np.cos(turn), rows[..., 0] * np.sin(turn), rows[..., 1]], -1).reshape(
        -1, 3
    )
    n = np.arange(39)
    faces = [np.stack([n, n + 1, n + 41], 1), np.stack([n, n + 41, n + 40], 1), [[39, 40, 0], [39, 0, 79]]]
    mesh = Mesh(ring, np.concatenate(faces).astype(np.int32))
    edges = edges_of(mesh)
    assert (len(edges.boundary), len(edges.flipped), int(shells_of(edges).max())) == (80, 1, 0)
    cut = Slicer(mesh, 500).cut(3)
    assert cut.open_lines and not cut.contours


def test_pieces_are_counted_by_their_edges_and_doubles_by_their_corners() -> None:
    one, two = SKINS["sphere"], SKINS["torus"]
    away = Mesh(two.vertices + 100, two.faces)
    both = Mesh.weld(np.concatenate([one.corners(), away.corners(), one.corners()[:5, [1, 2, 0]]]))
    labels = shells_of(edges_of(both))
    assert labels[[0, len(one.faces)]].tolist() == [0, 1] and int(labels.max()) == 1
    assert duplicates(both.faces).tolist() == list(range(len(both.faces) - 5, len(both.faces)))
    assert groups_of(5, np.array([[3, 4], [0, 3]], np.int32)).tolist() == [0, 1, 2, 0, 0]


def test_equal_corners_are_one_even_when_zero_has_a_sign() -> None:
    soup = np.array([[[0.0, -0.0, 1], [1, 0, 0], [0, 1, 0]], [[-0.0, 0.0, 1], [0, 1, 0], [1, -0.0, 0]]])
    for dtype in (np.float32, np.float64):
        mesh = Mesh.weld(soup.astype(dtype))
        assert mesh.faces.tolist() == [[0, 1, 2], [0, 2, 1]] and not np.signbit(mesh.vertices).any()


def test_a_triangle_that_names_no_corner_never_reaches_the_engine() -> None:
    for wrong in (3, -1):
        with pytest.raises(ValueError, match="none of the 3"):
            Mesh(np.zeros((3, 3)), np.array([[0, 1, wrong]], np.int32))

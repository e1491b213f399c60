"""The engine against the same questions asked slowly, one triangle at a time, on meshes nobody would wish for."""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from strate.kernels.geometry.cutting.areas import Planes, soup_areas
from strate.kernels.geometry.cutting.polygons import union_area_mm2
from strate.kernels.geometry.cutting.raster import mask_areas_mm2, rasterize
from strate.kernels.geometry.cutting.slicing import Slicer
from strate.kernels.geometry.skin.mesh import Mesh
from strate.kernels.geometry.skin.soup import Soup
from strate.kernels.geometry.skin.topology import collapsed, edges_of, shells_of

SIDES = ((0, 1), (1, 2), (2, 0))
# Heights in half layers: many corners, edges and whole faces lie exactly on a plane.
CORNER = st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 8)).map(
    lambda p: (p[0], p[1], p[2] / 2)
)


@st.composite
def wild_meshes(draw: st.DrawFn) -> Mesh:
    """Triangles at random over a few corners: open, crowded, doubled, collapsed, flat, folded onto themselves."""
    corners = draw(st.lists(CORNER, min_size=4, max_size=9))
    index = st.integers(0, len(corners) - 1)
    faces = draw(st.lists(st.tuples(index, index, index), min_size=1, max_size=24))
    return Mesh(np.array([*corners, (0.0, 0.0, 0.0), (0.0, 0.0, 4.0)]), np.array(faces, np.int32))


def cut_of(mesh: Mesh, face: int, z: float) -> tuple[np.ndarray, np.ndarray, tuple, tuple] | None:
    """The stretch a plane cuts from a triangle, from where the skin comes down to where it goes up again."""
    v = mesh.faces[face]
    above = mesh.vertices[v, 2] > z
    if above.all() or not above.any() or len(set(v.tolist())) < 3:
        return None
    ends = {}
    for i, j in SIDES:
        if above[i] != above[j]:
            low, high = (i, j) if above[j] else (j, i)
            p, q = mesh.vertices[v[low]], mesh.vertices[v[high]]
            share = (z - p[2]) / (q[2] - p[2])
            point = p[:2] + (q[:2] - p[:2]) * share
            ends[bool(above[j])] = point, (int(v[low]), int(v[high]))
    return ends[False][0], ends[True][0], ends[False][1], ends[True][1]


def expected(mesh: Mesh, z: float) -> tuple[Counter, int]:
    """The stretches of a layer, and how many lines must stay open: edges where more go out than come in."""
    stretches: Counter = Counter()
    balance: dict[tuple[int, int], int] = defaultdict(int)
    for face in range(len(mesh.faces)):
        if cut := cut_of(mesh, face, z):
            stretches[(*cut[0].tolist(), *cut[1].tolist())] += 1
            balance[cut[2]] += 1
            balance[cut[3]] -= 1
    return stretches, sum(max(0, b) for b in balance.values())


@settings(max_examples=300, deadline=None)
@given(wild_meshes())
def test_every_cut_of_every_triangle_is_in_exactly_one_line(mesh: Mesh) -> None:
    slicer = Slicer(mesh, 1000)
    for layer in range(1, slicer.layers + 1):
        cut = slicer.cut(layer)
        stretches, opened = expected(mesh, slicer.height_of(layer))
        found: Counter = Counter()
        for line in cut.contours:
            found.update(map(tuple, np.concatenate([line, np.roll(line, -1, axis=0)], axis=1).tolist()))
        for line in cut.open_lines:
            found.update(map(tuple, np.concatenate([line[:-1], line[1:]], axis=1).tolist()))
        assert found == stretches
        assert len(cut.open_lines) == opened


@settings(max_examples=300, deadline=None)
@given(wild_meshes())
def test_edges_are_those_counted_one_by_one(mesh: Mesh) -> None:
    ways: dict[tuple[int, int], list[int]] = defaultdict(list)
    for face in mesh.faces[~collapsed(mesh.faces)].tolist():
        for i, j in SIDES:
            low, high = sorted((face[i], face[j]))
            ways[low, high].append(1 if face[i] == low else -1)
    plain = {e for e, w in ways.items() if len(w) == 2 and sum(w) == 0}
    odd = {e: (len(w), sum(w) == 0) for e, w in ways.items() if e not in plain}
    edges = edges_of(mesh)
    told = zip(edges.ends.tolist(), edges.faces_at.tolist(), edges.balanced.tolist(), strict=True)
    assert {tuple(e): (n, b) for e, n, b in told} == odd
    assert edges.count == len(ways)
    assert (edges.closed, edges.oriented) == (
        all(len(w) % 2 == 0 for w in ways.values()), all(sum(w) == 0 for w in ways.values())
    )  # fmt: skip
    across = edges.opposite.reshape(-1)
    paired = np.flatnonzero(across >= 0)
    assert np.array_equal(across[across[paired]], paired)


@settings(max_examples=100, deadline=None)
@given(wild_meshes())
def test_faces_are_of_one_shell_when_a_walk_over_edges_joins_them(mesh: Mesh) -> None:
    at: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, face in enumerate(mesh.faces.tolist()):
        for i, j in SIDES if len(set(face)) == 3 else ():
            at[min(face[i], face[j]), max(face[i], face[j])].append(number)
    label = list(range(len(mesh.faces)))
    for _ in label:
        for together in at.values():
            least = min(label[n] for n in together)
            for n in together:
                label[n] = least
    names = {root: number for number, root in enumerate(sorted(set(label)))}
    assert shells_of(edges_of(mesh)).tolist() == [names[root] for root in label]


def areas_by_hand(mesh: Mesh, planes: Planes) -> np.ndarray:
    middle = (mesh.low + mesh.high)[:2] / 2
    areas = np.zeros(planes.count)
    for layer, z in enumerate(planes.heights_mm.tolist()):
        for face in range(len(mesh.faces)):
            if cut := cut_of(mesh, face, z):
                p, q = cut[0] - middle, cut[1] - middle
                areas[layer] += (p[0] * q[1] - p[1] * q[0]) / 2
    return areas


@settings(max_examples=100, deadline=None)
@given(wild_meshes(), st.sampled_from([1000, 37, 300]))
def test_areas_are_the_sum_of_what_each_triangle_sweeps(mesh: Mesh, layer_um: int) -> None:
    slicer = Slicer(mesh, layer_um)
    by_hand = areas_by_hand(mesh, slicer.planes)
    assert slicer.areas().areas_mm2 == pytest.approx(by_hand, abs=1e-9)


def test_tall_triangles_add_the_same_as_short_ones_in_every_block() -> None:
    rng = np.random.default_rng(5)
    soup = rng.uniform(0, 10, (40, 3, 3))
    mesh = Mesh.weld(soup)
    for layer_um in (1, 3, 9, 100):
        slicer = Slicer(mesh, layer_um)
        some = rng.integers(0, slicer.layers, 60)
        planes = Planes(layer_um, slicer.bottom_mm, slicer.top_mm, slicer.planes.heights_mm[some])
        found = slicer.areas().areas_mm2[some]
        assert found == pytest.approx(areas_by_hand(mesh, planes), abs=1e-8)


@pytest.mark.parametrize("scale", [1e-9, 1e-3, 1e6, 1e9])
def test_parts_as_small_as_dust_or_as_large_as_a_country_are_cut_the_same(scale: float) -> None:
    rng = np.random.default_rng(3)
    soup = rng.uniform(0, 1, (60, 3, 3))
    soup[..., 2] *= 0.01
    grown = soup * np.array([scale, scale, 1])
    one, other = Slicer(Mesh.weld(soup), 1), Slicer(Mesh.weld(grown), 1)
    assert other.areas().areas_mm2 == pytest.approx(
        one.areas().areas_mm2 * scale**2, rel=1e-9, abs=1e-12 * scale**2
    )
    for layer in range(1, one.layers + 1):
        mine, theirs = one.cut(layer), other.cut(layer)
        assert [len(line) for line in mine.open_lines] == [len(line) for line in theirs.open_lines]


def test_a_hub_with_a_hundred_thousand_spokes_does_not_slow_the_engine_down() -> None:
    turn = np.linspace(0, 2 * np.pi, 100_000, endpoint=False)
    rim = np.stack([np.cos(turn), np.sin(turn), np.zeros_like(turn)], axis=1)
    n = np.arange(len(turn))
    up = np.stack([n, np.roll(n, -1), np.full_like(n, len(turn))], axis=1)
    down = np.stack([np.roll(n, -1), n, np.full_like(n, len(turn) + 1)], axis=1)
    rng = np.random.default_rng(1)
    faces = rng.permutation(np.concatenate([up, down])).astype(np.int32)
    mesh = Mesh(np.concatenate([rim, [[0, 0, 1], [0, 0, -1]]]), faces)
    edges = edges_of(mesh)
    assert edges.closed and edges.oriented
    middle = Slicer(mesh, 20, edges).cut(50)
    assert len(middle.contours) == 1 and len(middle.contours[0]) == 100_000 * 2 // 2


BOX = np.array([[0.0, 0.0], [1, 0], [1, 1], [0, 1]])


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.lists(st.tuples(st.floats(0, 10), st.floats(0, 10)), min_size=3, max_size=9),
        min_size=1,
        max_size=5,
    )
)
@example([[(0.0, 0.0), (0.0, 4.223311696290528e-142), (1.0, 1.0)]])
@example([[(0.0, 0.0), (0.0, 0.0), (1.0, 2.225073858507203e-309)]])
def test_the_union_of_tangled_outlines_is_what_their_mask_shows(
    lines: list[list[tuple[float, float]]],
) -> None:
    outlines = [np.array(line) for line in lines]
    offsets = np.cumsum([0, *map(len, outlines)])
    union = union_area_mm2(np.concatenate(outlines), offsets, np.ones(len(outlines), np.bool_))
    mask = rasterize(outlines, (0.0, 0.0), 0.05, (200, 200))
    length = sum(float(np.linalg.norm(line - np.roll(line, 1, 0), axis=1).sum()) for line in outlines)
    assert union == pytest.approx(float(mask_areas_mm2(mask, 0.05)), abs=0.05 * length * 0.75 + 1e-3)


def test_overlapping_parts_melt_once_and_a_hole_stays_a_hole() -> None:
    hole = BOX[::-1] * 0.5 + 0.25
    apart, over = [BOX, hole, BOX + 5], [BOX * 2, BOX * 2 + 1]
    assert mask_areas_mm2(rasterize(apart, (-1.0, -1.0), 0.01, (800, 800)), 0.01) == pytest.approx(1.75)
    assert mask_areas_mm2(rasterize(over, (-1.0, -1.0), 0.01, (800, 800)), 0.01) == pytest.approx(7)
    points, offsets = np.concatenate(over), np.array([0, 4, 8])
    assert union_area_mm2(points, offsets, np.ones(2, np.bool_)) == pytest.approx(7, rel=1e-12)
    assert union_area_mm2(points, offsets, np.array([True, False])) == pytest.approx(4, rel=1e-12)


def test_a_pixel_is_melted_when_its_middle_is_inside_wherever_the_window_lies() -> None:
    mask = rasterize([np.array([[1.0, 1.0], [4.0, 1.0], [4.0, 3.0], [1.0, 3.0]])], (0.0, 0.0), 1.0, (4, 5))
    assert mask.tolist() == [[0, 0, 0, 0, 0], [0, 1, 1, 1, 0], [0, 1, 1, 1, 0], [0, 0, 0, 0, 0]]
    inside = rasterize([BOX * 1e6 - 1000.0], (0.0, 0.0), 1.0, (7, 9))
    assert inside.all()
    assert not rasterize([BOX + 1e300], (0.0, 0.0), 1.0, (7, 9)).any()


def test_masks_of_many_layers_are_those_of_each() -> None:
    soup = np.random.default_rng(2).uniform(0, 10, (30, 3, 3))
    slicer = Slicer(Mesh.weld(np.concatenate([soup, soup[:, ::-1]])), 1000)
    cuts = slicer.cuts(2, 5)
    masks = rasterize(cuts, (0.0, 0.0), 0.1, (100, 100))
    for at in range(4):
        assert np.array_equal(masks[at], rasterize(slicer.cut(2 + at).contours, (0.0, 0.0), 0.1, (100, 100)))


def test_the_soup_of_a_file_is_measured_where_it_lies() -> None:
    soup = np.random.default_rng(4).uniform(0, 5, (50, 3, 3)).astype(np.float32)
    lying = b"head" + b"".join(triangle.tobytes() + b"xx" for triangle in soup)
    inside = Soup.in_bytes(lying, 4, 38, 50)
    assert np.array_equal(inside.numbers(), soup.reshape(-1, 9))
    assert soup_areas(inside, 50).areas_mm2.tolist() == soup_areas(Soup.of(soup), 50).areas_mm2.tolist()
    with pytest.raises(ValueError, match="do not lie"):
        Soup.in_bytes(lying, 4, 38, 51)

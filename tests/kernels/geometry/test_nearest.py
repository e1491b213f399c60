"""How far a point is from a skin, and on which side."""

import numpy as np
import pytest
import trimesh
from hypothesis import given, settings
from hypothesis import strategies as st

from strate.kernels.geometry.compare.nearest import ON_CORNER, ON_EDGE, ON_FACE, Skin
from strate.kernels.geometry.refusal import Refused
from strate.kernels.geometry.samples import box_soup, cylinder_soup, torus_soup
from strate.kernels.geometry.skin.mesh import Mesh


def rigid(seed):
    """A rotation and a shift, always the same for a seed."""
    dice = np.random.default_rng(seed)
    turn, _ = np.linalg.qr(dice.normal(size=(3, 3)))
    turn *= np.sign(np.linalg.det(turn))
    return turn, dice.uniform(-200, 200, 3)


def to_box(points, size):
    """The signed distance to a box standing on the origin, by its formula."""
    outside = np.abs(points - size / 2) - size / 2
    return np.linalg.norm(np.maximum(outside, 0), axis=1) + np.minimum(outside.max(axis=1), 0)


def by_all_triangles(mesh, points):
    """Distances by asking every triangle in turn: slow, and without a tree to be wrong."""
    a, b, c = (mesh.vertices[mesh.faces[:, k]] for k in range(3))
    best = np.full(len(points), np.inf)
    normal = np.cross(b - a, c - a)
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    for i, p in enumerate(points):
        high = ((p - a) * normal).sum(1)
        foot = p - high[:, None] * normal
        within = np.ones(len(a), dtype=bool)
        for one, other in ((a, b), (b, c), (c, a)):
            along = other - one
            within &= (np.cross(along, foot - one) * normal).sum(1) >= 0
            t = np.clip(((p - one) * along).sum(1) / (along**2).sum(1), 0, 1)
            best[i] = min(best[i], np.linalg.norm(p - one - t[:, None] * along, axis=1).min())
        if within.any():
            best[i] = min(best[i], np.abs(high[within]).min())
    return best


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_the_distance_to_a_box_is_that_of_the_formula_wherever_the_box_stands(seed):
    dice = np.random.default_rng(seed)
    size = dice.uniform(0.5, 60, 3)
    mesh = Mesh.weld(box_soup(*size))
    turn, shift = rigid(seed)
    points = dice.uniform(-1, 2, (400, 3)) * size
    found = Skin(Mesh(mesh.vertices @ turn.T + shift, mesh.faces)).distances(points @ turn.T + shift)
    assert np.abs(found - to_box(points, size)).max() < 1e-11 * (200 + size.max())


def test_a_point_beside_an_edge_or_a_corner_is_on_the_right_side():
    size = np.array([10.0, 6.0, 4.0])
    skin = Skin(Mesh.weld(box_soup(*size)))
    near = np.array(np.meshgrid(*[[-1e-6, 1e-6, s / 2, s - 1e-6, s + 1e-6] for s in size])).reshape(3, -1).T
    found = skin.nearest(near)
    assert np.abs(found.distance_mm - to_box(near, size)).max() < 1e-12
    assert (np.sign(found.distance_mm) == np.sign(to_box(near, size))).all()
    assert {ON_FACE, ON_EDGE, ON_CORNER} <= {int(f) if f < 1 else 1 if f < 4 else 4 for f in found.feature}


def test_the_tip_of_a_needle_does_not_turn_the_side_over():
    """Where sharp edges meet, the normal of one face alone gives the wrong side to half of the points."""
    tip, base = [0.0, 0.0, 20.0], [[0.0, 0.0, 0.0], [1.0, 0.0, 0.0], [0.3, 0.9, 0.0]]
    a, b, c = base
    mesh = Mesh.weld(np.array([[a, c, b], [a, b, tip], [b, c, tip], [c, a, tip]]))
    dice = np.random.default_rng(5)
    around = np.array(tip) + dice.normal(0, 0.5, (5000, 3))
    normals = np.cross(*(np.diff(mesh.corners(), axis=1).transpose(1, 0, 2)))
    inside = ((around[:, None] - mesh.corners()[:, 0]) * normals).sum(2).max(1) < 0
    assert ((Skin(mesh).distances(around) < 0) == inside).all()


def test_the_distance_to_a_fine_torus_is_that_of_the_formula_within_its_facets():
    skin = Skin(Mesh.weld(torus_soup(50, 15, 400, 200)))
    dice = np.random.default_rng(1)
    u, v = dice.uniform(0, 2 * np.pi, (2, 20_000))
    off = dice.uniform(-5, 5, 20_000)
    ring = 50 + (15 + off) * np.cos(v)
    points = np.stack([ring * np.cos(u), ring * np.sin(u), 15 + (15 + off) * np.sin(v)], axis=1)
    chord = 65 * (1 - np.cos(np.pi / 400)) + 15 * (1 - np.cos(np.pi / 200))
    assert np.abs(skin.distances(points) - off).max() < chord


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 300))
def test_no_triangle_is_nearer_than_the_nearest(seed, count):
    """Loose triangles of every size, points near and very far."""
    dice = np.random.default_rng(seed)
    soup = dice.normal(size=(count, 1, 3)) * 30 + dice.normal(size=(count, 3, 3)) * 10 ** dice.uniform(
        -3, 1.5, (count, 1, 1)
    )
    mesh = Mesh.weld(soup)
    points = np.concatenate([dice.normal(size=(60, 3)) * 40, dice.normal(size=(20, 3)) * 1e6])
    found = Skin(mesh).nearest(points)
    exact = by_all_triangles(mesh, points)
    assert np.allclose(np.abs(found.distance_mm), exact, rtol=1e-9, atol=1e-9)
    there = np.linalg.norm(found.place_mm - points, axis=1)
    assert np.allclose(there, exact, rtol=1e-9, atol=1e-9)


def test_trimesh_says_the_same():
    mesh = Mesh.weld(cylinder_soup(20, 30, 48))
    oracle = trimesh.Trimesh(mesh.vertices, mesh.faces, process=False)
    points = np.random.default_rng(3).uniform(-15, 35, (300, 3))
    place, distance, _ = trimesh.proximity.closest_point_naive(oracle, points)
    found = Skin(mesh).nearest(points)
    assert np.abs(np.abs(found.distance_mm) - distance).max() < 1e-9
    assert np.abs(found.place_mm - place).max() < 1e-6


def test_the_answer_is_the_same_in_any_order_and_every_time():
    skin = Skin(Mesh.weld(torus_soup(20, 5, 60, 30)))
    points = np.random.default_rng(8).uniform(-30, 30, (2000, 3))
    first = skin.distances(points)
    shuffled = np.random.default_rng(9).permutation(2000)
    assert (skin.distances(points) == first).all()
    assert (skin.distances(points[shuffled]) == first[shuffled]).all()


def test_an_open_skin_says_that_its_sides_are_unsure_near_the_tear():
    soup = box_soup(10, 10, 10)
    torn = soup[1:]
    whole, open_ = Skin(Mesh.weld(soup)), Skin(Mesh.weld(torn))
    assert whole.closed and not whole.torn_edges
    assert not open_.closed and open_.torn_edges == 3
    middle = soup[0].mean(axis=0)
    assert not open_.nearest(middle[None]).sign_sure[0]
    assert whole.nearest(middle[None]).sign_sure[0]


def test_a_skin_turned_inside_out_is_said_to_be():
    mesh = Mesh.weld(box_soup(3, 3, 3))
    turned = Skin(Mesh(mesh.vertices, np.ascontiguousarray(mesh.faces[:, ::-1])))
    assert turned.inside_out and not Skin(mesh).inside_out


def test_triangles_without_area_do_not_disturb():
    soup = box_soup(10, 6, 4)
    a, b = soup[0][0], soup[0][1]
    dots = np.array([[a, a, a], [a, b, b], [a, (a + b) / 2, b]])
    mesh = Mesh.weld(np.concatenate([soup, dots]))
    skin = Skin(mesh)
    assert skin.flat_faces == 3
    points = np.random.default_rng(2).uniform(-5, 15, (500, 3))
    assert np.abs(skin.distances(points) - to_box(points, np.array([10.0, 6.0, 4.0]))).max() < 1e-12


def test_many_triangles_in_one_place_still_make_a_tree():
    """A tree that halves space, and not the triangles, would never end here."""
    one = box_soup(1, 1, 1)
    mesh = Mesh(one.reshape(-1, 3), np.arange(36, dtype=np.int32).reshape(-1, 3))
    many = Mesh(mesh.vertices, np.ascontiguousarray(np.tile(mesh.faces, (2000, 1))))
    assert Skin(many).distances(np.array([[0.5, 0.5, 3.0]])) == pytest.approx([2.0])


@pytest.mark.parametrize("bad", [np.nan, np.inf, 1e300])
def test_points_that_are_no_places_are_refused_by_their_number(bad):
    skin = Skin(Mesh.weld(box_soup(1, 1, 1)))
    points = np.zeros((5, 3))
    points[3, 1] = bad
    with pytest.raises(Refused) as refused:
        skin.nearest(points)
    assert refused.value.code == "points_not_finite" and refused.value.values["first"] == 4


def test_nothing_to_compare_is_refused():
    skin = Skin(Mesh.weld(box_soup(1, 1, 1)))
    with pytest.raises(Refused, match="no_points"):
        skin.nearest(np.empty((0, 3)))
    with pytest.raises(Refused, match="no_surface"):
        Skin(Mesh(np.zeros((3, 3)), np.array([[0, 1, 2]], dtype=np.int32)))

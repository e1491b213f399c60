"""What is true of every family tree of powder, whatever its shape."""

from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strate.kernels.genealogy import (
    ONE,
    Edges,
    Graph,
    Loop,
    ancestors,
    apportion,
    descendants,
    loop_in,
    made_of,
    passing,
    where_used,
)
from strate.kernels.genealogy.graph import Numbers
from strate.kernels.genealogy.passing import Poured
from tests.kernels.genealogy.trees import Line, slowly_made_of, trees

few = settings(max_examples=60, deadline=None)


def last(lines: list[Line]) -> int:
    return max(child for _, child, _ in lines)


@few
@given(trees())
def test_the_shares_of_what_something_is_made_of_sum_to_exactly_one(lines: list[Line]) -> None:
    graph = Graph.of(lines)
    for node in {n for line in lines for n in line[:2]}:
        assert sum(made_of(ancestors(graph, node)).by_origin().values()) == ONE


@few
@given(trees())
def test_a_share_is_right_to_its_last_decimal(lines: list[Line]) -> None:
    start = last(lines)
    found = made_of(ancestors(Graph.of(lines), start)).by_origin()
    exact = slowly_made_of(lines, start)
    assert set(found) == set(exact)
    assert all(abs(Fraction(found[n]) - exact[n] * ONE) <= 1 for n in exact)


@few
@given(trees())
def test_where_it_was_used_is_the_inverse_of_what_it_is_made_of(lines: list[Line]) -> None:
    graph = Graph.of(lines)
    nodes = sorted({n for line in lines for n in line[:2]})
    backward = {node: made_of(ancestors(graph, node)).by_node() for node in nodes}
    forward = {node: where_used(descendants(graph, node)).by_node() for node in nodes}
    assert {(a, b) for a in nodes for b in forward[a]} == {(a, b) for b in nodes for a in backward[b]}
    # The two walks cut the same number in its 38th decimal.
    assert all(abs(forward[a][b] - backward[b][a]) <= 1 for a in nodes for b in forward[a])


@few
@given(trees(masses=st.sampled_from((1, 3, 10**11, 2**60 - 1))))
def test_shares_stay_exact_in_lots_from_a_milligram_to_a_thousand_million_tonnes(lines: list[Line]) -> None:
    start = last(lines)
    found, exact = made_of(ancestors(Graph.of(lines), start)).by_origin(), slowly_made_of(lines, start)
    assert sum(found.values()) == ONE
    assert all(abs(Fraction(found[n]) - exact[n] * ONE) <= 1 for n in exact)
    forward = {node: where_used(descendants(Graph.of(lines), node)).of(start) for node in exact}
    assert all(abs(Fraction(forward[n]) - exact[n] * ONE) <= 1 for n in exact)


@few
@given(trees(), st.randoms())
def test_the_numbers_lots_happen_to_bear_change_nothing(lines: list[Line], dice: Random) -> None:
    names = list(range(last(lines) + 1))
    dice.shuffle(names)
    start, other = last(lines), names[last(lines)]
    renamed = Graph.of((names[a], names[b], mass) for a, b, mass in lines)
    same = made_of(ancestors(Graph.of(lines), start))
    found = made_of(ancestors(renamed, other))
    # Parents are poured in another order: a share may be cut one unit of its last decimal away.
    assert all(abs(found.of(names[node]) - units) <= 1 for node, units in same.by_node().items())
    steps = dict(zip(found.nodes.tolist(), found.round_of.tolist(), strict=True))
    assert all(
        steps[names[n]] == step for n, step in zip(same.nodes.tolist(), same.round_of.tolist(), strict=True)
    )
    forth, again = (where_used(descendants(g, n)) for g, n in ((Graph.of(lines), 0), (renamed, names[0])))
    assert all(abs(again.of(names[node]) - units) <= 1 for node, units in forth.by_node().items())


@few
@given(trees(), st.data())
def test_splitting_a_mass_over_several_pours_changes_nothing(lines: list[Line], data: st.DataObject) -> None:
    split = []
    for parent, child, mass in lines:
        part = data.draw(st.integers(1, mass)) if mass > 1 else mass
        split += [(parent, child, part)] + ([(parent, child, mass - part)] if part < mass else [])
    start = last(lines)
    whole, pieces = (made_of(ancestors(Graph.of(each), start)).by_node() for each in (lines, split))
    assert whole == pieces


@few
@given(trees())
def test_no_milligram_is_lost_in_the_tree(lines: list[Line]) -> None:
    edges = Edges.of(lines)
    assert int(edges.mass_mg.sum()) == sum(mass for _, _, mass in lines)
    into = {n: sum(m for _, c, m in lines if c == n) for n in edges.child.tolist()}
    found = Graph(edges).lines_into(np.unique(edges.child))
    assert sum(into.values()) == int(found.mass_mg.sum())


@few
@given(trees(), st.integers(0, 30))
def test_lines_that_come_one_by_one_make_the_same_tree(lines: list[Line], at: int) -> None:
    graph = Graph.of(lines[:at])
    for line in lines[at:]:
        graph = graph.and_also(Edges.of([line]))
    start, whole = last(lines), Graph.of(lines)
    assert made_of(ancestors(graph, start)).by_node() == made_of(ancestors(whole, start)).by_node()
    assert where_used(descendants(graph, 0)).by_node() == where_used(descendants(whole, 0)).by_node()
    assert len(graph) >= len(whole) - 1


@few
@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=20).filter(any), st.integers(1, ONE))
def test_a_whole_is_split_without_a_rest_and_nearly_by_weight(weights: list[int], whole: int) -> None:
    parts = apportion(weights, whole)
    assert sum(parts) == whole
    assert all(
        abs(Fraction(p) - Fraction(w * whole, sum(weights))) < 1 for p, w in zip(parts, weights, strict=True)
    )


@few
@given(trees(), st.data())
def test_a_circle_is_refused_with_the_names_it_goes_through(lines: list[Line], data: st.DataObject) -> None:
    parent, child, _ = data.draw(st.sampled_from(lines))
    wrong = [*lines, (child, parent, 5)]
    names = loop_in((f"L{a}", f"L{b}") for a, b, _ in wrong)
    assert names and is_a_circle(names, {(f"L{a}", f"L{b}") for a, b, _ in wrong})
    assert loop_in((a, b) for a, b, _ in lines) == ()
    with pytest.raises(Loop) as refused:
        made_of(ancestors(Graph.of(wrong), child))
    assert is_a_circle(refused.value.nodes, {(a, b) for a, b, _ in wrong})


def is_a_circle(names: tuple[Any, ...], pairs: set[tuple[Any, Any]]) -> bool:
    """Each is made of the one before it, the first of the last."""
    return all(pair in pairs for pair in zip(names, (*names[1:], names[0]), strict=True))


WHOLE = Poured(*(np.array(each) for each in ([0, 0, 2], [0, 0], [3, 4], [0, 7])))
ORDER = np.array([1, 0])


@pytest.mark.parametrize(
    ("poured", "order", "why"),
    [
        (replace(WHOLE, parent=np.array([0, 2])), ORDER, "do not agree"),
        (replace(WHOLE, parent=np.array([0, -1])), ORDER, "do not agree"),
        (replace(WHOLE, first=np.array([0, 0, 3])), ORDER, "do not agree"),
        (replace(WHOLE, first=np.array([0, 3, 2])), ORDER, "do not agree"),
        (replace(WHOLE, first=np.array([0, 2])), ORDER, "do not agree"),
        (replace(WHOLE, mass_mg=np.array([3])), ORDER, "do not agree"),
        (WHOLE, np.array([1, 2]), "do not agree"),
        (WHOLE, np.array([-1, 0]), "do not agree"),
        (replace(WHOLE, mass_mg=np.array([3, -4])), ORDER, "not negative"),
    ],
)
def test_the_loops_are_given_no_place_that_is_not_there(poured: Poured, order: Numbers, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        poured.back(order, passing.nothing(2))


def test_a_share_is_passed_whole_to_the_lot_it_came_from() -> None:
    shares = passing.nothing(2)
    shares[1] = passing.one(3)
    WHOLE.back(ORDER, shares)
    assert passing.told(shares, 3) == [ONE, ONE]

"""The benchmarks measure what they say: a small forest is planted and walked, the judge of the drum is fair."""

from collections import Counter

import httpx
import pytest

from benchmarks import forest, genealogy, oversell
from benchmarks.oversell import EACH_MG
from strate.kernels.genealogy import ONE
from strate.workshop.feedstock.models import Lot, Material
from strate.workshop.traceability import queries
from strate.workshop.traceability.queries import tree


def test_a_planted_forest_is_as_deep_as_asked_and_every_share_sums_to_one(ti64: Material) -> None:
    first, lines = forest.plant(200, 10)
    last = Lot.objects.get(pk=first + 199)
    trace = tree.up(last.pk)
    assert int(trace.round_of.max()) == 9
    assert sum(trace.by_origin().values()) == ONE
    told = queries.answer(last.ref, ways="back")["made_of"]
    assert genealogy.sums_to_one(told["origins"]) and all(o["supplier_lot"] for o in told["origins"])
    assert queries.answer(f"lot:B-{0:07d}", ways="forth")["used_in"]["lots"]
    assert 2 * 180 <= lines <= 4 * 180


def test_blends_of_the_forest_have_two_to_four_parents_of_the_layer_above() -> None:
    edges = list(forest.edges(300, 30, seed=1))
    parents = Counter(child for child, _parent, _mass in edges)
    assert set(parents.values()) == {2, 3, 4}
    assert all(child // 30 == parent // 30 + 1 and mass > 0 for child, parent, mass in edges)


@pytest.mark.parametrize(
    ("poured", "left", "held"), [(6, 1, True), (7, 0, False), (6, EACH_MG, False), (5, EACH_MG + 1, False)]
)
def test_a_milligram_too_much_or_too_few_is_seen(poured: int, left: int, held: bool) -> None:
    heard = Counter({"poured": poured, "refused": 10 - poured})
    before = {"on_hand_mg": 6 * EACH_MG + 1}
    figure = oversell.judged("SQLite", heard, before, {"on_hand_mg": left, "gaps": []}, 1.0, 0.004)
    assert figure.held is held


def test_only_an_empty_drum_is_a_refusal_that_counts() -> None:
    reasons = {"reasons": [{"code": "more_than_container_holds"}]}
    assert oversell.said(httpx.Response(201, json={})) == "poured"
    assert oversell.said(httpx.Response(409, json=reasons)) == "refused"
    other = httpx.Response(409, json={"reasons": [{"code": "sheet_unread"}]})
    assert oversell.said(other) not in ("poured", "refused")


def test_a_sum_that_is_nearly_one_is_not_one() -> None:
    third = "0." + "3" * 38
    assert not genealogy.sums_to_one([{"share": third}] * 3)
    assert genealogy.sums_to_one([{"share": third}, {"share": third}, {"share": third[:-1] + "4"}])

"""The worked numbers of the trade's handbook (section 9), by their number."""

from decimal import Decimal, localcontext

from hypothesis import given, settings
from hypothesis import strategies as st

from strate.kernels.genealogy import (
    ONE,
    Graph,
    Own,
    ancestors,
    carry,
    made_of,
    of_mixture,
    of_origin,
    written,
)
from tests.kernels.genealogy.trees import after_refreshes


def share(text: str) -> int:
    with localcontext(prec=60):
        return int(Decimal(text) * ONE)


def test_o7_half_renewed_at_each_build() -> None:
    pool = after_refreshes(1, 1, 4)
    assert [written(age) for age in pool.ages] == ["0.5", "0.25", "0.125", "0.0625", "0.0625"]
    assert (written(pool.age_mean), pool.age_max) == ("0.9375", 4)


def test_o8_a_fifth_renewed_at_each_build() -> None:
    assert [written(age) for age in after_refreshes(20, 80, 4).ages] == [
        "0.2",
        "0.16",
        "0.128",
        "0.1024",
        "0.4096",
    ]
    means = [after_refreshes(20, 80, n).age_mean for n in (1, 2, 3, 5, 10, 20)]
    wanted = ["0.8", "1.44", "1.952", "2.68928", "3.570503", "3.953883"]
    assert [round(Decimal(mean) / ONE, 6).normalize() for mean in means] == [Decimal(w) for w in wanted]


def test_o10_twenty_hours_at_temperature_at_each_build() -> None:
    hours = [written(after_refreshes(1, 1, n, hours=20 * ONE).hours) for n in (1, 2, 3, 4)]
    assert hours == ["10", "15", "17.5", "18.75"]


def test_o15_oxygen_of_a_blend_is_that_of_its_parents_by_mass() -> None:
    parents = [(24, of_origin(Own(measured={"oxygen": share("0.155")})))]
    parents += [(16, of_origin(Own(measured={"oxygen": share("0.095")})))]
    blend = of_mixture(parents, Own())
    assert (written(blend.properties["oxygen"]), blend.measured) == ("0.131", frozenset())


def test_o16_a_used_blend_topped_up_with_a_virgin_lot() -> None:
    a, b, c, blend, used, topped = range(6)
    kg = 1_000_000
    lines = [(a, blend, 30 * kg), (b, blend, 20 * kg), (blend, used, 50 * kg)]
    graph = Graph.of([*lines, (used, topped, 24 * kg), (c, topped, 16 * kg)])
    closure = ancestors(graph, topped)
    assert {n: written(s) for n, s in made_of(closure).by_origin().items()} == {
        a: "0.36",
        b: "0.24",
        c: "0.4",
    }
    worth = carry(closure, {used: Own(builds=1)})[topped]
    assert (written(worth.age_mean), worth.age_max, written(worth.used)) == ("0.6", 1, "0.6")


def test_what_is_measured_stands_instead_of_what_was_predicted() -> None:
    lines = [(0, 2, 1), (1, 2, 1), (2, 3, 1)]
    own = {0: Own(measured={"o": 10}), 1: Own(measured={"o": 20}), 2: Own(measured={"o": 40})}
    worth = carry(ancestors(Graph.of(lines), 3), own)
    assert (worth[2].properties["o"], worth[2].measured) == (40, {"o"})
    assert (worth[3].properties["o"], worth[3].measured) == (40, frozenset())


def test_what_is_unknown_of_one_parent_is_unknown_of_the_blend() -> None:
    worth = carry(ancestors(Graph.of([(0, 2, 1), (1, 2, 1)]), 2), {0: Own(measured={"o": 10})})
    assert worth[2].properties == {}


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 10**6), st.integers(1, 40))
def test_powder_renewed_whole_is_always_new(mass: int, builds: int) -> None:
    pool = of_origin(Own())
    for _ in range(builds):
        pool = of_mixture([(mass, of_origin(Own()))], Own())
    assert (pool.age_max, pool.age_mean, pool.used) == (0, 0, 0)


@settings(max_examples=40, deadline=None)
@given(st.integers(5, 95))
def test_a_long_refresh_tends_to_its_steady_age(percent: int) -> None:
    pool = after_refreshes(percent, 100 - percent, 300)
    steady = Decimal(100 - percent) / percent
    assert abs(Decimal(pool.age_mean) / ONE - steady) < Decimal("0.0001")
    assert sum(pool.ages) == ONE and pool.age_mean <= pool.age_max * ONE

"""The laws of the powder against worked numbers (handbook section 9) and against any powder."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strate.kernels.geometry.shop.powder import mass_to_prepare_mg
from strate.workshop.feedstock import rules
from strate.workshop.feedstock.rules import ONE, Limits, Portion, Share
from tests.workshop.feedstock.conftest import kg

D = Decimal
MASS = st.integers(1, 10**9)
SHARE = st.integers(0, ONE).map(Share)
PORTION = st.builds(
    Portion,
    lot=st.sampled_from("ABCDEF"),
    material=st.just("ti64"),
    mass_mg=MASS,
    used_share=SHARE,
    age_max=st.integers(0, 50),
    age_mean=st.just(Share()),
)


@pytest.mark.parametrize(("required", "gap"), [("30", "0"), ("35", "5"), ("22", "-8")])
def test_o1_refresh_is_compared_with_what_is_required(required: str, gap: str) -> None:
    assert rules.refresh_gap_points(kg(18), kg(60), D(required)) == D(gap)


def test_o2_powder_is_prepared_with_the_losses_of_recovery() -> None:
    assert mass_to_prepare_mg(kg("6.6"), recovery=D("0.88")) == kg("7.5")
    prepared = D(mass_to_prepare_mg(kg("6.6"), recovery=D("0.99"))) / kg(1)
    assert round(prepared, 2) == D("6.67") and round(prepared - D("6.6"), 2) == D("0.07")


def test_o7_half_refreshed_powder_ages_as_worked_out() -> None:
    half = D("0.5")
    assert rules.age_fractions(half, 4) == [D("0.5"), D("0.25"), D("0.125"), D("0.0625"), D("0.0625")]
    assert rules.mean_age(half, 4) == D("0.9375") and rules.steady_mean_age(half) == 1
    assert round(rules.steady_spread(half), 3) == D("1.414")
    assert rules.share_at_least(half, 5) == D("0.03125")


def test_o8_powder_refreshed_by_a_fifth_ages_as_worked_out() -> None:
    fifth = D("0.2")
    assert rules.age_fractions(fifth, 4) == [D("0.2"), D("0.16"), D("0.128"), D("0.1024"), D("0.4096")]
    means = [round(rules.mean_age(fifth, n), 6) for n in (1, 2, 3, 5, 10, 20)]
    assert means == [D("0.8"), D("1.44"), D("1.952"), D("2.68928"), D("3.570503"), D("3.953883")]
    assert rules.steady_mean_age(fifth) == 4
    assert round(rules.share_at_least(fifth, 10) * 100, 3) == D("10.737")


def test_o10_hours_at_temperature_settle_at_twenty() -> None:
    hours = [rules.hours_at_temperature(D("0.5"), [D(20)] * n) for n in (1, 2, 3, 4)]
    assert hours == [10, 15, D("17.5"), D("18.75")]
    assert round(rules.hours_at_temperature(D("0.5"), [D(20)] * 60), 9) == 20


@pytest.mark.parametrize(
    ("first", "after", "uses", "limit", "allowed"),
    [("0.08", "0.19", 21, "0.20", 22), ("0.11", "0.12", 10, "0.13", 20)],
)
def test_o12_and_o13_oxygen_budget_says_how_often_powder_may_be_used(
    first: str, after: str, uses: int, limit: str, allowed: int
) -> None:
    """The limit is included; 20 uses at 0.001 wt-% each stay 20, where floats would say 19."""
    assert rules.uses_allowed(D(first), D(after), uses, D(limit)) == allowed


@pytest.mark.parametrize(("refresh", "refreshes"), [("0.5", 5), ("0.3", 9), ("0.2", 14), ("0.08", 36)])
def test_the_mean_age_settles_after_so_many_refreshes(refresh: str, refreshes: int) -> None:
    assert rules.refreshes_to_settle(D(refresh)) == refreshes


def test_oxygen_of_a_refreshed_powder_settles_where_the_sum_says() -> None:
    first, pickup, third = Fraction("0.11"), Fraction("0.001"), D("0.3")
    path = [rules.property_after(first, pickup, third, n) for n in range(4)]
    assert path[1] == Fraction("0.1107") and path[2] == Fraction("0.11119")
    settled = rules.steady_property(first, pickup, third)
    assert settled == first + pickup * Fraction(7, 3) and path == sorted(path)
    assert settled - rules.property_after(first, pickup, third, 200) < Fraction(1, 10**30)


def test_a_refresh_above_what_is_melted_and_lost_leaves_used_powder_over() -> None:
    assert rules.surplus_mg(kg(40), D("0.5"), D("0.08"), D("0.02")) == kg(16)
    assert rules.surplus_mg(kg(40), D("0.08"), D("0.08"), D(0)) == 0
    assert rules.surplus_mg(kg(40), D("0.05"), D("0.08"), D("0.02")) == kg(-2)


def test_o20_waste_of_a_throughput() -> None:
    assert [rules.waste_of(kg("0.5"), D(p)) for p in (25, 40)] == [kg("0.125"), kg("0.2")]


def test_o16_a_family_tree_of_two_blends() -> None:
    whole = {lot: {lot: Share(ONE)} for lot in "ABC"}
    first = rules.compose([(kg(30), whole["A"]), (kg(20), whole["B"])])
    second = rules.compose([(kg(24), first), (kg(16), whole["C"])])
    assert {k: v.decimal for k, v in second.items()} == {"A": D("0.36"), "B": D("0.24"), "C": D("0.4")}
    inside = rules.content_of(
        "machine:M",
        [
            Portion("B1", "ti64", kg(24), Share(ONE), 1, Share(ONE)),
            Portion("C", "ti64", kg(16)),
        ],
    )
    assert (
        inside.used_share.decimal == D("0.6") and inside.age_mean.decimal == D("0.6") and inside.age_max == 1
    )


def test_o22_the_mass_balance_of_a_build() -> None:
    weighed = rules.Weighed(
        input_mg=kg("35.080"),
        parts_mg=kg("3.985"),
        supports_mg=kg("0.310"),
        recovered_mg=kg("29.620"),
        oversize_mg=kg("0.352"),
        filters_mg=kg("0.410"),
        samples_mg=kg("0.100"),
    )
    balance = rules.mass_balance(weighed, family="metal")
    assert weighed.found_mg == kg("34.777") and balance.unexplained_mg == kg("0.303")
    assert round(balance.unexplained_share * 100, 3) == D("0.864") and balance.reasons == []
    assert round(balance.yield_share * 100, 2) == D("96.68")
    [reason] = rules.mass_balance(weighed, family="metal", tolerance_share=D("0.005")).reasons
    assert reason.code == "mass_not_explained" and reason.lifted_by == ("quality",)


@given(st.lists(st.integers(0, 10**30), min_size=1, max_size=30).filter(sum))
def test_shares_sum_to_exactly_one(weights: list[int]) -> None:
    shares = rules.fractions(weights)
    assert sum(s.units for s in shares) == ONE
    assert all(s.units == 0 for s, w in zip(shares, weights, strict=True) if w == 0)


@given(st.lists(PORTION, min_size=1, max_size=8), st.data())
def test_splitting_a_portion_changes_nothing(portions: list[Portion], data: st.DataObject) -> None:
    first = portions[0]
    cut = data.draw(st.integers(0, first.mass_mg))
    split = [
        Portion(first.lot, first.material, m, first.used_share, first.age_max, first.age_mean)
        for m in (cut, first.mass_mg - cut)
    ]
    assert rules.used_share([*split, *portions[1:]]) == rules.used_share(portions)
    assert rules.age_max([*split, *portions[1:]]) == rules.age_max(portions)


@given(st.lists(PORTION, min_size=1, max_size=8))
def test_a_mixture_is_between_its_extremes_and_keeps_its_mass(portions: list[Portion]) -> None:
    inside = rules.content_of("machine:M", portions)
    assert inside.mass_mg == sum(p.mass_mg for p in portions)
    assert min(p.used_share for p in portions) <= inside.used_share <= max(p.used_share for p in portions)
    assert sum(share.units for _p, share in inside.parts) == ONE


@given(st.lists(st.tuples(MASS, st.dictionaries(st.sampled_from("ABCD"), MASS, min_size=1)), min_size=1))
def test_compositions_of_compositions_still_sum_to_one(parents: list[tuple[int, dict[str, int]]]) -> None:
    made = []
    for mass, of in parents:
        made.append((mass, dict(zip(of, rules.fractions(list(of.values())), strict=True))))
    assert sum(share.units for share in rules.compose(made).values()) == ONE


@given(st.lists(PORTION, min_size=1, max_size=6), st.decimals("0.01", "1", places=4))
def test_the_virgin_powder_named_is_enough_and_one_milligram_less_is_not(
    portions: list[Portion], ceiling: Decimal
) -> None:
    inside = rules.content_of("machine:M", portions)
    limits = Limits(used_share_ceiling=ceiling)
    reasons = rules.launch_reasons(inside, limits, 0, on=date(2026, 11, 23))
    lacking = rules.virgin_needed_mg(inside, ceiling)
    assert lacking is not None and bool(reasons) == bool(lacking) == inside.used_share.exceeds(ceiling)
    if reasons:
        used = inside.used_share.fraction * inside.mass_mg
        limit = Share.parse(ceiling).fraction
        assert used / (inside.mass_mg + lacking) <= limit < used / (inside.mass_mg + lacking - 1)


@given(st.integers(0, 10**60))
def test_a_share_reads_back_what_it_says(units: int) -> None:
    assert Share.parse(str(Share(units))) == Share(units) or units >= 10**60


def test_a_full_refresh_keeps_powder_at_age_nought_and_a_long_one_converges() -> None:
    assert rules.mean_age(D(1), 7) == 0
    assert rules.age_fractions(D(1), 3) == [1, 0, 0, 0] and rules.share_at_least(D(1), 1) == 0
    assert rules.refreshes_to_settle(D(1)) == 1 and rules.age_fractions(D(1), 0) == [1]
    assert (
        rules.refreshes_to_settle(D("0.95")) == 1 and rules.refreshes_to_settle(D("0.0000001")) == 29_957_322
    )
    assert rules.refreshes_to_settle(D("1e-30")) > 10**30
    for refresh in (D("0.5"), D("0.3"), D("0.1")):
        assert abs(rules.mean_age(refresh, 400) - rules.steady_mean_age(refresh)) < D("1e-9")


def test_what_rounding_adds_to_a_share_is_never_an_excess_and_a_milligram_in_a_thousand_tonnes_is() -> None:
    half, limits = (
        Share(ONE // 2),
        Limits(used_share_ceiling=D("0.5"), age_max=1, age_by="mean", hours_max=D(20)),
    )
    for units in (-7, 7):
        rounded = Portion(
            *("U", "ti64", kg(40)),
            used_share=Share(half.units + units),
            age_mean=Share(ONE + units),
            hours_mean=Share(20 * ONE + units),
        )
        inside = rules.content_of("machine:M", [rounded])
        assert rules.launch_reasons(inside, limits, 0, on=date(2026, 11, 23)) == []
        assert rules.virgin_needed_mg(inside, D("0.5")) == 0
    whole = kg(10**6)
    parts = [Portion("U", "ti64", whole // 2 + 1, Share(ONE)), Portion("V", "ti64", whole // 2 - 1)]
    [reason] = rules.launch_reasons(rules.content_of("machine:M", parts), limits, 0, on=date(2026, 11, 23))
    assert (reason.code, reason.values["virgin_mg"]) == ("used_share_above_ceiling", 2)


def test_a_ceiling_reached_exactly_is_allowed() -> None:
    inside = rules.content_of("m", [Portion("U", "ti64", 3, Share(ONE)), Portion("V", "ti64", 7)])
    limits = Limits(used_share_ceiling=D("0.3"))
    assert rules.launch_reasons(inside, limits, 10, on=date(2026, 11, 23)) == []
    assert rules.virgin_needed_mg(inside, D(0)) is None

"""The words of matter: units read exactly, limits inclusive, what may be mixed and what never, the worked oracles."""

from decimal import Decimal as D

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from strate.workshop.feedstock.rules.properties import (
    ADDITIVE,
    VOCABULARY,
    Known,
    Limit,
    NotRead,
    afs_number,
    carr_percent,
    compare,
    effective,
    hausner,
    is_cmr,
    judge,
    loss_on_ignition_percent,
    mixed,
    read_value,
    verdicts,
    with_derived,
)

OXYGEN = Limit("O", high=D("0.13"), source="EOS Ti64 ELI", required=True)


def test_o25_hausner_and_carr_of_two_densities() -> None:
    assert hausner(D("2.53"), D("2.90")) == D("1.146")
    assert carr_percent(D("2.53"), D("2.90")) == D("12.76")


def test_o27_afs_number_of_a_sieved_sand() -> None:
    shares = dict(zip((40, 50, 70, 100, 140, 200), map(D, (5, 20, 40, 25, 8, 2)), strict=True))
    assert afs_number(shares) == D("57.8")


def test_o28_what_burns_of_a_sand() -> None:
    assert loss_on_ignition_percent(D("25.000"), D("24.655")) == D("1.38")


def test_o41_percent_and_ppm_are_the_same_oxygen() -> None:
    assert read_value("O", "0,1 %")[0] == read_value("O", "1000 ppm")[0] == D("0.1")
    assert read_value("O", "0.2 wt-%")[0] == read_value("O", "2000 mg/kg")[0] == D("0.2")


@pytest.mark.parametrize(("cobalt", "cmr"), [("0.099", False), ("0.1", True), ("9", True)])
def test_a_powder_with_a_tenth_of_a_percent_of_cobalt_is_a_cmr_agent(cobalt: str, cmr: bool) -> None:
    assert is_cmr({"Co": Known("Co", D(cobalt))}) is cmr


@pytest.mark.parametrize(
    ("code", "written", "value"),
    [
        ("O", "0,13", "0.13"),
        ("O", "1300 ppm", "0.13"),
        ("O", "1\u202f300 mg/kg", "0.13"),
        ("O", "0.13 % masse", "0.13"),
        ("O", "1,3e3 µg/g", "0.13"),
        ("D50", "0,0358 mm", "35.8"),
        ("apparent_density", "2530 kg/m³", "2.53"),
        ("viscosity", "0,012 Pa.s", "12"),
        ("bending_strength", "250 N/cm²", "2.5"),
    ],
)
def test_a_certificate_is_read_in_whatever_unit_it_is_written(code: str, written: str, value: str) -> None:
    assert read_value(code, written) == (D(value), "", "")


@pytest.mark.parametrize(
    ("code", "written", "why"),
    [
        ("O", "treize", "property_not_number"),
        ("O", "1.300,5 ppm", "property_not_number"),
        ("O", "-0,1", "property_out_of_reason"),
        ("O", "101", "property_out_of_reason"),
        ("O", "0,13 µm", "property_unit_unknown"),
        ("D50", "35 ppm", "property_unit_unknown"),
        ("shape", "ronde", "property_not_word"),
        ("Xx", "1", "no_such_property"),
        ("O", "1e99", "property_not_number"),
    ],
)
def test_what_is_not_a_value_of_that_property_is_refused(code: str, written: str, why: str) -> None:
    with pytest.raises(NotRead) as caught:
        read_value(code, written)
    assert caught.value.code == why


def test_a_unit_in_its_own_column_must_agree_with_the_one_written() -> None:
    assert read_value("O", "1300", unit="ppm")[0] == D("0.13")
    assert read_value("O", "1300 mg/kg", unit="ppm")[0] == D("0.13")
    with pytest.raises(NotRead) as caught:
        read_value("O", "0,13 %", unit="ppm")
    assert caught.value.code == "property_two_units"


def test_powder_that_does_not_flow_is_outside_any_limit_of_flow() -> None:
    assert read_value("hall_flow", "does_not_flow") == (None, "", "does_not_flow")
    stopped = Known("hall_flow", word="does_not_flow")
    assert compare(stopped, Limit("hall_flow", high=D(40))) == "out"
    (why,) = judge({"hall_flow": stopped}, [Limit("hall_flow", high=D(40), source="spec")], lot="L-1")
    assert (why.code, why.source) == ("property_not_as_wanted", "spec")


def test_oxygen_exactly_at_its_limit_conforms_and_one_digit_more_does_not() -> None:
    # Added as binary fractions, 0.1 + 0.03 would be above 0.13.
    assert judge({"O": Known("O", D("0.1") + D("0.03"))}, [OXYGEN]) == []
    (why,) = judge({"O": Known("O", D("0.1300000000000001"))}, [OXYGEN], lot="L-1")
    assert (why.code, why.source, why.values["high"]) == ("property_above_limit", "EOS Ti64 ELI", D("0.13"))


def test_below_what_a_method_sees_is_judged_only_when_it_can_be() -> None:
    small = Known("O", D("0.01"), bound="<")
    assert compare(small, OXYGEN) == "within"
    assert compare(small, Limit("O", high=D("0.005"))) == "unclear"
    assert compare(small, Limit("O", low=D("0.02"))) == "out"


def test_what_is_unknown_stands_in_the_way_only_when_the_specification_asks_for_it() -> None:
    assert [r.code for r in judge({}, [OXYGEN])] == ["property_not_known"]
    assert judge({}, [Limit("N", high=D("0.05"), source="s")]) == []


def test_the_most_specific_line_counts_and_the_others_are_shown() -> None:
    wide = Limit("O", high=D("0.20"), source="any")
    machine = Limit("O", high=D("0.15"), source="machine", machine_model="M290")
    routing = Limit("O", high=D("0.13"), source="routing", routing="G-1")
    assert effective([wide, routing, machine])["O"] is routing
    (seen,) = verdicts({"O": Known("O", D("0.14"))}, [wide, routing, machine])
    assert seen.state == "out" and set(seen.others) == {wide, machine}


def test_oxygen_of_a_mixture_is_the_mean_by_mass_and_flow_is_never_reckoned() -> None:
    parts = [
        (
            24,
            {"O": Known("O", D("0.155")), "hall_flow": Known("hall_flow", D(30)), "D50": Known("D50", D(36))},
        ),
        (
            16,
            {"O": Known("O", D("0.095")), "hall_flow": Known("hall_flow", D(40)), "D50": Known("D50", D(34))},
        ),
    ]
    made = mixed(parts)
    assert set(made) == {"O"} and made["O"].value == D("0.131") and made["O"].basis == "predicted"
    assert not ADDITIVE & {"mfr", "mvr", "viscosity", "hall_flow", "D50", "hausner"}


def test_a_mixture_of_which_one_part_is_unknown_stays_unknown() -> None:
    assert mixed([(1, {"O": Known("O", D("0.1"))}), (1, {})]) == {}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.integers(1, 10**12), st.decimals(0, 100, places=4)), min_size=1, max_size=6),
    st.integers(2, 9),
)
def test_splitting_a_part_changes_nothing_in_a_mixture(parts: list[tuple[int, D]], cut: int) -> None:
    whole = mixed([(mass * cut, {"O": Known("O", value)}) for mass, value in parts])
    split = mixed([(mass, {"O": Known("O", value)}) for mass, value in parts for _ in range(cut)])
    assert whole == split
    assert min(v for _m, v in parts) <= (whole["O"].value or D(0)) <= max(v for _m, v in parts)


def test_hausner_follows_from_the_two_densities() -> None:
    densities = {
        "apparent_density": Known("apparent_density", D("2.53")),
        "tap_density": Known("tap_density", D("2.90")),
    }
    assert with_derived(densities)["hausner"].value == D("1.146")


def test_every_word_belongs_to_a_family_and_only_what_has_words_is_without_a_number() -> None:
    assert all(each.families for each in VOCABULARY.values())
    assert all(each.words for each in VOCABULARY.values() if each.kind == "word")

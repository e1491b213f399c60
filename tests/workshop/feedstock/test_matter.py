"""What is known of a lot and what it is judged by: measured, certified, specified, approved by somebody else."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from decimal import Decimal as D

import pytest
from django.utils.translation import override

from strate.workshop.doors.wording import fact_sentence
from strate.workshop.feedstock import actions, queries
from strate.workshop.feedstock.models import Lot, LotProperty, Material, PowderLimit
from strate.workshop.inspection import actions as inspection
from strate.workshop.journal import clock
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.models import Fact
from strate.workshop.journal.refusals import Refused
from strate.workshop.notices import queries as notices
from tests.workshop.feedstock.conftest import CERTIFICATE, kg

Refusing = Callable[..., AbstractContextManager[None]]
Signs = Callable[[Actor], Actor]


def of(code: str, value: str, unit: str = "") -> dict[str, str]:
    return {"property": code, "value": value, "unit": unit}


@pytest.fixture()
def lot(ti64: Material, amina: Actor) -> Lot:
    return actions.receive(by=amina, lot="L-1", material="ti64", mass_mg=kg(10), certificate=CERTIFICATE)


@pytest.fixture()
def eli(ti64: Material, driss: Actor, elsa: Actor, signed: Signs) -> PowderLimit:
    """Oxygen at most 0.13 %, asked for, approved."""
    line = actions.specify(
        by=driss, material="ti64", property="O", high="0,13", required=True, source="EOS Ti64 ELI"
    )
    return actions.approve_limits(by=signed(elsa), material="ti64", limits=[line.pk])[0]


def test_a_certificate_in_commas_and_a_gauge_in_ppm_tell_the_same_oxygen(lot: Lot, amina: Actor) -> None:
    actions.certify(by=amina, lot="L-1", readings=[of("O", "0,13 wt-%")], number="C-77", type="3.1")
    assert queries.known_properties("L-1")["O"].value == D("0.13")
    actions.measure(by=amina, lot="L-1", readings=[of("O", "1250", "ppm")], instrument="ONH-1")
    known = queries.known_properties("L-1")["O"]
    assert (known.value, known.basis, known.instrument) == (D("0.1250"), "measured", "ONH-1")
    assert queries.certificate_of(queries.lot("L-1"))["O"].value == D("0.13")
    assert queries.lot("L-1").certificate_number == "C-77"


def test_a_newer_measurement_counts_and_the_older_one_stays_to_be_read(lot: Lot, amina: Actor) -> None:
    for value in ("0,10", "0,12"):
        actions.measure(by=amina, lot="L-1", readings=[of("O", value)])
    assert queries.known_properties("L-1")["O"].value == D("0.12")
    older, newer = LotProperty.objects.order_by("pk")
    assert (older.value, older.superseded_by) == (D("0.10"), newer)


def test_an_entry_made_late_does_not_pass_before_a_younger_measurement(lot: Lot, amina: Actor) -> None:
    actions.measure(by=amina, lot="L-1", readings=[of("O", "0,12")], measured_on=date(2026, 11, 20))
    actions.measure(by=amina, lot="L-1", readings=[of("O", "0,10")], measured_on=date(2026, 11, 2))
    assert queries.known_properties("L-1")["O"].value == D("0.12")


def test_a_clock_set_back_does_not_hide_what_was_just_measured(lot: Lot, amina: Actor) -> None:
    with clock.at(datetime(2026, 11, 23, 9, tzinfo=UTC)):
        actions.measure(by=amina, lot="L-1", readings=[of("O", "0,10")])
    with clock.at(datetime(2026, 11, 20, 9, tzinfo=UTC)):
        actions.measure(by=amina, lot="L-1", readings=[of("O", "0,12")])
    assert queries.known_properties("L-1")["O"].value == D("0.12")


def test_every_value_that_is_not_understood_is_named_and_nothing_is_written(lot: Lot, amina: Actor) -> None:
    wrong = [of("O", "beaucoup"), of("mfr", "5"), of("Zz", "1"), of("N", "0,02"), of("N", "0,03")]
    with pytest.raises(Refused) as caught:
        actions.measure(by=amina, lot="L-1", readings=wrong)
    codes = [r.code for r in caught.value.reasons]
    assert codes == ["property_not_number", "property_of_other_family", "no_such_property", "property_twice"]
    assert not LotProperty.objects.exists()


def test_an_instrument_past_its_calibration_measures_nothing(
    lot: Lot, amina: Actor, elsa: Actor, refused: Refusing
) -> None:
    inspection.enter_gauge(
        by=elsa,
        code="ONH-1",
        title="Analyseur O/N/H",
        kind="analyser",
        unit="ppm",
        calibrated_on=date(2024, 1, 1),
        due_on=date(2025, 1, 1),
    )
    told = {"by": amina, "lot": "L-1", "readings": [of("O", "1250", "ppm")], "instrument": "gauge:ONH-1"}
    with refused("gauge_out_of_calibration"):
        actions.measure(**told)
    # What it measured while its calibration held stays good, and a laboratory's instrument is not ours to judge.
    actions.measure(**told, measured_on=date(2025, 1, 1))
    actions.measure(**{**told, "instrument": "LECO du laboratoire"})
    inspection.calibrate(by=elsa, gauge="ONH-1", calibrated_on=date(2026, 1, 1), due_on=date(2099, 1, 1))
    actions.measure(**told)
    assert queries.known_properties("L-1")["O"].instrument == "gauge:ONH-1"


def test_sizes_that_contradict_each_other_are_refused(lot: Lot, amina: Actor, refused: Refusing) -> None:
    with refused("properties_contradict"):
        actions.measure(by=amina, lot="L-1", readings=[of("D10", "40"), of("D50", "36")])


def test_nothing_is_measured_tomorrow(lot: Lot, amina: Actor, refused: Refusing) -> None:
    with refused("day_not_come"):
        actions.measure(by=amina, lot="L-1", readings=[of("O", "0,1")], measured_on=date(2999, 1, 1))


def test_oxygen_at_its_limit_is_released_and_above_it_waits_in_quarantine(
    lot: Lot, eli: PowderLimit, amina: Actor, bruno: Actor, elsa: Actor, signed: Signs
) -> None:
    actions.certify(by=amina, lot="L-1", readings=[of("O", "1300 ppm")])
    seen = {"identity": True, "seal": True, "certificate_conform": True, "mass_mg": kg(10), "visual": True}
    assert actions.check(by=bruno, lot="L-1", **seen).state == "checked"
    actions.measure(by=bruno, lot="L-1", readings=[of("O", "0,1301")])
    with pytest.raises(Refused) as caught:
        actions.release(by=signed(elsa), lot="L-1")
    (why,) = caught.value.reasons
    assert (why.code, why.source) == ("property_above_limit", "EOS Ti64 ELI")
    told = [n.code for n in notices.unread(elsa)]
    assert told == ["property_out"]
    actions.measure(by=bruno, lot="L-1", readings=[of("O", "0,13")])
    assert actions.release(by=signed(elsa), lot="L-1").state == "released"


def test_a_certificate_outside_the_specification_fails_the_check_whatever_was_ticked(
    lot: Lot, eli: PowderLimit, amina: Actor, bruno: Actor
) -> None:
    actions.certify(by=amina, lot="L-1", readings=[of("O", "0,15 %")])
    checked = actions.check(
        by=bruno, lot="L-1", identity=True, seal=True, certificate_conform=True, mass_mg=kg(10)
    )
    fact = Fact.objects.latest("seq")
    assert checked.state == "quarantine" and fact.what == "feedstock.found_wrong"
    told = json.loads(fact.envelope)["data"]
    assert (told["wrong"], told["out"]) == (["certificate"], ["O"])
    with override("fr"):
        said = fact_sentence(fact.what, told)
    assert "le certificat" in said and "certificate" not in said


def test_a_value_that_the_specification_asks_for_must_be_known(
    lot: Lot, eli: PowderLimit, bruno: Actor
) -> None:
    seen = {"identity": True, "seal": True, "certificate_conform": True, "mass_mg": kg(10)}
    assert actions.check(by=bruno, lot="L-1", **seen).state == "quarantine"


def test_a_powder_that_looks_wrong_waits_in_quarantine(lot: Lot, bruno: Actor) -> None:
    seen = {"identity": True, "seal": True, "certificate_conform": True, "mass_mg": kg(10), "visual": False}
    assert actions.check(by=bruno, lot="L-1", **seen).state == "quarantine"


def test_whoever_wrote_a_limit_does_not_approve_it(
    ti64: Material, elsa: Actor, driss: Actor, signed: Signs, refused: Refusing
) -> None:
    line = actions.specify(by=elsa, material="ti64", property="O", high="0,2", source="ASTM F2924")
    assert queries.limits_for("ti64") == []
    with refused("limit_approved_by_another"):
        actions.approve_limits(by=signed(elsa), material="ti64", limits=[line.pk])
    with refused("signature_needed"):
        actions.approve_limits(by=driss, material="ti64", limits=[line.pk])
    actions.approve_limits(by=signed(driss), material="ti64", limits=[line.pk])
    assert [(x.code, x.high, x.source) for x in queries.limits_for("ti64")] == [("O", D("0.2"), "ASTM F2924")]


def test_a_new_limit_replaces_the_one_before_only_once_approved(
    eli: PowderLimit, driss: Actor, elsa: Actor, signed: Signs, refused: Refusing
) -> None:
    line = actions.specify(by=driss, material="ti64", property="O", high="1200 ppm", source="Décision n° 4")
    assert queries.limits_for("ti64")[0].high == D("0.13")
    actions.approve_limits(by=signed(elsa), material="ti64", limits=[line.pk])
    assert [x.high for x in queries.limits_for("ti64")] == [D("0.1200")]
    with refused("limit_not_a_draft"):
        actions.approve_limits(by=signed(elsa), material="ti64", limits=[line.pk])
    actions.withdraw_limit(by=elsa, limit=line.pk, reason="Plus d'objet")
    assert queries.limits_for("ti64") == [] and PowderLimit.objects.count() == 2


def test_a_specification_without_source_or_sense_is_refused(
    ti64: Material, driss: Actor, refused: Refusing
) -> None:
    with refused("specification_without_source", "limit_says_nothing"):
        actions.specify(by=driss, material="ti64", property="O", source=" ")
    with refused("limit_upside_down"):
        actions.specify(by=driss, material="ti64", property="D50", low="40", high="30", source="s")
    with refused("property_of_other_family"):
        actions.specify(by=driss, material="ti64", property="loi", high="2", source="s")


def test_a_routing_s_line_counts_before_that_of_the_machine(
    eli: PowderLimit, driss: Actor, elsa: Actor, signed: Signs
) -> None:
    lines = [
        actions.specify(by=driss, material="ti64", property="O", high=high, source=high, **where)
        for high, where in (("0,12", {"machine_model": "M290"}), ("0,11", {"routing": "G-1"}))
    ]
    actions.approve_limits(by=signed(elsa), material="ti64", limits=[line.pk for line in lines])
    assert [x.high for x in queries.limits_for("ti64")] == [D("0.13")]
    assert [x.high for x in queries.limits_for("ti64", "M290", "G-1")] == [D("0.11"), D("0.12"), D("0.13")]


def test_cobalt_from_a_tenth_of_a_percent_is_told_to_hse(
    steel: Material, amina: Actor, gaelle: Actor
) -> None:
    actions.receive(by=amina, lot="S-1", material="316l", mass_mg=kg(5))
    actions.certify(by=amina, lot="S-1", readings=[of("Co", "0,1 %")])
    assert [n.code for n in notices.unread(gaelle)] == ["cobalt_found"]


def test_one_label_is_on_one_container(ti64: Material, amina: Actor, refused: Refusing) -> None:
    actions.new_container(by=amina, container="F-1", kind="drum", tare_mg=kg(2))
    with refused("container_exists"):
        actions.new_container(by=amina, container="f-1", kind="bottle")
    actions.receive(by=amina, lot="L-1", material="ti64", mass_mg=kg(5), container="F-1")
    with refused("container_not_empty"):
        actions.receive(by=amina, lot="L-2", material="ti64", mass_mg=kg(5), container="F-1")
    with refused("container_exists"):
        actions.receive(by=amina, lot="L-2", material="ti64", mass_mg=kg(5), container="f-1")
    with refused("container_not_empty"):
        actions.retire_container(by=amina, container="F-1")


def test_a_container_never_stands_in_itself(amina: Actor, refused: Refusing) -> None:
    actions.new_container(by=amina, container="SILO", kind="silo")
    actions.new_container(by=amina, container="BAC", kind="bin", inside="SILO")
    with refused("container_inside_itself"):
        actions.change_container(by=amina, container="SILO", kind="silo", inside="BAC")


def test_a_lot_of_nothing_is_not_received(ti64: Material, amina: Actor, refused: Refusing) -> None:
    with refused("mass_is_zero"):
        actions.receive(by=amina, lot="L-0", material="ti64", mass_mg=0)


def test_powder_does_not_expire_before_it_was_made(ti64: Material, amina: Actor, refused: Refusing) -> None:
    days = {"made_on": date(2026, 5, 2), "expires_on": date(2026, 5, 1)}
    with refused("expires_before_made"):
        actions.receive(by=amina, lot="L-1", material="ti64", mass_mg=kg(1), **days)

"""An accidental release: one alert that stops, tells and guides; a record; a conclusion."""

from typing import Any

import pytest

from strate.workshop.anomalies import queries as anomalies
from strate.workshop.feedstock import actions as feedstock
from strate.workshop.holds import actions as holds
from strate.workshop.holds import queries as held
from strate.workshop.journal import queries as journal
from strate.workshop.journal.actor import Actor
from strate.workshop.notices import queries as notices
from strate.workshop.procedures import actions as procedures
from strate.workshop.procedures import queries as gestures
from strate.workshop.safety import actions, queries, registry, rules
from strate.workshop.safety.models import SafetySheet, Spill

from ..conftest import refused, signed

pytestmark = pytest.mark.django_db
RECORD: dict[str, Any] = {"mass_mg": 250_000, "cause": "handling", "cause_said": "Fût renversé"}


@pytest.fixture()
def lot(ti64: SafetySheet, driss: Actor, bruno: Actor) -> str:
    feedstock.new_material(by=driss, code="ti64", title="Ti-6Al-4V", family="metal")
    feedstock.receive(
        by=bruno,
        lot="L1",
        material="ti64",
        mass_mg=10_000_000,
        supplier="Poudrex",
        supplier_lot="S1",
        heat="H1",
        container="FUT-1",
        place="poudres",
    )
    return "lot:L1"


@pytest.fixture()
def guided(driss: Actor, ines: Actor) -> None:
    for draft in procedures.load_defaults(by=driss, only=["powder-spill", "sand-spill"]):
        head = {"procedure": draft.procedure.code, "version": draft.number}
        procedures.submit(by=driss, **head)
        procedures.approve(by=signed(ines), **head)


@pytest.fixture()
def spill(lot: str, guided: None, amina: Actor) -> Spill:
    return actions.report_spill(by=amina, about=[lot], place="poudres")


def test_one_alert_tells_hse_stops_what_was_touched_and_starts_the_gesture(
    spill: Spill, lot: str, gaelle: Actor
) -> None:
    told = {n.code for n in notices.unread(gaelle)}
    assert {"spill_reported", "anomaly_reported"} <= told
    assert [h.origin for h in held.on(lot)] == [spill.ref]
    anomaly = anomalies.one(spill.anomaly)
    assert (anomaly.kind, anomaly.recipient) == ("spill", "hse")
    run = gestures.runs_about(spill.ref)[0]
    assert spill.run == run.ref and lot in run.about


def test_the_first_card_of_the_gesture_is_what_the_sheet_orders(spill: Spill) -> None:
    first = gestures.runs_about(spill.ref)[0].steps[0]
    assert "classe D" in first["text"]["fr"] and "JAMAIS" in first["text"]["fr"]
    assert "NEVER: water, foam, CO₂" in first["text"]["en"]
    assert first["ppe"] == ["M017", "M009", "M010"] and first["source"] == {
        "fr": "FDS Ti64 Grade 23 v1",
        "en": "SDS Ti64 Grade 23 v1",
    }


def test_a_room_that_plugs_in_contaminates_in_the_same_act(
    lot: str, guided: None, amina: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[list[str]] = []

    def contaminate(by: Actor, spill: Spill, things: list[str]) -> list[str]:
        seen.append(things)
        return things

    monkeypatch.setattr(registry, "_spilt", [contaminate])
    found = actions.report_spill(by=amina, about=[lot, "container:FUT-1"])
    assert seen == [[lot, "container:FUT-1"]]
    assert all(thing.contaminated for thing in found.things.all())
    assert found.place == "poudres"


def test_a_refusal_in_a_room_leaves_nothing_behind(
    lot: str, amina: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> list[str]:
        raise RuntimeError("the room failed")

    monkeypatch.setattr(registry, "_spilt", [broken])
    before = journal.last()
    with pytest.raises(RuntimeError):
        actions.report_spill(by=amina, about=[lot])
    assert not Spill.objects.exists() and journal.last() == before and held.on(lot) == []


def test_without_an_approved_procedure_the_alert_leaves_all_the_same(
    lot: str, amina: Actor, gaelle: Actor
) -> None:
    found = actions.report_spill(by=amina, about=[lot], size="large")
    assert found.run == "" and anomalies.one(found.anomaly).severity == "critical"
    assert "spill_reported" in {n.code for n in notices.unread(gaelle)}


def test_nothing_named_and_a_thing_nobody_knows_are_refused(lot: str, amina: Actor) -> None:
    with refused("spill_of_nothing"):
        actions.report_spill(by=amina, about=[])
    with refused("no_such_thing"):
        actions.report_spill(by=amina, about=["lot:NOBODY"])


def test_whoever_cannot_tell_what_lies_there_raises_the_alarm_with_every_prohibition(
    guided: None, amina: Actor, gaelle: Actor
) -> None:
    found = actions.report_spill(by=amina, about=[], place="poudres")
    assert "spill_reported" in {n.code for n in notices.unread(gaelle)}
    first = gestures.runs_about(found.ref)[0].steps[0]
    assert (
        "JAMAIS : eau" in first["text"]["fr"].replace("\u202f", " ")
        and first["source"]["fr"] == "Aucune FDS en vigueur"
    )


def test_matter_without_a_sheet_beside_matter_with_one_keeps_every_prohibition(ti64: SafetySheet) -> None:
    known, doubtful = rules.spill_orders([ti64], ["ti64"]), rules.spill_orders([ti64], ["ti64", "al-x"])
    assert known["agents"] == ["class_d_powder", "dry_sand"] and known["never"] == ["water", "foam", "co2"]
    assert (doubtful["agents"], doubtful["never"], doubtful["fire_class"]) == ([], list(rules.NEVER), "D")


def test_what_was_on_the_floor_goes_neither_in_another_drum_nor_back_as_clean_powder(
    spill: Spill, amina: Actor, gaelle: Actor
) -> None:
    actions.open_drum(by=gaelle, code="D-9", stream="used_powder_takeback")
    with refused("waste_in_the_wrong_drum"):
        actions.record_spill(by=amina, spill=spill.code, drum="D-9", **RECORD)
    assert rules.spill_stream("used_powder_takeback") == "contaminated_powder"


def test_what_was_collected_goes_in_the_drum_in_the_same_act(
    spill: Spill, amina: Actor, gaelle: Actor
) -> None:
    actions.open_drum(by=gaelle, code="D-1", stream="contaminated_powder")
    actions.open_drum(by=gaelle, code="D-2", stream="contaminated_powder", capacity_mg=100_000)
    with refused("waste_drum_too_full"):
        actions.record_spill(by=amina, spill=spill.code, drum="D-2", **RECORD)
    assert queries.spill(spill.code).recorded_by == ""
    actions.record_spill(by=amina, spill=spill.code, drum="D-1", persons=[amina.person], **RECORD)
    drum, entry = queries.drum("D-1"), queries.waste_of(spill.ref)[0]
    assert (drum.mass_mg, drum.group, drum.reactive) == (250_000, "titanium", True)
    assert (entry.material, entry.lot) == ("ti64", "lot:L1")


def test_hse_closes_once_all_is_recorded_and_decided(
    spill: Spill, lot: str, amina: Actor, gaelle: Actor
) -> None:
    end = {"spill": spill.code, "conclusion": "Couvercle à changer"}
    with refused("spill_not_recorded", "spill_still_holds"):
        actions.settle_spill(by=signed(gaelle), **end)
    actions.record_spill(by=amina, spill=spill.code, **RECORD)
    for each in held.on(lot):
        holds.lift(by=signed(gaelle), hold=each.ref, reason="Prélèvement conforme")
    with refused("not_allowed"):
        actions.settle_spill(by=signed(amina), **end)
    with refused("signature_needed"):
        actions.settle_spill(by=gaelle, **end)
    actions.settle_spill(by=signed(gaelle), **end)
    assert queries.spill(spill.code).state == "settled"
    assert anomalies.one(spill.anomaly).state == "closed"
    with refused("spill_is_settled"):
        actions.record_spill(by=amina, spill=spill.code, **RECORD)


def test_a_spill_under_way_stands_before_those_closed_after_it(
    spill: Spill, amina: Actor, gaelle: Actor
) -> None:
    later = actions.report_spill(by=amina, about=[], place="poudres")
    actions.record_spill(by=amina, spill=later.code, **RECORD)
    actions.settle_spill(by=signed(gaelle), spill=later.code, conclusion="Rien de plus")
    assert [s.pk for s in queries.spills(under_way_first=True)] == [spill.pk, later.pk]
    assert [s.pk for s in queries.spills()] == [later.pk, spill.pk]

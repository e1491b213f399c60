"""The supplier's sheet commands: statements, fire and water, CMR, which product a lot is."""

from datetime import timedelta

import pytest

from strate.workshop.journal import clock
from strate.workshop.journal import queries as journal
from strate.workshop.journal.actor import Actor
from strate.workshop.notices import queries as notices
from strate.workshop.safety import actions, phrases, queries, registry, rules
from strate.workshop.safety.models import SafetySheet

from ..conftest import refused, signed
from .conftest import in_force, typed

pytestmark = pytest.mark.django_db


def test_a_statement_is_said_in_the_official_words_of_both_languages() -> None:
    assert phrases.phrase("H228", "fr").text == "Matière solide inflammable."
    assert phrases.phrase("H228", "en").text == "Flammable solid."
    assert phrases.phrase("P302+P352", "en").text == "IF ON SKIN: Wash with plenty of water."


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_statement_of_the_table_has_its_sentence(language: str) -> None:
    assert all(phrases.phrase(code, language).text for code in phrases.statements())


def test_a_statement_outside_the_table_is_kept_as_typed_and_said(elsa: Actor) -> None:
    sheet = typed(elsa, hazards=["H228", "H299"])
    assert sheet.hazards == ["H228", "H299"] and not phrases.known("H299")
    assert journal.told(journal.last())["data"]["statements_as_typed"] == ["H299"]


def test_the_sheets_of_a_mixture_add_up_their_prohibitions(
    ti64: SafetySheet, elsa: Actor, gaelle: Actor
) -> None:
    in_force(elsa, gaelle, "pa12-x", material="pa12", fire_class="A", agents=["water", "foam"], never=[])
    orders = queries.orders_for(["ti64", "pa12"])
    assert orders["fire_class"] == "AD" and orders["never"] == ["water", "foam", "co2"]
    assert orders["agents"] == [] and orders["damp"] == "no"


def test_an_agent_cannot_be_both_used_and_forbidden(elsa: Actor) -> None:
    with refused("agent_both_used_and_never"):
        typed(elsa, agents=["foam"], never=["foam"])


def test_every_fault_of_a_sheet_is_told_at_once(elsa: Actor) -> None:
    with refused("stream_unknown", "sign_unknown", "agent_unknown", "composition_not_understood"):
        typed(
            elsa,
            waste_stream="dustbin",
            pictograms=["GHS99"],
            agents=["beer"],
            composition=[{"name": "Co", "most": "120"}],
        )


@pytest.mark.parametrize(
    ("most", "hazards", "mark"),
    [
        ("0.099", [], ""),
        ("0.1", [], "doubt"),
        ("0.1", ["H351"], "doubt"),
        ("60", ["H350", "H317"], "1"),
        ("0", ["H351"], "2"),
    ],
)
def test_cobalt_from_a_tenth_of_a_percent_on_is_a_cmr_to_check(
    most: str, hazards: list[str], mark: str
) -> None:
    assert rules.cmr(hazards, [{"name": "Cobalt", "cas": "7440-48-4", "most": most}]) == mark


def test_the_sheet_of_its_own_product_speaks_for_a_lot(
    ti64: SafetySheet, elsa: Actor, gaelle: Actor, amina: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_force(elsa, gaelle, "ti64-metalia", supplier="Metalia", product="Titane fin")
    lots = {
        "lot:L1": registry.Matter("ti64", "lot:L1", "metalia"),
        "lot:L2": registry.Matter("ti64", "lot:L2"),
    }
    monkeypatch.setattr(registry, "_matters", [lambda ref: [lots[ref]] if ref in lots else []])
    assert [s.code for s in queries.in_force_for(["lot:L1"])] == ["ti64-metalia"]
    assert len(queries.in_force_for(["lot:L2"])) == 2
    actions.name_product(by=elsa, lot="lot:L2", product="ti64-poudrex")
    assert [s.code for s in queries.in_force_for(["lot:L2"])] == ["ti64-poudrex"]
    actions.acknowledge(by=amina, sheet="ti64-poudrex")
    assert queries.unread_sheets(amina.person, [], ["lot:L2"]) == []
    assert [r.values["sheet"] for r in queries.unread_sheets(amina.person, [], ["lot:L1"])] == [
        "sheet:ti64-metalia"
    ]


def test_hse_is_told_once_that_a_sheet_is_to_be_checked_and_dates_the_next(
    elsa: Actor, gaelle: Actor
) -> None:
    today = clock.now().date()
    in_force(elsa, gaelle, next_check=today - timedelta(days=1))
    assert actions.remind_checks(by=gaelle) == 1 and actions.remind_checks(by=gaelle) == 0
    with refused("next_check_not_ahead"):
        actions.check_again(by=signed(gaelle), code="ti64-poudrex", next_check=today)
    actions.check_again(by=signed(gaelle), code="ti64-poudrex", next_check=today + timedelta(days=365))
    assert queries.due_for_review(today) == []
    typed(elsa, version="2")
    with refused("next_check_not_ahead"):
        actions.review_sheet(by=signed(gaelle), code="ti64-poudrex", version="2", next_check=today)


def test_who_has_not_read_is_named_and_reminded(
    ti64: SafetySheet, gaelle: Actor, amina: Actor, bruno: Actor
) -> None:
    actions.acknowledge(by=amina, sheet=ti64.code)
    assert queries.not_read_sheet(ti64) == [bruno.person]
    assert actions.remind_sheet_readers(by=gaelle, sheet=ti64.code) == 1
    assert next(n.code for n in notices.unread(bruno)) == "sheet_still_to_read"
    actions.acknowledge(by=bruno, sheet=ti64.code)
    with refused("document_read_by_all"):
        actions.remind_sheet_readers(by=gaelle, sheet=ti64.code)


def test_the_guidance_of_a_gesture_comes_from_the_sheet(ti64: SafetySheet) -> None:
    known = queries.guidance("spill", ["ti64"])
    assert known.ppe == ("M017", "M009", "M010") and known.ppe_words == ("FFP3, gants nitrile longs",)
    assert known.recycling == ("Tamiser sous argon.",) and known.stream == "contaminated_powder"
    assert known.sources == ("FDS Ti64 Grade 23 v1",)


def test_a_document_asks_before_the_operation_it_names_and_a_withdrawn_one_no_longer(
    driss: Actor, amina: Actor
) -> None:
    head = {"kind": "safety_rule", "title_fr": "Règle", "title_en": "Rule"}
    actions.publish_document(
        by=signed(driss), code="tamis", version="A", materials=["in718"], operations=["filter"], **head
    )
    with_it = queries.unread_reasons(amina, machine="M1", material="in718", operation="filter")
    assert "document_unread" in [r.code for r in with_it]
    for other in ({"material": "pa12", "operation": "filter"}, {"material": "in718", "operation": "powder"}):
        assert "document_unread" not in [r.code for r in queries.unread_reasons(amina, **other)]
    assert len(queries.to_read(amina)) == 1
    with refused("withdrawal_needs_a_reason"):
        actions.withdraw_document(by=signed(driss), document="tamis", reason=" ")
    actions.withdraw_document(by=signed(driss), document="tamis", reason="Remplacée par la notice")
    assert queries.to_read(amina) == []
    with refused("document_not_in_force"):
        actions.acknowledge_document(by=amina, document="tamis")


def test_a_document_past_its_date_reminds_by_itself_once_a_day(
    driss: Actor, amina: Actor, bruno: Actor
) -> None:
    yesterday = clock.now().date() - timedelta(days=1)
    head = {"kind": "manual", "title_fr": "M", "title_en": "M", "roles": ["operator"]}
    actions.publish_document(by=signed(driss), code="m", version="A", read_before=yesterday, **head)
    actions.acknowledge_document(by=amina, document="m")
    assert actions.remind_overdue(by=driss) == 1 and actions.remind_overdue(by=driss) == 0
    assert "document_still_to_read" in [n.code for n in notices.unread(bruno)]

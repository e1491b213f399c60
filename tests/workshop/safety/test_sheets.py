"""Safety data sheets, documents and equipment: what must be read and worn before a product is touched."""

from datetime import date, timedelta

import pytest
from django.utils.translation import override

from strate.templatetags._pictograms import PICTOGRAMS
from strate.workshop.doors import wording
from strate.workshop.journal import clock
from strate.workshop.journal import queries as journal
from strate.workshop.journal.actor import Actor
from strate.workshop.safety import actions, queries
from strate.workshop.safety.models import SafetySheet
from strate.workshop.safety.rules import SIGNS
from strate.workshop.things import registry as things

from ..conftest import refused, signed

pytestmark = pytest.mark.django_db


def typed(by: Actor, version: str = "1", **more: object) -> SafetySheet:
    values = {
        "code": "ti64-poudrex",
        "supplier": "Poudrex",
        "product": "Ti64 Grade 23",
        "material": "ti64",
        "revision_date": date(2026, 1, 15),
        "hazards": ["H228"],
        "pictograms": ["GHS02"],
        "ppe": {"powder": ["M017", "M009"]},
    }
    return actions.type_sheet(by=by, version=version, **(values | more))


@pytest.fixture()
def sheet(elsa: Actor, gaelle: Actor) -> SafetySheet:
    typed(elsa)
    return actions.review_sheet(by=signed(gaelle), code="ti64-poudrex", version="1")


def test_a_sheet_counts_only_once_hse_has_reviewed_it(elsa: Actor, amina: Actor) -> None:
    typed(elsa)
    assert [r.code for r in queries.unread_sheets(amina.person, ["ti64"])] == ["sheet_missing"]
    with refused("sheet_not_in_force"):
        actions.acknowledge(by=amina, sheet="ti64-poudrex")


def test_hse_does_not_review_what_it_typed_itself(gaelle: Actor) -> None:
    typed(gaelle)
    with refused("sheet_reviewed_by_its_author"):
        actions.review_sheet(by=signed(gaelle), code="ti64-poudrex", version="1")


def test_a_review_is_signed(elsa: Actor, gaelle: Actor) -> None:
    typed(elsa)
    with refused("signature_needed"):
        actions.review_sheet(by=gaelle, code="ti64-poudrex", version="1")


def test_reading_a_sheet_removes_the_reason_and_a_new_version_brings_it_back(
    sheet: SafetySheet, elsa: Actor, gaelle: Actor, amina: Actor
) -> None:
    assert [r.code for r in queries.unread_sheets(amina.person, ["ti64"])] == ["sheet_unread"]
    actions.acknowledge(by=amina, sheet="ti64-poudrex")
    assert queries.unread_sheets(amina.person, ["ti64"]) == []
    typed(elsa, "2", revision_date=date(2026, 6, 1))
    assert queries.unread_sheets(amina.person, ["ti64"]) == []
    actions.review_sheet(by=signed(gaelle), code="ti64-poudrex", version="2")
    reason = queries.unread_sheets(amina.person, ["ti64"])[0]
    assert (reason.code, reason.values["version"]) == ("sheet_unread", "2")


def test_a_sheet_read_twice_is_written_once(sheet: SafetySheet, amina: Actor) -> None:
    actions.acknowledge(by=amina, sheet="ti64-poudrex")
    with refused("sheet_read_already"):
        actions.acknowledge(by=amina, sheet="ti64-poudrex")


def test_every_material_without_a_sheet_is_named_at_once(sheet: SafetySheet, amina: Actor) -> None:
    reasons = queries.unread_sheets(amina.person, ["ti64", "in718", "pa12"])
    assert sorted(r.values["material"] for r in reasons) == ["in718", "pa12", "ti64"]


def test_a_statement_that_is_not_h_or_p_is_refused(elsa: Actor) -> None:
    with refused("hazard_code_unknown"):
        typed(elsa, hazards=["X228"])


def test_the_sheet_says_what_to_wear_and_the_usual_equipment_stands_in(
    sheet: SafetySheet, amina: Actor
) -> None:
    assert queries.ppe_for("powder", ["ti64"]) == ("M017", "M009")
    assert "M003" in queries.ppe_for("blasting", ["ti64"])


@pytest.mark.parametrize(("language", "words"), [("fr", "FDS"), ("en", "SDS")])
def test_the_sheet_is_named_as_its_reader_names_it(
    sheet: SafetySheet, amina: Actor, language: str, words: str
) -> None:
    with override(language):
        reason = queries.missing_ppe(amina.person, "powder", at=clock.now())[0]
        assert wording.source(reason) == f"{words} §\u202f8"
        assert queries.guidance("powder", ["ti64"]).sources[0].startswith(f"{words} ")
        assert things.find(sheet.ref).title == f"{words} {sheet.product}"


def test_equipment_is_confirmed_for_the_shift_and_no_longer(sheet: SafetySheet, amina: Actor) -> None:
    assert [r.code for r in queries.missing_ppe(amina.person, "powder", "machine:M1", at=clock.now())] == [
        "ppe_not_confirmed"
    ]
    worn = actions.confirm_ppe(by=amina, operation="powder", about="machine:M1", materials=["ti64"])
    assert worn.items == ["M017", "M009"]
    assert queries.missing_ppe(amina.person, "powder", "machine:M1", at=clock.now()) == []
    tomorrow = clock.now() + timedelta(hours=9)
    assert queries.missing_ppe(amina.person, "powder", "machine:M1", at=tomorrow) != []


def test_a_document_concerns_the_roles_and_machines_it_names(
    driss: Actor, amina: Actor, farid: Actor
) -> None:
    actions.publish_document(
        by=signed(driss),
        code="manuel-m1",
        version="A",
        kind="manual",
        title_fr="Manuel M1",
        title_en="M1 manual",
        roles=["operator"],
        machines=["machine:M1"],
    )
    assert [r.code for r in queries.unread_documents(amina, ["machine:M1"])] == ["document_unread"]
    assert queries.unread_documents(amina, ["machine:M2"]) == []
    assert queries.unread_documents(farid, ["machine:M1"]) == []
    actions.acknowledge_document(by=amina, document="manuel-m1")
    assert queries.unread_documents(amina, ["machine:M1"]) == []


def test_a_new_version_of_a_document_is_read_again(driss: Actor, amina: Actor) -> None:
    for version in ("A", "B"):
        actions.publish_document(
            by=signed(driss), code="regle", version=version, kind="safety_rule", title_fr="R", title_en="R"
        )
        assert len(queries.unread_documents(amina)) == 1
        actions.acknowledge_document(by=amina, document="regle")
    assert journal.last().what == "safety.document_read"
    assert [d.version for d in queries.documents()] == ["B"]


def test_the_signs_a_sheet_may_show_are_those_the_house_draws(elsa: Actor) -> None:
    assert frozenset(PICTOGRAMS) == SIGNS
    with refused("sign_unknown"):
        typed(elsa, pictograms=["GHS99"])

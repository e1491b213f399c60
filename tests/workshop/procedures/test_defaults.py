"""The default procedures: complete, bilingual, sourced, approvable; their effects reach the rooms below."""

import re
from collections.abc import Callable
from typing import Any

import jsonschema_rs
import pytest
from django.utils import translation

from strate.templatetags._pictograms import PICTOGRAMS
from strate.workshop.holds import queries as holds
from strate.workshop.journal.actor import Actor
from strate.workshop.procedures import actions, defaults, queries, registry, sheets
from strate.workshop.procedures.actions.drafts import faults
from strate.workshop.procedures.kinds import said
from strate.workshop.procedures.models import ProcedureVersion
from strate.workshop.safety import actions as safety
from strate.workshop.safety import queries as safety_queries

from ..conftest import refused, signed

pytestmark = pytest.mark.django_db
# Lent by the machines room, which is above this one.
FROM_ABOVE = {"machines.fit", "machines.power_on", "machines.prepare"}
SHEETS = defaults.read_all()
FAMILIES = ("metal", "polymer", "sand")
# Every gesture of the issue; unpacking metal is opening the chamber at the end of the build.
GESTURES = {
    "reception": ("reception",),
    "release": ("release",),
    "drying": ("drying",),
    "sampling": ("sampling",),
    "blending": ("blending",),
    "sieving": ("sieving",),
    "loading": ("loading",),
    "material change": ("material_change",),
    "unpacking": ("unpacking", "end"),
    "depowdering": ("depowdering",),
    "machine cleaning": ("cleaning",),
    "recycling": ("recycling",),
    "spill": ("spill",),
    "waste": ("waste",),
    "start-up": ("start_up",),
    "shut-down": ("shut_down",),
    "launch": ("launch",),
    "reading sheet": ("reading_sheet",),
    "means check": ("means",),
}
LIFTED = ("reception", "blending", "sieving", "loading", "material change", "unpacking", "waste")
OPEN_MATTER = ("drying", "sampling", "blending", "sieving", "loading", "unpacking", "depowdering")


@pytest.fixture()
def in_force(driss: Actor, elsa: Actor) -> Callable[[str], ProcedureVersion]:
    def make(code: str) -> ProcedureVersion:
        actions.load_defaults(by=driss, only=[code])
        actions.submit(by=driss, procedure=code, version=1)
        return actions.approve(by=signed(elsa), procedure=code, version=1)

    return make


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda s: s["code"])
def test_every_default_sheet_has_no_fault_and_says_why_at_each_step(sheet: dict[str, Any]) -> None:
    for name in FROM_ABOVE - set(registry.effects()):
        registry._effects[name] = lambda *_: None
    assert faults(sheet["steps"]) == []
    for step in sheet["steps"]:
        assert step["why"]["fr"] and step["why"]["en"], step["code"]
        assert set(step.get("ppe", [])) <= set(PICTOGRAMS), step["code"]
        if {"min", "max"} & set(step):
            assert step["source"], f"{step['code']}: a limit without its source"


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda s: s["code"])
def test_a_default_says_where_each_rule_comes_from_in_both_languages(sheet: dict[str, Any]) -> None:
    french = re.compile(r"[éèàâêçù]|\b(FDS|Gamme|Constructeur|Usage|Registre|Ordre|valeur|de|du|la)\b")
    for step in sheet["steps"]:
        with translation.override("en"):
            source = said(step.get("source")).replace("Éduscol", "")
        assert not french.search(source), f"{step['code']}: {source}"


def of(gesture: str, family: str) -> list[dict[str, Any]]:
    """The default sheets for a gesture on a family."""
    kinds = GESTURES[gesture]
    return [
        s for s in SHEETS if s["kind"] in kinds and (not s.get("applies_to") or family in s["applies_to"])
    ]


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("gesture", GESTURES)
def test_every_gesture_of_every_family_has_its_default(gesture: str, family: str) -> None:
    assert of(gesture, family), f"no default for {gesture} on {family}"


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("gesture", OPEN_MATTER)
def test_whoever_opens_matter_is_told_first_what_to_wear(gesture: str, family: str) -> None:
    for sheet in of(gesture, family):
        signs = {sign for step in sheet["steps"] for sign in step.get("ppe", [])}
        confirms = any(step.get("effect") == "safety.confirm_ppe" for step in sheet["steps"])
        assert confirms and "M017" in signs, sheet["code"]


@pytest.mark.parametrize("gesture", LIFTED)
@pytest.mark.parametrize("family", FAMILIES)
def test_where_masses_are_lifted_posture_is_spoken_of(gesture: str, family: str) -> None:
    spoken = [t for s in of(gesture, family) for t in texts(s, "fr") if re.search("à deux|palan|levage", t)]
    assert spoken


def texts(sheet: dict[str, Any], language: str) -> list[str]:
    found = [sheet["title"][language]]
    for step in sheet["steps"]:
        found += [step["text"][language], step["why"][language]]
        found += [o["text"][language] for o in step.get("options", [])]
        name = step.get("name")
        found += [name[language]] if isinstance(name, dict) else []
    return found


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda s: s["code"])
def test_a_default_speaks_to_the_operator_as_the_floor_does(sheet: dict[str, Any]) -> None:
    for text in texts(sheet, "fr"):
        assert not re.search(r"\b(tu|ton|ta|tes|toi|te)\b", text.casefold()), text
        assert "'" not in text, f"a typographic apostrophe: {text}"
        assert not re.search(r"[^\u202f][:;?!%]", text), f"no narrow no-break space: {text}"
    for french, english in zip(texts(sheet, "fr"), texts(sheet, "en"), strict=True):
        assert french and english and (french != english or len(french) < 12), french


def test_a_change_of_material_is_looked_at_by_somebody_who_did_none_of_it() -> None:
    for family in FAMILIES:
        for sheet in of("material change", family):
            assert [s["code"] for s in sheet["steps"] if s.get("second_person")] == ["second-look"]


def test_what_a_default_calls_is_a_default_too() -> None:
    codes = {s["code"] for s in SHEETS}
    called = {step["procedure"] for s in SHEETS for step in s["steps"] if step["kind"] == "procedure"}
    assert called and called <= codes


def test_the_published_schema_accepts_every_default() -> None:
    validator = jsonschema_rs.validator_for(sheets.schema())
    assert [s["code"] for s in SHEETS] == defaults.codes()
    for sheet in SHEETS:
        assert validator.is_valid(sheet), sheet["code"]
    for sheet in SHEETS[::6]:
        assert sheets.read(sheets.write(sheet)) == sheet, sheet["code"]


def test_defaults_are_drafts_that_a_site_approves(driss: Actor, amina: Actor) -> None:
    drafts = actions.load_defaults(by=driss)
    assert {d.state for d in drafts} == {"draft"} and all(d.is_default for d in drafts)
    assert actions.load_defaults(by=driss) == []
    with refused("procedure_not_approved"):
        actions.start(by=amina, procedure="shift-take-over")


def test_a_spill_tells_hse_and_holds_what_was_touched(
    in_force: Callable[[str], ProcedureVersion], amina: Actor, gaelle: Actor
) -> None:
    from strate.workshop.notices import queries as notices

    in_force("powder-spill")
    run = actions.start(by=amina, procedure="powder-spill", about=["lot:L-1", "machine:M1"]).pk
    actions.do_step(by=amina, run=run, step="alert")
    assert notices.count_unread(gaelle) == 1
    answers = {"contain": {"choice": "dry_sand"}, "damp": {"choice": "dry"}, "mass": {"value": "0,25"}}
    for step in queries.run(run).steps[1:]:
        actions.do_step(by=amina, run=run, step=step["code"], entry=answers.get(step["code"], {"ok": "yes"}))
    assert holds.on("lot:L-1") and holds.on("machine:M1")
    assert safety_queries.ppe_confirmed_at(amina.person, "spill", "machine:M1")


def test_sorted_waste_goes_from_the_steps_to_the_register(
    in_force: Callable[[str], ProcedureVersion], amina: Actor, gaelle: Actor
) -> None:
    in_force("waste-sorting")
    safety.open_drum(by=gaelle, code="D-1", stream="oversize")
    run = actions.start(by=amina, procedure="waste-sorting", about=["build:B1"]).pk
    actions.do_step(by=amina, run=run, step="ppe", entry={"ok": True})
    actions.do_step(by=amina, run=run, step="stream", entry={"choice": "oversize"})
    actions.do_step(by=amina, run=run, step="weigh", entry={"value": "0,352"})
    actions.do_step(by=amina, run=run, step="drum", entry={"ref": "D-1"})
    assert [e.mass_mg for e in safety_queries.waste_of("build:B1")] == [352_000]


def test_a_wrong_drum_undoes_the_step(
    in_force: Callable[[str], ProcedureVersion], amina: Actor, gaelle: Actor
) -> None:
    in_force("waste-sorting")
    safety.open_drum(by=gaelle, code="D-2", stream="filters")
    run = actions.start(by=amina, procedure="waste-sorting", about=["build:B1"]).pk
    for step, entry in (("ppe", {"ok": True}), ("stream", {"choice": "oversize"}), ("weigh", {"value": "1"})):
        actions.do_step(by=amina, run=run, step=step, entry=entry)
    with refused("waste_in_the_wrong_drum"):
        actions.do_step(by=amina, run=run, step="drum", entry={"ref": "D-2"})
    assert queries.outcome(queries.run(run), "drum") is None


def test_a_document_that_names_an_operation_is_read_before_its_first_step(
    in_force: Callable[[str], ProcedureVersion], amina: Actor, elsa: Actor
) -> None:
    in_force("furnace-load")
    head = {"code": "four", "version": "A", "kind": "manual", "title_fr": "Four", "title_en": "Furnace"}
    safety.publish_document(by=signed(elsa), operations=["furnace"], **head)
    run = actions.start(by=amina, procedure="furnace-load", about=["machine:M1"]).pk
    with refused("document_unread"):
        actions.do_step(by=amina, run=run, step="ppe", entry={"ok": True})
    safety.acknowledge_document(by=amina, document="four")
    assert actions.do_step(by=amina, run=run, step="ppe", entry={"ok": True}).step == "ppe"


def test_powder_is_not_loaded_while_its_sheet_is_not_read(
    in_force: Callable[[str], ProcedureVersion], amina: Actor
) -> None:
    in_force("powder-loading")
    run = actions.start(by=amina, procedure="powder-loading", context={"material": "ti64"}).pk
    with refused("sheet_missing"):
        actions.do_step(by=amina, run=run, step="sds")

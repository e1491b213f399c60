"""The default procedures: complete, bilingual, sourced, approvable; their effects reach the rooms below."""

from collections.abc import Callable
from typing import Any

import pytest

from strate.templatetags._pictograms import PICTOGRAMS
from strate.workshop.holds import queries as holds
from strate.workshop.journal.actor import Actor
from strate.workshop.procedures import actions, defaults, queries, registry
from strate.workshop.procedures.actions.authoring import faults
from strate.workshop.procedures.models import ProcedureVersion
from strate.workshop.safety import actions as safety
from strate.workshop.safety import queries as safety_queries

from ..conftest import refused, signed

pytestmark = pytest.mark.django_db
# Lent by the machines room, which is above this one.
FROM_ABOVE = {"machines.fit"}


@pytest.fixture()
def in_force(driss: Actor, elsa: Actor) -> Callable[[str], ProcedureVersion]:
    def make(code: str) -> ProcedureVersion:
        actions.load_defaults(by=driss, only=[code])
        actions.submit(by=driss, procedure=code, version=1)
        return actions.approve(by=signed(elsa), procedure=code, version=1)

    return make


@pytest.mark.parametrize("sheet", defaults.read_all(), ids=lambda s: s["code"])
def test_every_default_sheet_has_no_fault_and_says_why_at_each_step(sheet: dict[str, Any]) -> None:
    for name in FROM_ABOVE - set(registry.effects()):
        registry._effects[name] = lambda *_: None
    assert faults(sheet["steps"]) == []
    for step in sheet["steps"]:
        assert step["why"]["fr"] and step["why"]["en"], step["code"]
        assert set(step.get("ppe", [])) <= set(PICTOGRAMS), step["code"]
        if {"min", "max"} & set(step):
            assert step["source"], f"{step['code']}: a limit without its source"


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


def test_powder_is_not_loaded_while_its_sheet_is_not_read(
    in_force: Callable[[str], ProcedureVersion], amina: Actor
) -> None:
    in_force("powder-loading")
    run = actions.start(by=amina, procedure="powder-loading", context={"material": "ti64"}).pk
    with refused("sheet_missing"):
        actions.do_step(by=amina, run=run, step="sds")

"""Writing a draft: step by step, two authors at once, a text that travels and is told its mistakes by line."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strate.workshop.journal.actor import Actor
from strate.workshop.procedures import actions, queries, sheets
from strate.workshop.procedures.actions.drafts import step_digest
from strate.workshop.procedures.actions.importing import look
from strate.workshop.procedures.models import ProcedureVersion

from ..conftest import refused, signed
from .conftest import STEPS, card

pytestmark = pytest.mark.django_db
CLEAN = {"procedure": "clean", "version": 1}


@pytest.fixture()
def draft(driss: Actor) -> ProcedureVersion:
    return actions.author(
        by=driss, procedure="clean", kind="cleaning", title_fr="Nettoyer", title_en="Clean", steps=STEPS
    )


def codes() -> list[str]:
    return [s["code"] for s in queries.version("clean", 1).steps]


def test_steps_are_added_moved_written_once_more_and_taken_out(draft: ProcedureVersion, driss: Actor) -> None:
    actions.write_step(by=driss, **CLEAN, step=card("wipe", "check"), after="read")
    assert codes() == ["read", "wipe", "oxygen", "seal"]
    actions.move_step(by=driss, **CLEAN, step="seal", after="")
    assert codes() == ["seal", "read", "wipe", "oxygen"]
    actions.copy_step(by=driss, **CLEAN, step="wipe")
    assert codes() == ["seal", "read", "wipe", "wipe-2", "oxygen"]
    actions.remove_step(by=driss, **CLEAN, step="read")
    assert codes() == ["seal", "wipe", "wipe-2", "oxygen"]


def test_two_authors_change_two_steps_and_both_are_kept(
    draft: ProcedureVersion, driss: Actor, ines: Actor
) -> None:
    seen = {s["code"]: step_digest(s) for s in draft.steps}
    for author, code in ((driss, "read"), (ines, "oxygen")):
        step = {**next(s for s in STEPS if s["code"] == code), "source": author.person}
        actions.write_step(by=author, **CLEAN, step=step, replaces=code, seen=seen[code])
    assert [s.get("source") for s in queries.version("clean", 1).steps[:2]] == ["p-driss", "p-ines"]


def test_two_authors_on_one_step_the_second_is_told_who_wrote_first(
    draft: ProcedureVersion, driss: Actor, ines: Actor
) -> None:
    seen = step_digest(draft.steps[0])
    actions.write_step(by=ines, **CLEAN, step=card("read", "check"), replaces="read", seen=seen)
    with refused("step_changed_meanwhile"):
        actions.write_step(by=driss, **CLEAN, step=card("read", "sign"), replaces="read", seen=seen)
    with refused("step_changed_meanwhile"):
        actions.remove_step(by=driss, **CLEAN, step="read", seen=seen)
    actions.remove_step(by=ines, **CLEAN, step="read")
    with refused("step_gone_meanwhile"):
        actions.write_step(by=driss, **CLEAN, step=card("read", "sign"), replaces="read", seen=seen)
    with refused("procedure_changed_meanwhile"):
        actions.head(by=driss, **CLEAN, kind="cleaning", title_fr="A", title_en="B", seen=draft.digest)


def test_a_step_that_takes_another_code_is_still_named_by_the_others(
    draft: ProcedureVersion, driss: Actor
) -> None:
    actions.write_step(by=driss, **CLEAN, step=card("look", "sign", meaning="checked", other_than=["seal"]))
    actions.write_step(by=driss, **CLEAN, step=card("joint", "check"), replaces="seal")
    assert queries.version("clean", 1).steps[-1]["other_than"] == ["joint"]


def test_a_procedure_of_ones_own_is_begun_from_a_default(driss: Actor) -> None:
    actions.load_defaults(by=driss, only=["powder-drying"])
    mine = actions.copy(
        by=driss, procedure="powder-drying", version=1, code="sechage", title_fr="Séchage", title_en="Drying"
    )
    assert mine.steps == queries.version("powder-drying", 1).steps and not mine.is_default
    with refused("procedure_code_taken"):
        actions.copy(
            by=driss, procedure="powder-drying", version=1, code="sechage", title_fr="S", title_en="D"
        )


def test_a_version_sent_as_a_text_and_imported_elsewhere_is_the_same_to_the_last_digit(
    draft: ProcedureVersion, driss: Actor, elsa: Actor
) -> None:
    actions.head(
        by=driss,
        **CLEAN,
        kind="reading_sheet",
        title_fr="Relevé « A »",
        title_en="Reading",
        applies_to=["metal", "sand"],
        every_min=45,
        note="À relire",
    )
    before = queries.version("clean", 1)
    text = sheets.write(sheets.sheet_of(before))
    assert look(text).same
    actions.submit(by=driss, **CLEAN)
    actions.approve(by=signed(elsa), **CLEAN)
    again = actions.import_sheet(by=driss, text=text)
    assert (again.number, again.digest, again.note) == (2, before.digest, "À relire")


def test_a_look_before_importing_writes_nothing_and_tells_the_differences(
    draft: ProcedureVersion, driss: Actor
) -> None:
    text = sheets.write(sheets.sheet_of(draft)).replace("19.5", "20.0")
    looked = look(text)
    assert [(c.what, c.code, c.fields) for c in looked.changes] == [
        ("changed", "oxygen", (("min", "19.5", "20.0"),))
    ]
    assert queries.version("clean", 1).steps == STEPS
    with refused("procedure_draft_exists"):
        actions.import_sheet(by=driss, text=text)


SHEET = """code: x
kind: other
title: {fr: A, en: B}
steps:
  - {code: a, kind: check, text: {fr: A, en: B}}
  - %s
"""


@pytest.mark.parametrize(
    ("step", "code"),
    [
        ("{code: b, kind: dance, text: {fr: A, en: B}}", "sheet_kind_unknown"),
        ("{code: b, kind: check, text: {fr: A}}", "sheet_lacks"),
        ("{code: b, kind: check, text: {fr: A, en: B}, blockng: true}", "sheet_field_unknown"),
        ("{code: b, kind: check, text: {fr: A, en: B}, ppe: [M999]}", "sheet_field_wrong"),
        ("{code: b, kind: check, code: c, text: {fr: A, en: B}}", "sheet_key_twice"),
        ("{code: b, kind: check, text: &t {fr: A, en: B}, why: *t}", "sheet_not_readable"),
        ("{code: b, kind: measure, unit: bar, min: 1e9, text: {fr: A, en: B}}", "sheet_field_wrong"),
    ],
)
def test_every_mistake_of_a_text_is_told_with_its_line(step: str, code: str) -> None:
    problems = look(SHEET % step).problems
    assert [(p.code, p.values["line"]) for p in problems] == [(code, 6)]


def test_faults_that_only_the_trade_knows_have_their_line_too() -> None:
    looked = look(SHEET % "{code: b, kind: check, text: {fr: A, en: B}, effect: nowhere.done}")
    assert not looked.problems
    assert [(line, reason.code) for line, reason in looked.owed] == [(6, "step_effect_unknown")]


def test_yes_is_a_word_and_an_hour_is_no_number() -> None:
    text = SHEET % "{code: b, kind: check, text: {fr: yes, en: 12:30}, when: [{value: reactive, is: yes}]}"
    step = sheets.read(text)["steps"][1]
    assert step["text"] == {"fr": "yes", "en": "12:30"} and step["when"][0]["is"] == "yes"


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)


@settings(max_examples=25, deadline=None)
@given(fr=WORDS, en=WORDS, low=st.decimals(-999, 999, places=3, allow_nan=False))
def test_whatever_is_written_comes_back_as_it_was(fr: str, en: str, low: Any) -> None:
    step = {"code": "m", "kind": "measure", "text": {"fr": fr, "en": en}, "unit": "bar", "min": str(low)}
    sheet = {"code": "x", "kind": "other", "title": {"fr": fr, "en": en}, "applies_to": [], "steps": [step]}
    assert sheets.read(sheets.write(sheet)) == sheet

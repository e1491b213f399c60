"""Writing a procedure: versions, approval by another, every fault at once, the sheet that travels."""

from typing import Any

import pytest

from strate.workshop.journal import queries as journal
from strate.workshop.journal.actor import Actor
from strate.workshop.procedures import actions, queries, sheets
from strate.workshop.procedures.models import ProcedureVersion

from ..conftest import refused, signed
from .conftest import STEPS, card

pytestmark = pytest.mark.django_db


def write(by: Actor, *steps: dict[str, Any]) -> ProcedureVersion:
    return actions.author(
        by=by,
        procedure="clean",
        kind="cleaning",
        title_fr="Nettoyer",
        title_en="Clean",
        steps=list(steps or STEPS),
    )


def test_a_version_is_not_approved_by_its_author(driss: Actor) -> None:
    write(driss)
    actions.submit(by=driss, procedure="clean", version=1)
    with refused("procedure_approved_by_its_author"):
        actions.approve(by=signed(driss), procedure="clean", version=1)
    assert queries.version("clean", 1).state == "submitted"


def test_nobody_who_wrote_in_a_draft_approves_it(driss: Actor, ines: Actor, elsa: Actor) -> None:
    write(driss)
    actions.edit(by=ines, procedure="clean", version=1, steps=STEPS[:1])
    actions.submit(by=driss, procedure="clean", version=1)
    for author in (driss, ines):
        with refused("procedure_approved_by_its_author"):
            actions.approve(by=signed(author), procedure="clean", version=1)
    actions.approve(by=signed(elsa), procedure="clean", version=1)


def test_an_approval_is_signed_and_names_the_digest(driss: Actor, elsa: Actor) -> None:
    version = write(driss)
    actions.submit(by=driss, procedure="clean", version=1)
    with refused("signature_needed"):
        actions.approve(by=elsa, procedure="clean", version=1)
    actions.approve(by=signed(elsa), procedure="clean", version=1)
    told = journal.told(journal.last())
    assert told["data"]["sha256"] == version.digest and told["signature"]["meaning"] == "procedure_approved"


def test_a_new_version_retires_the_one_before_and_gestures_under_way_keep_theirs(
    start_up: ProcedureVersion, driss: Actor, elsa: Actor, amina: Actor
) -> None:
    run = actions.start(by=amina, procedure="start-up")
    actions.author(
        by=driss,
        procedure="start-up",
        kind="start_up",
        title_fr="N",
        title_en="N",
        steps=[card("only", "check")],
    )
    assert queries.approved("start-up").number == 1
    actions.submit(by=driss, procedure="start-up", version=2)
    actions.approve(by=signed(elsa), procedure="start-up", version=2)
    assert queries.version("start-up", 1).state == "retired"
    assert queries.current_step(queries.run(run.pk))["code"] == "read"
    assert queries.current_step(actions.start(by=amina, procedure="start-up"))["code"] == "only"


def test_a_title_changes_only_when_its_version_is_approved(start_up: ProcedureVersion, driss: Actor) -> None:
    actions.author(
        by=driss, procedure="start-up", kind="start_up", title_fr="Autre", title_en="Other", steps=STEPS
    )
    assert queries.procedure("start-up").title_fr == "Mode start-up"


def test_a_submitted_version_is_no_longer_changed(driss: Actor) -> None:
    write(driss)
    actions.submit(by=driss, procedure="clean", version=1)
    with refused("procedure_not_a_draft"):
        actions.edit(by=driss, procedure="clean", version=1, steps=STEPS[:1])
    actions.take_back(by=driss, procedure="clean", version=1, reason="il manque une étape")
    actions.edit(by=driss, procedure="clean", version=1, steps=STEPS[:1])


def test_one_draft_at_a_time(driss: Actor, ines: Actor) -> None:
    write(driss)
    with refused("procedure_draft_exists"):
        write(ines)


def test_every_fault_of_every_step_is_told_at_once(driss: Actor) -> None:
    write(
        driss,
        card("a", "measure", unit="%", min="5", max="1"),
        card("a", "dance"),
        card("B b", "choose"),
        {"code": "d", "kind": "check", "text": {"fr": "seulement"}},
        card("e", "sign", meaning="loved", right="nobody.knows", effect="nowhere.done", other_than=["z"]),
    )
    with refused(
        "step_code_not_usable",
        "step_code_twice",
        "step_not_before",
        "step_field_wrong",
        "step_kind_unknown",
        "step_field_wrong",
        "step_text_missing",
        "step_right_unknown",
        "step_effect_unknown",
        "step_field_wrong",
    ):
        actions.submit(by=driss, procedure="clean", version=1)


def test_an_operator_follows_but_does_not_write(amina: Actor) -> None:
    with refused("not_allowed"):
        write(amina)


def test_a_sheet_written_and_read_back_is_the_same() -> None:
    sheet = {"code": "x", "kind": "cleaning", "title": {"fr": "Été « 12,5 »", "en": "X"}, "steps": STEPS}
    assert sheets.read(sheets.write(sheet)) == sheet


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", ["sheet_not_readable"]),
        ("a: [", ["sheet_not_readable"]),
        ("- just\n- a list", ["sheet_not_readable"]),
        ("code: x", ["sheet_lacks"] * 3),
        ("{code: x, kind: y, title: bare, steps: [1]}", ["sheet_field_wrong"] * 2),
        ("!!python/object/apply:os.system ['true']", ["sheet_not_readable"]),
    ],
)
def test_a_text_that_is_not_a_sheet_is_refused_with_what_is_wrong(text: str, codes: list[str]) -> None:
    with refused(*codes):
        sheets.read(text)


def test_a_binary_fraction_in_a_sheet_is_kept_as_it_was_written() -> None:
    step = "{code: s, kind: measure, unit: bar, text: {fr: a, en: b}, min: 19.50}"
    text = f"{{code: x, kind: y, title: {{fr: a, en: b}}, steps: [{step}]}}"
    assert sheets.read(text)["steps"][0]["min"] == "19.50"

"""Steps that concern some jobs only, waits, a second person, procedures inside procedures."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from strate.workshop.journal import clock
from strate.workshop.journal import queries as journal
from strate.workshop.journal.actor import Actor
from strate.workshop.procedures import actions, queries, registry
from strate.workshop.procedures.kinds import conditions
from strate.workshop.procedures.models import ProcedureVersion

from ..conftest import refused, signed
from .conftest import card

pytestmark = pytest.mark.django_db
Approve = Callable[..., ProcedureVersion]
REACTIVE = [{"value": "reactive", "is": "yes"}]


@pytest.fixture()
def titanium(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reactive metal, a steel that is not, and a powder whose sheet nobody has read."""
    known = {"material:ti64": {"reactive": "yes"}, "material:316l": {"reactive": "no"}, "material:new": {}}
    monkeypatch.setitem(registry._contexts, "material", [lambda ref: known.get(ref, {})])


def current(run: int) -> str:
    step = queries.current_step(queries.run(run))
    return step["code"] if step else ""


def begin(by: Actor, *about: str) -> int:
    return actions.start(by=by, procedure="open", about=list(about)).pk


@pytest.mark.parametrize(
    ("material", "first"), [("ti64", "gas"), ("316l", "pour"), ("new", "gas")], ids=["yes", "no", "unknown"]
)
def test_a_step_for_reactive_powder_is_asked_when_it_is_or_when_nobody_knows(
    approve: Approve, titanium: None, amina: Actor, material: str, first: str
) -> None:
    approve("open", card("gas", "check", when=REACTIVE), card("pour", "check"))
    assert current(begin(amina, f"material:{material}")) == first


def test_what_does_not_concern_a_job_is_written_in_the_last_fact(
    approve: Approve, titanium: None, amina: Actor
) -> None:
    approve("open", card("gas", "check", when=REACTIVE), card("pour", "check"))
    run = begin(amina, "material:316l")
    with refused("step_not_next"):
        actions.do_step(by=amina, run=run, step="gas", entry={"ok": True})
    actions.do_step(by=amina, run=run, step="pour", entry={"ok": True})
    assert queries.run(run).state == "done"
    assert journal.told(journal.last())["data"]["left_out"] == ["gas"]


def test_an_answer_decides_what_comes_next_and_correcting_it_brings_the_other_way_back(
    approve: Approve, amina: Actor
) -> None:
    options = [{"value": v, "text": {"fr": v, "en": v}} for v in ("sieve", "waste")]
    approve(
        "open",
        card("sort", "choose", options=options),
        card("mesh", "check", when=[{"step": "sort", "is": "sieve"}]),
        card("drum", "check", when=[{"step": "sort", "is": "waste"}]),
    )
    run = begin(amina)
    actions.do_step(by=amina, run=run, step="sort", entry={"choice": "waste"})
    assert current(run) == "drum"
    actions.correct_step(by=amina, run=run, step="sort", entry={"choice": "sieve"}, reason="erreur")
    assert current(run) == "mesh"


def test_a_procedure_of_which_no_step_concerns_the_job_does_not_start(
    approve: Approve, titanium: None, amina: Actor
) -> None:
    approve("open", card("gas", "check", when=REACTIVE))
    with refused("no_step_concerns_this"):
        begin(amina, "material:316l")


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("reactive = yes", {"value": "reactive", "is": "yes"}),
        ("family ≠ sand", {"value": "family", "is_not": "sand"}),
        ("family = metal, sand", {"value": "family", "is": ["metal", "sand"]}),
        ("container_kg >= 25,5", {"value": "container_kg", "at_least": "25.5"}),
        ("step:sort = sieve", {"step": "sort", "is": "sieve"}),
    ],
)
def test_a_condition_is_typed_in_a_line(line: str, kept: dict[str, Any]) -> None:
    assert conditions.understood(line) == kept
    assert conditions.understood(conditions.typed(kept)) == kept


@pytest.mark.parametrize(
    "when", ["reactive", [{"value": "a"}], [{"is": "b"}], [{"value": "a", "at_least": "x"}], [1]]
)
def test_a_condition_that_says_nothing_is_told_when_it_is_submitted(driss: Actor, when: Any) -> None:
    steps = [card("a", "check", when=when)]
    actions.author(by=driss, procedure="x", kind="other", title_fr="X", title_en="X", steps=steps)
    with refused("step_field_wrong"):
        actions.submit(by=driss, procedure="x", version=1)


@pytest.fixture()
def cooling(approve: Approve, amina: Actor) -> int:
    approve("open", card("stop", "check"), card("wait", "wait", minutes=120, early=True), card("go", "check"))
    run = begin(amina)
    actions.do_step(by=amina, run=run, step="stop", entry={"ok": True})
    return run


def test_a_wait_is_cut_short_only_signed_by_who_may_and_stays_a_deviation(
    cooling: int, amina: Actor, chloe: Actor
) -> None:
    early = {"early": "pièce urgente"}
    with refused("wait_not_over"):
        actions.do_step(by=amina, run=cooling, step="wait")
    with refused("signature_needed"):
        actions.do_step(by=chloe, run=cooling, step="wait", entry=early)
    with refused("not_allowed"):
        actions.do_step(by=signed(amina), run=cooling, step="wait", entry=early)
    actions.do_step(by=signed(chloe), run=cooling, step="wait", entry=early)
    told = journal.told(journal.last())
    assert told["signature"]["meaning"] == "wait_cut_short"
    assert told["data"]["deviation"] == "wait_cut_short" and told["data"]["outcome"]["left_min"] == 120
    assert [d.step for d in queries.deviations([queries.run(cooling)])] == ["wait"]


def test_a_wait_whose_card_does_not_allow_it_is_never_cut_short(
    approve: Approve, amina: Actor, chloe: Actor
) -> None:
    approve("open", card("wait", "wait", minutes=5))
    run = begin(amina)
    with refused("wait_cannot_be_cut"):
        actions.do_step(by=signed(chloe), run=run, step="wait", entry={"early": "vite"})


def test_once_its_hour_has_come_a_wait_is_no_deviation(cooling: int, amina: Actor) -> None:
    with clock.at(clock.now() + timedelta(minutes=121)):
        assert not actions.do_step(by=amina, run=cooling, step="wait").deviation


def test_the_second_person_did_nothing_else_in_the_gesture_nor_inside_it(
    approve: Approve, amina: Actor, bruno: Actor, chloe: Actor
) -> None:
    approve("inner", card("wipe", "check"))
    approve(
        "open",
        card("clean", "procedure", procedure="inner"),
        card("look", "sign", meaning="checked", second_person=True),
    )
    run = begin(amina)
    inner = actions.start(by=bruno, procedure="inner", parent=run, parent_step="clean")
    with refused("sub_procedure_under_way"):
        actions.start(by=bruno, procedure="inner", parent=run, parent_step="clean")
    actions.do_step(by=bruno, run=inner.pk, step="wipe", entry={"ok": True})
    actions.do_step(by=amina, run=run, step="clean")
    for hand in (amina, bruno):
        with refused("second_person_is_the_first"):
            actions.do_step(by=signed(hand), run=run, step="look")
    actions.do_step(by=signed(chloe), run=run, step="look")
    assert queries.run(run).state == "done"


def test_procedures_that_would_call_each_other_without_end_are_refused(
    approve: Approve, driss: Actor, elsa: Actor
) -> None:
    approve("a", card("wipe", "check"))
    approve("b", card("call", "procedure", procedure="a"))
    approve("c", card("call", "procedure", procedure="b"))
    steps = [card("call", "procedure", procedure="c")]
    actions.author(by=driss, procedure="a", kind="other", title_fr="A", title_en="A", steps=steps)
    with refused("procedures_go_round"):
        actions.submit(by=driss, procedure="a", version=2)


def test_a_loop_made_while_the_other_waited_for_approval_is_refused_then(driss: Actor, elsa: Actor) -> None:
    for mine, other in (("a", "b"), ("b", "a")):
        steps = [card("call", "procedure", procedure=other)]
        actions.author(by=driss, procedure=mine, kind="other", title_fr="X", title_en="X", steps=steps)
    for code in ("a", "b"):
        actions.submit(by=driss, procedure=code, version=1)
    actions.approve(by=signed(elsa), procedure="a", version=1)
    with refused("procedures_go_round"):
        actions.approve(by=signed(elsa), procedure="b", version=1)


def test_a_step_for_quality_alone_is_refused_to_an_operator(
    approve: Approve, amina: Actor, elsa: Actor
) -> None:
    approve("open", card("look", "check", role="quality"))
    run = begin(amina)
    with refused("step_of_another_role"):
        actions.do_step(by=amina, run=run, step="look", entry={"ok": True})
    actions.do_step(by=elsa, run=run, step="look", entry={"ok": True})

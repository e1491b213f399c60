"""Following a procedure: order, bounds, two people on one step, corrections."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from strate.workshop.journal import clock
from strate.workshop.journal import queries as journal
from strate.workshop.journal.actions import Order, commanding
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import AlreadyDone, Refused
from strate.workshop.procedures import actions, queries
from strate.workshop.procedures.models import ProcedureVersion, StepDone

from ..conftest import refused, signed
from .conftest import card

pytestmark = pytest.mark.django_db


def begin(by: Actor, code: str = "start-up", **context: str) -> int:
    return actions.start(by=by, procedure=code, about=["machine:M1"], context=context).pk


def test_a_gesture_is_done_step_by_step_and_finishes_by_itself(
    start_up: ProcedureVersion, amina: Actor
) -> None:
    run = begin(amina)
    actions.do_step(by=amina, run=run, step="read")
    actions.do_step(by=amina, run=run, step="oxygen", entry={"value": "20,8"})
    actions.do_step(by=amina, run=run, step="seal", entry={"ok": "yes"})
    assert queries.run(run).state == "done"
    assert [f.what for f in journal.of(f"run:G{run}")] == [
        "run.started",
        "step.done",
        "step.done",
        "step.done",
        "run.finished",
    ]
    assert queries.last_done("start_up", "machine:M1").pk == run


def test_a_later_step_is_refused_before_its_turn(start_up: ProcedureVersion, amina: Actor) -> None:
    run = begin(amina)
    with refused("step_not_next"):
        actions.do_step(by=amina, run=run, step="oxygen", entry={"value": "20,8"})
    assert queries.run(run).index == 0


def test_two_people_on_one_step_the_second_is_told_who_did_it_and_when(
    start_up: ProcedureVersion, amina: Actor, bruno: Actor
) -> None:
    run = begin(amina)
    actions.do_step(by=amina, run=run, step="read")
    with pytest.raises(Refused) as caught:
        actions.do_step(by=bruno, run=run, step="read")
    reason = caught.value.reasons[0]
    assert (reason.code, reason.values["person"]) == ("step_already_done", "p-amina")
    assert reason.values["at"] is not None
    assert StepDone.objects.filter(run=run).count() == 1


def test_the_same_command_sent_twice_does_the_step_once(start_up: ProcedureVersion, amina: Actor) -> None:
    run = begin(amina)
    order = Order("tap-1", "the same words")
    with commanding(order):
        actions.do_step(by=amina, run=run, step="read")
    with pytest.raises(AlreadyDone), commanding(order):
        actions.do_step(by=amina, run=run, step="read")
    assert StepDone.objects.filter(run=run).count() == 1


@pytest.mark.parametrize("typed", ["20,8", "20.8", " 20,8 ", "20,80"])
def test_a_decimal_comma_or_point_is_understood(start_up: ProcedureVersion, amina: Actor, typed: str) -> None:
    run = begin(amina)
    actions.do_step(by=amina, run=run, step="read")
    kept = actions.do_step(by=amina, run=run, step="oxygen", entry={"value": typed})
    assert kept.outcome["value"] in ("20.8", "20.80")


@pytest.mark.parametrize("typed", ["1.234,5", "vingt", "NaN", "1e3", "--2", "20,"])
def test_a_number_that_could_be_read_two_ways_is_refused(
    start_up: ProcedureVersion, amina: Actor, typed: str
) -> None:
    run = begin(amina)
    actions.do_step(by=amina, run=run, step="read")
    with refused("number_not_understood"):
        actions.do_step(by=amina, run=run, step="oxygen", entry={"value": typed})


def test_a_blocking_measure_out_of_bounds_is_refused_and_leaves_no_trace(
    start_up: ProcedureVersion, amina: Actor
) -> None:
    run = begin(amina)
    actions.do_step(by=amina, run=run, step="read")
    with pytest.raises(Refused) as caught:
        actions.do_step(by=amina, run=run, step="oxygen", entry={"value": "19,4"})
    assert caught.value.reasons[0].source == "INRS"
    assert journal.last().what == "step.done"
    assert queries.current_step(queries.run(run))["code"] == "oxygen"


def test_a_measure_exactly_at_its_limit_is_good(start_up: ProcedureVersion, amina: Actor) -> None:
    run = begin(amina)
    actions.do_step(by=amina, run=run, step="read")
    assert not actions.do_step(by=amina, run=run, step="oxygen", entry={"value": "19,5"}).deviation


def test_a_step_that_does_not_block_records_its_deviation(start_up: ProcedureVersion, amina: Actor) -> None:
    run = begin(amina)
    actions.do_step(by=amina, run=run, step="read")
    actions.do_step(by=amina, run=run, step="oxygen", entry={"value": "20,8"})
    actions.do_step(by=amina, run=run, step="seal", entry={"ok": "no", "note": "joint usé"})
    assert [d.step for d in queries.deviations([queries.run(run)])] == ["seal"]
    assert queries.run(run).state == "done"


def test_the_limit_the_job_asks_for_wins_over_the_procedure(
    approve: Callable[..., ProcedureVersion], amina: Actor
) -> None:
    approve("heat", card("plate", "measure", unit="°C", min="35", min_from="plate_celsius_min"))
    asked = begin(amina, "heat", plate_celsius_min="100")
    with refused("measure_out_of_bounds"):
        actions.do_step(by=amina, run=asked, step="plate", entry={"value": "80"})
    actions.do_step(by=amina, run=begin(amina, "heat"), step="plate", entry={"value": "80"})


def test_another_person_resumes_an_interrupted_gesture_and_both_are_named(
    start_up: ProcedureVersion, amina: Actor, bruno: Actor
) -> None:
    run = begin(amina)
    actions.do_step(by=amina, run=run, step="read")
    actions.interrupt(by=amina, run=run, reason="fin de poste")
    with refused("run_is_interrupted"):
        actions.do_step(by=bruno, run=run, step="oxygen", entry={"value": "20,8"})
    actions.resume(by=bruno, run=run)
    resumed = journal.last()
    assert resumed.by == "p-bruno" and journal.told(resumed)["data"]["person"] == "p-amina"
    actions.do_step(by=bruno, run=run, step="oxygen", entry={"value": "20,8"})


def test_a_gesture_given_up_says_why_and_cannot_go_on(start_up: ProcedureVersion, amina: Actor) -> None:
    run = begin(amina)
    with refused("gesture_reason_missing"):
        actions.abandon(by=amina, run=run, reason=" ")
    actions.abandon(by=amina, run=run, reason="machine en panne")
    assert journal.told(journal.last())["reason"] == "machine en panne"
    with refused("run_is_abandoned"):
        actions.do_step(by=amina, run=run, step="read")


def test_a_mistyped_value_is_corrected_by_a_new_fact_and_the_old_one_stays(
    start_up: ProcedureVersion, amina: Actor, bruno: Actor, chloe: Actor
) -> None:
    run = begin(amina)
    actions.do_step(by=amina, run=run, step="read")
    first = actions.do_step(by=amina, run=run, step="oxygen", entry={"value": "20,08"})
    with refused("not_yours_to_correct"):
        actions.correct_step(by=bruno, run=run, step="oxygen", entry={"value": "20,8"}, reason="faute")
    actions.correct_step(by=amina, run=run, step="oxygen", entry={"value": "20,8"}, reason="faute de frappe")
    assert queries.outcome(queries.run(run), "oxygen")["value"] == "20.8"
    fact = journal.last()
    assert str(fact.corrects) == first.event
    assert journal.told(fact)["data"]["instead_of"] == "20,08 %"
    actions.correct_step(
        by=chloe, run=run, step="oxygen", entry={"value": "20,9"}, reason="relu sur l’oxymètre"
    )
    assert StepDone.objects.filter(run=run, step="oxygen").count() == 3


def test_a_gesture_forgotten_for_hours_is_asked_once_whether_it_goes_on(
    start_up: ProcedureVersion, amina: Actor, chloe: Actor
) -> None:
    run = begin(amina)
    later = clock.now() + timedelta(hours=3)
    with clock.at(later):
        assert [r.pk for r in actions.ask_still_working(by=chloe)] == [run]
        assert actions.ask_still_working(by=chloe) == []
        actions.still_working(by=amina, run=run)
        assert queries.forgotten(clock.now()) == []


def test_a_signed_step_needs_the_pin(approve: Callable[..., ProcedureVersion], amina: Actor) -> None:
    approve("sign-it", card("visa", "sign", meaning="checked"))
    run = begin(amina, "sign-it")
    with refused("signature_needed"):
        actions.do_step(by=amina, run=run, step="visa")
    actions.do_step(by=signed(amina), run=run, step="visa")
    signature = next(journal.told(f)["signature"] for f in journal.of(f"run:G{run}", what="step.done"))
    assert signature["meaning"] == "step_checked" and signature["signer"] == "p-amina"


def test_the_second_check_is_done_by_a_second_person(
    approve: Callable[..., ProcedureVersion], amina: Actor, bruno: Actor
) -> None:
    approve("change", card("clean", "check"), card("look", "check", other_than=["clean"]))
    run = begin(amina, "change")
    actions.do_step(by=amina, run=run, step="clean", entry={"ok": True})
    with refused("second_person_needed"):
        actions.do_step(by=amina, run=run, step="look", entry={"ok": True})
    actions.do_step(by=bruno, run=run, step="look", entry={"ok": True})


def test_an_authorisation_is_judged_at_the_step_itself(
    approve: Callable[..., ProcedureVersion], amina: Actor
) -> None:
    approve("power", card("on", "check", authorisation=[["machine", "{machine}"]]))
    run = begin(amina, "power")
    with pytest.raises(Refused) as caught:
        actions.do_step(by=amina, run=run, step="on", entry={"ok": True})
    reason = caught.value.reasons[0]
    assert (reason.code, reason.values["scope"]) == ("authorisation_missing", "M1")


def test_nobody_follows_a_procedure_that_nobody_approved(driss: Actor, amina: Actor) -> None:
    actions.author(
        by=driss, procedure="new", kind="cleaning", title_fr="N", title_en="N", steps=[card("a", "check")]
    )
    with refused("procedure_not_approved"):
        begin(amina, "new")

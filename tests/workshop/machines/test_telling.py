"""Telling machines what to do: the authorisation to switch on, one answer each, orders that grow old."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from strate.workshop.journal import clock
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.models import Fact
from strate.workshop.machines import actions, queries, registry
from strate.workshop.machines.models import Machine, MachineCommand
from tests.workshop.at_once import at_once
from tests.workshop.machines.conftest import authorised

Refuses = Callable[..., Any]


def test_without_the_employers_authorisation_nobody_switches_on(
    printer: Machine, amina: Actor, refused: Refuses, morning: datetime
) -> None:
    with refused("authorisation_missing"):
        actions.switch(by=amina, machine="LPBF-1", power="on")
    assert not MachineCommand.objects.exists()


def test_an_expired_authorisation_refuses_at_the_very_moment(
    printer: Machine, amina: Actor, refused: Refuses, morning: datetime
) -> None:
    authorised(amina, date(2026, 11, 23))
    last_day = morning.replace(hour=22, minute=30)
    with clock.at(last_day):
        command = actions.switch(by=amina, machine="LPBF-1", power="on")
        assert command.verb == "power_on"
    actions.withdraw(by=amina, command=str(command.pk), reason="Essai")
    with clock.at(last_day + timedelta(hours=1)), refused("authorisation_expired"):
        # 23:30 UTC is already the next day in the workshop.
        actions.switch(by=amina, machine="LPBF-1", power="on")


def test_switching_off_needs_no_authorisation(printer: Machine, amina: Actor) -> None:
    assert actions.switch(by=amina, machine="LPBF-1", power="off").verb == "power_off"


def test_the_power_is_told_once_while_the_machine_has_not_answered(
    printer: Machine, amina: Actor, gateway: Actor, refused: Refuses
) -> None:
    command = actions.switch(by=amina, machine="LPBF-1", power="off")
    with refused("command_still_waiting"):
        actions.switch(by=amina, machine="LPBF-1", power="off")
    actions.answer(by=gateway, command=str(command.pk), ok=True, code="done")
    assert queries.machine("LPBF-1").power == "off"
    actions.switch(by=amina, machine="LPBF-1", power="off")


def test_a_machine_without_connection_is_told_nothing(driss: Actor, amina: Actor, refused: Refuses) -> None:
    actions.enter(by=driss, code="FOUR-1", title="Four", kind="furnace")
    with refused("machine_not_connected"):
        actions.tell_machine(by=amina, machine="FOUR-1", verb="hold")


def test_every_verb_of_the_contract_can_be_told_and_no_other(
    printer: Machine, amina: Actor, refused: Refuses
) -> None:
    from typing import get_args

    from strate.gateway.contract import Verb

    for verb in get_args(Verb):
        assert actions.tell_machine(by=amina, machine="LPBF-1", verb=verb).state == "waiting"
    with refused("no_such_verb"):
        actions.tell_machine(by=amina, machine="LPBF-1", verb="explode")


def test_what_sets_in_motion_grows_old_and_what_calms_never_does(
    printer: Machine, amina: Actor, morning: datetime
) -> None:
    told = {
        v: actions.tell_machine(by=amina, machine="LPBF-1", verb=v).expires_at
        for v in ("start", "resume", "hold", "abort")
    }
    assert told["start"] == morning + timedelta(minutes=10)
    assert told["resume"] and told["hold"] is None and told["abort"] is None


def test_an_answer_sent_twice_is_written_once(printer: Machine, amina: Actor, gateway: Actor) -> None:
    command = actions.tell_machine(by=amina, machine="LPBF-1", verb="prepare")
    actions.answer(by=gateway, command=str(command.pk), ok=False, code="door_open")
    actions.answer(by=gateway, command=str(command.pk), ok=True, code="done")
    assert Fact.objects.filter(what="machines.answered").count() == 1
    assert queries.last_command("machine:LPBF-1", "prepare").result["code"] == "door_open"


def test_a_person_does_not_answer_for_a_machine(printer: Machine, amina: Actor, refused: Refuses) -> None:
    command = actions.tell_machine(by=amina, machine="LPBF-1", verb="prepare")
    with refused("not_allowed"):
        actions.answer(by=amina, command=str(command.pk), ok=True)


@pytest.mark.parametrize("unknown", ["", "42", "not-an-id", "3f0c8a52-6f0e-4a55-9a0e-2f6f8f6f0a11"])
def test_an_answer_to_an_unknown_order_is_refused(
    db: None, unknown: str, gateway: Actor, refused: Refuses
) -> None:
    with refused("no_such_command"):
        actions.answer(by=gateway, command=unknown, ok=True)


def test_an_answer_with_what_no_database_holds_is_still_taken(
    printer: Machine, amina: Actor, gateway: Actor
) -> None:
    command = actions.tell_machine(by=amina, machine="LPBF-1", verb="read_parameters")
    values = {"laser_power_w": float("nan"), "note": "a\x00b"}
    actions.answer(by=gateway, command=str(command.pk), ok=True, code="done", values=values)
    assert queries.command(str(command.pk)).result == {
        "ok": True,
        "code": "done",
        "laser_power_w": None,
        "note": "ab",
    }


def test_an_order_nobody_answers_is_taken_back_and_then_not_answered(
    printer: Machine, amina: Actor, gateway: Actor, refused: Refuses
) -> None:
    command = actions.tell_machine(by=amina, machine="LPBF-1", verb="start")
    with refused("reason_missing"):
        actions.withdraw(by=amina, command=str(command.pk), reason=" ")
    actions.withdraw(by=amina, command=str(command.pk), reason="Passerelle arrêtée")
    actions.answer(by=gateway, command=str(command.pk), ok=True)
    assert queries.command(str(command.pk)).state == "withdrawn"
    with refused("command_already_answered"):
        actions.withdraw(by=amina, command=str(command.pk), reason="Encore")


def test_a_listener_that_refuses_leaves_the_order_waiting(
    printer: Machine, amina: Actor, gateway: Actor, refused: Refuses, monkeypatch: pytest.MonkeyPatch
) -> None:
    from strate.workshop.journal.refusals import RuleBroken

    def refuses(_by: Actor, _command: MachineCommand) -> None:
        raise RuleBroken("no_such_file", digest="x")

    monkeypatch.setattr(registry, "_listeners", {"hold": [refuses]})
    command = actions.tell_machine(by=amina, machine="LPBF-1", verb="hold")
    with refused("no_such_file"):
        actions.answer(by=gateway, command=str(command.pk), ok=True)
    assert queries.command(str(command.pk)).state == "waiting"


@pytest.mark.django_db(transaction=True)
def test_two_equal_answers_at_the_same_moment_write_one_fact(
    thawed_flush: None, driss: Actor, amina: Actor, gateway: Actor
) -> None:
    actions.enter(by=driss, code="LPBF-1", title="Imprimante", driver="opcua")
    command = actions.tell_machine(by=amina, machine="LPBF-1", verb="prepare")

    def answer() -> None:
        actions.answer(by=gateway, command=str(command.pk), ok=True, code="done")

    assert at_once(answer, answer, answer, answer) == []
    assert Fact.objects.filter(what="machines.answered").count() == 1

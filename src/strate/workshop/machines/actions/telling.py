"""Telling a machine what to do: written once, fetched by its gateway, answered once."""

from collections.abc import Callable
from typing import Any, Literal

from django.utils import timezone
from uuid6 import uuid7

from strate.workshop.journal import clock
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Reason, Refused, RuleBroken
from strate.workshop.machines import queries, registry, rules
from strate.workshop.machines.models import Machine, MachineCommand
from strate.workshop.people import queries as people
from strate.workshop.people.roles import permit
from strate.workshop.safety import queries as safety


class _AnsweredMeanwhile(Exception):
    """The other of two equal answers was written first."""


def tell_machine(
    *, by: Actor, machine: str, verb: str, args: dict[str, Any] | None = None, about: str = ""
) -> MachineCommand:
    """Tell a machine what to do; its gateway fetches the order and answers once."""
    permit(by, "machines.tell")
    found = queries.machine(machine)
    if verb not in rules.VERBS:
        raise RuleBroken("no_such_verb", verb=verb)
    return _tell(by, found, verb, args, about, _told_reasons)


def _told_reasons(found: Machine) -> list[Reason]:
    return rules.told_reasons(found.code, driver=found.driver, retired=found.retired)


def _tell(
    by: Actor,
    found: Machine,
    verb: str,
    args: dict[str, Any] | None,
    about: str,
    judge: Callable[[Machine], list[Reason]],
) -> MachineCommand:
    """Judged in the transaction that writes the order: a record withdrawn meanwhile refuses it."""
    at = clock.now()
    with act("machines.told", by=by) as done:
        if reasons := judge(found):
            raise Refused(reasons)
        command = MachineCommand.objects.create(
            id=uuid7(),
            machine=found,
            verb=verb,
            args=args or {},
            about=about,
            ordered_by=by.person,
            ordered_at=at,
            expires_at=rules.expires_at(verb, at=at),
        )
        done.tell(found, about, machine=found.ref, verb=verb, args=args or {}, command=str(command.id))
    return command


def switch(*, by: Actor, machine: str, power: Literal["on", "off"]) -> MachineCommand:
    """Switch a machine on or off; on needs the employer's authorisation, checked at this very moment."""
    permit(by, "machines.switch")
    permit(by, "machines.tell")
    verb = f"power_{power}"

    def judge(found: Machine) -> list[Reason]:
        reasons = _told_reasons(found)
        if power == "on":
            reasons += _may_switch_on(found, by)
        reasons += registry.objections(verb, found.code)
        waiting = queries.waiting_commands(found.code).filter(verb__startswith="power_")
        if any(not rules.has_expired(c.expires_at, at=clock.now()) for c in waiting):
            reasons.append(rules.still_waiting(found.code))
        return reasons

    return _tell(by, queries.machine(machine), verb, None, "", judge)


def _may_switch_on(found: Machine, by: Actor) -> list[Reason]:
    """The employer's authorisation, what the site demands (criterion C2.E4), the documents of this machine read."""
    lacking = people.lacks(
        by,
        ("power_on", found.ref),
        on=timezone.localdate(clock.now()),
        act="machines.power_on",
        machine=(found.code, found.model),
    )
    material = [found.material or "-"]
    return lacking + safety.unread_documents(by, [found.ref], materials=material, operations=["running"])


def answer(
    *, by: Actor, command: str, ok: bool, code: str = "", values: dict[str, Any] | None = None
) -> None:
    """What the machine answered to an order; the same answer sent again changes nothing."""
    permit(by, "machines.answer")
    found = queries.command(command)
    if found.state != "waiting":
        return
    told = rules.keepable(values or {})
    try:
        with act("machines.answered", by=by) as done:
            _settle(found, "done" if ok else "failed", {"ok": ok, "code": code, **told})
            if ok and found.verb in ("power_on", "power_off"):
                Machine.objects.filter(pk=found.machine_id).update(power=found.verb.removeprefix("power_"))
            answered = {"verb": found.verb, "ok": ok, "code": code, "values": told, "command": str(found.id)}
            done.tell(found.machine, found.about, machine=found.machine.ref, **answered)
            registry.tell(by, found)
    except _AnsweredMeanwhile:
        return


def withdraw(*, by: Actor, command: str, reason: str) -> MachineCommand:
    """Take back an order that no machine has answered: too old, or its gateway is gone."""
    permit(by, "machines.tell")
    found = queries.command(command)
    if not reason.strip():
        raise RuleBroken("reason_missing")
    try:
        with act("machines.withdrawn", by=by, reason=reason) as done:
            _settle(found, "withdrawn", {"ok": False, "code": "withdrawn"})
            done.tell(
                found.machine, found.about, machine=found.machine.ref, verb=found.verb, command=str(found.id)
            )
            registry.tell(by, found)
    except _AnsweredMeanwhile:
        raise RuleBroken("command_already_answered", machine=found.machine.ref) from None
    return found


def settle_by_sight(*, by: Actor, command: str, obeyed: bool) -> MachineCommand:
    """Say what became of an order cut off in the middle, having looked at the machine; nothing is sent again."""
    permit(by, "machines.settle")
    with act("machines.outcome_seen", by=by) as done:
        found = queries.command_for_update(command)
        if found.result.get("code") not in (rules.UNKNOWN, rules.SEEN_DONE):
            raise RuleBroken("outcome_is_known", machine=found.machine.ref)
        found.state = "done" if obeyed else "failed"
        code = rules.SEEN_DONE if obeyed else rules.SEEN_NOT_DONE
        found.result = {**found.result, "ok": obeyed, "code": code}
        found.save()
        done.tell(
            found.machine, found.about, machine=found.machine.ref, verb=found.verb, ok=obeyed, code=code
        )
        registry.tell(by, found)
    return found


def _settle(command: MachineCommand, state: str, result: dict[str, Any]) -> None:
    """Only one answer is taken, however many come at the same time."""
    at = clock.now()
    still = MachineCommand.objects.filter(pk=command.pk, state="waiting")
    if not still.update(state=state, result=result, answered_at=at):
        raise _AnsweredMeanwhile
    command.state, command.result, command.answered_at = state, result, at

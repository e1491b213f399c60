"""Deciding an interruption: go on or give up, by somebody with the right, with a reason, signed."""

from typing import Literal

from strate.workshop.builds import queries, rules
from strate.workshop.builds.models import Interruption
from strate.workshop.journal import clock
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Refused, RuleBroken
from strate.workshop.machines import actions as machines
from strate.workshop.people.roles import permit


def decide_interruption(
    *, by: Actor, build: str, decision: Literal["resume", "abort"], reason: str, opened: bool = False
) -> Interruption:
    """Decide what becomes of an interrupted build; a long pause or an opened chamber is quality's to decide."""
    permit(by, "builds.decide_interruption")
    found = queries.build(build)
    stop = found.interruptions.filter(decision="").order_by("-started_at").first()
    if stop is None:
        raise RuleBroken("nothing_to_decide", build=found.ref)
    if not reason.strip():
        raise RuleBroken("reason_missing")
    _must_have_the_right(by, found.routing, stop, decision, opened)
    with act("builds.interruption_decided", by=by, reason=reason, meaning="decided") as done:
        stop.decision, stop.decided_by, stop.reason = decision, by.person, reason
        stop.opened = opened
        stop.save()
        if found.state == rules.HELD:
            args = {"job": found.code}
            machines.tell_machine(by=by, machine=found.machine, verb=decision, args=args, about=found.ref)
        pause = rules.pause_minutes(stop.started_at, stop.ended_at or clock.now())
        done.tell(found, found.machine_ref, decision=decision, layer=stop.layer, cause=stop.cause,
                  pause_min=pause, opened=opened)
    return stop


def _must_have_the_right(
    by: Actor, routing: dict[str, object], stop: Interruption, decision: str, opened: bool
) -> None:
    """A shift leader decides a short clean pause; beyond the routing's limit only quality or methods."""
    if decision != "resume" or by.roles & {"quality", "methods"}:
        return
    wanted = rules.wanted(routing)
    reasons = rules.resume_reasons(
        pause_min=rules.pause_minutes(stop.started_at, stop.ended_at or clock.now()),
        pause_max_min=wanted.pause_max_min,
        opened=opened,
        source=wanted.source("pause_max_min"),
    )
    if reasons:
        raise Refused(reasons)

"""Deciding an interruption: go on or give up, by somebody with the right, with a reason, signed."""

from typing import Literal

from strate.workshop.builds import queries, rules
from strate.workshop.builds.models import Build, Interruption
from strate.workshop.builds.rules import BuildCode, Text
from strate.workshop.journal import clock
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Refused, RuleBroken
from strate.workshop.machines import actions as machines
from strate.workshop.people.roles import permit


def decide_interruption(
    *, by: Actor, build: BuildCode, decision: Literal["resume", "abort"], reason: Text, opened: bool = False
) -> Interruption:
    """Decide what becomes of an interrupted build; a long pause or an opened chamber is quality's to decide."""
    permit(by, "builds.decide_interruption")
    found = queries.build(build)
    _must_have_the_right(by, found.routing, _undecided(found), decision, opened)
    if not reason.strip():
        raise RuleBroken("reason_missing")
    with act("builds.interruption_decided", by=by, reason=reason, meaning="decided") as done:
        found = queries.for_update(found)
        stop = _undecided(found)
        stop.decision, stop.decided_by, stop.reason = decision, by.person, reason
        stop.opened = opened
        stop.save()
        if found.state == rules.HELD:
            args = {"job": found.code}
            machines.tell_machine(by=by, machine=found.machine, verb=decision, args=args, about=found.ref)
        pause = rules.pause_minutes(stop.started_at, stop.ended_at or clock.now())
        done.tell(
            found,
            found.machine_ref,
            decision=decision,
            layer=stop.layer,
            cause=stop.cause,
            pause_min=pause,
            opened=opened,
        )
    return stop


def _undecided(found: Build) -> Interruption:
    stop = found.interruptions.filter(decision="").order_by("-started_at").first()
    if stop is None:
        raise RuleBroken("nothing_to_decide", build=found.ref)
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

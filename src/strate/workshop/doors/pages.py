"""From a form on a tablet to an act: the ten lines every page shares."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from strate.workshop.doors import wording
from strate.workshop.doors.hooks import hooks
from strate.workshop.journal import clock
from strate.workshop.journal.actions import Order, commanding
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import AlreadyDone, Reason, Refused
from strate.workshop.journal.rules import CLOCK_LIMIT_S

FUTURE_LIMIT = timedelta(minutes=2)
LONGEST_NUMBER = 15


@dataclass
class Outcome:
    """What became of a command: done (with what the action returned), done before, or refused with reasons."""

    done: bool
    result: Any = None
    repeated: bool = False
    reasons: list[Reason] = field(default_factory=list)

    @property
    def spoken(self) -> list[dict[str, Any]]:
        """The reasons as the refusal panel shows them."""
        return [
            {
                "code": r.code,
                "why": wording.refusal(r),
                "source": wording.source(r),
                "lifted_by": ", ".join(wording.lifters(r)),
                "overridable": r.overridable,
                **dict(zip(("lift_url", "lift_word"), wording.way_out(r), strict=True)),
            }
            for r in self.reasons
        ]


def carry_out(
    request: HttpRequest,
    action: Callable[..., Any],
    *,
    signed: bool = False,
    by: Actor | None = None,
    **values: Any,
) -> Outcome:
    """Carry out `action(by=..., **values)` once, whatever the network does; refusals come back, nothing is lost.

    `by` is who writes when the page has already had it proved in another way.
    """
    try:
        actor = by or (hooks.prove(request, request.POST.get("pin", "")) if signed else actor_of(request))
        with commanding(_order(request, action, values, actor)):
            return Outcome(done=True, result=action(by=actor, **values))
    except AlreadyDone:
        return Outcome(done=True, repeated=True)
    except Refused as refused:
        return Outcome(done=False, reasons=list(refused.reasons))


def actor_of(request: HttpRequest) -> Actor:
    """In whose name this request writes (set by the people room's middleware)."""
    actor: Actor = request.actor
    return actor


def show(
    request: HttpRequest, template: str, *, outcome: Outcome | None = None, **context: Any
) -> HttpResponse:
    """Render a page; a refused command answers 409 and an unreadable form 422, with all that was typed still there."""
    status = 200
    if outcome is not None and not outcome.done:
        status, context["refusals"] = 409, outcome.spoken
    elif any(getattr(value, "is_bound", False) and value.errors for value in context.values()):
        status = 422
    context.setdefault("command", request.POST.get("command") if status == 422 else None)
    context["command"] = context["command"] or str(uuid4())
    return render(request, template, context, status=status)


def fingerprint(what: str, values: dict[str, Any], person: str) -> str:
    """The digest of what is asked and by whom: a key is never reused for something else, nor by somebody else."""
    text = json.dumps([what, values, person], default=str, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _order(request: HttpRequest, action: Callable[..., Any], values: dict[str, Any], actor: Actor) -> Order:
    post = request.POST
    at, offset = device_time(post.get("happened_at", ""), post.get("device_now", ""))
    key = post.get("command") or str(uuid4())
    asked = fingerprint(f"{action.__module__}.{action.__name__}", values, actor.person)
    return Order(key[:80], asked, at, offset)


def device_time(happened_at: str, device_now: str) -> tuple[datetime | None, float]:
    """When it happened by our clock, from the tablet's: a tablet a day off is corrected and the offset is told.

    A gesture kept on the tablet while the network was down keeps its own time; never later than now.
    """
    try:
        happened, device = datetime.fromisoformat(happened_at), datetime.fromisoformat(device_now)
        offset = (clock.now() - device).total_seconds()
        corrected = happened + timedelta(seconds=offset)
        believable = clock.now() - timedelta(days=7) <= corrected <= clock.now() + FUTURE_LIMIT
    except (ValueError, TypeError, OverflowError):
        return None, 0.0
    if not believable:
        return None, offset
    return min(corrected, clock.now()), offset if abs(offset) > CLOCK_LIMIT_S else 0.0


def whole_number(typed: str) -> int:
    """A whole number an address or a hidden field brings; 0 when it is none, or longer than any that is meant."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= LONGEST_NUMBER else 0

"""What a played production stands on: the people, the machine, patience, and somebody to tell it to."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import click

from strate.web.demo import people
from strate.workshop.doors import wording
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Reason, Refused

WAIT_S = 120.0


class DidNotHappen(Exception):
    """What the play waited for did not come; the sentence says what."""


@dataclass
class Stage:
    """The people of the demo shop, and a voice."""

    quiet: bool = False
    begun: float = field(default_factory=time.monotonic)

    def who(self, key: str) -> Actor:
        """One of the people, having just typed their PIN."""
        return people.team()[key]

    def say(self, phase: str, text: str) -> None:
        """One line: when, which phase, what."""
        if not self.quiet:
            click.echo(f"[{time.monotonic() - self.begun:6.1f} s] {phase:<14} {text}")

    def must_refuse(self, phase: str, act: Callable[[], Any]) -> tuple[Reason, ...]:
        """Something that must be refused; its reasons are told as an operator reads them."""
        try:
            act()
        except Refused as refused:
            for reason in refused.reasons:
                self.say(phase, f"refusé : {wording.refusal(reason)}")
            return refused.reasons
        raise DidNotHappen(f"{phase}: this should have been refused and was not")


def wait_for(what: str, look: Callable[[], Any], *, seconds: float = WAIT_S, every: float = 0.1) -> Any:
    """The first true thing `look` finds, or DidNotHappen."""
    deadline = time.monotonic() + seconds
    while True:
        if found := look():
            return found
        if time.monotonic() > deadline:
            raise DidNotHappen(f"waited {seconds:.0f} s for: {what}")
        time.sleep(every)

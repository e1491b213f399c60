"""Where rooms above add what must be true before a launch or before a build is closed."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from strate.workshop.journal.refusals import Reason

if TYPE_CHECKING:
    from strate.workshop.builds.models import Build

Ask = Callable[["Build"], list[Reason]]
_before_launch: list[Ask] = []
_before_close: list[Ask] = []


def before_launch(ask: Ask) -> Ask:
    """`@before_launch`: one more look before a build is launched."""
    _before_launch.append(ask)
    return ask


def before_close(ask: Ask) -> Ask:
    """`@before_close`: one more look before a build is closed."""
    _before_close.append(ask)
    return ask


def launch_reasons(build: "Build") -> list[Reason]:
    return [reason for ask in _before_launch for reason in ask(build)]


def closing_reasons(build: "Build") -> list[Reason]:
    return [reason for ask in _before_close for reason in ask(build)]

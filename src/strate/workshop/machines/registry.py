"""What rooms above say of a machine: what its answers mean, what its card shows, why it cannot obey now."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from strate.workshop.journal.actor import Actor
    from strate.workshop.journal.refusals import Reason
    from strate.workshop.machines.models import MachineCommand


@dataclass(frozen=True)
class Shown:
    """A line a room above shows on the card of a machine: « Fabrication · B-2031 », with where it is seen."""

    label: Any
    value: Any
    url: str = ""
    state: str = ""


@dataclass(frozen=True)
class Heard:
    """What is heard of a machine: `state` only when it can be believed now, else `why`; `word` says it."""

    live: bool
    state: str = ""
    why: str = "silent"
    word: Any = ""
    at: datetime | None = None
    alarms: tuple[str, ...] = ()
    readings: tuple[tuple[Any, Any, str], ...] = ()


Listener = Callable[["Actor", "MachineCommand"], None]
ShownOn = Callable[[Sequence[str]], dict[str, Shown]]
HeardOf = Callable[[Sequence[str]], dict[str, Heard]]
Objection = Callable[[str], "list[Reason]"]
_listeners: dict[str, list[Listener]] = {}
_shown: list[ShownOn] = []
_heard: list[HeardOf] = []
_objections: dict[str, list[Objection]] = {}


def on_answer(verb: str) -> Callable[[Listener], Listener]:
    """`@on_answer("put_file")`: called in the same act as the answer is written."""

    def keep(listener: Listener) -> Listener:
        _listeners.setdefault(verb, []).append(listener)
        return listener

    return keep


def tell(by: "Actor", command: "MachineCommand") -> None:
    for listener in _listeners.get(command.verb, []):
        listener(by, command)


def shown_on(fn: ShownOn) -> ShownOn:
    """`@shown_on`: called with machine codes, gives for some a line of their card (the build, the powder)."""
    _shown.append(fn)
    return fn


def shown(codes: Sequence[str]) -> dict[str, list[Shown]]:
    """What every room shows on the cards of these machines, in the order of the rooms."""
    found: dict[str, list[Shown]] = {code: [] for code in codes}
    for fn in _shown:
        for code, line in fn(codes).items():
            found[code].append(line)
    return found


def heard_by(fn: HeardOf) -> HeardOf:
    """`@heard_by`: who listens to the machines says what is heard of these codes."""
    _heard.append(fn)
    return fn


def heard(codes: Sequence[str]) -> dict[str, Heard]:
    """What is heard of each machine; one nobody listens to is silent."""
    found = {code: Heard(live=False, why="never") for code in codes}
    for fn in _heard:
        found |= fn(codes)
    return found


def objection(verb: str) -> Callable[[Objection], Objection]:
    """`@objection("power_off")`: called with a machine code, gives why it cannot be told that now."""

    def keep(fn: Objection) -> Objection:
        _objections.setdefault(verb, []).append(fn)
        return fn

    return keep


def objections(verb: str, code: str) -> "list[Reason]":
    return [reason for fn in _objections.get(verb, []) for reason in fn(code)]

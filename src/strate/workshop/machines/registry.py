"""Who wants to know what a machine answered: rooms above say what an answer means to them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from strate.workshop.journal.actor import Actor
    from strate.workshop.machines.models import MachineCommand

Listener = Callable[["Actor", "MachineCommand"], None]
_listeners: dict[str, list[Listener]] = {}


def on_answer(verb: str) -> Callable[[Listener], Listener]:
    """`@on_answer("put_file")`: called in the same act as the answer is written."""

    def keep(listener: Listener) -> Listener:
        _listeners.setdefault(verb, []).append(listener)
        return listener

    return keep


def tell(by: "Actor", command: "MachineCommand") -> None:
    for listener in _listeners.get(command.verb, []):
        listener(by, command)

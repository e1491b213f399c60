"""Who listens to the machines: rooms above say what a signal means to them."""

from collections.abc import Callable, Sequence

from strate.workshop.journal.actor import Actor
from strate.workshop.telemetry.rules import Sample

Listener = Callable[[Actor, str, Sequence[Sample]], None]
_listeners: list[Listener] = []


def listen(listener: Listener) -> Listener:
    """`@listen`: called with (actor of the machine, machine code, new samples) after each batch is kept."""
    _listeners.append(listener)
    return listener


def tell(by: Actor, machine: str, samples: Sequence[Sample]) -> None:
    for listener in _listeners:
        listener(by, machine, samples)

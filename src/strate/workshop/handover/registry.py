"""What a shift must know besides the notes: what each room leaves unfinished, how the machines stand."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Item:
    """One thing the next shift must know. A small `rank` comes first; `state` is one of the chips."""

    group: Any
    title: str
    ref: str = ""
    url: str = ""
    state: str = ""
    note: str = ""
    rank: int = 50


Contributor = Callable[[str], list[Item]]
MachineStates = Callable[[str], dict[str, dict[str, Any]]]
_contributors: list[Contributor] = []
_machine_states: list[MachineStates] = []


def contribute(fn: Contributor) -> Contributor:
    """`fn(place)` gives what this room leaves unfinished; an empty place means the whole workshop."""
    _contributors.append(fn)
    return fn


def machine_states(fn: MachineStates) -> MachineStates:
    """`fn(place)` gives, by reference, how each machine stands now: {"machine:M1": {"state": ...}}."""
    _machine_states.append(fn)
    return fn


def unfinished(place: str) -> list[Item]:
    """All that is unfinished, most pressing first."""
    return sorted((item for fn in _contributors for item in fn(place)), key=lambda item: item.rank)


def states(place: str) -> dict[str, dict[str, Any]]:
    """How the machines stand now, by reference; several rooms may know something of the same machine."""
    found: dict[str, dict[str, Any]] = {}
    for fn in _machine_states:
        for ref, values in fn(place).items():
            found.setdefault(ref, {}).update(values)
    return found

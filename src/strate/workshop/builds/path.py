"""The path of a production: which gesture comes next for a build, told by every room in the order of the process."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from strate.workshop.journal.actor import Actor

if TYPE_CHECKING:
    from strate.workshop.builds.models import Build

DONE, NOW, WAITING, AHEAD = "done", "current", "waiting", "ahead"


@dataclass(frozen=True)
class Gesture:
    """One gesture on the path. `phase` is one of prepare, set_up, make, depowder, finish, inspect, close."""

    phase: str
    code: str
    title: Any
    state: str
    url: str = ""
    note: Any = ""


Ask = Callable[["Build", Actor], Gesture | None]
_asks: list[tuple[int, Ask]] = []


def on_the_path(rank: int) -> Callable[[Ask], Ask]:
    """`@on_the_path(320)`: a room adds a gesture; ranks are hundreds by phase (100 prepare … 700 close)."""

    def keep(ask: Ask) -> Ask:
        _asks.append((rank, ask))
        return ask

    return keep


def of(build: "Build", by: Actor) -> list[Gesture]:
    """Every gesture of a build, in order; None of a room means that the routing does not ask for it."""
    return list(one_by_one(build, by))


def one_by_one(build: "Build", by: Actor) -> Iterator[Gesture]:
    """The same, each room asked only when its gesture is looked at."""
    found = (ask(build, by) for _rank, ask in sorted(_asks, key=lambda pair: pair[0]))
    return (gesture for gesture in found if gesture is not None)


def next_gesture(gestures: Iterable[Gesture]) -> Gesture | None:
    """The first gesture that is not done: what the big button does."""
    return next((g for g in gestures if g.state != DONE), None)


PHASES = ("prepare", "set_up", "make", "depowder", "finish", "inspect", "close")


def phases(gestures: list[Gesture]) -> list[tuple[str, list[Gesture]]]:
    """The gestures by phase of the process; a phase nobody speaks of is left out."""
    return [(phase, mine) for phase in PHASES if (mine := [g for g in gestures if g.phase == phase])]

"""Where rooms above add what must be true before a launch or before a build is closed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from strate.workshop.journal.refusals import Reason

if TYPE_CHECKING:
    from strate.workshop.builds.models import Build
    from strate.workshop.journal.actor import Actor

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


Do = Callable[["Actor", "Build"], None]
_when_closing: list[Do] = []


def when_closing(do: Do) -> Do:
    """`@when_closing`: what a room writes in the very act that closes a build (the digest of its layers)."""
    _when_closing.append(do)
    return do


def closing(by: "Actor", build: "Build") -> None:
    for do in _when_closing:
        do(by, build)


# How far a build is in its layers: given by the room that counts them.
LayersOf = Callable[["Build"], Any]
_layers_of: list[LayersOf] = []
_panels: list[Callable[["Build"], Any]] = []


def layers_from(ask: LayersOf) -> LayersOf:
    """`@layers_from`: run lengths of the layers by state, and the last layer made."""
    _layers_of.append(ask)
    return ask


def layers(build: "Build") -> Any:
    return _layers_of[0](build) if _layers_of else None


def panel(ask: Callable[["Build"], Any]) -> Callable[["Build"], Any]:
    """`@panel`: something a higher room shows on the page of a build; an object with `template` and `context`."""
    _panels.append(ask)
    return ask


def panels(build: "Build") -> list[Any]:
    return [shown for ask in _panels if (shown := ask(build))]


@dataclass(frozen=True)
class Means:
    """Something a build needs, to be seen in its place before it starts: texts in French and in English."""

    group: str
    text: dict[str, str]
    place: dict[str, str] = field(default_factory=dict)
    thing: str = ""
    optional: bool = False


_means: list[Callable[["Build"], list[Means]]] = []


def means(ask: Callable[["Build"], list[Means]]) -> Callable[["Build"], list[Means]]:
    """`@means`: what a higher room adds to the means check of a build (the gauges of its controls)."""
    _means.append(ask)
    return ask


def means_of(build: "Build") -> list[Means]:
    return [each for ask in _means for each in ask(build)]

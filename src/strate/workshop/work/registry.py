"""Who does each kind of work, and who is told when one fails for good: rooms add theirs at the start."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Handler = Callable[[dict[str, Any]], Any]


@dataclass(frozen=True)
class Failure:
    """A piece of work nobody will try again by itself."""

    job: int
    kind: str
    error: str
    payload: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Routine:
    """Something the server looks after by itself, again and again; looking twice must be harmless."""

    name: str
    every_s: float
    do: Callable[[], Any]


_routines: dict[str, Routine] = {}
_handlers: dict[str, Handler] = {}
_told: list[Callable[[Failure], None]] = []


def handler(kind: str) -> Callable[[Handler], Handler]:
    """`@handler("dossier.print")`: this function does that work; doing it twice must be harmless."""

    def keep(fn: Handler) -> Handler:
        if _handlers.get(kind, fn) is not fn:
            raise RuntimeError(f"work {kind} has two handlers")
        _handlers[kind] = fn
        return fn

    return keep


def handler_of(kind: str) -> Handler | None:
    return _handlers.get(kind)


def kinds() -> frozenset[str]:
    """The kinds of work this program knows how to do."""
    return frozenset(_handlers)


def when_failed(fn: Callable[[Failure], None]) -> Callable[[Failure], None]:
    """A room that wants to tell somebody when work fails for good."""
    _told.append(fn)
    return fn


def routine(name: str, *, every_s: float) -> Callable[[Callable[[], Any]], Callable[[], Any]]:
    """`@routine("people.old_sessions", every_s=3600)`: the worker does this when it starts, then every so often."""

    def keep(fn: Callable[[], Any]) -> Callable[[], Any]:
        if name in _routines:
            raise RuntimeError(f"routine {name} is registered twice")
        _routines[name] = Routine(name, every_s, fn)
        return fn

    return keep


def routines() -> list[Routine]:
    return list(_routines.values())


def tell_failure(failure: Failure) -> None:
    for fn in _told:
        fn(failure)

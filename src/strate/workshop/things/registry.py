"""The kinds of things that carry a label, and how each is found: rooms add theirs when the program starts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from strate.workshop.journal.refusals import NotFound


@dataclass(frozen=True)
class Gesture:
    """Something that can be done now with a scanned thing: a label and where it is done."""

    label: Any
    url: str


@dataclass(frozen=True)
class Thing:
    """A thing as it is shown when it is scanned, anywhere in the house."""

    ref: str
    title: str
    url: str = ""
    state: str = ""
    lines: list[tuple[Any, str]] = field(default_factory=list)
    gestures: list[Gesture] = field(default_factory=list)


@dataclass(frozen=True)
class Kind:
    """A kind of thing: `lot`, `plate`, `machine`... `find(code)` gives the thing, or None; `search(text, limit)` some of them."""

    code: str
    label: Any
    find: Callable[[str], Thing | None]
    search: Callable[[str, int], list[Thing]] | None = None
    icon: str = "scan"


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """A room makes one of its kinds of thing findable."""
    if kind.code in _kinds:
        raise RuntimeError(f"kind {kind.code} is registered twice")
    _kinds[kind.code] = kind


def kinds() -> dict[str, Kind]:
    return dict(_kinds)


def find(ref: str) -> Thing:
    """The thing a reference names; refused when its kind is unknown or nothing bears that code."""
    kind, _sep, code = ref.strip().partition(":")
    found = _kinds[kind].find(code) if kind in _kinds and code else None
    if found is None:
        raise NotFound("no_such_thing", thing=ref)
    return found


def title_of(ref: str) -> str:
    """How a thing is called in a sentence; its bare code when it is not to be found any more."""
    kind, _sep, code = ref.partition(":")
    found = _kinds[kind].find(code) if kind in _kinds and code else None
    return found.title if found else code or ref

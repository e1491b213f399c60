"""What other rooms tell the people room: acts that ask for records, abilities, personal data and its life."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Reason

# Acts whose gate reads the records of who does them: code -> as the floor calls it.
_acts: dict[str, Any] = {}
# What a practical test shows that somebody can do (ISO/ASTM 52942, annex).
_abilities: dict[str, Any] = {}

AskPerson = Callable[[str], Any]
Erase = Callable[[Actor, str], None]
Needed = dict[str, list[Reason]]
_personal: dict[str, tuple[Any, AskPerson]] = {}
_erasing: list[Erase] = []
_needing: list[Callable[[], Needed]] = []


def gated(act: str, title: Any) -> None:
    """A room says that this act asks `people.queries.lacks(by, act=...)`: the site may then demand records for it."""
    _acts[act] = title


def acts() -> dict[str, Any]:
    return dict(_acts)


def can(code: str, title: Any) -> None:
    """Add an ability that a qualification may cover."""
    _abilities[code] = title


def abilities() -> dict[str, Any]:
    return dict(_abilities)


def ability(code: str) -> str:
    """An ability as the floor calls it."""
    return str(_abilities.get(code, code))


def personal(code: str, title: Any, ask: AskPerson) -> None:
    """A room says what it keeps of a person: `ask(pseudonym)` gives plain values for their export."""
    _personal[code] = (title, ask)


def personal_data(pseudonym: str) -> dict[str, tuple[Any, Any]]:
    """Everything the house keeps of one person, room by room."""
    return {code: (title, ask(pseudonym)) for code, (title, ask) in _personal.items()}


def erasing(erase: Erase) -> Erase:
    """`@erasing`: what a room forgets, inside the act, when a person is erased; facts are never touched."""
    _erasing.append(erase)
    return erase


def erase(by: Actor, pseudonym: str) -> None:
    for each in _erasing:
        each(by, pseudonym)


def needing(ask: Callable[[], Needed]) -> None:
    """A room says whose name something unfinished still needs, and why: they are not erased before it is settled."""
    _needing.append(ask)


def needed() -> Needed:
    """By pseudonym, everything that keeps somebody from being erased today."""
    found: Needed = {}
    for ask in _needing:
        for pseudonym, reasons in ask().items():
            found.setdefault(pseudonym, []).extend(reasons)
    return found


@dataclass(frozen=True)
class Retention:
    """A class of personal data with how long it is kept; `setting` holds the days, 0 keeps it without end.

    `outlives`: it proves something to others, and stays when its person is erased, until its own time has come.
    """

    code: str
    title: Any
    source: Any
    setting: str
    due: Callable[[date], list[Any]]
    purge: Callable[[Actor, list[Any]], int]
    outlives: bool = False


_retentions: dict[str, Retention] = {}


def keeps(each: Retention) -> None:
    """A room says which data it keeps for a time, how to find what is past it, and how it is purged."""
    _retentions[each.code] = each


def retentions() -> list[Retention]:
    return list(_retentions.values())

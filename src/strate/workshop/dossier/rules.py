"""The laws of a dossier: what must be there, who may seal it, what of another customer never enters it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from strate.workshop.journal.refusals import Reason

DONE, MISSING, LATER = "done", "missing", "later"
# Facts of a plate that belong to every order made on it; the others that name another order stay a digest.
COMMON = frozenset({"builds.prepared", "builds.launched", "builds.closed", "builds.abandoned"})
TOKEN = re.compile(r"\w[\w./-]*")
TELLING = 4


@dataclass(frozen=True)
class Section:
    """One part of a dossier: there, or what is missing and who can bring it."""

    code: str
    reasons: tuple[Reason, ...] = ()
    # Nothing to show for yet: an order without a build has no layers that could be in order.
    later: bool = False

    @property
    def state(self) -> str:
        return MISSING if self.reasons else LATER if self.later else DONE


def missing(sections: Iterable[Section]) -> list[Reason]:
    """Everything that a dossier still lacks, each thing said once."""
    found: list[Reason] = []
    for section in sections:
        found += [reason for reason in section.reasons if reason not in found]
    return found


def seal_reasons(*, by: str, launchers: Iterable[str], reviewed: bool, to_review: int) -> list[Reason]:
    """Who launched does not seal; whoever seals has read what was corrected, late or let through."""
    reasons = []
    if by in set(launchers):
        reasons.append(Reason("sealed_by_its_launcher", {"person": by}, lifted_by=("quality",)))
    if not reviewed:
        values = {"count": to_review}
        reasons.append(Reason("trail_not_reviewed", values, "EU GMP Annex 11", ("quality",)))
    return reasons


@dataclass(frozen=True)
class Foreign:
    """What belongs to other customers: their orders, the serials of their pieces, their names."""

    orders: frozenset[str] = frozenset()
    serials: frozenset[str] = frozenset()
    customers: frozenset[str] = frozenset()
    refs: frozenset[str] = field(init=False)
    words: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        refs = {f"order:{code}" for code in self.orders} | {f"piece:{serial}" for serial in self.serials}
        # A code as short as « 12 » cannot be told from a number in a text: only its reference counts.
        words = {code for code in (*self.orders, *self.serials) if len(code) >= TELLING}
        object.__setattr__(self, "refs", frozenset(refs))
        object.__setattr__(self, "words", frozenset(words))


def texts(value: Any) -> Iterator[str]:
    """Every text in a fact, the names of its fields included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield str(key)
            yield from texts(each)
    elif isinstance(value, Sequence):
        for each in value:
            yield from texts(each)


def names_another(value: Any, foreign: Foreign) -> bool:
    """Whether a fact says something of another customer: an order, a serial, a name."""
    return any(_foreign_text(text, foreign) for text in texts(value))


def names_a_customer(value: Any, foreign: Foreign) -> bool:
    """Whether a fact holds the name of another customer, or the serial of one of their pieces."""
    narrow = Foreign(serials=foreign.serials, customers=foreign.customers)
    return names_another(value, narrow)


def _foreign_text(text: str, foreign: Foreign) -> bool:
    if text in foreign.refs or text in foreign.words:
        return True
    if any(word.rstrip("./-") in foreign.words for word in TOKEN.findall(text)):
        return True
    folded = text.casefold()
    return any(name in folded for name in foreign.customers)


def another_build(things: Iterable[str], mine: Iterable[str]) -> bool:
    """Whether a fact speaks of a build that is not one of these."""
    known = set(mine)
    return any(ref.startswith("build:") and ref not in known for ref in things)


def hide(value: Any, foreign: Foreign, word: str) -> Any:
    """The same value with other customers' orders called « another order », for printed sentences."""
    if isinstance(value, str):
        return word if value in foreign.refs or value in foreign.orders else value
    if isinstance(value, Mapping):
        return {hide(str(key), foreign, word): hide(each, foreign, word) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [hide(each, foreign, word) for each in value]
    return value

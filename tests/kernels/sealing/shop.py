"""A small journal of an invented shop, and the ways to tamper with it."""

import random
from collections.abc import Callable

from strate.kernels.sealing.canonical import digest
from strate.kernels.sealing.chain import Entry, genesis, seal

CHAIN = "atelier-nord"


def journal(count: int, *, name: str = CHAIN, sealed_only: frozenset[int] = frozenset()) -> list[Entry]:
    """`count` facts; those in `sealed_only` are known by their fingerprint alone."""
    head, entries = genesis(name), []
    for seq in range(1, count + 1):
        envelope = {
            "chain": name,
            "seq": seq,
            "event": f"{name}-{seq}",
            "schema": 1,
            "what": "layer.recoated",
        }
        entry = seal(head, envelope)
        head = entry.link
        entries.append(without_its_words(entry) if seq in sealed_only else entry)
    return entries


def without_its_words(entry: Entry) -> Entry:
    """The fact of another customer: only its fingerprint travels."""
    assert entry.envelope is not None
    return Entry(entry.seq, entry.link, None, digest(entry.envelope.encode()))


Tampering = tuple[list[Entry], set[str], int]
Hand = Callable[[list[Entry], random.Random], Tampering]


def flip(facts: list[Entry], dice: random.Random) -> Tampering:
    at = dice.randrange(len(facts))
    fact = facts[at]
    text = fact.digest if fact.envelope is None else fact.envelope
    assert text is not None
    spot = dice.randrange(len(text))
    other = dice.choice([c for c in "0123456789abcdef" if c != text[spot]])
    changed = text[:spot] + other + text[spot + 1 :]
    damaged = fact._replace(digest=changed) if fact.envelope is None else fact._replace(envelope=changed)
    return [*facts[:at], damaged, *facts[at + 1 :]], {"altered_fact", "broken_link"}, at + 1


def relink(facts: list[Entry], dice: random.Random) -> Tampering:
    at = dice.randrange(len(facts))
    return [*facts[:at], facts[at]._replace(link="0" * 64), *facts[at + 1 :]], {"altered_link"}, at + 1


def remove(facts: list[Entry], dice: random.Random) -> Tampering:
    at = dice.randrange(len(facts) - 1)
    return [*facts[:at], *facts[at + 1 :]], {"missing_fact"}, at + 1


def swap(facts: list[Entry], dice: random.Random) -> Tampering:
    one, two = sorted(dice.sample(range(len(facts)), 2))
    moved = list(facts)
    moved[one], moved[two] = moved[two], moved[one]
    return moved, {"reordered_fact"}, one + 1


def repeat(facts: list[Entry], dice: random.Random) -> Tampering:
    at, where = dice.randrange(len(facts)), dice.randrange(len(facts) + 1)
    return [*facts[:where], facts[at], *facts[where:]], {"duplicated_fact"}, at + 1


def truncate(facts: list[Entry], dice: random.Random) -> Tampering:
    left = dice.randrange(len(facts))
    return facts[:left], {"truncated_chain"}, left + 1


def slip_in_another_shop_s_fact(facts: list[Entry], dice: random.Random) -> Tampering:
    at = dice.randrange(len(facts))
    stranger = journal(at + 1, name="atelier-sud")[at]
    if facts[at].envelope is None:
        return [*facts[:at], without_its_words(stranger), *facts[at + 1 :]], {"broken_link"}, at + 1
    return [*facts[:at], stranger, *facts[at + 1 :]], {"foreign_chain"}, at + 1


HANDS: tuple[Hand, ...] = (flip, relink, remove, swap, repeat, truncate, slip_in_another_shop_s_fact)

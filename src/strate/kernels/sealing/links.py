"""The links of the chain: what a recorded fact is made of, and how it is tied to the one before."""

import hashlib
from dataclasses import dataclass
from typing import Any, NamedTuple

from strate.kernels.sealing.canonical import canonical, digest

GENESIS = "strate chain 1\n"


class Entry(NamedTuple):
    """A fact as recorded: its number, its link, and its envelope's canonical text or only its digest."""

    seq: int
    link: str
    envelope: str | None = None
    digest: str | None = None


@dataclass(frozen=True)
class Mark:
    """What a trusted checkpoint says: after `count` facts the link is `head`."""

    count: int
    head: str


def genesis(chain: str) -> str:
    """The link before the first fact; each chain has its own, so that two chains never share a link."""
    return digest((GENESIS + chain).encode("utf-8"))


def link(previous: str, envelope_digest: str) -> str:
    """The link of a fact: sha256(previous link ‖ sha256(canonical envelope)), all in hexadecimal."""
    return hashlib.sha256(bytes.fromhex(previous) + bytes.fromhex(envelope_digest)).hexdigest()


def seal(previous: str, envelope: dict[str, Any]) -> Entry:
    """An envelope as an entry of the chain; it must hold its own chain, seq, event and schema."""
    for name, kind in (("chain", str), ("seq", int), ("event", str), ("schema", int)):
        if type(envelope.get(name)) is not kind:
            raise ValueError(f"an envelope holds {name!r} as {kind.__name__}")
    text = canonical(envelope)
    return Entry(envelope["seq"], link(previous, digest(text)), text.decode("utf-8"))

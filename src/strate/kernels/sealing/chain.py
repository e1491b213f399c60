"""The chain of facts: each link covers all that came before, so that nothing can be changed unseen."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from itertools import chain as follow

from strate.kernels.sealing.diagnosis import Scene, diagnose
from strate.kernels.sealing.findings import Finding
from strate.kernels.sealing.links import GENESIS, Entry, Mark, genesis, link, seal

__all__ = ["GENESIS", "Entry", "Mark", "genesis", "link", "seal", "verify_chain"]


def verify_chain(
    entries: Iterable[Entry],
    *,
    chain: str,
    start_seq: int = 1,
    start_head: str | None = None,
    marks: Iterable[Mark] = (),
    end: Mark | None = None,
) -> list[Finding]:
    """All that does not hold, in order of seq.

    `start_seq` is the number of the first fact expected, `start_head` the link before it. `marks` are
    trusted checkpoints on the way; `end` is the one the entries must end with (without it, a cut tail is
    invisible).
    """
    head = genesis(chain) if start_head is None else start_head
    heads = {mark.count: mark.head for mark in marks if mark.count >= start_seq}
    if end is not None:
        heads[end.count] = end.head
    if heads.get(start_seq - 1, head) != head:
        return [Finding("rewritten_chain", start_seq, {"first": start_seq, "last": start_seq})]
    seq, head, rest = _follow_sound_facts(iter(entries), chain, start_seq, head, heads, end)
    if rest is None and (end is None or seq == end.count + 1) and all(count < seq for count in heads):
        return []
    proven = max((count for count in heads if count < seq), default=start_seq - 1)
    return diagnose(rest or iter(()), Scene(chain, seq, head, heads, end, proven))


def _follow_sound_facts(
    entries: Iterator[Entry], chain: str, seq: int, head: str, heads: dict[int, str], end: Mark | None
) -> tuple[int, str, Iterator[Entry] | None]:
    """Advance while everything holds; hand back where it stopped and what is left to look at closely."""
    sha256, loads = hashlib.sha256, json.loads
    try:
        previous = bytes.fromhex(head)
    except ValueError:  # the first link is a stranger's: nothing follows from it
        return seq, head, entries
    beyond = None if end is None else end.count + 1
    for entry in entries:
        found, recorded, envelope, known = entry
        try:
            if envelope is not None:
                inside = loads(envelope)
                sound = inside["seq"] == seq and inside["chain"] == chain
                fingerprint = sha256(envelope.encode()).digest()
            else:
                sound, fingerprint = True, bytes.fromhex(known or "")
        except (ValueError, KeyError, TypeError, RecursionError):
            sound, fingerprint = False, b""
        following = sha256(previous + fingerprint)
        if not sound or found != seq or seq == beyond or following.hexdigest() != recorded:
            return seq, previous.hex(), follow((entry,), entries)
        if heads.get(seq, recorded) != recorded:
            return seq, previous.hex(), follow((entry,), entries)
        previous = following.digest()
        seq += 1
    return seq, previous.hex(), None

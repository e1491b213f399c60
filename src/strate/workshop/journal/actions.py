"""The act: the only way to write. One transaction, at least one fact, or an error and nothing at all."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from uuid6 import uuid7

from strate.kernels.sealing import canonical, digest, genesis, link
from strate.workshop.journal import clock, rules
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.checkpoints import EVERY, sign_head
from strate.workshop.journal.guard import open_acts
from strate.workshop.journal.models import ChainHead, Command, Fact, FactThing
from strate.workshop.journal.questions import Question
from strate.workshop.journal.refusals import AlreadyDone, RuleBroken
from strate.workshop.journal.rows import insert, insert_all, update
from strate.workshop.journal.witnesses import beside

SOFTWARE = "strate 0.1.0"
CHAIN = "site"
_COMMAND = Question(lambda key: Command.objects.filter(pk=key))
_HEAD = Question(lambda: ChainHead.objects.select_for_update().filter(chain__startswith=CHAIN)[:1])


class Customs:
    """What a site decides about its journal; the site room fills it when the program starts."""

    late_after_s: Callable[[], int] = staticmethod(lambda: rules.LATE_AFTER_S)


customs = Customs()


class NothingTold(RuntimeError):
    """A programming error: an act ended without saying what was done."""


@dataclass
class Done:
    """What an act will say it did. `tell(*things, **data)` must be called; `also` adds a second fact."""

    what: str
    by: Actor
    happened_at: datetime
    reason: str = ""
    corrects: str = ""
    meaning: str = ""
    milestone: str = ""
    things: list[str] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)
    told: bool = False
    event: str = field(default_factory=lambda: str(uuid7()))

    def tell(self, *things: Any, **data: Any) -> None:
        """Say which things it concerns (references, or objects with `.ref`) and what is to be known of it."""
        self.things += [str(getattr(t, "ref", t)) for t in things if t]
        self.data.update({k: rules.plain(v) for k, v in data.items()})
        self.told = True

    def in_turn(self, name: str) -> None:
        """Whoever else does the same waits here until this act ends (an embedded database has one writer anyway)."""
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"strate-{name}"])

    def signed_as(self, meaning: str) -> None:
        """What is found inside the act may need a signature: the actor must have proved again who they are."""
        if self.by.signature is None:
            raise RuleBroken("signature_needed", meaning=meaning)
        self.meaning = meaning

    def milestone_reached(self, why: str) -> None:
        """The chain is signed right after this fact: a dossier sealed, a shift handed over."""
        self.milestone = why


@dataclass
class _Pending:
    """The facts of the outermost act, waiting for the end of the transaction, and the command that caused them."""

    facts: list[Done] = field(default_factory=list)


@dataclass(frozen=True)
class Order:
    """A command as it came through a door: its key, the digest of what was asked, and the clock of the device."""

    key: str
    fingerprint: str
    happened_at: datetime | None = None
    clock_offset_s: float = 0.0
    # The facts written for it, as their canonical texts: the receipt is there without reading it back.
    written: list[tuple[str, str]] = field(default_factory=list, compare=False)


_pending: ContextVar[_Pending | None] = ContextVar("pending_act", default=None)
_order: ContextVar[Order | None] = ContextVar("current_command", default=None)


def moment() -> datetime:
    """When an act begun now would happen: what long work done before it is dated with."""
    order = _order.get()
    return (order.happened_at if order else None) or clock.now()


@contextmanager
def commanding(order: Order) -> Iterator[None]:
    """What is done inside answers this command; if it was carried out before, `AlreadyDone` is raised instead."""
    known = _COMMAND.first(order.key)
    if known:
        _answer_known(known, order)
    token = _order.set(order)
    try:
        yield
    finally:
        _order.reset(token)


def _answer_known(known: Command, order: Order) -> None:
    if known.fingerprint != order.fingerprint:
        raise RuleBroken("key_used_for_another_command", key=order.key)
    raise AlreadyDone(known.facts)


@contextmanager
def act(
    what: str,
    *,
    by: Actor,
    happened_at: datetime | None = None,
    reason: str = "",
    corrects: str = "",
    meaning: str = "",
) -> Iterator[Done]:
    """Write, and say so: `with act("feedstock.blended", by=by) as done: ... done.tell(lot, share=...)`.

    An act inside an act joins its transaction. `meaning` ("released", "approved"...) makes it a signature: the
    actor must have proved again who they are. Raises `AlreadyDone` when the command was already carried out.
    """
    if meaning and by.signature is None:
        raise RuleBroken("signature_needed", meaning=meaning)
    order = _order.get()
    when = happened_at or moment()
    done = Done(what, by, when, reason, str(corrects or ""), meaning)
    outer = _pending.get()
    if outer is not None:
        outer.facts.append(done)
        yield done
        _must_have_told(done)
        return
    pending = _Pending([done])
    tokens = _pending.set(pending), open_acts.set(open_acts.get() + 1), beside.set(set())
    try:
        with transaction.atomic():
            yield done
            for each in pending.facts:
                _must_have_told(each)
            _tell_who_watched(done)
            _write(pending, order)
    finally:
        _pending.reset(tokens[0])
        open_acts.reset(tokens[1])
        beside.reset(tokens[2])


def _must_have_told(done: Done) -> None:
    if not done.told:
        raise NothingTold(f"{done.what}: the act did not tell what was done")


def _tell_who_watched(done: Done) -> None:
    """Somebody who learns acts under the eyes of another: the fact names both."""
    if watched := sorted(beside.get() or ()):
        done.tell(*(f"person:{each}" for each in watched), supervised_by=watched)


def _write(pending: _Pending, order: Order | None) -> None:
    """Append the facts: the head of the chain is taken last, so that nobody waits for our work."""
    if order:
        _write_command(pending, order)
    head = _locked_head()
    for done in pending.facts:
        _append(done, head, order)
    update(head, "seq", "link")
    milestones = [d.milestone for d in pending.facts if d.milestone]
    if milestones or head.seq // EVERY > (head.seq - len(pending.facts)) // EVERY:
        sign_head(head, milestones[-1] if milestones else "count")


def _write_command(pending: _Pending, order: Order) -> None:
    row = Command(
        key=order.key,
        fingerprint=order.fingerprint,
        by=pending.facts[0].by.person,
        facts=[d.event for d in pending.facts],
        at=clock.now(),
    )
    if not insert(row, unless_there=True):
        # Sent twice at the same time: the other one won while we worked. Ours is undone.
        _answer_known(Command.objects.get(pk=order.key), order)


def _locked_head() -> ChainHead:
    """The end of the chain, ours until the transaction ends; the first act of a site makes it."""
    if head := _HEAD.first():
        return head
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"strate-chain-{CHAIN}"])
        # Another first act may have made it while we waited.
        if head := _HEAD.first():
            return head
    head = ChainHead(chain=f"{CHAIN}-{uuid7()}", seq=0, link="")
    insert(head)
    return head


def _append(done: Done, head: ChainHead, order: Order | None) -> None:
    recorded_at = clock.now()
    previous = head.link or genesis(head.chain)
    envelope = _envelope(done, head, recorded_at, order)
    text = canonical(envelope)
    head.seq += 1
    head.link = link(previous, digest(text))
    fact = Fact(
        seq=head.seq,
        chain=head.chain,
        event=done.event,
        what=done.what,
        by=done.by.person,
        station=done.by.station,
        happened_at=done.happened_at,
        recorded_at=recorded_at,
        corrects=done.corrects or None,
        envelope=text.decode(),
        link=head.link,
    )
    insert(fact)
    if order:
        order.written.append((text.decode(), head.link))
    insert_all([FactThing(fact=fact, ref=ref) for ref in dict.fromkeys(done.things)])


def _envelope(done: Done, head: ChainHead, recorded_at: datetime, order: Order | None) -> dict[str, Any]:
    by = done.by
    return {
        "schema": rules.SCHEMA,
        "chain": head.chain,
        "seq": head.seq + 1,
        "event": done.event,
        "what": done.what,
        "happened_at": rules.stamp(done.happened_at),
        "recorded_at": rules.stamp(recorded_at),
        "timing": rules.timing(done.happened_at, recorded_at, late_after_s=customs.late_after_s()),
        "clock_offset_s": round(order.clock_offset_s) if order else 0,
        "by": by.person,
        "roles": sorted(by.roles),
        "on_behalf_of": by.on_behalf_of,
        "station": by.station,
        "session": by.session,
        "source": by.source,
        "command": order.key if order else "",
        "things": list(dict.fromkeys(done.things)),
        "data": done.data,
        "reason": done.reason,
        "corrects": done.corrects,
        "signature": _signature(done) if done.meaning else None,
        "software": SOFTWARE,
    }


def _signature(done: Done) -> dict[str, Any]:
    """Bound to what was shown: the digest covers the things and data of this very fact, so it cannot be moved."""
    assert done.by.signature is not None
    record = canonical({"what": done.what, "things": done.things, "data": done.data, "reason": done.reason})
    return {
        "meaning": done.meaning,
        "signer": done.by.person,
        "method": done.by.signature.method,
        "proved_at": rules.stamp(done.by.signature.at),
        "record_sha256": hashlib.sha256(record).hexdigest(),
    }

"""Reading the journal back."""

import json
from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import Q

from strate.workshop.journal.models import ChainHead, Checkpoint, Command, Fact

# For who follows the journal in one statement with tables of its own.
FACTS, HEADS = Fact._meta.db_table, ChainHead._meta.db_table


def last() -> Fact | None:
    """The most recent fact."""
    return Fact.objects.order_by("-seq").first()


def of(*refs: str, what: str = "", first: int = 1, last_: int | None = None) -> list[Fact]:
    """The facts that speak of any of these things, oldest first; `first` and `last_` bound a stretch of the chain."""
    facts = Fact.objects.filter(things__ref__in=refs, seq__gte=first).distinct().order_by("seq")
    facts = facts if last_ is None else facts.filter(seq__lte=last_)
    return list(facts.filter(what=what) if what else facts)


def told(fact: Fact) -> dict[str, Any]:
    """What a fact holds, as it was hashed."""
    result: dict[str, Any] = json.loads(fact.envelope)
    return result


def receipt(key: str) -> dict[str, Any] | None:
    """What a command did, the same each time it is asked: its first fact, as written; nothing if it did nothing."""
    command = Command.objects.filter(pk=key).first()
    return receipt_of(command.facts[0]) if command else None


def receipt_of(event: str) -> dict[str, Any]:
    """The receipt of one fact."""
    fact = Fact.objects.get(event=event)
    return receipt_from(fact.envelope, fact.link)


def receipt_from(canonical_text: str, link: str) -> dict[str, Any]:
    """The receipt of a fact from its canonical text."""
    envelope = json.loads(canonical_text)
    same = ("seq", "what", "things", "data", "happened_at", "recorded_at")
    return {"fact": envelope["event"], "link": link, **{name: envelope[name] for name in same}}


def head() -> ChainHead | None:
    """The end of the chain as it stands."""
    return ChainHead.objects.first()


def segment(first: int, last_: int) -> Iterator[Fact]:
    """The facts of a stretch of the chain, in order."""
    return Fact.objects.filter(seq__gte=first, seq__lte=last_).order_by("seq").iterator(chunk_size=2000)


def checkpoint_before(seq: int) -> Checkpoint | None:
    """The last signed head that stood before this fact."""
    return Checkpoint.objects.filter(seq__lt=seq).order_by("-seq").first()


def checkpoints_between(first: int, last_: int) -> list[Checkpoint]:
    """The signed heads of a stretch of the chain, both ends included, in order."""
    return list(Checkpoint.objects.filter(seq__gte=first, seq__lte=last_))


def checkpoint_covering(seq: int) -> Checkpoint | None:
    """The first signed head that stood on this fact or after it."""
    return Checkpoint.objects.filter(seq__gte=seq).first()


def corrections_of(events: list[str]) -> dict[str, list[Fact]]:
    """For each fact, those that correct it, oldest first."""
    found: dict[str, list[Fact]] = {}
    for fact in Fact.objects.filter(corrects__in=events).order_by("seq"):
        found.setdefault(str(fact.corrects), []).append(fact)
    return found


def by_event(event: str) -> Fact | None:
    """A fact by its event number."""
    return Fact.objects.filter(event=event).first()


def latest_of(ref: str, limit: int) -> list[Fact]:
    """The last facts that speak of a thing, newest first."""
    return list(Fact.objects.filter(things__ref=ref).order_by("-seq")[:limit])


def latest_among(refs: Collection[str], kinds: Collection[str], limit: int) -> list[Fact]:
    """The last facts of these kinds that speak of any of these things, newest first, each once."""
    found = Fact.objects.filter(things__ref__in=refs, what__in=kinds).distinct()
    return list(found.order_by("-seq")[:limit])


def concerning(person: str) -> Iterator[Fact]:
    """Every fact this person wrote or that speaks of them, oldest first."""
    theirs = Fact.objects.filter(Q(by=person) | Q(things__ref=f"person:{person}")).distinct()
    return theirs.order_by("seq").iterator(chunk_size=2000)


def written_by(person: str) -> int:
    """How many facts this person has written."""
    return Fact.objects.filter(by=person).count()


def signed_by(person: str, limit: int) -> list[Fact]:
    """The last facts this person has signed, newest first (an unsigned fact says so in its canonical text)."""
    signed = Fact.objects.filter(by=person).exclude(envelope__contains='"signature":null')
    return list(signed.order_by("-seq")[:limit])


def link_at(chain: str, seq: int) -> str:
    """The link of one fact of a chain; empty when the chain holds no such fact."""
    return Fact.objects.filter(chain=chain, seq=seq).values_list("link", flat=True).first() or ""

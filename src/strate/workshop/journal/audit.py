"""Reading the whole journal again with the eyes of a stranger: does every link hold?"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from strate.kernels.sealing.chain import Entry, Mark, verify_chain
from strate.kernels.sealing.checkpoint import verify_checkpoint
from strate.kernels.sealing.findings import Finding
from strate.kernels.sealing.keys import BadSignature
from strate.workshop.journal import checkpoints, queries, rules
from strate.workshop.journal.models import Checkpoint, Fact, FactThing

AT_ONCE = 2000
# What a fact shows in its columns, and where the hashed text says the same.
COLUMNS = ("event", "what", "by", "station", "happened_at", "recorded_at", "corrects")


class ChainBroken(Exception):
    """The journal was altered; the findings say where."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        super().__init__("; ".join(f"{f.code} at {f.seq}" for f in findings[:10]))


@dataclass(frozen=True)
class Audited:
    """A journal that holds."""

    facts: int
    checkpoints: int


def verify_rows(
    rows: Iterable[tuple[str, int, str, str]], signed: Iterable[str] = (), public: str = ""
) -> int:
    """Verify the (chain, seq, link, envelope) rows of a copy and its signed heads; the number of facts."""
    entries = [(chain, Entry(seq, link, envelope)) for chain, seq, link, envelope in rows]
    chain = entries[0][0] if entries else ""
    marks, broken = _marks(signed, public, chain)
    if entries or marks:
        broken += verify_chain((entry for _chain, entry in entries), chain=chain, marks=marks)
    if broken:
        raise ChainBroken(broken)
    return len(entries)


def verify_site() -> Audited:
    """Verify this site's journal: its chain, what its columns show, its signed heads inside and outside.

    Writers may go on: the chain is read up to the head as it stood at the beginning.
    """
    # The signed heads first: one signed while we read would otherwise promise facts we do not look at.
    signed = [*Checkpoint.objects.values_list("jws", flat=True), *checkpoints.kept_outside()]
    head = queries.head()
    last = head.seq if head else 0
    shown: list[Finding] = []
    chain = (
        head.chain if head else (Fact.objects.values_list("chain", flat=True).order_by("seq").first() or "")
    )
    marks, broken = _marks(dict.fromkeys(signed), checkpoints.public_key(), chain)
    end = Mark(head.seq, head.link) if head else None
    broken += verify_chain(_entries(last, shown), chain=chain, marks=marks, end=end)
    broken += shown + _beyond_the_head()
    if broken:
        raise ChainBroken(sorted(broken, key=lambda f: (f.seq or 0, f.code)))
    return Audited(last, len(marks))


def _marks(signed: Iterable[str], public: str, chain: str) -> tuple[list[Mark], list[Finding]]:
    """What each signed head promises, and those whose signature does not hold."""
    marks, broken = [], []
    for jws in signed:
        try:
            head = verify_checkpoint(jws, public)
        except BadSignature:
            broken.append(Finding("bad_checkpoint_signature", None, {"which": "intermediate"}))
            continue
        marks.append(Mark(head.count, head.head))
        if head.chain != chain:
            # Signed by this site, for a journal that is not the one we read: the whole of it was replaced.
            broken.append(Finding("foreign_checkpoint", None, {"which": "intermediate", "chain": head.chain}))
    return marks, broken


def _entries(last: int, shown: list[Finding]) -> Iterator[Entry]:
    """The facts in order; on the way, what their columns show is compared with what was hashed."""
    facts = Fact.objects.filter(seq__lte=last).order_by("seq", "pk").iterator(chunk_size=AT_ONCE)
    batch: list[Fact] = []
    for fact in facts:
        batch.append(fact)
        if len(batch) == AT_ONCE:
            yield from _compared(batch, shown)
            batch = []
    yield from _compared(batch, shown)


def _compared(batch: list[Fact], shown: list[Finding]) -> Iterator[Entry]:
    refs: dict[int, set[str]] = defaultdict(set)
    if batch:
        span = {"fact_id__gte": min(f.pk for f in batch), "fact_id__lte": max(f.pk for f in batch)}
        for fact_id, ref in FactThing.objects.filter(**span).values_list("fact_id", "ref"):
            refs[fact_id].add(ref)
    for fact in batch:
        column = _differs(fact, refs[fact.pk])
        if column:
            shown.append(Finding("altered_column", fact.seq, {"column": column}))
        yield Entry(fact.seq, fact.link, fact.envelope)


def _differs(fact: Fact, refs: set[str]) -> str:
    """The column of this fact that no longer shows what was hashed; empty when all do."""
    try:
        hashed: dict[str, Any] = json.loads(fact.envelope)
        for column in COLUMNS:
            value = getattr(fact, column)
            value = rules.stamp(value) if column.endswith("_at") else str(value or "")
            if value != str(hashed[column] or ""):
                return column
        return "" if refs == set(hashed["things"]) else "things"
    except (ValueError, KeyError, TypeError):
        # The text itself was damaged: the chain says so.
        return ""


def _beyond_the_head() -> list[Finding]:
    """Facts after the head of the chain: put there by somebody who is not this program."""
    last = Fact.objects.aggregate(last=Max("seq"))["last"] or 0
    head = queries.head()
    known = head.seq if head else 0
    return [Finding("added_fact", known + 1, {"count": known})] if last > known else []

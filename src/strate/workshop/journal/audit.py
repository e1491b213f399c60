"""Reading the whole journal again with the eyes of a stranger: does every link hold?"""

from collections.abc import Iterable
from dataclasses import dataclass

from strate.kernels.sealing.chain import Entry, Mark, verify_chain
from strate.kernels.sealing.checkpoint import verify_checkpoint
from strate.kernels.sealing.findings import Finding
from strate.workshop.journal import checkpoints
from strate.workshop.journal.models import Checkpoint, Fact


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


def verify_rows(rows: Iterable[tuple[str, int, str, str]]) -> int:
    """Verify (chain, seq, link, envelope) rows from the first fact; returns their number or raises ChainBroken."""
    entries = [(chain, Entry(seq, link, envelope)) for chain, seq, link, envelope in rows]
    if not entries:
        return 0
    found = verify_chain((entry for _chain, entry in entries), chain=entries[0][0])
    if found:
        raise ChainBroken(found)
    return len(entries)


def verify_site() -> Audited:
    """Verify this site's journal and every signed checkpoint against the site's key."""
    first = Fact.objects.order_by("seq").first()
    if first is None:
        return Audited(0, 0)
    public = checkpoints.public_key()
    signed = [verify_checkpoint(c.jws, public) for c in Checkpoint.objects.filter(chain=first.chain)]
    marks = [Mark(c.count, c.head) for c in signed]
    rows = Fact.objects.order_by("seq").values_list("seq", "link", "envelope").iterator(chunk_size=5000)
    found = verify_chain((Entry(*row) for row in rows), chain=first.chain, marks=marks)
    if found:
        raise ChainBroken(found)
    return Audited(Fact.objects.count(), len(marks))

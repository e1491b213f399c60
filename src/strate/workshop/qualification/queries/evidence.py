"""Evidence from signed work: the entries of the journal that speak for a criterion, with what surrounds each."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from strate.kernels.sealing import canonical, digest, genesis, link
from strate.workshop.builds import queries as builds
from strate.workshop.doors import wording
from strate.workshop.doors.hooks import hooks
from strate.workshop.journal import queries as journal
from strate.workshop.journal.queries import Fact
from strate.workshop.machines import queries as machines
from strate.workshop.procedures import queries as procedures
from strate.workshop.qualification.models import CandidateFile, EvidenceNote
from strate.workshop.qualification.queries import maps
from strate.workshop.qualification.references import mapping

# Of each kind of entry, the latest ones; a criterion says how many there are beyond those shown.
PER_KIND = 60
SHOWN_PER_CRITERION = 8
CONTEXT = ("order", "build", "machine", "lot", "piece", "procedure", "plate", "recoater")


@dataclass
class Piece:
    """One piece of evidence as it is shown: an entry of the journal, or what the candidate added.

    Its sentence and what surrounds it are worked out when it is shown: most pieces only count.
    """

    key: str
    at: datetime
    digest: str
    what: str = ""
    title: str = ""
    told: dict[str, Any] = field(default_factory=dict)
    seq: int = 0
    whole: bool = True
    corrected: bool = False
    training: bool = False
    targets: dict[str, str] = field(default_factory=dict)
    note: EvidenceNote | None = None
    attachment: str = ""

    @property
    def withdrawn(self) -> bool:
        return bool(self.note and self.note.withdrawn_at)

    @cached_property
    def said(self) -> str:
        return wording.fact_sentence(self.what, self.told["data"]) if self.told else self.title

    @cached_property
    def context(self) -> list[tuple[str, str]]:
        """Order, build, machine, lot... by the name each bears."""
        refs = self.told.get("things", ())
        found = [(kind, ref) for kind in CONTEXT for ref in refs if ref.startswith(f"{kind}:")]
        return [(kind, hooks.title_of(ref)) for kind, ref in found[:6]]

    @property
    def signed(self) -> str:
        signature = self.told.get("signature")
        return wording.meaning(signature["meaning"]) if signature else ""

    @property
    def photos(self) -> list[str]:
        """The photos the entry speaks of."""
        data = self.told.get("data", {})
        listed = data.get("photos")
        found = [str(p) for p in listed] if isinstance(listed, list) else []
        if data.get("kind") == "photo":
            found += [r.removeprefix("file:") for r in self.told["things"] if r.startswith("file:")]
        return list(dict.fromkeys(found))[:4]


@dataclass
class Gathered:
    """What there is for a candidate: real work by criterion, and rehearsals apart."""

    pieces: dict[str, Piece]
    by_target: dict[str, list[Piece]]
    training: list[Piece]

    def covered(self) -> set[str]:
        """The criteria that at least one standing piece speaks for. A coverage, never a score."""
        return {t for t, found in self.by_target.items() if any(not p.withdrawn for p in found)}


def gather(of: CandidateFile, targets: Iterable[str] | None = None, *, per_kind: int = PER_KIND) -> Gathered:
    """The evidence of a file, for some criteria or for all of them."""
    if of.collecting_from is None:
        return Gathered({}, {}, [])
    known = maps.of(of.reference.code)
    asked = None if targets is None else set(targets)
    wanted = {t: r for t, r in known.items() if asked is None or t in asked}
    notes = {n.key: n for n in of.evidence_notes.all()}
    tied = [
        n.event
        for n in notes.values()
        if n.event and (set(n.targets) if asked is None else asked & set(n.targets))
    ]
    facts = _facts(of, {s.what for r in wanted.values() for s in r.sought}, tied, per_kind)
    pieces = _pieces(facts, wanted, notes)
    pieces |= {key: _added(note, asked) for key, note in notes.items() if note.added}
    return _sorted(pieces)


def _facts(of: CandidateFile, kinds: set[str], tied: list[str], per_kind: int) -> list[Fact]:
    """The candidate's own entries since they were told: the latest of each kind, and those they tied themselves."""
    mine = Fact.objects.filter(by=of.person, seq__gt=of.collecting_from_seq or 0)
    if of.concluded_at:
        mine = mine.filter(recorded_at__lte=of.concluded_at)
    latest = {f.pk: f for what in sorted(kinds) for f in mine.filter(what=what).order_by("-seq")[:per_kind]}
    found = [*latest.values(), *(f for f in mine.filter(event__in=tied) if f.pk not in latest)]
    # What happened before the candidate was told never counts, even when it was written down later.
    return [f for f in found if of.collecting_from and f.happened_at >= of.collecting_from]


def _pieces(
    facts: list[Fact], wanted: dict[str, mapping.Reach], notes: dict[str, EvidenceNote]
) -> dict[str, Piece]:
    told = {f.pk: journal.told(f) for f in facts}
    gestures = _gestures(ref for env in told.values() for ref in env["things"])
    rehearsed = _rehearsed(told.values())
    before = _links_before(facts)
    corrected = journal.corrections_of([str(f.event) for f in facts])
    by_kind: dict[str, list[tuple[str, mapping.Reach, mapping.Sought]]] = defaultdict(list)
    for target, reach in wanted.items():
        for sought in reach.sought:
            by_kind[sought.what].append((target, reach, sought))
    found: dict[str, Piece] = {}
    for fact in facts:
        env, key = told[fact.pk], str(fact.event)
        gesture = next((gestures[r] for r in env["things"] if r in gestures), "")
        note = notes.get(key)
        targets = {t: r.reach for t, r, s in by_kind[fact.what] if s.fits(env["data"], gesture)}
        targets |= {t: mapping.SUPPORTS for t in (note.targets if note else []) if t not in targets}
        if targets:
            found[key] = _piece(fact, env, targets, note)
            found[key].whole = _holds(fact, before)
            found[key].training = bool(rehearsed & set(env["things"]))
            found[key].corrected = key in corrected
    return found


def _piece(fact: Fact, env: dict[str, Any], targets: dict[str, str], note: EvidenceNote | None) -> Piece:
    return Piece(
        key=str(fact.event),
        at=fact.happened_at,
        digest=digest_of(fact),
        what=fact.what,
        told=env,
        seq=fact.seq,
        targets=targets,
        note=note,
    )


def digest_of(fact: Fact) -> str:
    """What stands for an entry wherever it is cited."""
    return hashlib.sha256(fact.envelope.encode()).hexdigest()


def _links_before(facts: list[Fact]) -> dict[tuple[str, int], str]:
    """The links each shown entry hangs on."""
    wanted = {f.seq - 1 for f in facts if f.seq > 1}
    rows = Fact.objects.filter(seq__in=wanted, chain__in={f.chain for f in facts})
    return {(chain, seq): said for chain, seq, said in rows.values_list("chain", "seq", "link")}


def _holds(fact: Fact, before: dict[tuple[str, int], str]) -> bool:
    """Whether the entry is the one that was chained: its text gives its link again."""
    previous = genesis(fact.chain) if fact.seq == 1 else before.get((fact.chain, fact.seq - 1), "")
    envelope = json.loads(fact.envelope)
    same = envelope["by"] == fact.by and envelope["what"] == fact.what
    return (
        same
        and canonical(envelope) == fact.envelope.encode()
        and link(previous, digest(fact.envelope.encode())) == fact.link
    )


def _gestures(refs: Iterable[str]) -> dict[str, str]:
    """The kind of each procedure named, by its reference."""
    codes = {r for r in refs if r.startswith("procedure:")}
    return {p.ref: p.kind for p in procedures.procedures() if p.ref in codes} if codes else {}


def _rehearsed(envelopes: Iterable[dict[str, Any]]) -> set[str]:
    """The machines that are simulated and the builds made on them: what was done there is a rehearsal."""
    codes = machines.simulated()
    if not codes:
        return set()
    named = {r for env in envelopes for r in env["things"] if r.startswith("build:")}
    among = builds.builds().filter(machine__in=codes, code__in={r.removeprefix("build:") for r in named})
    on_them = among.values_list("code", flat=True)
    return {f"machine:{c}" for c in codes} | {f"build:{c}" for c in on_them}


def _added(note: EvidenceNote, targets: Iterable[str] | None) -> Piece:
    """What the candidate brings themselves: a document, a photo, an account of work done elsewhere."""
    wanted = set(note.targets) if targets is None else set(note.targets) & set(targets)
    return Piece(
        key=note.key,
        at=note.at,
        title=note.title,
        digest=note.digest,
        targets=dict.fromkeys(sorted(wanted), mapping.SUPPORTS),
        note=note,
        attachment=note.attachment,
    )


def _sorted(pieces: dict[str, Piece]) -> Gathered:
    by_target: dict[str, list[Piece]] = defaultdict(list)
    training = []
    for piece in sorted(pieces.values(), key=lambda p: (p.at, p.seq), reverse=True):
        if piece.training:
            training.append(piece)
            continue
        for target in piece.targets:
            by_target[target].append(piece)
    return Gathered(pieces, dict(by_target), training)


def fact_of(of: CandidateFile, key: str) -> Fact | None:
    """An entry that may be evidence in this file: the candidate's own, since they were told."""
    fact = journal.by_event(key) if len(key) == 36 else None
    if fact is None or fact.by != of.person or of.collecting_from is None:
        return None
    return fact if fact.happened_at >= of.collecting_from else None


def rehearsal(fact: Fact) -> bool:
    """Whether an entry comes from a simulated machine."""
    env = journal.told(fact)
    return bool(_rehearsed([env]) & set(env["things"]))


def training_of(person: str, limit: int = 60) -> list[Piece]:
    """The rehearsals of a trainee, with or without a file: shown as training, never as proof of real work."""
    codes = machines.simulated()
    if not codes:
        return []
    facts = list(Fact.objects.filter(by=person).order_by("-seq")[: limit * 5])
    told = {f.pk: journal.told(f) for f in facts}
    rehearsed = _rehearsed(told.values())
    shown = [f for f in facts if rehearsed & set(told[f.pk]["things"])][:limit]
    return [_piece(f, told[f.pk], {}, None) for f in shown]

"""What happened to a damaged chain: altered, removed, moved, repeated or cut, and exactly where."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from strate.kernels.sealing.canonical import digest
from strate.kernels.sealing.findings import Finding
from strate.kernels.sealing.links import Entry, Mark

# What no link can be, whatever a stranger wrote.
UNREADABLE = "unreadable"


class Record(NamedTuple):
    """What is kept of an entry: the number beside it, what it says inside, and its fingerprints."""

    seq: int
    inside: int | None
    chain: str | None
    digest: str
    link: str


class Scene(NamedTuple):
    """What is trusted around the damage: name, start, signed checkpoints (`proven`: the last good one)."""

    chain: str
    seq: int
    head: str
    heads: dict[int, str]
    end: Mark | None
    proven: int


def diagnose(entries: Iterable[Entry], scene: Scene) -> list[Finding]:
    """Findings for the part of a chain that starts at `scene.seq` after the sound link `scene.head`."""
    placed = _place([_record(entry) for entry in entries], scene)
    kept: dict[int, Record] = {}
    foreign: set[int] = set()
    findings = list(_set_aside(placed, scene, kept, foreign))
    findings += _renumbered(kept)
    findings += _out_of_order([at for at, record in placed if kept.get(at) is record])
    findings += _gaps(sorted(kept), scene)
    broken = list(_broken_links(kept, foreign, scene))
    findings += broken
    findings += _rewritten(kept, scene, {finding.seq for finding in broken} | foreign)
    return sorted(findings, key=lambda finding: (finding.seq or 0, finding.code))


def _record(entry: Entry) -> Record:
    if entry.envelope is None:
        return Record(entry.seq, None, None, entry.digest or "", entry.link)
    fingerprint = digest(entry.envelope.encode("utf-8", "surrogatepass"))
    try:
        inside = json.loads(entry.envelope)
        number, name = inside["seq"], inside["chain"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return Record(entry.seq, -1, None, fingerprint, entry.link)
    number = number if type(number) is int else -1
    return Record(entry.seq, number, name if isinstance(name, str) else None, fingerprint, entry.link)


def _follows(previous: str, record: Record, link: str | None = None) -> bool:
    made = _link(previous, record.digest)
    return made != UNREADABLE and made == (link or record.link)


def _link(previous: str, fingerprint: str) -> str:
    try:
        return digest(bytes.fromhex(previous) + bytes.fromhex(fingerprint))
    except ValueError:
        return UNREADABLE


def _place(records: list[Record], scene: Scene) -> list[tuple[int, Record]]:
    """Give each record its true number: the one its links prove, whatever number was written beside it."""
    placed: list[tuple[int, Record]] = []
    previous, expected = scene.head, scene.seq
    for index, record in enumerate(records):
        at = record.seq
        if _follows(previous, record):
            at = expected if record.inside is None else record.inside
        elif record.inside is not None and record.inside != record.seq and index + 1 < len(records):
            after = records[index + 1]
            if after.inside == record.inside + 1 and _follows(record.link, after):
                at = record.inside
        placed.append((at, record))
        previous, expected = record.link, at + 1
    return placed


def _set_aside(
    placed: list[tuple[int, Record]], scene: Scene, kept: dict[int, Record], foreign: set[int]
) -> Iterator[Finding]:
    """Name strangers, repeats and what lies beyond the end; fill `kept` with one record per number."""
    claims: dict[int, list[Record]] = defaultdict(list)
    for at, record in placed:
        claims[at].append(record)
    strangers: list[tuple[int, Record]] = []
    best: dict[int, tuple[int, int]] = {}
    for index, (at, record) in enumerate(placed):
        if record.chain not in (None, scene.chain) and not _proven(at, record, claims, scene):
            strangers.append((at, record))
            yield Finding("foreign_chain", at, {"chain": record.chain or ""})
        elif scene.end is not None and at > scene.end.count:
            yield Finding("added_fact", at, {"count": scene.end.count})
        elif at < scene.seq:
            yield Finding("duplicated_fact", at)
        else:
            if at in best:
                yield Finding("duplicated_fact", at)
            rivals = len(claims[at]) > 1
            score = 4 * _proven(at, record, claims, scene) + _in_place(index, placed, scene) if rivals else 0
            best[at] = max(best.get(at, (score, -index)), (score, -index))
    kept.update({at: placed[-index][1] for at, (_, index) in best.items()})
    for at, record in strangers:
        if at >= scene.seq and at not in kept and (scene.end is None or at <= scene.end.count):
            kept[at] = record
            foreign.add(at)


def _in_place(index: int, placed: list[tuple[int, Record]], scene: Scene) -> int:
    """How many neighbours in the file its number calls for: tells a copy from the original."""
    at = placed[index][0]
    before = placed[index - 1][0] if index else scene.seq - 1
    after = placed[index + 1][0] if index + 1 < len(placed) else None
    return (before == at - 1) + (after == at + 1)


def _proven(at: int, record: Record, claims: dict[int, list[Record]], scene: Scene) -> bool:
    """Whether a neighbour or a checkpoint vouches for the link of this record."""
    if at in scene.heads:
        return scene.heads[at] == record.link
    before = [scene.head] if at == scene.seq else [other.link for other in claims.get(at - 1, [])]
    return any(_follows(previous, record) for previous in before) or any(
        _follows(record.link, after) for after in claims.get(at + 1, [])
    )


def _renumbered(kept: dict[int, Record]) -> Iterator[Finding]:
    """Facts whose number was changed beside them, one finding per run of neighbours."""
    first = last = -1
    for at in sorted(at for at, record in kept.items() if record.seq != at):
        if first >= 0 and at != last + 1:
            yield Finding("renumbered_fact", first, {"first": first, "last": last})
            first = -1
        first, last = (at if first < 0 else first), at
    if first >= 0:
        yield Finding("renumbered_fact", first, {"first": first, "last": last})


def _out_of_order(found: list[int]) -> Iterator[Finding]:
    """One finding per smallest stretch in which the facts are all there but not in their order."""
    begin: int | None = None
    furthest = -1
    for here, right in zip(found, sorted(found), strict=True):
        if begin is None and here != right:
            begin = right
        furthest = max(furthest, here)
        if begin is not None and furthest == right:
            yield Finding("reordered_fact", begin, {"first": begin, "last": right})
            begin = None


def _gaps(numbers: list[int], scene: Scene) -> Iterator[Finding]:
    expected = scene.seq
    for number in numbers:
        if number > expected:
            yield Finding("missing_fact", expected, {"first": expected, "last": number - 1})
        expected = number + 1
    signed = max(scene.heads, default=0)
    if expected <= signed:
        yield Finding("truncated_chain", expected, {"found": expected - 1, "count": signed})


def _broken_links(kept: dict[int, Record], foreign: set[int], scene: Scene) -> Iterator[Finding]:
    """Facts that their links betray; the next link tells whether the fact or its link was changed."""
    links = {scene.seq - 1: scene.head}
    doubtful = set(foreign)
    for at in sorted(kept):
        record = kept[at]
        after = kept.get(at + 1) if at + 1 not in foreign else None
        previous = scene.heads.get(at - 1, links.get(at - 1))
        links[at] = record.link
        if at in foreign or (previous is not None and _follows(previous, record)):
            continue
        vouched = scene.heads.get(at) == record.link or (after is not None and _follows(record.link, after))
        if not vouched:
            doubtful.add(at)
        if previous is None:
            continue
        should_be = _link(previous, record.digest)
        if at - 1 in doubtful and at - 1 not in scene.heads:
            yield Finding("unproven_fact", at)
        elif scene.heads.get(at) == should_be or (after is not None and _follows(should_be, after)):
            links[at] = should_be
            doubtful.discard(at)
            yield Finding("altered_link", at)
        else:
            yield Finding("broken_link" if record.inside is None else "altered_fact", at)


def _rewritten(kept: dict[int, Record], scene: Scene, explained: set[int | None]) -> Iterator[Finding]:
    """Stretches whose links agree with one another but not with the checkpoint signed at their end."""
    first = scene.proven + 1
    for count in sorted(scene.heads):
        record = kept.get(count)
        if record is not None and record.link != scene.heads[count] and count not in explained:
            yield Finding("rewritten_chain", first, {"first": first, "last": count})
        first = max(first, count + 1)

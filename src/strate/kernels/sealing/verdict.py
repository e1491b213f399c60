"""What anyone may say of a dossier after checking it: line by line, what holds and what does not."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from strate.kernels.sealing import keys
from strate.kernels.sealing.canonical import NotCanonical, digest, read_canonical
from strate.kernels.sealing.chain import verify_chain
from strate.kernels.sealing.checkpoint import Checkpoint, verify_checkpoint
from strate.kernels.sealing.findings import Finding
from strate.kernels.sealing.links import Entry, Mark
from strate.kernels.sealing.manifest import FORMAT, SIGNATURE_KIND


class NotADossier(ValueError):
    """The file is something else; `code` is worded in words.py."""

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass
class Verdict:
    """`holds` and `findings` are worded in words.py; `remarks` is what only a person can judge."""

    title: str = ""
    key_id: str = ""
    holds: list[Finding] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    remarks: list[Finding] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether everything holds."""
        return not self.findings

    def said(self, code: str, /, **values: str | int) -> None:
        """Note something that holds."""
        self.holds.append(Finding(code, None, values))

    def found(self, code: str, /, seq: int | None = None, **values: str | int) -> None:
        """Note something that does not hold."""
        self.findings.append(Finding(code, seq, values))

    def remarked(self, code: str, /, **values: str | int) -> None:
        """Note something to be judged by the reader."""
        self.remarks.append(Finding(code, None, values))


Lookup = Callable[[str], tuple[str, int] | None]


@dataclass(frozen=True)
class Manifest:
    """A `dossier.json` whose shape was checked; nothing in it is trusted yet."""

    raw: bytes
    chain: str
    opening: str | None
    checkpoints: list[str]
    sealing: str
    facts: list[Entry]
    attachments: list[dict[str, Any]]
    public_keys: list[str]
    certificate: str | None
    title: str


def read_manifest(raw: bytes, verdict: Verdict) -> Manifest | None:
    """Read `dossier.json` from hostile hands; None (and a finding) when it cannot be understood."""
    try:
        told = read_canonical(raw)
        if not isinstance(told, dict) or told.get("format") != FORMAT:
            raise TypeError("not of the format strate-dossier/1")
        return _shaped(raw, told)
    except (NotCanonical, AttributeError, KeyError, TypeError, ValueError) as error:
        verdict.found("altered_manifest", reason=str(error))
        return None


def _shaped(raw: bytes, told: dict[str, Any]) -> Manifest:
    chain, site = told["chain"], told["site"]
    return Manifest(
        raw,
        _text(chain["id"]),
        None if chain["opening"] is None else _text(chain["opening"]),
        [_text(jws) for jws in chain["checkpoints"]],
        _text(chain["sealing"]),
        [_entry(fact) for fact in chain["facts"]],
        [_attachment(entry) for entry in told["attachments"]],
        [_text(pem) for pem in [site["public_key"], *site["former_public_keys"]]],
        None if site["document_certificate"] is None else _text(site["document_certificate"]),
        str(told["dossier"].get("title", "")),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{str(value)[:40]!r} is not a text")
    return value


def _number(value: Any) -> int:
    if type(value) is not int:
        raise TypeError(f"{str(value)[:40]!r} is not a number")
    return value


def _entry(fact: Any) -> Entry:
    envelope = fact.get("envelope")
    known = None if envelope is not None else _text(fact["digest"])
    return Entry(
        _number(fact["seq"]), _text(fact["link"]), None if envelope is None else _text(envelope), known
    )


def _attachment(entry: Any) -> dict[str, Any]:
    return {"digest": _text(entry["digest"]), "size": _number(entry["size"]), "name": _text(entry["name"])}


def judge(
    manifest: Manifest, signature: str | None, lookup: Lookup, key: str | None, verdict: Verdict
) -> None:
    """Check signature, key, checkpoints, chain and attachments, and say it all in the verdict."""
    verdict.title = manifest.title
    _judge_signature(manifest, signature, key, verdict)
    _judge_chain(manifest, verdict)
    _judge_attachments(manifest, lookup, verdict)


def _judge_signature(manifest: Manifest, signature: str | None, key: str | None, verdict: Verdict) -> None:
    public_pem = manifest.public_keys[0]
    try:
        verdict.key_id = keys.fingerprint(public_pem)
        if signature is None:
            verdict.found("missing_signature")
        elif keys.verify(signature, public_pem, kind=SIGNATURE_KIND) != {"dossier": digest(manifest.raw)}:
            verdict.found("altered_manifest", reason="sha256")
        else:
            verdict.said("signature_holds", key_id=verdict.key_id)
    except keys.BadSignature as error:
        verdict.found("bad_signature", reason=str(error))
    if key is None:
        verdict.remarked("key_to_recognise", key_id=verdict.key_id)
    elif keys.same_fingerprint(key, verdict.key_id):
        verdict.said("key_recognised", key_id=verdict.key_id)
    else:
        verdict.found("unknown_key", key_id=verdict.key_id)


def _judge_chain(manifest: Manifest, verdict: Verdict) -> None:
    before = len(verdict.findings)
    facts, head, first = manifest.facts, None, 1
    if manifest.opening is not None:
        opening = _checkpoint(manifest, "opening", manifest.opening, verdict)
        if opening is not None:
            first, head = opening.count + 1, opening.head
        elif facts:
            first, head = facts[0].seq + 1, facts[0].link
            facts = facts[1:]
    between = [_checkpoint(manifest, "intermediate", jws, verdict) for jws in manifest.checkpoints]
    sealing = _checkpoint(manifest, "sealing", manifest.sealing, verdict)
    found = verify_chain(
        facts,
        chain=manifest.chain,
        start_seq=first,
        start_head=head,
        marks=[Mark(point.count, point.head) for point in between if point],
        end=Mark(sealing.count, sealing.head) if sealing else None,
    )
    verdict.findings += [*found, *_uncanonical_facts(manifest, {finding.seq for finding in found})]
    if len(verdict.findings) == before and sealing is not None:
        whole = sum(fact.envelope is not None for fact in facts)
        verdict.said("checkpoints_hold", at=sealing.at, count=sealing.count)
        verdict.said("chain_holds", first=first, last=sealing.count, whole=whole, sealed=len(facts) - whole)


def _uncanonical_facts(manifest: Manifest, known: set[int | None]) -> Iterator[Finding]:
    """A text with the same key twice can be read in two ways: it is refused even when its links hold."""
    for fact in manifest.facts:
        if fact.envelope is not None and fact.seq not in known:
            try:
                read_canonical(fact.envelope.encode("utf-8", "surrogatepass"))
            except NotCanonical:
                yield Finding("ambiguous_fact", fact.seq)


def _checkpoint(manifest: Manifest, which: str, jws: str, verdict: Verdict) -> Checkpoint | None:
    for public_pem in manifest.public_keys:
        try:
            checkpoint = verify_checkpoint(jws, public_pem)
        except keys.BadSignature:
            continue
        if checkpoint.chain == manifest.chain:
            return checkpoint
        verdict.found("foreign_checkpoint", None, which=which, chain=checkpoint.chain)
        return None
    verdict.found("bad_checkpoint_signature", None, which=which)
    return None


def _judge_attachments(manifest: Manifest, lookup: Lookup, verdict: Verdict) -> None:
    sound = 0
    for listed in manifest.attachments:
        present = lookup(listed["digest"])
        if present is None:
            verdict.found("missing_attachment", name=listed["name"], digest=listed["digest"])
        elif present != (listed["digest"], listed["size"]):
            verdict.found("altered_attachment", name=listed["name"], digest=listed["digest"])
        else:
            sound += 1
    if sound and sound == len(manifest.attachments):
        verdict.said("attachments_hold", count=sound)

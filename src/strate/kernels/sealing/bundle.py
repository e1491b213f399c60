"""The bundle of a dossier: one archive that anyone can check, offline, years later.

How the PDF and the data vouch for each other: a file cannot hold its own fingerprint, so `dossier.json` does
not name the PDF. The PDF embeds `dossier.json` with its signature, then is signed as a PDF; only then is the
finished PDF fingerprinted, and `document.jws` (signed by the site, beside it in the bundle) binds the two.
"""

import hashlib
import os
from pathlib import Path
from typing import IO

from strate.kernels.sealing import container, keys
from strate.kernels.sealing.canonical import digest
from strate.kernels.sealing.manifest import Sealed, Site
from strate.kernels.sealing.verdict import Manifest, NotADossier, Verdict, judge, read_manifest

MANIFEST, SIGNATURE = "dossier.json", "signature.jws"
DOCUMENT, DOCUMENT_SIGNATURE = "document.pdf", "document.jws"
DOCUMENT_KIND = "strate-document+jws"
LARGEST_SIGNATURE = 64 << 10
LARGEST_MANIFEST = 512 << 20


def write_bundle(target: Path, sealed: Sealed, *, site: Site, document: bytes | None = None) -> str:
    """Write `*.dossier.zip` whole or not at all; the finished PDF goes in with it. Returns its SHA-256."""
    members: list[tuple[str, container.Content]] = [
        (MANIFEST, sealed.manifest),
        (SIGNATURE, sealed.signature.encode("ascii")),
    ]
    if document is not None:
        bound = {"document": digest(document), "dossier": digest(sealed.manifest)}
        jws = keys.sign(bound, site.private_pem, kind=DOCUMENT_KIND)
        members += [(DOCUMENT, document), (DOCUMENT_SIGNATURE, jws.encode("ascii"))]
    contents = {attachment.digest: attachment.content for attachment in sealed.attachments}
    members += [(f"attachments/{name}", contents[name]) for name in sorted(contents)]
    part = target.with_name(target.name + ".part")
    with part.open("w+b") as file:
        container.write(file, members)
        file.flush()
        os.fsync(file.fileno())
        file.seek(0)
        fingerprint = hashlib.file_digest(file, "sha256").hexdigest()
    part.replace(target)
    return fingerprint


def verify_bundle(path: Path, *, key: str | None = None) -> Verdict:
    """Check a bundle without network or database; `key` is the site's fingerprint the reader trusts."""
    verdict = Verdict()
    with path.open("rb") as file:
        try:
            found = container.members(file)
        except container.NotAContainer as error:
            file.seek(container.LOCAL_HEADER)
            if file.read(len(MANIFEST)) != MANIFEST.encode():
                raise NotADossier("unknown_archive", reason=str(error)) from error
            verdict.found("damaged_container", reason=str(error))
            return verdict
        _judge_members(file, found, key, verdict)
    return verdict


def _judge_members(file: IO[bytes], found: list[container.Member], key: str | None, verdict: Verdict) -> None:
    by_name = {member.name: member for member in reversed(found)}
    if MANIFEST not in by_name:
        raise NotADossier("archive_without_dossier")
    raw = _read(file, by_name.get(MANIFEST), LARGEST_MANIFEST) or b""
    signature = _read_text(file, by_name.get(SIGNATURE))

    def lookup(name: str) -> tuple[str, int] | None:
        member = by_name.get(f"attachments/{name}")
        return None if member is None else _measure(file, member)

    manifest = read_manifest(raw, verdict)
    if manifest is None:
        return
    judge(manifest, signature, lookup, key, verdict)
    _judge_document(file, by_name, manifest, verdict)
    listed = {f"attachments/{entry['digest']}" for entry in manifest.attachments}
    expected = {MANIFEST, SIGNATURE, DOCUMENT, DOCUMENT_SIGNATURE} | listed
    for member in found:
        if member.name not in expected or by_name[member.name] is not member:
            verdict.found("unexpected_file", name=member.name[:200])
    if verdict.ok and not container.is_as_written(file, found):
        verdict.found("altered_container")


def _judge_document(
    file: IO[bytes], by_name: dict[str, container.Member], manifest: Manifest, verdict: Verdict
) -> None:
    document, jws = by_name.get(DOCUMENT), _read_text(file, by_name.get(DOCUMENT_SIGNATURE))
    if document is None and jws is None:
        verdict.remarked("no_document")
    elif document is None or jws is None:
        verdict.found("missing_document")
    else:
        try:
            bound = keys.verify(jws, manifest.public_keys[0], kind=DOCUMENT_KIND)
        except keys.BadSignature as error:
            verdict.found("bad_document_signature", reason=str(error))
            return
        present, _ = _measure(file, document)
        altered = any(finding.code == "altered_manifest" for finding in verdict.findings)
        if not isinstance(bound, dict) or bound.get("document") != present:
            verdict.found("altered_document")
        elif bound.get("dossier") != digest(manifest.raw) and not altered:
            verdict.found("foreign_document")
        else:
            verdict.said("document_holds")


def _measure(file: IO[bytes], member: container.Member) -> tuple[str, int]:
    hasher, size = hashlib.sha256(), 0
    for chunk in container.content(file, member):
        hasher.update(chunk)
        size += len(chunk)
    return hasher.hexdigest(), size


def _read(file: IO[bytes], member: container.Member | None, most: int) -> bytes | None:
    if member is None or member.size > most:
        return None
    return b"".join(container.content(file, member))


def _read_text(file: IO[bytes], member: container.Member | None) -> str | None:
    data = _read(file, member, LARGEST_SIGNATURE)
    return None if data is None else data.decode("utf-8", "replace")

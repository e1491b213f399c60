"""The dossier handed over: the signed PDF and its archive, each able to prove itself and the other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from strate.kernels.printing import Attached
from strate.kernels.sealing import Entry, digest, public_key, verify_checkpoint
from strate.kernels.sealing.bundle import write_bundle
from strate.kernels.sealing.manifest import Attachment, Sealed, Site, seal_dossier
from strate.kernels.sealing.pdf import certificate_fingerprint
from strate.workshop.dossier.document.render import render_pdf
from strate.workshop.dossier.document.sign import sign_pdf

PICTURES = ("image/png", "image/jpeg")


@dataclass(frozen=True)
class SiteKeys:
    """What a site signs with: Ed25519 for the data, EC P-256 with its certificate for the pages."""

    name: str
    private_pem: bytes = field(repr=False)
    document_key_pem: bytes = field(repr=False)
    document_cert_pem: bytes = field(repr=False)
    former_public_keys: Sequence[str] = ()


@dataclass(frozen=True)
class Issued:
    """Where the two files are, and their fingerprints, to be told in the journal."""

    pdf: Path
    archive: Path
    pdf_sha256: str
    archive_sha256: str
    key_id: str


def issue_dossier(
    summary: Mapping[str, Any],
    *,
    folder: Path,
    keys: SiteKeys,
    chain: str,
    facts: Iterable[Entry],
    sealing: str,
    opening: str | None = None,
    checkpoints: Sequence[str] = (),
    attachments: Sequence[Attachment] = (),
    lang: str = "fr",
    font_paths: Sequence[Path] = (),
    timezone: str = "Europe/Paris",
) -> Issued:
    """Seal, print, sign and write `CODE.pdf` and `CODE.dossier.zip`, with the checkpoint's own `seal`."""
    told = {**summary, "seal": _seal(sealing, keys)}
    site = Site(
        keys.name, keys.private_pem, keys.former_public_keys, certificate_fingerprint(keys.document_cert_pem)
    )
    sealed = seal_dossier(
        told,
        site=site,
        chain=chain,
        facts=facts,
        sealing=sealing,
        opening=opening,
        checkpoints=checkpoints,
        attachments=attachments,
    )
    photos = {a.digest: _bytes(a) for a in attachments if a.media_type in PICTURES}
    pages = render_pdf(
        told, lang=lang, attachments=_inside(sealed), photos=photos, font_paths=font_paths, timezone=timezone
    )
    pdf = sign_pdf(
        pages, key_pem=keys.document_key_pem, cert_pem=keys.document_cert_pem, reason=str(told["title"])
    )
    return _write(folder, str(told["code"]), pdf, sealed, site)


def _write(folder: Path, code: str, pdf: bytes, sealed: Sealed, site: Site) -> Issued:
    name = "".join(sign if sign.isalnum() or sign in "-_." else "_" for sign in code).lstrip(".") or "dossier"
    document, archive = folder / f"{name}.pdf", folder / f"{name}.dossier.zip"
    archive_sha256 = write_bundle(archive, sealed, site=site, document=pdf)
    part = document.with_name(document.name + ".part")
    part.write_bytes(pdf)
    part.replace(document)
    return Issued(document, archive, digest(pdf), archive_sha256, sealed.key_id)


def _seal(sealing: str, keys: SiteKeys) -> dict[str, str | int]:
    checkpoint = verify_checkpoint(sealing, public_key(keys.private_pem))
    return {
        "chain": checkpoint.chain,
        "count": checkpoint.count,
        "head": checkpoint.head,
        "at": checkpoint.at,
        "key_id": checkpoint.key_id,
    }


def _inside(sealed: Sealed) -> list[Attached]:
    return [
        Attached("dossier.json", "application/json", sealed.manifest),
        Attached("signature.jws", "application/jose", sealed.signature.encode("ascii")),
    ]


def _bytes(attachment: Attachment) -> bytes:
    return attachment.content if isinstance(attachment.content, bytes) else attachment.content.read_bytes()

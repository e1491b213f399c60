"""The dossier as data: what was made, every fact of it, and the proof that nothing was taken away."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from strate.kernels.sealing import keys
from strate.kernels.sealing.canonical import canonical, digest
from strate.kernels.sealing.links import Entry

FORMAT = "strate-dossier/1"
SIGNATURE_KIND = "strate-dossier+jws"


@dataclass(frozen=True)
class Attachment:
    """A file that belongs to the dossier; `content` is its bytes, or where to read them."""

    digest: str
    size: int
    media_type: str
    name: str
    content: bytes | Path = field(repr=False)

    @classmethod
    def of(cls, name: str, media_type: str, content: bytes) -> "Attachment":
        """An attachment held in memory, with its digest computed."""
        return cls(digest(content), len(content), media_type, name, content)


@dataclass(frozen=True)
class Site:
    """Who seals: its name, its Ed25519 key, its former ones, the SHA-256 of its document certificate."""

    name: str
    private_pem: bytes = field(repr=False)
    former_public_keys: Sequence[str] = ()
    document_certificate: str | None = None


@dataclass(frozen=True)
class Sealed:
    """`dossier.json` and the signature over its digest; both go into the bundle and into the PDF."""

    manifest: bytes = field(repr=False)
    signature: str
    key_id: str
    attachments: tuple[Attachment, ...] = field(repr=False)


def seal_dossier(
    summary: dict[str, Any],
    *,
    site: Site,
    chain: str,
    facts: Iterable[Entry],
    sealing: str,
    opening: str | None = None,
    checkpoints: Sequence[str] = (),
    attachments: Sequence[Attachment] = (),
) -> Sealed:
    """Gather and sign. `facts`: all those between the two checkpoints, the dossier's own with their words.

    `opening` is the checkpoint signed when the dossier was opened (None: from the first fact of the chain),
    `sealing` the one signed now, `checkpoints` those in between; all are the JWS texts of `sign_checkpoint`.
    """
    public_pem = keys.public_key(site.private_pem)
    manifest = canonical(
        {
            "format": FORMAT,
            "dossier": summary,
            "chain": {
                "id": chain,
                "opening": opening,
                "checkpoints": list(checkpoints),
                "sealing": sealing,
                "facts": [_fact(entry) for entry in facts],
            },
            "attachments": [
                {"digest": a.digest, "size": a.size, "media_type": a.media_type, "name": a.name}
                for a in attachments
            ],
            "site": _site(site, public_pem),
        }
    )
    signature = keys.sign({"dossier": digest(manifest)}, site.private_pem, kind=SIGNATURE_KIND)
    return Sealed(manifest, signature, keys.fingerprint(public_pem), tuple(attachments))


def _site(site: Site, public_pem: str) -> dict[str, Any]:
    return {
        "name": site.name,
        "public_key": public_pem,
        "former_public_keys": list(site.former_public_keys),
        "document_certificate": site.document_certificate,
    }


def _fact(entry: Entry) -> dict[str, str | int]:
    if entry.envelope is not None:
        return {"seq": entry.seq, "link": entry.link, "envelope": entry.envelope}
    if entry.digest is None:
        raise ValueError(f"fact {entry.seq} has neither words nor digest")
    return {"seq": entry.seq, "link": entry.link, "digest": entry.digest}

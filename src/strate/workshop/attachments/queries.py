"""What is attached to what, and whether the files still hold what they held."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from strate.workshop.attachments import rules, store
from strate.workshop.attachments.models import Attachment, AttachmentUse
from strate.workshop.journal.refusals import NotFound, Reason, Refused


@dataclass(frozen=True)
class Finding:
    """A file that is not as it was kept: `missing`, `altered`, or `unknown` (no fact speaks of it)."""

    digest: str
    problem: str
    path: Path


def one(digest: str) -> Attachment:
    found = Attachment.objects.filter(pk=digest).first()
    if not found:
        raise NotFound("no_such_file", digest=digest)
    return found


def need(*digests: str) -> None:
    """Refuse, naming each, when a file was never received."""
    known = set(Attachment.objects.filter(pk__in=digests).values_list("pk", flat=True))
    missing = [Reason("no_such_file", {"digest": d}) for d in dict.fromkeys(digests) if d not in known]
    if missing:
        raise Refused(missing)


def known(digests: Iterable[str]) -> list[str]:
    """Those of these files that were received, each once, in the order asked."""
    asked = list(dict.fromkeys(digests))
    found = set(Attachment.objects.filter(pk__in=asked).values_list("pk", flat=True))
    return [digest for digest in asked if digest in found]


def holds(digest: str) -> bool:
    """Whether a received file still lies in the cupboard as it was received."""
    lying = store.path_of(digest)
    return lying.is_file() and store.digest_of(lying) == digest


def path(digest: str) -> Path:
    """Where a received file lies."""
    return store.path_of(one(digest).digest)


def about(ref: str) -> list[AttachmentUse]:
    """What is attached to a thing, oldest first; each has `.attachment`, `.caption`, `.by`, `.at`."""
    return list(AttachmentUse.objects.filter(about=ref).select_related("attachment"))


def about_kind(kind: str, digests: Iterable[str]) -> dict[str, set[str]]:
    """Which of these files are attached to things of a kind, by the code of each thing; asked once."""
    found: dict[str, set[str]] = {}
    used = AttachmentUse.objects.filter(attachment__in=list(digests), about__startswith=f"{kind}:")
    for about, digest in used.values_list("about", "attachment_id"):
        found.setdefault(about.partition(":")[2], set()).add(digest)
    return found


def verify_all() -> Iterator[Finding]:
    """Read every file again and name those that are missing, altered or unknown."""
    known = set()
    for digest in Attachment.objects.order_by("pk").values_list("pk", flat=True).iterator():
        known.add(digest)
        lying = store.path_of(digest)
        if not lying.is_file():
            yield Finding(digest, "missing", lying)
        elif store.digest_of(lying) != digest:
            yield Finding(digest, "altered", lying)
    for lying in sorted(store.home().glob("??/??/*")):
        if lying.name not in known and rules.is_digest(lying.name):
            yield Finding(lying.name, "unknown", lying)

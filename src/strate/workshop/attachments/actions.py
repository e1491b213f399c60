"""The verbs of attachments: receive a file, attach it to a thing."""

from strate.workshop.attachments import queries, registry
from strate.workshop.attachments.models import Attachment, AttachmentUse
from strate.workshop.attachments.rules import Stored
from strate.workshop.doors.texts import Sentence, Title
from strate.workshop.journal import clock
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.people.roles import permit


def receive(*, by: Actor, stored: Stored) -> Attachment:
    """Note that a file was put in the cupboard; sent twice, it is there once."""
    permit(by, "attachments.receive")
    with act("attachments.received", by=by) as done:
        row, _new = Attachment.objects.get_or_create(digest=stored.digest, defaults=_columns(by, stored))
        done.tell(row, size_bytes=row.size, media_type=row.media_type, original=row.original_digest)
    return row


def attach(*, by: Actor, stored: Stored | str, about: str, caption: str = "") -> Attachment:
    """Attach a file, just kept or known by its digest, to a thing."""
    if isinstance(stored, str):
        queries.need(stored)
        registry.must_open(by, stored)
    permit(by, "attachments.receive")
    with act("attachments.attached", by=by) as done:
        if isinstance(stored, str):
            row = Attachment.objects.get(pk=stored)
        else:
            row, _new = Attachment.objects.get_or_create(digest=stored.digest, defaults=_columns(by, stored))
        AttachmentUse.objects.get_or_create(
            attachment=row,
            about=about,
            defaults={"caption": caption[:300], "at": clock.now(), "by": by.person},
        )
        done.tell(about, row, size_bytes=row.size, media_type=row.media_type, caption=caption[:300])
    return row


def attach_received(*, by: Actor, digest: Title, about: Title, caption: Sentence = "") -> Attachment:
    """Attach a file already received, named by its digest, to a thing."""
    return attach(by=by, stored=digest, about=about, caption=caption)


def _columns(by: Actor, stored: Stored) -> dict[str, object]:
    return {
        "size": stored.size,
        "media_type": stored.media_type,
        "name": stored.name,
        "kind": stored.kind,
        "width": stored.width,
        "height": stored.height,
        "original_digest": stored.original_digest,
        "added_at": clock.now(),
        "added_by": by.person,
    }

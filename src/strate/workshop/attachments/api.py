"""The doors of attachments for programs: send a file, attach it, read what is attached."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile

from strate.workshop.attachments import actions, queries, registry, store
from strate.workshop.doors.pages import actor_of
from strate.workshop.doors.texts import Title
from strate.workshop.doors.verbs import Receipt, Refusal, perform, refusal, status_of, verbs
from strate.workshop.journal.refusals import Refused
from strate.workshop.people.roles import permit

router = Router(tags=["attachments"])
verbs(router, "attachments", actions.attach_received)


class AttachedOut(Schema):
    digest: str
    media_type: str
    kind: str
    size_bytes: int
    name: str
    caption: str
    by: str
    at: datetime


@router.post(
    "/upload",
    response={200: Receipt, 201: Receipt, 401: Refusal, 403: Refusal, 409: Refusal},
    operation_id="attachments.upload",
    by_alias=True,
)
def upload(request: HttpRequest, file: UploadedFile = File(...)) -> Any:  # noqa: B008  ninja reads it from here
    """Send a file: it is kept under its digest, which other verbs then take."""
    try:
        permit(actor_of(request), "attachments.receive")  # before the disk is touched
        stored = store.keep(file, file.name or "")
    except Refused as refused:
        return Status(status_of(refused), refusal(refused))
    return perform(request, actions.receive, {"stored": stored})


@router.get("/about", response=list[AttachedOut], operation_id="attachments.about")
def about(request: HttpRequest, ref: Title) -> Any:
    """What is attached to a thing."""
    return [
        AttachedOut(
            digest=u.attachment_id,
            media_type=u.attachment.media_type,
            kind=u.attachment.kind,
            size_bytes=u.attachment.size,
            name=u.attachment.name,
            caption=u.caption,
            by=u.by,
            at=u.at,
        )
        for u in queries.about(ref)
        if registry.opens(u.attachment, actor_of(request))
    ]

"""The doors of notices for programs."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema, Status

from strate.workshop.doors.pages import actor_of
from strate.workshop.doors.texts import Number
from strate.workshop.doors.verbs import verbs
from strate.workshop.notices import actions, queries
from strate.workshop.work import actions as work

router = Router(tags=["notices"])
verbs(router, "work", work.retry, work.give_up)


class NoticeOut(Schema):
    id: int
    about: str
    code: str
    says: str
    at: datetime


@router.get("/", response=list[NoticeOut], operation_id="notices.unread")
def unread(request: HttpRequest) -> Any:
    """What the caller has not read yet, newest first."""
    return [
        NoticeOut(id=n.pk, about=n.about, code=n.code, says=queries.sentence(n), at=n.at)
        for n in queries.unread(actor_of(request))
    ]


@router.post("/{int:notice}/read", response={204: None}, operation_id="notices.read")
def read(request: HttpRequest, notice: Number) -> Any:
    """Mark a notice as read by the caller."""
    actions.mark_read(by=actor_of(request), notice=notice)
    return Status(204, None)

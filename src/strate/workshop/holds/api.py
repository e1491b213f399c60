"""The doors of holds for programs."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from strate.workshop.doors.texts import Title
from strate.workshop.doors.verbs import verbs
from strate.workshop.holds import actions, queries
from strate.workshop.holds.models import Hold

router = Router(tags=["holds"])
verbs(router, "holds", actions.stop, actions.lift)


class HoldOut(Schema):
    hold: str
    about: str
    code: str
    why: str
    state: str
    placed_by: str
    placed_at: datetime
    liftable_by: list[str]
    origin: str


def _out(hold: Hold) -> HoldOut:
    return HoldOut(
        hold=hold.ref,
        about=hold.about,
        code=hold.code,
        why=queries.why(hold),
        state=hold.state,
        placed_by=hold.placed_by,
        placed_at=hold.placed_at,
        liftable_by=hold.liftable_by,
        origin=hold.origin,
    )


@router.get("/", response=list[HoldOut], operation_id="holds.standing")
def standing(request: HttpRequest, about: Title = "") -> Any:
    """What is stopped now; `about` for one thing only."""
    return [_out(hold) for hold in (queries.on(about) if about else queries.standing_now())]

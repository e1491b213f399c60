"""What is done after the build, over the API."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from strate.workshop.builds import queries as builds
from strate.workshop.doors.verbs import verbs
from strate.workshop.post_processing import actions, queries

router = Router(tags=["post_processing"])
verbs(router, "post_processing", actions.charge, actions.record_cycle, actions.finish)


class CycleOut(Schema):
    id: int
    furnace: str
    recipe: dict[str, Any]
    charged_by: str
    charged_at: datetime
    soak_celsius: Decimal | None
    soak_min: Decimal | None
    highest_celsius: Decimal | None
    quench_s: int | None
    atmosphere: str
    curve: str
    conform: bool | None
    reason: str
    ended_by: str
    ended_at: datetime | None


class FinishingOut(Schema):
    operation: str
    means: str
    plate: str
    plate_left_um: int | None
    by: str
    at: datetime


class AfterOut(Schema):
    recipe: dict[str, Any]
    cycles: list[CycleOut]
    wanted: list[str]
    finishings: list[FinishingOut]


@router.get("/builds/{build}", response=AfterOut, summary="The furnace and the finishings of a build")
def after(request: HttpRequest, build: str) -> Any:
    found = builds.build(build)
    return {
        "recipe": queries.recipe_of(found),
        "cycles": queries.cycles(found.code),
        "wanted": queries.wanted(found),
        "finishings": list(queries.finishings(found.code).values()),
    }

"""What the machines say, for programs: the values now, and the numbers of the last minutes."""

from datetime import datetime, timedelta
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from strate.workshop.machines import queries as hall
from strate.workshop.telemetry import queries

router = Router(tags=["telemetry"])
Minutes = Annotated[int, Query(ge=1, le=240)]


class ReadingOut(Schema):
    name: str
    value: Any
    unit: str
    at: datetime
    quality: str


class NowOut(Schema):
    machine: str
    live: bool
    why: str
    heard_at: datetime | None
    signals: list[ReadingOut]


class CurveOut(Schema):
    name: str
    points: list[Annotated[list[float], Field(min_length=2, max_length=2)]]


@router.get("/now", response=NowOut, operation_id="telemetry.now")
def now(request: HttpRequest, machine: str) -> Any:
    """Every signal of a machine now; not heard, its values are `stale`."""
    found = hall.machine(machine)
    line, readings = queries.hall_now([found.code])[found.code]
    signals = [
        ReadingOut(name=r.name, value=r.value, unit=r.unit, at=r.at, quality=r.quality)
        for r in readings.values()
    ]
    return NowOut(machine=found.code, live=line.live, why=line.why, heard_at=line.heard_at, signals=signals)


@router.get("/history", response=CurveOut, operation_id="telemetry.history")
def history(request: HttpRequest, machine: str, name: str, minutes: Minutes = 15) -> Any:
    """The numbers of one signal over the last minutes, as (seconds before now, value)."""
    found = hall.machine(machine)
    points = queries.curves(found.code, {name}, since=timedelta(minutes=minutes))
    return CurveOut(name=name, points=points[name])

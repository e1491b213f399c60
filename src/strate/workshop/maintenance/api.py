"""The doors of maintenance for programs: tasks, what is due, rounds, requests."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema, Status

from strate.workshop.doors.verbs import Refusal, refusal, verbs
from strate.workshop.journal import clock
from strate.workshop.journal.refusals import Refused
from strate.workshop.maintenance import actions, queries

router = Router(tags=["maintenance"])
verbs(
    router,
    "maintenance",
    actions.write_task,
    actions.retire_task,
    actions.load_defaults,
    actions.start_round,
    actions.record,
    actions.request,
)


class TaskOut(Schema):
    code: str
    title_fr: str
    title_en: str
    machine: str
    machine_kind: str
    family: str
    level: int
    trigger: str
    limit: str
    counter: str
    blocking: bool
    source: str


class StandingOut(Schema):
    task: str
    level: int
    status: str
    blocking: bool
    last_at: datetime | None
    last_by: str


@router.get("/tasks", response=list[TaskOut], operation_id="maintenance.tasks")
def tasks(request: HttpRequest) -> Any:
    """Every care in service."""
    names = [name for name in TaskOut.model_fields if name != "limit"]
    return [
        TaskOut(limit="" if t.limit is None else str(t.limit), **{name: getattr(t, name) for name in names})
        for t in queries.tasks()
    ]


@router.get("/due/{machine}", response={200: list[StandingOut], 404: Refusal}, operation_id="maintenance.due")
def due(request: HttpRequest, machine: str) -> Any:
    """How every care of a machine stands now: due, fine, or its counter is not read."""
    try:
        found = queries.standings(machine, clock.now())
    except Refused as refused:
        return Status(404, refusal(refused))
    standings = [
        StandingOut(
            task=s.task.code,
            level=s.task.level,
            status=s.status,
            blocking=s.task.blocking,
            last_at=s.last.at if s.last else None,
            last_by=s.last.by if s.last else "",
        )
        for s in found
    ]
    return Status(200, standings)

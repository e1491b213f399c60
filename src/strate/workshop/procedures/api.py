"""The doors of the procedures for programs: every verb, and where each gesture stands."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema, Status

from strate.workshop.doors.verbs import Refusal, refusal, verbs
from strate.workshop.journal.refusals import Refused
from strate.workshop.procedures import actions, queries

router = Router(tags=["procedures"])
verbs(
    router,
    "procedures",
    actions.author,
    actions.edit,
    actions.submit,
    actions.take_back,
    actions.approve,
    actions.retire,
    actions.load_defaults,
    actions.start,
    actions.do_step,
    actions.correct_step,
    actions.interrupt,
    actions.resume,
    actions.abandon,
    actions.still_working,
)


class ProcedureVersionOut(Schema):
    procedure: str
    kind: str
    title_fr: str
    title_en: str
    number: int
    state: str
    digest: str
    authored_by: str
    approved_by: str
    steps: list[dict[str, Any]]


class StepOut(Schema):
    step: str
    kind: str
    outcome: dict[str, Any]
    deviation: bool
    by: str
    at: datetime
    fact: str


class RunOut(Schema):
    run: int
    procedure: str
    version: int
    about: list[str]
    state: str
    started_by: str
    started_at: datetime
    next_step: str
    done: list[StepOut]


@router.get("/versions", response=list[ProcedureVersionOut], operation_id="procedures.versions")
def versions(request: HttpRequest, kind: str = "") -> Any:
    """Every version of every procedure, or of one kind."""
    return [_version(v) for p in queries.procedures(kind) for v in p.versions.all()]


@router.get("/runs", response=list[RunOut], operation_id="procedures.runs")
def runs(request: HttpRequest, about: str = "") -> Any:
    """What is under way or interrupted; with `about`, every gesture made about that thing."""
    return [_run(r) for r in (queries.runs_about(about) if about else queries.open_runs())]


@router.get("/runs/{run}", response={200: RunOut, 404: Refusal}, operation_id="procedures.run")
def run(request: HttpRequest, run: int) -> Any:
    """One gesture, with all that was entered."""
    try:
        return Status(200, _run(queries.run(run)))
    except Refused as refused:
        return Status(404, refusal(refused))


def _version(v: Any) -> ProcedureVersionOut:
    p = v.procedure
    return ProcedureVersionOut(
        procedure=p.code,
        kind=p.kind,
        title_fr=v.heading.get("title_fr", p.title_fr),
        title_en=v.heading.get("title_en", p.title_en),
        number=v.number,
        state=v.state,
        digest=v.digest,
        authored_by=v.authored_by,
        approved_by=v.approved_by,
        steps=v.steps,
    )


def _run(r: queries.ProcedureRun) -> RunOut:
    current = queries.current_step(r)
    done = [
        StepOut(
            step=d.step, kind=d.kind, outcome=d.outcome, deviation=d.deviation, by=d.by, at=d.at, fact=d.event
        )
        for d in queries.steps_done(r).values()
    ]
    return RunOut(
        run=r.pk,
        procedure=r.procedure.code,
        version=r.version.number,
        about=r.about,
        state=r.state,
        started_by=r.started_by,
        started_at=r.started_at,
        next_step=current["code"] if current and r.state in ("open", "interrupted") else "",
        done=done,
    )

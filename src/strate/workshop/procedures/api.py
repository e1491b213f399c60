"""The doors of the procedures for programs: every verb, and where each gesture stands."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema, Status

from strate.workshop.doors.verbs import ReasonOut, Refusal, Strict, refusal, verbs
from strate.workshop.journal import clock
from strate.workshop.journal.refusals import Refused
from strate.workshop.procedures import actions, queries, sheets
from strate.workshop.procedures.actions.importing import SheetText, look

router = Router(tags=["procedures"])
PAGE = 50
verbs(
    router,
    "procedures",
    actions.author,
    actions.copy,
    actions.edit,
    actions.head,
    actions.write_step,
    actions.move_step,
    actions.copy_step,
    actions.remove_step,
    actions.import_sheet,
    actions.write_sheet,
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
    actions.watch,
    actions.begin_reading,
    actions.end_watch,
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
    return [_version(v) for v in queries.versions(kind)]


class LookedOut(Schema):
    """What a sheet would change, before anything is kept."""

    problems: list[ReasonOut]
    owed: list[ReasonOut]
    against: int
    same: bool
    changes: list[dict[str, Any]]


class SheetIn(Strict):
    text: SheetText


@router.post("/look", response=LookedOut, operation_id="procedures.look")
def look_at(request: HttpRequest, payload: SheetIn) -> Any:
    """Read a sheet without keeping it: every mistake with its line, every difference with what is here."""
    looked = look(payload.text)
    return LookedOut(
        problems=refusal(Refused(looked.problems)).reasons if looked.problems else [],
        owed=refusal(Refused([reason for _line, reason in looked.owed])).reasons if looked.owed else [],
        against=looked.against.number if looked.against else 0,
        same=looked.same,
        changes=[asdict(change) for change in looked.changes],
    )


_SHEET = {
    "responses": {
        200: {
            "description": "The version as YAML, see /modes-operatoires/schema.json",
            "content": {"application/yaml": {"schema": {"type": "string"}}},
        }
    }
}


@router.get(
    "/versions/{procedure}/{number}.yaml",
    response={404: Refusal},
    operation_id="procedures.sheet",
    openapi_extra=_SHEET,
)
def sheet(request: HttpRequest, procedure: str, number: int) -> Any:
    """A version as a sheet that another site can import."""
    try:
        text = sheets.write(sheets.sheet_of(queries.version(procedure, number)))
    except Refused as refused:
        return Status(404, refusal(refused))
    return HttpResponse(text, content_type="application/yaml; charset=utf-8")


class SlotOut(Schema):
    planned_at: datetime
    state: str
    run: int


@router.get(
    "/readings/{watch}", response={200: list[SlotOut], 404: Refusal}, operation_id="procedures.readings"
)
def readings(request: HttpRequest, watch: int) -> Any:
    """Every reading owed: read, late, missed, filled in afterwards, still to come."""
    try:
        found = queries.watch(watch)
    except Refused as refused:
        return Status(404, refusal(refused))
    owed = queries.slots(found, at=clock.now())
    slots = [SlotOut(planned_at=s.planned_at, state=s.state, run=s.made.run if s.made else 0) for s in owed]
    return Status(200, slots)


@router.get("/runs", response=list[RunOut], operation_id="procedures.runs")
def runs(request: HttpRequest, about: str = "", page: int = Query(0, ge=0, le=100_000)) -> Any:
    """What is under way or interrupted; with `about`, the gestures made about that thing; with `page`, all of them."""
    if page > 0:
        found = queries.all_runs(about)[(page - 1) * PAGE : page * PAGE]
        return [_run(r) for r in found]
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

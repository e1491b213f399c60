"""A build over the API: the same verbs as the pages, its state, its path and its layers."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema

from strate.workshop.builds import actions, pace, path, queries, registry
from strate.workshop.builds.models import Build
from strate.workshop.doors.pages import actor_of
from strate.workshop.doors.verbs import ReasonOut, refusal, verbs
from strate.workshop.journal.refusals import Reason, Refused

router = Router(tags=["builds"])
verbs(
    router,
    "builds",
    actions.prepare,
    actions.abandon,
    actions.arrange_plate,
    actions.place_copy,
    actions.check_means,
    actions.send_file,
    actions.read_parameters,
    actions.prepare_machine,
    actions.launch,
    actions.say_start,
    actions.decide_interruption,
    actions.open_chamber,
    actions.weigh_back,
    actions.explain_balance,
    actions.close,
)


class OnPlate(Schema):
    order: str
    part: str
    revision: str
    quantity: int


class StopOut(Schema):
    layer: int
    cause: str
    started_at: datetime
    ended_at: datetime | None
    oxygen_max_ppm: int | None
    opened: bool
    decision: str
    decided_by: str
    reason: str


class BuildOut(Schema):
    code: str
    machine: str
    state: str
    material: str
    routing: str
    file_name: str
    file_digest: str
    machine_digest: str
    layer_um: int
    layers_planned: int
    layers_done: int
    need_mg: int
    parts_mg: int
    loaded_share: str | None
    prepared_at: datetime
    launched_at: datetime | None
    ended_at: datetime | None
    opened_at: datetime | None
    orders: list[OnPlate]
    interruptions: list[StopOut]
    balance: dict[str, Any]


class CopyOut(Schema):
    label: str
    order: str
    file_digest: str
    x_um: int
    y_um: int
    turn_mdeg: int


class PlateOut(Schema):
    width_mm: int
    depth_mm: int
    margin_mm: str
    gap_mm: str
    checked_every_mm: float | None
    shapes: dict[str, Any]
    copies: list[CopyOut]


class DurationOut(Schema):
    """Seconds from the first layer to the last; without them `why_not` says why nobody can tell."""

    seconds: int | None
    error_s: int | None
    error_percent: str | None
    builds: int
    beyond: bool
    why_not: str


class BuildGestureOut(Schema):
    phase: str
    code: str
    title: str
    state: str
    url: str
    note: str


class GateOut(Schema):
    open: bool
    used_share: str
    ceiling: str | None
    powder_mg: int
    lots: list[str]
    fitted: list[str]
    reasons: list[ReasonOut]


SAME = ("code", "machine", "state", "material", "file_name", "file_digest", "machine_digest", "layer_um")
SAME += (
    "layers_planned",
    "layers_done",
    "need_mg",
    "parts_mg",
    "prepared_at",
    "launched_at",
    "ended_at",
    "opened_at",
)


def _out(found: Build) -> dict[str, Any]:
    return {
        **{name: getattr(found, name) for name in (*SAME, "balance")},
        "routing": queries.rules.routing_name(found.routing),
        "loaded_share": None if found.loaded_share is None else str(found.loaded_share),
        "orders": list(found.orders.values("order", "part", "revision", "quantity")),
        "interruptions": list(found.interruptions.values()),
    }


@router.get("/builds", response=list[BuildOut], summary="The builds, latest first")
def list_builds(
    request: HttpRequest,
    q: str = "",
    limit: int = Query(50, ge=1, le=500),
    offset: int = Query(0, ge=0, le=10**7),
) -> Any:
    return [_out(each) for each in queries.search(q)[offset : offset + limit]]


@router.get("/builds/{code}", response=BuildOut, summary="One build")
def one_build(request: HttpRequest, code: str) -> Any:
    return _out(queries.build(code))


@router.get(
    "/builds/{code}/path",
    response=list[BuildGestureOut],
    summary="The gestures of a build, done and to do, for the caller",
)
def build_path(request: HttpRequest, code: str) -> Any:
    found = path.of(queries.build(code), actor_of(request))
    words = ("title", "note")
    return [{**vars(g), **{name: str(getattr(g, name)) for name in words}} for g in found]


@router.get(
    "/builds/{code}/layers", response=dict[str, Any], summary="The strata: run lengths of layers by state"
)
def build_layers(request: HttpRequest, code: str) -> Any:
    return registry.layers(queries.build(code)) or {}


@router.get(
    "/builds/{code}/plate",
    response=PlateOut | None,
    summary="The plate seen from above, when it was laid out",
)
def build_plate(request: HttpRequest, code: str) -> Any:
    found = queries.build(code)
    return {**found.plate, "copies": list(found.copies.values())} if found.plate else None


@router.get(
    "/builds/{code}/duration", response=DurationOut, summary="How long the build should take, and how sure"
)
def build_duration(request: HttpRequest, code: str) -> Any:
    told = pace.duration(queries.build(code))
    known = told.foretold
    return {
        "seconds": int(known.seconds) if known else None,
        "error_s": int(known.error_s) if known else None,
        "error_percent": str(known.error_percent) if known else None,
        "builds": told.builds,
        "beyond": bool(known and known.beyond),
        "why_not": told.why_not,
    }


@router.get("/builds/{code}/gate", response=GateOut, summary="What the launch gate sees now, for the caller")
def build_gate(request: HttpRequest, code: str) -> Any:
    gate = queries.gate(queries.build(code), by=actor_of(request))
    return {
        "open": not gate.reasons,
        "used_share": str(gate.used_share),
        "ceiling": None if gate.ceiling is None else str(gate.ceiling),
        "powder_mg": gate.powder_mg,
        "lots": gate.lots,
        "fitted": gate.fitted,
        "reasons": _spoken(gate.reasons),
    }


def _spoken(reasons: list[Reason]) -> list[ReasonOut]:
    return refusal(Refused(reasons)).reasons if reasons else []

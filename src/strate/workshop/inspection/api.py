"""Inspection over the API: pieces, checks, measurements, gauges."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema, Status

from strate.workshop.builds import queries as builds
from strate.workshop.doors.verbs import verbs
from strate.workshop.inspection import actions, queries, rules, scanning
from strate.workshop.inspection.models import Piece, Scan
from strate.workshop.journal.refusals import RuleBroken
from strate.workshop.parts.showing import ASK_AGAIN_S, Wait
from strate.workshop.parts.views import StillWorking

router = Router(tags=["inspection"])
verbs(
    router,
    "inspection",
    actions.enter_gauge,
    actions.calibrate,
    actions.retire_gauge,
    actions.number_pieces,
    actions.look,
    actions.measure,
    actions.weigh_density,
    actions.sort,
    actions.send_scan,
)


class GaugeOut(Schema):
    code: str
    title: str
    kind: str
    unit: str
    resolution: Decimal | None
    calibrated_on: date | None
    due_on: date | None
    state: str


class CheckOut(Schema):
    conform: bool
    defects: list[str]
    photos: list[str]
    note: str
    by: str
    at: datetime


class MeasurementOut(Schema):
    name: str
    value: Decimal
    unit: str
    lower: Decimal | None
    upper: Decimal | None
    gauge: str
    conform: bool
    corrected: bool
    by: str
    at: datetime


class PieceOut(Schema):
    serial: str
    build: str
    order: str
    part: str
    revision: str
    state: str
    reason: str
    checks: list[CheckOut]
    measurements: list[MeasurementOut]


class ControlOut(Schema):
    name: str
    nominal: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    unit: str
    gauge: str
    source: str


def _piece(found: Piece) -> dict[str, Any]:
    same = ("serial", "build", "order", "part", "revision", "state", "reason")
    return {
        **{name: getattr(found, name) for name in same},
        "checks": list(found.checks.all()),
        "measurements": list(found.measurements.all()),
    }


@router.get("/gauges", response=list[GaugeOut], summary="The gauges in service with their calibration")
def gauges(request: HttpRequest) -> Any:
    names = ("code", "title", "kind", "unit", "resolution", "calibrated_on", "due_on")
    return [{**{n: getattr(g, n) for n in names}, "state": queries.gauge_state(g)} for g in queries.gauges()]


@router.get(
    "/builds/{build}/pieces",
    response=list[PieceOut],
    summary="The pieces of a build with what was seen on them",
)
def pieces(
    request: HttpRequest,
    build: str,
    limit: int = Query(500, ge=1, le=2000),
    offset: int = Query(0, ge=0, le=10**7),
) -> Any:
    found = queries.pieces(builds.build(build).code)
    return [_piece(each) for each in found[offset : offset + limit]]


@router.get("/builds/{build}/controls", response=list[ControlOut], summary="What the routing wants measured")
def controls(request: HttpRequest, build: str) -> Any:
    return queries.controls(builds.build(build).code)


@router.get("/pieces/{serial}", response=PieceOut, summary="One piece")
def piece(request: HttpRequest, serial: str) -> Any:
    return _piece(queries.piece(serial))


class ScanOut(Schema):
    number: int
    piece: str
    name: str
    scan: str
    nominal: str
    gauge: str
    lower: Decimal
    upper: Decimal
    state: str
    answer: dict[str, Any]
    by: str
    at: datetime
    ended_at: datetime | None


def _scan(found: Scan) -> dict[str, Any]:
    same = ("name", "nominal", "gauge", "lower", "upper", "state", "answer", "by", "at", "ended_at")
    plain = {name: getattr(found, name) for name in same}
    return {"number": found.pk, "piece": found.piece.serial, "scan": found.file, **plain}


@router.get("/pieces/{serial}/scans", response=list[ScanOut], summary="The scans of a piece, the last first")
def scans(request: HttpRequest, serial: str) -> Any:
    return [_scan(found) for found in queries.scans(queries.piece(serial))]


@router.get("/scans/{number}", response=ScanOut, summary="One scan beside its nominal")
def scan(request: HttpRequest, number: rules.Number) -> Any:
    return _scan(queries.scan(number))


@router.get(
    "/scans/{number}/deviations",
    response={202: Wait},
    summary="Where a scan deviates, for a picture",
    url_name="inspection.deviations",
)
def scan_deviations(request: HttpRequest, number: rules.Number) -> Any:
    """Little-endian float32, four a point: x, y, z, deviation, in mm, in the frame of the nominal."""
    found = queries.scan(number)
    if not found.answer.get("figures"):
        raise RuleBroken("scan_not_compared", number=number)
    try:
        return HttpResponse(scanning.deviations(found), content_type="application/octet-stream")
    except StillWorking:
        return Status(202, Wait(wait_s=ASK_AGAIN_S))

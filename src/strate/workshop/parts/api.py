"""Parts and their exchange files, for programs: a file is verified as it is sent."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile

from strate.workshop.doors.pages import actor_of
from strate.workshop.doors.verbs import Receipt, Refusal, perform, refusal, status_of, verbs
from strate.workshop.journal.refusals import Refused
from strate.workshop.parts import actions, comparing, exchange, queries, showing, shown
from strate.workshop.parts.models import ExchangeFile, Part
from strate.workshop.parts.rules import DEFAULT_LAYER_UM, Layer, Revision
from strate.workshop.people.roles import permit

router = Router(tags=["parts"])
router.add_router("", showing.router)
router.add_router("", comparing.router)
verbs(router, "parts", actions.enter, actions.approve_file)
PER_PAGE = 200


class UploadIn(Schema):
    part: str
    revision: Revision
    layer_um: Layer = DEFAULT_LAYER_UM
    machine: str = ""


class PartOut(Schema):
    ref: str
    code: str
    title: str
    customer: str


class FileOut(Schema):
    part: str
    revision: str
    sha256: str
    name: str
    size_bytes: int
    state: str
    usable: bool
    why_not: str
    findings: list[str]
    verdict: dict[str, Any]
    added_by: str
    added_at: datetime
    approved_by: str


@router.post(
    "/upload",
    response={200: Receipt, 201: Receipt, 401: Refusal, 403: Refusal, 404: Refusal, 409: Refusal},
    operation_id="parts.upload",
    by_alias=True,
)
def upload(request: HttpRequest, asked: Form[UploadIn], file: File[UploadedFile]) -> Any:
    """Send an exchange file: verified at once; a refused one is kept with its reasons, never made."""
    try:
        permit(actor_of(request), "parts.add_file")  # before the disk is touched
        part = queries.part(asked.part)
        read = exchange.verified(file, file.name or "", layer_um=asked.layer_um, machine=asked.machine)
    except Refused as refused:
        return Status(status_of(refused), refusal(refused))
    return perform(request, actions.add_file, {"part": part.code, "revision": asked.revision, **read})


@router.get("/parts", response=list[PartOut], operation_id="parts.parts")
def parts(request: HttpRequest, text: str = "", page: Annotated[int, Query(ge=1, le=100_000)] = 1) -> Any:
    """The parts, 200 a page."""
    start = (page - 1) * PER_PAGE
    return [_part(p) for p in queries.parts(text.replace("\x00", ""))[start : start + PER_PAGE]]


@router.get("/files", response=list[FileOut], operation_id="parts.files")
def files(request: HttpRequest, part: str) -> Any:
    """The exchange files of a part with their verdicts, latest first."""
    return [_file(f) for f in queries.files(queries.part(part).code)]


def _part(p: Part) -> PartOut:
    return PartOut(ref=p.ref, code=p.code, title=p.title, customer=p.customer)


def _file(f: ExchangeFile) -> FileOut:
    seen = shown.file_shown(f)
    same = ("revision", "name", "state", "verdict", "added_by", "added_at", "approved_by")
    plain = {name: getattr(f, name) for name in same}
    findings = [each.said for each in seen.findings]
    told = {"usable": seen.usable, "why_not": seen.why_not, "findings": findings}
    return FileOut(part=f.part.code, sha256=f.digest, size_bytes=f.size, **plain, **told)

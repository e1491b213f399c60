"""The door of the gateways: signals in, orders out, files out, answers in (see strate.gateway.contract)."""

from datetime import datetime
from typing import Annotated, Any

from django.http import FileResponse, HttpRequest
from ninja import Path, Router, Schema
from pydantic import AwareDatetime, Field, JsonValue

from strate.workshop.attachments import queries as attachments
from strate.workshop.attachments.rules import is_digest
from strate.workshop.doors.pages import actor_of
from strate.workshop.journal.refusals import NotFound, RuleBroken
from strate.workshop.machines import actions as machines
from strate.workshop.machines import queries as hall
from strate.workshop.telemetry import actions

router = Router(tags=["gateway"])
_PLAIN = r"^[^\x00-\x1f\x7f]*$"
# Room for a whole spooled batch after this first number.
LAST = 2**63 - 10_000
# How the nodes of a machine are named; the only profile so far.
MAPPING = "strate-lpbf"
Digest = Annotated[str, Path(max_length=64)]


class SignalIn(Schema):
    name: str = Field(min_length=1, max_length=60, pattern=_PLAIN)
    value: JsonValue = None
    unit: str = Field("", max_length=20, pattern=_PLAIN)
    at: AwareDatetime
    received_at: AwareDatetime | None = None
    quality: str = Field("good", max_length=12, pattern=_PLAIN)


class BatchIn(Schema):
    machine: str = Field(max_length=40, pattern=_PLAIN)
    source: str = Field(min_length=1, max_length=80, pattern=_PLAIN)
    first: int = Field(ge=0, le=LAST)
    signals: list[SignalIn] = Field(max_length=5000)


class Kept(Schema):
    kept: int


class FollowedOut(Schema):
    code: str
    driver: str
    endpoint: str
    mapping: str


class WaitingCommandOut(Schema):
    id: str
    verb: str
    args: dict[str, Any]
    expires_at: datetime | None


class AnswerIn(Schema):
    ok: bool
    code: str = Field("", max_length=80, pattern=_PLAIN)
    values: dict[str, JsonValue] = {}


def _only_a_gateway(request: HttpRequest) -> None:
    if "machine" not in actor_of(request).roles:
        raise RuleBroken("not_allowed", right="gateway", lifted_by=("admin",))


@router.post("/signals", response=Kept, operation_id="gateway.signals")
def signals(request: HttpRequest, batch: BatchIn) -> Kept:
    """Keep a batch of signals of one machine; sent twice, it is kept once."""
    _only_a_gateway(request)
    raw = [s.model_dump(mode="json", exclude_none=True) | {"value": s.value} for s in batch.signals]
    return Kept(
        kept=actions.ingest(machine=batch.machine, source=batch.source, first=batch.first, signals=raw)
    )


@router.get("/commands", response=list[WaitingCommandOut], operation_id="gateway.commands")
def commands(request: HttpRequest, machine: str) -> list[WaitingCommandOut]:
    """The orders waiting for a machine, oldest first."""
    _only_a_gateway(request)
    found = hall.waiting_commands(hall.machine(machine).code)
    return [WaitingCommandOut(id=str(c.id), verb=c.verb, args=c.args, expires_at=c.expires_at) for c in found]


@router.post("/commands/{command_id}/result", response=Kept, operation_id="gateway.answer")
def result(request: HttpRequest, command_id: str, answer: AnswerIn) -> Kept:
    """What the machine answered to an order; sent twice, it is taken once."""
    _only_a_gateway(request)
    machines.answer(
        by=actor_of(request), command=command_id, ok=answer.ok, code=answer.code, values=answer.values
    )
    return Kept(kept=1)


@router.get("/machines", response=list[FollowedOut], operation_id="gateway.machines")
def machines_to_follow(request: HttpRequest) -> list[FollowedOut]:
    """The connected machines in service, as a gateway follows them; asked again every few seconds."""
    _only_a_gateway(request)
    return [
        FollowedOut(code=m.code, driver=m.driver, endpoint=m.endpoint, mapping=MAPPING)
        for m in hall.machines().exclude(driver="")
    ]


@router.get("/files/{sha256}", operation_id="gateway.file")
def file(request: HttpRequest, sha256: Digest) -> FileResponse:
    """The bytes of an exchange file, by their digest."""
    _only_a_gateway(request)
    path = attachments.path(sha256) if is_digest(sha256) else None
    if path is None or not path.is_file():
        raise NotFound("no_such_file", digest=sha256)
    return FileResponse(path.open("rb"), content_type="application/octet-stream")

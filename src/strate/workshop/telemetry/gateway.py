"""The door of the gateways: signals in, orders out, files out, answers in (the contract is in strate.gateway.contract)."""

from datetime import datetime
from typing import Any

from django.http import FileResponse, HttpRequest
from ninja import Router, Schema
from pydantic import Field

from strate.workshop.attachments import queries as attachments
from strate.workshop.doors.pages import actor_of
from strate.workshop.journal.refusals import RuleBroken
from strate.workshop.machines import actions as machines
from strate.workshop.machines import queries as hall
from strate.workshop.telemetry import actions

router = Router(tags=["gateway"])


class SignalIn(Schema):
    name: str = Field(max_length=60)
    value: float | int | str | bool | None = None
    unit: str = ""
    at: datetime
    received_at: datetime | None = None
    quality: str = "good"


class BatchIn(Schema):
    machine: str = Field(max_length=40)
    source: str = Field(max_length=80)
    first: int = Field(ge=0)
    signals: list[SignalIn] = Field(max_length=5000)


class Kept(Schema):
    kept: int


class CommandOut(Schema):
    id: str
    verb: str
    args: dict[str, Any]


class AnswerIn(Schema):
    ok: bool
    code: str = ""
    values: dict[str, Any] = {}


def _only_a_gateway(request: HttpRequest) -> None:
    if "machine" not in actor_of(request).roles:
        raise RuleBroken("not_allowed", right="gateway", lifted_by=("admin",))


@router.post("/signals", response=Kept, operation_id="gateway.signals")
def signals(request: HttpRequest, batch: BatchIn) -> Kept:
    """Keep a batch of signals of one machine; sent twice, it is kept once."""
    _only_a_gateway(request)
    raw = [s.model_dump(mode="json") for s in batch.signals]
    return Kept(kept=actions.ingest(machine=batch.machine, source=batch.source, first=batch.first, signals=raw))


@router.get("/commands", response=list[CommandOut], operation_id="gateway.commands")
def commands(request: HttpRequest, machine: str) -> list[CommandOut]:
    """The orders waiting for a machine, oldest first."""
    _only_a_gateway(request)
    return [CommandOut(id=str(c.id), verb=c.verb, args=c.args) for c in hall.waiting_commands(machine)]


@router.post("/commands/{command_id}/result", response=Kept, operation_id="gateway.answer")
def result(request: HttpRequest, command_id: str, answer: AnswerIn) -> Kept:
    """What the machine answered to an order."""
    _only_a_gateway(request)
    machines.answer(by=actor_of(request), command=command_id, ok=answer.ok, code=answer.code, values=answer.values)
    return Kept(kept=1)


@router.get("/files/{sha256}", operation_id="gateway.file")
def file(request: HttpRequest, sha256: str) -> FileResponse:
    """The bytes of an exchange file, by their digest."""
    _only_a_gateway(request)
    return FileResponse(attachments.path(sha256).open("rb"), content_type="application/octet-stream")

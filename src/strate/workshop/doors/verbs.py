"""From an API call to an act: every verb of a room, published from the action's own signature."""

import inspect
import re
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any, get_type_hints
from uuid import uuid4

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import ConfigDict, create_model, model_validator

from strate.workshop.doors import wording
from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.pages import actor_of, device_time, fingerprint
from strate.workshop.journal import queries
from strate.workshop.journal.actions import Order, commanding
from strate.workshop.journal.refusals import AlreadyDone, Refused, RuleBroken

# A zero byte, which PostgreSQL keeps in no text, and half a letter of UTF-16, which nothing writes down.
BROKEN = re.compile("[\0\ud800-\udfff]")


class Receipt(Schema):
    """A fact as it was written: the same answer however often the command is sent."""

    fact: str
    seq: int
    what: str
    things: list[str]
    data: dict[str, Any]
    happened_at: datetime
    recorded_at: datetime
    link: str


class ReasonOut(Schema):
    code: str
    why: str
    source: str
    lifted_by: list[str]
    overridable: bool


class Refusal(Schema):
    """All the reasons why nothing was done."""

    reasons: list[ReasonOut]


class Strict(Schema):
    """A body: nothing unknown in it, and only texts that a database can keep."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _can_be_kept(cls, values: Any) -> Any:
        if holds_a_broken_sign(values):
            raise ValueError("a text holds a zero byte or half a letter")
        return values


def holds_a_broken_sign(value: Any) -> bool:
    """Anywhere inside; a deeper nest than any action asks for is refused by the types."""
    if isinstance(value, str):
        return BROKEN.search(value) is not None
    if isinstance(value, dict):
        return any(holds_a_broken_sign(each) for pair in value.items() for each in pair)
    return isinstance(value, list) and any(holds_a_broken_sign(each) for each in value)


def refusal(refused: Refused) -> Refusal:
    """A refusal as the API tells it, worded in the caller's language."""
    return Refusal(
        reasons=[
            ReasonOut(
                code=r.code,
                why=wording.refusal(r),
                source=wording.source(r),
                lifted_by=list(r.lifted_by),
                overridable=r.overridable,
            )
            for r in refused.reasons
        ]
    )


def verbs(router: Router, room: str, *actions: Callable[..., Any]) -> None:
    """Publish each action as `POST /api/<room>/<verb>`; its keyword arguments are the body, its docstring the help."""
    for action in actions:
        _publish(router, room, action)


def _publish(router: Router, room: str, action: Callable[..., Any]) -> None:
    body = _body(room, action)

    def door(request: HttpRequest, payload: Any) -> Any:
        return perform(request, action, payload.model_dump())

    # Ninja reads the types from the signature, and this one is known only now.
    door.__annotations__ = {"request": HttpRequest, "payload": body}
    door.__name__ = f"{room}_{action.__name__}"
    door.__doc__ = action.__doc__
    router.post(
        f"/{action.__name__}",
        response={200: Receipt, 201: Receipt, 401: Refusal, 403: Refusal, 404: Refusal, 409: Refusal},
        operation_id=f"{room}.{action.__name__}",
        summary=(action.__doc__ or action.__name__).strip().splitlines()[0],
        by_alias=True,
    )(door)


def _body(room: str, action: Callable[..., Any]) -> type[Schema]:
    hints = get_type_hints(action, include_extras=True)
    fields: dict[str, Any] = {}
    for name, parameter in inspect.signature(action).parameters.items():
        if name == "by":
            continue
        default = ... if parameter.default is inspect.Parameter.empty else parameter.default
        fields[name] = (hints.get(name, str), default)
    title = "".join(part.capitalize() for part in f"{room}_{action.__name__}".split("_")) + "In"
    return create_model(title, __base__=Strict, **fields)


def perform(request: HttpRequest, action: Callable[..., Any], values: dict[str, Any]) -> Any:
    """Carry out a verb under its idempotency key; the first time 201, the same receipt with 200 afterwards."""
    headers = request.headers
    key = headers.get("Idempotency-Key", "")[:80] or str(uuid4())
    at, offset = device_time(headers.get("X-Happened-At", ""), headers.get("X-Device-Now", ""))
    pin = headers.get("X-Strate-Pin", "")
    try:
        actor = hooks.prove(request, pin) if pin else actor_of(request)
        asked = fingerprint(f"{action.__module__}.{action.__name__}", values, actor.person)
        order = Order(key, asked, at, offset)
        with commanding(order):
            action(by=actor, **values)
        if not order.written:
            raise RuleBroken("nothing_to_do")
        return Status(201, queries.receipt_from(*order.written[0]))
    except AlreadyDone as known:
        return Status(200, queries.receipt_of(known.facts[0]))
    except Refused as refused:
        return Status(status_of(refused), refusal(refused))


def status_of(refused: Refused) -> int:
    codes = {r.code for r in refused.reasons}
    if codes & {"nobody_is_writing", "pin_wrong"}:
        return 401
    if codes & {"not_allowed"}:
        return 403
    return 404 if any(code.startswith("no_such_") for code in codes) else 409


__all__ = ["Decimal", "Receipt", "Refusal", "Schema", "perform", "refusal", "status_of", "verbs"]

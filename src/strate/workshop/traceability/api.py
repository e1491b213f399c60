"""The doors of traceability for programs: a trace both ways with exact shares, what a recall concerns."""

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import TypeAdapter

from strate.kernels.genealogy import written
from strate.workshop.doors.texts import Title
from strate.workshop.doors.verbs import Refusal, verbs
from strate.workshop.feedstock import queries as feedstock
from strate.workshop.traceability import actions, queries
from strate.workshop.traceability.queries import recall as recalling

router = Router(tags=["traceability"])
verbs(router, "traceability", actions.recall)
ANYTHING = TypeAdapter[Any](Any)


class OriginOut(Schema):
    lot: str
    share: str
    origin: str
    material: str
    supplier: str
    supplier_lot: str
    heat: str


class WentOut(Schema):
    build: str
    share: str


class LotShareOut(Schema):
    lot: str
    share: str


class MadeOfOut(Schema):
    sum: str
    origins: list[OriginOut]
    lots: int
    builds: list[WentOut]


class UsedInOut(Schema):
    lots: list[LotShareOut]
    builds: list[WentOut]
    parts: list[dict[str, Any]]


class TracedPropertyOut(Schema):
    """`basis`: measured, certificate, predicted by mixing, unknown; `predicted`: what mixing alone would give."""

    code: str
    basis: str
    value: str
    unit: str
    predicted: str


class WorthOut(Schema):
    """What the powder carries: how used and old, hours at temperature, properties."""

    used_share: str
    age_max: int
    age_mean: str
    hours_mean: str | None
    hours_max: str | None
    hours_basis: str
    builds_without_hours: list[str]
    declared: list[str]
    properties: list[TracedPropertyOut]


class TraceOut(Schema):
    ref: str
    place: str
    made_of: MadeOfOut | None
    used_in: UsedInOut | None
    worth: WorthOut | None
    holds: list[dict[str, str]]
    anomalies: list[dict[str, str]]


@router.get(
    "/trace/{ref}", response={200: TraceOut, 404: Refusal, 409: Refusal}, operation_id="traceability.trace"
)
def trace(
    request: HttpRequest, ref: Title, ways: Literal["both", "back", "forth"] = "both", lines: bool = False
) -> Any:
    """What a lot, a build, a piece or a container is made of, and what was made of it, in shares that sum to one.

    Shares are decimal numbers of 38 places, exact. `ways` asks one way only; `lines` adds every pour on the way.
    """
    told = queries.answer(ref, ways=ways, lines=lines)
    return _as_it_is(told)


class CalledOut(Schema):
    serial: str
    part: str
    revision: str
    order: str
    customer: str
    build: str
    state: str
    build_state: str
    machine: str
    share: str


@router.get(
    "/parts-made-of/{lot}",
    response={200: list[CalledOut], 404: Refusal},
    operation_id="traceability.parts_made_of",
)
def parts_made_of(request: HttpRequest, lot: Title) -> Any:
    """Every numbered part made of a lot, whose it is and where it is: the list of a recall."""
    of = recalling.concerned(feedstock.lot(lot))
    names = CalledOut.model_fields
    told = [
        {name: getattr(each, name) for name in names} | {"share": written(each.share)}
        for each in recalling.parts_called(of)
    ]
    return _as_it_is(told)


def _as_it_is(told: Any) -> HttpResponse:
    """Ten thousand lots in an answer: written as they are, not checked one by one a second time."""
    return HttpResponse(ANYTHING.dump_json(told), content_type="application/json; charset=utf-8")

"""Orders over the API: the same verbs as the pages, and their reads."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema

from strate.workshop.doors.texts import Word
from strate.workshop.doors.verbs import verbs
from strate.workshop.orders import actions, queries
from strate.workshop.orders.models import Order

router = Router(tags=["orders"])
verbs(
    router,
    "orders",
    actions.open_order,
    actions.reprioritise,
    actions.reserve,
    actions.give_back,
    actions.count_parts,
    actions.close_order,
    actions.cancel,
)


class OrderOut(Schema):
    code: str
    customer: str
    part: str
    revision: str
    quantity: int
    due_on: date
    priority: int
    routing_code: str
    routing_number: int
    routing_digest: str
    material: str
    state: str
    good: int
    scrap: int
    reserved: int
    left: int


class PlateGroupOut(Schema):
    routing_code: str
    routing_number: int
    material: str
    orders: list[str]


def _order(each: Order) -> dict[str, Any]:
    names = [name for name in OrderOut.model_fields if name != "left"]
    return {name: getattr(each, name) for name in names} | {"left": queries.left_to_make(each)}


@router.get("/queue", response=list[OrderOut], summary="What is to be made, in the order of the queue")
def queue(
    request: HttpRequest, limit: int = Query(100, ge=1, le=1000), offset: int = Query(0, ge=0, le=10_000_000)
) -> Any:
    return [_order(each) for each in queries.queue()[offset : offset + limit]]


@router.get("/orders", response=list[OrderOut], summary="Every order")
def list_orders(
    request: HttpRequest,
    q: Word = "",
    state: Word = "",
    limit: int = Query(100, ge=1, le=1000),
    offset: int = Query(0, ge=0, le=10_000_000),
) -> Any:
    return [_order(each) for each in queries.orders(text=q, state=state)[offset : offset + limit]]


@router.get("/plates", response=list[PlateGroupOut], summary="Waiting orders that may share a plate")
def plates(request: HttpRequest) -> Any:
    return [
        {
            "routing_code": group.routing_code,
            "routing_number": group.routing_number,
            "material": group.material,
            "orders": [each.code for each in group.orders],
        }
        for group in queries.for_plate()
    ]


@router.get("/orders/{code}", response=OrderOut, summary="One order")
def one_order(request: HttpRequest, code: Word) -> Any:
    return _order(queries.order(code))


@router.get(
    "/orders/{code}/routing", response=dict[str, Any], summary="The routing as it was when it was opened"
)
def order_routing(request: HttpRequest, code: Word) -> Any:
    return queries.order(code).routing

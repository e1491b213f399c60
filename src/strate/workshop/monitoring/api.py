"""The layers over the API: mark them, keep their digest, read them."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema

from strate.workshop.builds import queries as builds
from strate.workshop.doors.verbs import verbs
from strate.workshop.monitoring import actions, queries

router = Router(tags=["monitoring"])
verbs(router, "monitoring", actions.mark_layers, actions.keep_layers)


class LayerOut(Schema):
    layer: int
    closed_at: datetime
    seconds: Decimal | None
    state: str
    oxygen_ppm: Decimal | None
    plate_celsius: Decimal | None
    gas_flow_m_s: Decimal | None
    filter_pressure_mbar: Decimal | None


@router.get(
    "/layers/{build}", response=list[LayerOut], summary="The records of the layers after one, in order"
)
def layers(
    request: HttpRequest,
    build: str,
    after: int = Query(0, ge=0, le=10**9),
    limit: int = Query(500, ge=1, le=5000),
) -> Any:
    return queries.since(builds.build(build).code, after, limit)


@router.get(
    "/layers/{build}/summary",
    response=dict[str, Any],
    summary="How many layers of each state, and their digest",
)
def layers_summary(request: HttpRequest, build: str) -> Any:
    return queries.summary(builds.build(build).code)

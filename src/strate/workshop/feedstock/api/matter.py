"""What powder is, over the API: properties, specifications, containers; the verbs of the pages, and reads."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Query, Schema

from strate.workshop.doors.texts import Code, Word
from strate.workshop.doors.verbs import verbs
from strate.workshop.feedstock import actions, queries
from strate.workshop.feedstock.api.life import router
from strate.workshop.feedstock.rules import properties
from strate.workshop.feedstock.rules.properties import Known, Limit, Verdict

verbs(
    router,
    "feedstock",
    actions.certify,
    actions.measure,
    actions.specify,
    actions.approve_limits,
    actions.withdraw_limit,
    actions.new_container,
    actions.change_container,
    actions.retire_container,
)


class PropertyOut(Schema):
    property: str
    unit: str
    families: list[str]
    additive: bool
    kind: str
    words: list[str]


class KnownOut(Schema):
    property: str
    value: str | None
    bound: str
    word: str
    unit: str
    basis: str
    method: str
    instrument: str
    sample: str
    on: date | None


class LimitOut(Schema):
    limit: str
    property: str
    low: str | None
    high: str | None
    wanted: str
    unit: str
    required: bool
    machine_model: str
    routing: str
    source: str
    since: date | None


class VerdictOut(Schema):
    property: str
    state: str
    known: KnownOut | None
    limit: LimitOut | None
    others: list[LimitOut]


class HeldOut(Schema):
    lot: str
    material: str
    mass_mg: int


class ContainerOut(Schema):
    code: str
    kind: str
    place: str
    inside: str
    tare_mg: int | None
    capacity_mg: int | None
    material: str
    holds: list[HeldOut]


def _text(value: Any) -> str | None:
    return None if value is None else format(value, "f")


def _known(each: Known) -> dict[str, Any]:
    names = ("bound", "word", "unit", "basis", "method", "instrument", "sample", "on")
    return {"property": each.code, "value": _text(each.value), **{n: getattr(each, n) for n in names}}


def _limit(each: Limit) -> dict[str, Any]:
    names = ("wanted", "unit", "required", "machine_model", "routing", "source", "since")
    bounds = {"low": _text(each.low), "high": _text(each.high)}
    return {"limit": each.ref, "property": each.code, **bounds, **{n: getattr(each, n) for n in names}}


def _verdict(each: Verdict) -> dict[str, Any]:
    return {
        "property": each.code,
        "state": each.state,
        "known": _known(each.known) if each.known else None,
        "limit": _limit(each.limit) if each.limit else None,
        "others": [_limit(other) for other in each.others],
    }


@router.get(
    "/properties", response=list[PropertyOut], summary="The words of matter: what may be told of a lot"
)
def list_properties(request: HttpRequest) -> Any:
    names = ("unit", "families", "additive", "kind", "words")
    return [
        {"property": each.code, **{name: getattr(each, name) for name in names}}
        for each in properties.VOCABULARY.values()
    ]


@router.get(
    "/lots/{code}/properties", response=list[VerdictOut], summary="What is known of a lot beside its limits"
)
def lot_properties(request: HttpRequest, code: Word, machine_model: Word = "", routing: Code = "") -> Any:
    return [_verdict(each) for each in queries.verdicts_of(queries.lot(code), machine_model, routing)]


@router.get(
    "/materials/{code}/specification",
    response=list[LimitOut],
    summary="The approved lines that apply, the most specific first",
)
def specification(request: HttpRequest, code: Word, machine_model: Word = "", routing: Code = "") -> Any:
    return [_limit(each) for each in queries.limits_for(queries.material(code).code, machine_model, routing)]


@router.get("/containers", response=list[ContainerOut], summary="The containers in use, with what each holds")
def list_containers(
    request: HttpRequest,
    q: Word = "",
    kind: Word = "",
    limit: int = Query(100, ge=1, le=1000),
    offset: int = Query(0, ge=0, le=10_000_000),
) -> Any:
    found = list(queries.containers(text=q, kind=kind)[offset : offset + limit])
    held = queries.held_in(each.ref for each in found)
    names = ("code", "kind", "place", "inside", "tare_mg", "capacity_mg", "material")
    return [
        {
            **{name: getattr(each, name) for name in names},
            "holds": [
                {"lot": row.lot.code, "material": row.lot.material.code, "mass_mg": row.mass_mg}
                for row in held.get(each.ref, [])
            ],
        }
        for each in found
    ]

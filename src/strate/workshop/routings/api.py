"""Routings over the API: the same verbs as the pages, and their reads."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from strate.workshop.doors.texts import Word
from strate.workshop.doors.verbs import verbs
from strate.workshop.routings import actions, queries
from strate.workshop.routings.models import RoutingVersion
from strate.workshop.routings.rules.content import Number

router = Router(tags=["routings"])
verbs(
    router,
    "routings",
    actions.new_routing,
    actions.new_version,
    actions.edit,
    actions.submit,
    actions.send_back,
    actions.approve,
    actions.retire,
)


class RoutingVersionOut(Schema):
    routing: str
    title: str
    number: int
    state: str
    digest: str
    approved_by: str


class RoutingVersionDetailOut(RoutingVersionOut):
    content: dict[str, Any]


class ChangeOut(Schema):
    path: str
    before: str
    after: str


def _version(each: RoutingVersion) -> dict[str, Any]:
    same = {name: getattr(each, name) for name in ("number", "state", "digest", "approved_by", "content")}
    return {**same, "routing": each.routing.code, "title": each.routing.title}


@router.get("/routings", response=list[RoutingVersionOut], summary="Every version of every routing")
def list_routings(request: HttpRequest, q: Word = "") -> Any:
    return [_version(each) for known in queries.routings(q) for each in known.versions.all()]


@router.get(
    "/routings/{code}/released", response=RoutingVersionDetailOut, summary="The version to produce with"
)
def released(request: HttpRequest, code: Word) -> Any:
    return _version(queries.released(code))


@router.get("/routings/{code}/versions/{number}", response=RoutingVersionDetailOut, summary="One version")
def one_version(request: HttpRequest, code: Word, number: Number) -> Any:
    return _version(queries.version(code, number))


@router.get("/routings/{code}/changes", response=list[ChangeOut], summary="What differs between two versions")
def changes(request: HttpRequest, code: Word, before: Number, after: Number) -> Any:
    found = queries.changes_between(code, before, after)
    return [{"path": c.path, "before": c.before, "after": c.after} for c in found]

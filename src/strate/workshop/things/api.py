"""The doors of things for programs: what a code names, what happened to it, the correction of an entry."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from strate.workshop.doors.pages import actor_of
from strate.workshop.doors.texts import Title
from strate.workshop.doors.verbs import Refusal, verbs
from strate.workshop.journal.refusals import NotFound
from strate.workshop.things import actions, queries, registry

router = Router(tags=["things"])
verbs(router, "things", actions.correct)


class GestureOut(Schema):
    label: str
    url: str


class ThingOut(Schema):
    ref: str
    title: str
    url: str
    state: str
    lines: list[tuple[str, str]]
    gestures: list[GestureOut]


class EntryOut(Schema):
    fact: str
    at: datetime
    says: str
    who: str
    corrected: bool


def thing_out(thing: registry.Thing, more: list[registry.Gesture]) -> ThingOut:
    return ThingOut(
        ref=thing.ref,
        title=str(thing.title),
        url=thing.url,
        state=thing.state,
        lines=[(str(label), str(value)) for label, value in thing.lines],
        gestures=[GestureOut(label=str(g.label), url=g.url) for g in [*thing.gestures, *more]],
    )


@router.get("/search", response=list[ThingOut], operation_id="things.search")
def search(request: HttpRequest, text: Title) -> Any:
    """Things whose code or title holds this text."""
    return [thing_out(t, []) for t in registry.search(text)]


@router.get("/named/{code}", response=list[ThingOut], operation_id="things.named")
def named(request: HttpRequest, code: Title) -> Any:
    """Every thing a scanned code names exactly; several when a bare code is borne by several kinds."""
    return [thing_out(t, []) for t in registry.matching(code)]


@router.get("/{ref}/facts", response={200: list[EntryOut], 404: Refusal}, operation_id="things.facts")
def facts(request: HttpRequest, ref: Title) -> Any:
    """What happened to a thing, newest first, for those whom it is told."""
    if not registry.is_told(ref, actor_of(request)):
        raise NotFound("no_such_thing", thing=ref)
    return [
        EntryOut(fact=e.event, at=e.at, says=e.what, who=e.who, corrected=bool(e.corrected))
        for e in queries.history(ref)
    ]


@router.get("/{ref}", response={200: ThingOut, 404: Refusal}, operation_id="things.one")
def one(request: HttpRequest, ref: Title) -> Any:
    """A thing by its exact reference, and what can be done with it now."""
    return thing_out(registry.find(ref), registry.gestures(ref, actor_of(request)))

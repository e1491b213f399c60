"""The doors of handover for programs."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from strate.workshop.doors.texts import Title, Word
from strate.workshop.doors.verbs import Refusal, verbs
from strate.workshop.handover import actions, queries, registry
from strate.workshop.handover.models import HandoverNote
from strate.workshop.journal import clock

router = Router(tags=["handover"])
verbs(router, "handover", actions.write_handover, actions.acknowledge, actions.take_over)


class NoteOut(Schema):
    note: str
    place: str
    shift: str
    text: str
    watch: list[str]
    machines: list[str]
    author: str
    written_at: datetime
    acknowledged_by: str
    acknowledged_at: datetime | None


class UnfinishedOut(Schema):
    group: str
    title: str
    ref: str
    state: str
    note: str


class ShiftOut(Schema):
    shift: str
    starts_at: datetime
    ends_at: datetime


def _out(note: HandoverNote) -> NoteOut:
    return NoteOut(
        note=note.ref,
        place=note.place,
        shift=note.shift,
        text=note.text,
        watch=note.watch,
        machines=note.machines,
        author=note.author,
        written_at=note.written_at,
        acknowledged_by=note.acknowledged_by,
        acknowledged_at=note.acknowledged_at,
    )


@router.get("/notes", response=list[NoteOut], operation_id="handover.notes")
def notes(request: HttpRequest, place: Title = "", pending: bool = False) -> Any:
    """What was left to the next shift, newest first; `pending` for what nobody has acknowledged."""
    return [_out(n) for n in (queries.pending(place) if pending else queries.notes(place))]


@router.get("/notes/{number}", response={200: NoteOut, 404: Refusal}, operation_id="handover.note")
def note(request: HttpRequest, number: Word) -> Any:
    """One note by its number."""
    return _out(queries.one(number))


@router.get("/unfinished", response=list[UnfinishedOut], operation_id="handover.unfinished")
def unfinished(request: HttpRequest, place: Title = "") -> Any:
    """What is unfinished and must be known by the next shift."""
    return [
        UnfinishedOut(group=str(i.group), title=i.title, ref=i.ref, state=i.state, note=i.note)
        for i in registry.unfinished(place)
    ]


@router.get("/shift", response=ShiftOut, operation_id="handover.shift")
def shift(request: HttpRequest) -> Any:
    """The shift under way."""
    found = queries.shift_at(clock.now())
    return ShiftOut(shift=found.code, starts_at=found.starts_at, ends_at=found.ends_at)

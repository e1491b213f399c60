"""Waste: drums opened, filled by stream, closed, collected; the register keeps every weighing."""

from typing import Annotated

from django.db.models import F
from pydantic import Field

from strate.workshop.doors.texts import Code, Title, Word
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Refused, RuleBroken
from strate.workshop.people.roles import permit
from strate.workshop.safety import queries, rules
from strate.workshop.safety.models import WasteContainer, WasteEntry

Milligrams = Annotated[int, Field(ge=-(10**15), le=10**15)]
WasteCode = Annotated[str, Field(max_length=10)]


def open_drum(
    *, by: Actor, code: Code, stream: Code, waste_code: WasteCode = "", place: Title = ""
) -> WasteContainer:
    """Put a drum in service for one stream of waste; the waste code is yours to choose, or empty."""
    permit(by, "safety.manage_waste")
    _must_be_a_stream(stream)
    if not rules.WASTE_CODE.match(waste_code):
        raise RuleBroken("waste_code_not_usable", typed=waste_code)
    with act("safety.drum_opened", by=by) as done:
        if WasteContainer.objects.filter(code=code).exists():
            raise RuleBroken("drum_exists", drum=f"drum:{code}")
        drum = WasteContainer.objects.create(
            code=code, stream=stream, waste_code=waste_code, place=place, opened_at=done.happened_at
        )
        done.tell(drum, drum=drum.ref, stream=f"stream:flow.{stream}", waste_code=waste_code, place=place)
    return drum


def sort_waste(
    *, by: Actor, stream: Code, mass_mg: Milligrams, container: Word, about: Title = ""
) -> WasteEntry:
    """Put waste in the drum of its stream, weighed; say which build or work it comes from."""
    permit(by, "safety.sort_waste")
    _must_be_a_stream(stream)
    with act("safety.waste_sorted", by=by) as done:
        drum = _locked(container)
        reasons = rules.refuse_drum(
            stream=stream, drum_stream=drum.stream, drum=drum.ref, state=drum.state, mass_mg=mass_mg
        )
        if reasons:
            raise Refused(reasons)
        WasteContainer.objects.filter(pk=drum.pk).update(mass_mg=F("mass_mg") + mass_mg)
        entry = WasteEntry.objects.create(
            container=drum,
            stream=stream,
            mass_mg=mass_mg,
            about=about,
            by=by.person,
            at=done.happened_at,
            event=done.event,
        )
        done.tell(about, drum, drum=drum.ref, stream=f"stream:flow.{stream}", mass_mg=mass_mg, about=about)
    return entry


def close_drum(*, by: Actor, container: Word) -> WasteContainer:
    """Close a full drum: nothing more goes in."""
    return _move(by, container, rules.CLOSED, "safety.drum_closed")


def collect_drum(*, by: Actor, container: Word, collector: Title, tracking_note: Word = "") -> WasteContainer:
    """Hand a closed drum to the collector, with the number of the tracking note."""
    if not collector.strip():
        raise RuleBroken("collector_missing")
    return _move(
        by, container, rules.COLLECTED, "safety.drum_collected", collector.strip(), tracking_note.strip()
    )


def _move(
    by: Actor, code: str, to: str, what: str, collector: str = "", tracking_note: str = ""
) -> WasteContainer:
    permit(by, "safety.manage_waste")
    with act(what, by=by) as done:
        drum = _locked(code)
        if to not in rules.CONTAINER_MOVES[drum.state]:
            raise RuleBroken(f"drum_is_{drum.state}", drum=drum.ref)
        drum.state, drum.collector, drum.tracking_note = to, collector, tracking_note
        drum.collected_at = done.happened_at if to == rules.COLLECTED else None
        drum.save()
        told = {"collector": collector, "tracking_note": tracking_note} if collector else {}
        done.tell(drum, drum=drum.ref, stream=f"stream:flow.{drum.stream}", mass_mg=drum.mass_mg, **told)
    return drum


def _locked(code: str) -> WasteContainer:
    return WasteContainer.objects.select_for_update().get(pk=queries.drum(code).pk)


def _must_be_a_stream(stream: str) -> None:
    if stream not in rules.STREAMS:
        raise RuleBroken("stream_unknown", stream=stream)

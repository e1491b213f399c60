"""Waste: drums opened, filled by stream, closed, collected; the register keeps every weighing."""

from datetime import timedelta
from typing import Annotated, Any

from django.db.models import F
from django.utils import timezone
from pydantic import Field

from strate.workshop.doors.texts import Code, Title, Word
from strate.workshop.journal import clock
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Refused, RuleBroken
from strate.workshop.notices.actions import notify
from strate.workshop.people.roles import permit
from strate.workshop.safety import queries, registry, rules
from strate.workshop.safety.models import WasteContainer, WasteEntry

Milligrams = Annotated[int, Field(ge=-(10**15), le=10**15)]
MONTH = timedelta(days=30)
WasteCode = Annotated[str, Field(max_length=12)]


def open_drum(
    *,
    by: Actor,
    code: Code,
    stream: Code,
    waste_code: WasteCode = "",
    place: Title = "",
    capacity_mg: Milligrams | None = None,
    group: Code = "",
) -> WasteContainer:
    """Put a drum in service for one stream of waste; the waste code is yours to choose, or empty."""
    permit(by, "safety.manage_waste")
    _must_be_a_stream(stream)
    chosen = rules.waste_code(waste_code)
    if capacity_mg is not None and capacity_mg <= 0:
        raise RuleBroken("drum_capacity_not_positive", mass_mg=capacity_mg)
    with act("safety.drum_opened", by=by) as done:
        if WasteContainer.objects.filter(code=code).exists():
            raise RuleBroken("drum_exists", drum=f"drum:{code}")
        drum = WasteContainer.objects.create(
            code=code,
            stream=stream,
            waste_code=chosen,
            code_chosen_by=by.person if chosen else "",
            place=place,
            capacity_mg=capacity_mg,
            group=group,
            wet=stream in rules.WET_STREAMS,
            opened_at=done.happened_at,
        )
        told = {"waste_code": chosen, "place": place, "capacity_mg": capacity_mg, "group": group}
        done.tell(drum, drum=drum.ref, stream=f"stream:flow.{stream}", **told)
    return drum


def choose_waste_code(*, by: Actor, container: Word, waste_code: WasteCode) -> WasteContainer:
    """Choose the waste code of a drum: the producer's choice, with whoever made it."""
    permit(by, "safety.manage_waste")
    chosen = rules.waste_code(waste_code)
    with act("safety.waste_code_chosen", by=by) as done:
        drum = _locked(container)
        if drum.state == rules.COLLECTED:
            raise RuleBroken("drum_is_collected", drum=drum.ref)
        before, drum.waste_code, drum.code_chosen_by = drum.waste_code, chosen, by.person
        drum.save(update_fields=["waste_code", "code_chosen_by"])
        done.tell(drum, drum=drum.ref, waste_code=chosen, before=before)
    return drum


def sort_waste(
    *,
    by: Actor,
    stream: Code,
    mass_mg: Milligrams,
    container: Word,
    about: Title = "",
    material: Code = "",
    lot: Title = "",
    wet: bool = False,
) -> WasteEntry:
    """Put waste in the drum of its stream, weighed; say which build or work it comes from.

    Called inside another act (a sieving, a mass balance), it joins its transaction: all or nothing.
    """
    permit(by, "safety.sort_waste")
    _must_be_a_stream(stream)
    material = material or next((m.material for m in registry.matters_of([lot])), "") if lot else material
    waste = rules.Waste(
        stream, mass_mg, queries.waste_group(material), wet, queries.reacts_with_water(material)
    )
    with act("safety.waste_sorted", by=by) as done:
        drum = _locked(container)
        if reasons := rules.refuse_drum(queries.drum_seen(drum), waste):
            raise Refused(reasons)
        _fill(drum, waste, done.happened_at)
        told: dict[str, Any] = {"mass_mg": mass_mg, "about": about, "material": material, "lot": lot}
        written = {"by": by.person, "at": done.happened_at, "event": done.event}
        entry = WasteEntry.objects.create(container=drum, stream=stream, wet=wet, **told, **written)
        _warn_when_full(by, drum)
        done.tell(about, lot, drum, drum=drum.ref, stream=f"stream:flow.{stream}", **told)
    return entry


def _fill(drum: WasteContainer, waste: rules.Waste, at: Any) -> None:
    """The drum's row is held: of two people at one drum, the second finds what the first put in."""
    WasteContainer.objects.filter(pk=drum.pk).update(
        mass_mg=F("mass_mg") + waste.mass_mg,
        group=drum.group or waste.group,
        wet=drum.wet or waste.wet,
        reactive=drum.reactive or waste.reactive,
        stored_since=drum.stored_since or at,
    )
    drum.refresh_from_db()


def _warn_when_full(by: Actor, drum: WasteContainer) -> None:
    filled = rules.filled_share(drum.mass_mg, drum.capacity_mg)
    if filled is None or filled < rules.NEARLY_FULL or drum.full_told:
        return
    notify(
        by=by, to=["role:hse", "role:shift_leader"], about=drum.ref, code="drum_nearly_full", filled=filled
    )
    WasteContainer.objects.filter(pk=drum.pk).update(full_told=True)


def close_drum(*, by: Actor, container: Word) -> WasteContainer:
    """Close a full drum: nothing more goes in."""
    return _move(by, container, rules.CLOSED, "safety.drum_closed")


def reopen_drum(*, by: Actor, container: Word) -> WasteContainer:
    """Open a closed drum again, not collected yet: it was closed by mistake."""
    return _move(by, container, rules.OPEN, "safety.drum_reopened")


def collect_drum(
    *,
    by: Actor,
    container: Word,
    collector: Title,
    tracking_note: Word = "",
    destination: Title = "",
    mass_mg: Milligrams | None = None,
) -> WasteContainer:
    """Hand a closed drum to the collector, with its destination, its weight and the number of the tracking note."""
    if not collector.strip():
        raise RuleBroken("collector_missing")
    if mass_mg is not None and mass_mg <= 0:
        raise RuleBroken("waste_mass_not_positive", mass_mg=mass_mg)
    handed = {
        "collector": collector.strip(),
        "tracking_note": tracking_note.strip(),
        "destination": destination.strip(),
        "collected_mass_mg": mass_mg,
    }
    return _move(by, container, rules.COLLECTED, "safety.drum_collected", **handed)


def _move(by: Actor, code: str, to: str, what: str, **handed: Any) -> WasteContainer:
    permit(by, "safety.manage_waste")
    with act(what, by=by) as done:
        drum = _locked(code)
        if to not in rules.CONTAINER_MOVES[drum.state]:
            raise RuleBroken(f"drum_is_{drum.state}", drum=drum.ref)
        if to == rules.COLLECTED and not drum.waste_code:
            raise RuleBroken(
                "drum_without_a_code", drum=drum.ref, source="Code env., R. 541-43", lifted_by=("hse",)
            )
        drum.state = to
        if to == rules.CLOSED:
            drum.closed_at, drum.closed_by = done.happened_at, by.person
        if to == rules.COLLECTED:
            drum.collected_at = done.happened_at
        for name, value in handed.items():
            setattr(drum, name, value)
        drum.save()
        told = {name: value for name, value in handed.items() if value not in ("", None)}
        done.tell(drum, drum=drum.ref, stream=f"stream:flow.{drum.stream}", mass_mg=drum.mass_mg, **told)
    return drum


def _locked(code: str) -> WasteContainer:
    return WasteContainer.objects.select_for_update().get(pk=queries.drum(code).pk)


def _must_be_a_stream(stream: str) -> None:
    if stream not in rules.STREAMS:
        raise RuleBroken("stream_unknown", stream=stream)


def remind_drums(*, by: Actor) -> int:
    """Once a month, tell HSE of the drums kept longer than the site allows."""
    today = timezone.localdate(clock.now())
    late = [d for d in queries.stored_too_long(today) if not d.reminded_on or today - d.reminded_on >= MONTH]
    if not late:
        return 0
    with act("safety.drums_reminded", by=by) as done:
        for drum in late:
            notify(by=by, to="role:hse", about=drum.ref, code="drum_stored_too_long", since=drum.stored_since)
        WasteContainer.objects.filter(pk__in=[d.pk for d in late]).update(reminded_on=today)
        done.tell(*late, count=len(late))
    return len(late)

"""What was left to the next shift, and who took it over."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from strate.workshop.handover import rules
from strate.workshop.handover.models import HandoverNote, ShiftTaken
from strate.workshop.handover.rules import Shift
from strate.workshop.journal.refusals import NotFound
from strate.workshop.site import queries as site


def one(note: str) -> HandoverNote:
    """A note by its number (« C-12 »), with or without its kind."""
    number = note.removeprefix("note:").upper().removeprefix("C-")
    known = number.isdecimal() and len(number) < 18
    found = HandoverNote.objects.filter(pk=int(number)).first() if known else None
    if not found:
        raise NotFound("no_such_note", note=note)
    return found


def shift_at(at: datetime) -> Shift:
    """The shift under way, by the hours and the time zone of the site."""
    starts = rules.starts_of(site.value("shift_starts"))
    return rules.shift_at(at, zone=ZoneInfo(site.value("time_zone")), starts=starts)


def _at_place(place: str) -> Q:
    # A note for the whole workshop is for every place; who looks at the whole workshop sees every note.
    return Q(place__in=("", place)) if place else Q()


def pending(place: str = "") -> list[HandoverNote]:
    """What was left and nobody has acknowledged yet, oldest first."""
    found = HandoverNote.objects.filter(_at_place(place), acknowledged_by="")
    return list(found.order_by("written_at", "pk"))


def for_person(person: str, place: str = "") -> list[HandoverNote]:
    """What this person must acknowledge: not what they wrote themselves."""
    return [note for note in pending(place) if note.author != person]


def notes(place: str = "", limit: int = 50) -> "QuerySet[HandoverNote]":
    """What was left lately, newest first."""
    return HandoverNote.objects.filter(_at_place(place))[:limit]


def taken(person: str, *, at: datetime, place: str = "") -> ShiftTaken | None:
    """The shift this person has taken over and is in; a little early or late still counts."""
    return _taken(at, place).filter(person=person).first()


def taken_by_anybody(*, at: datetime, place: str = "") -> ShiftTaken | None:
    """Whoever has taken over this place for the shift under way."""
    return _taken(at, place).first()


def _taken(at: datetime, place: str) -> "QuerySet[ShiftTaken]":
    starts = {shift_at(moment).starts_at for moment in (at - rules.SLACK, at, at + rules.SLACK)}
    places = Q(place__in=("", place)) if place else Q()
    return ShiftTaken.objects.filter(places, shift_starts_at__in=starts)

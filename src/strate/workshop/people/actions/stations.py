"""Enrolling tablets: an administrator says once that this screen is a station of the workshop."""

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from strate.workshop.doors.texts import Code, Minutes, Sentence, Title
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Reason, Refused, RuleBroken
from strate.workshop.people import queries
from strate.workshop.people.models import Station
from strate.workshop.people.roles import permit


def enrol_station(
    *, by: Actor, code: str, title: str, shared: bool = True, place: str = "", idle_minutes: int = 5
) -> tuple[Station, str]:
    """Enrol a tablet or a desk, or again after its cookie was lost; gives the secret its cookie will hold."""
    permit(by, "people.enrol_station")
    code = code.strip()
    if not code:
        raise RuleBroken("station_code_missing")
    _bounds(idle_minutes)
    secret = secrets.token_urlsafe(32)
    with act("people.station_enrolled", by=by) as done:
        station, new = Station.objects.update_or_create(
            code=code,
            defaults={
                "title": title.strip() or code,
                "shared": shared,
                "place": place,
                "idle_minutes": idle_minutes,
                "secret": queries.secret_digest(secret),
                "retired": False,
            },
        )
        done.tell(
            station, f"place:{place}" if place else "", again=not new, shared=shared, idle_min=idle_minutes
        )
    return station, secret


@dataclass(frozen=True)
class Expected:
    """A station of a list: it opens nothing until it is enrolled on the screen itself."""

    code: str
    title: str
    place: str = ""
    shared: bool = True
    idle_minutes: int = 5


def import_stations(*, by: Actor, stations: Sequence[Expected], file_sha256: str = "") -> list[Station]:
    """Enter every station of a list at once, to be enrolled screen by screen: all of them or none, one fact."""
    permit(by, "people.enrol_station")
    known = {s.code for s in queries.stations(also_retired=True)}
    reasons = [Reason("cell_taken", {"value": s.code}) for s in stations if s.code in known]
    if reasons:
        raise Refused(reasons)
    for each in stations:
        _bounds(each.idle_minutes)
    with act("people.stations_imported", by=by) as done:
        created = Station.objects.bulk_create([Station(**asdict(each)) for each in stations])
        done.tell(*created, count=len(created), file_sha256=file_sha256)
    return created


def change_station(
    *, by: Actor, code: Code, title: Title, place: Code = "", idle_minutes: Minutes = 5, shared: bool = True
) -> Station:
    """Change what a station is called, where it stands, and how long it may stay idle."""
    permit(by, "people.enrol_station")
    station = queries.station(code)
    _bounds(idle_minutes)
    with act("people.station_changed", by=by) as done:
        was = {
            "title": station.title,
            "idle_min": station.idle_minutes,
            "place": station.place,
            "shared": station.shared,
        }
        station.title, station.place = title.strip() or code, place
        station.idle_minutes, station.shared = idle_minutes, shared
        station.save(update_fields=["title", "place", "idle_minutes", "shared"])
        done.tell(station, was=was, title=station.title, idle_min=idle_minutes)
    return station


def retire_station(*, by: Actor, code: Code, reason: Sentence = "") -> Station:
    """A tablet is lost or given away: its cookie opens nothing from now on."""
    permit(by, "people.enrol_station")
    station = queries.station(code)
    with act("people.station_retired", by=by, reason=reason) as done:
        station.retired, station.secret = True, ""
        station.save(update_fields=["retired", "secret"])
        done.tell(station)
    return station


def _bounds(idle_minutes: int) -> None:
    if not 1 <= idle_minutes <= 240:
        raise RuleBroken("idle_out_of_bounds", least=1, most=240)

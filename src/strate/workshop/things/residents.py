"""People, stations and places as labelled things: their rooms lie below this one and know no labels."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from strate.workshop.journal.actor import Actor
from strate.workshop.people import queries as people
from strate.workshop.site import queries as site
from strate.workshop.site.wording import ZONES
from strate.workshop.things.registry import Kind, Thing, register


def _person(who: Any) -> Thing:
    lines = [(_("Roles"), ", ".join(people.role_labels(who)) or "—")]
    url = reverse("people:person", kwargs={"code": who.pk})
    return Thing(who.ref, who.name, url, "fine" if who.is_active else "obsolete", lines)


def find_person(code: str) -> Thing | None:
    """By what the journal calls them, or by the badge they show."""
    who = people.people_by_id([code], also_gone=True).get(code) or people.by_badge(code)
    return _person(who) if who else None


def search_people(text: str, limit: int) -> list[Thing]:
    return [_person(who) for who in people.people(search=text)[:limit]]


def told_of_person(code: str, by: Actor) -> bool:
    """Sign-ins, wrong secrets and the rest are told to the person and to who manages accounts."""
    return people.reads_account(by, code)


def told_of_station(code: str, by: Actor) -> bool:
    """Who signs in at a tablet, and when, is no colleague's business either."""
    return people.reads_account(by)


def find_station(code: str) -> Thing | None:
    for station in people.stations(also_retired=True):
        if station.code == code:
            state = "obsolete" if station.retired else "fine"
            return Thing(station.ref, station.title, reverse("people:stations"), state)
    return None


def _place(place: Any) -> Thing:
    lines = [(_("Zone"), str(ZONES.get(place.zone, place.zone)))]
    if place.parent:
        lines.append((_("Inside"), place.parent.title))
    return Thing(
        place.ref, place.title, reverse("site:places"), "obsolete" if place.closed else "fine", lines
    )


def find_place(code: str) -> Thing | None:
    found = {place.code: place for place in site.places(also_closed=True)}.get(code)
    return _place(found) if found else None


def search_places(text: str, limit: int) -> list[Thing]:
    return [_place(place) for place in site.search_places(text, limit)]


register(Kind("person", _("Person"), find_person, search_people, icon="user", told_to=told_of_person))
register(Kind("station", _("Station"), find_station, icon="badge", told_to=told_of_station))
register(Kind("place", _("Place"), find_place, search_places, icon="home"))

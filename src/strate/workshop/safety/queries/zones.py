"""Who may go where, who is inside, what may stand there."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from strate.workshop.journal import clock
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.questions import Question
from strate.workshop.journal.refusals import NotFound, Reason
from strate.workshop.people import queries as people
from strate.workshop.safety import registry, rules
from strate.workshop.safety.models import Zone, ZoneEquipment, ZoneVisit
from strate.workshop.safety.queries.documents import document, read_documents
from strate.workshop.safety.queries.reading import missing_ppe, unread_sheets
from strate.workshop.site import queries as site
from strate.workshop.site.queries import Place

ENTERING = "powder"
_ZONES = Question(lambda *places: Zone.objects.filter(place__in=places))


def conditions(place: str) -> rules.Conditions:
    """What a place asks of whoever enters: as HSE described it, else what the nearest fenced place around it asks."""
    around = _around(place)
    written = _described(around)
    for each in around:
        if each.code in written:
            return _written(written[each.code])
        if each.zone != "none":
            return rules.usual_conditions(each.code, [each.zone])
    return rules.Conditions(place, ())


def _around(place: str) -> list[Place]:
    """The place, then what it lies in, outwards."""
    known = {p.code: p for p in site.places(also_closed=True)}
    found: list[Place] = []
    here = known.get(place.removeprefix("place:"))
    while here is not None and here not in found:
        found.append(here)
        here = known.get(here.parent.code) if here.parent else None
    return found


def _described(around: Iterable[Place]) -> dict[str, Zone]:
    """Those of these places that HSE described, by code."""
    return {zone.place: zone for zone in _ZONES.among(each.code for each in around)}


def _written(zone: Zone) -> rules.Conditions:
    usual = rules.usual_conditions(zone.place, zone.kinds)
    stay = zone.longest_stay_min
    return rules.Conditions(
        zone.place,
        tuple(zone.kinds),
        authorisations=tuple((str(kind), str(scope)) for kind, scope in zone.authorisations),
        documents=tuple(zone.documents),
        materials=tuple(zone.materials),
        ppe=tuple(zone.ppe),
        oxygen_min_percent=zone.oxygen_min_percent,
        second_person=zone.second_person,
        badge=zone.badge,
        longest_stay=timedelta(minutes=stay) if stay else usual.longest_stay,
        source=zone.source,
    )


def entry_reasons(
    by: Actor, place: str, on: date | None = None, given: rules.Given | None = None
) -> list[Reason]:
    """Everything that stands between this person and this place, at this moment.

    Without `given` only what is known beforehand is judged: papers held, documents and sheets read. With it, also
    what the person brings: oxygen read, who stays outside, equipment worn, badge shown.
    """
    asked = conditions(place)
    if not asked.kinds and not asked.authorisations:
        return []
    reasons = paper_reasons(by, asked, on or timezone.localdate(clock.now()))
    if given is not None:
        reasons += rules.entry_reasons(asked, given, person=by.person)
    return reasons


def paper_reasons(by: Actor, asked: rules.Conditions, on: date) -> list[Reason]:
    """Authorisations held, documents and sheets read; each reason says where the condition comes from."""
    lacking = people.lacks(by, *asked.authorisations, on=on)
    mine = read_documents(by.person)
    unread = []
    for code in asked.documents:
        try:
            found = document(code)
        except NotFound:
            continue
        if found.in_force and found.pk not in mine:
            values = {"document": found.ref, "version": found.version, "person": by.person}
            unread.append(Reason("document_unread", values, source=asked.source))
    return [*lacking, *unread, *unread_sheets(by.person, asked.materials)]


def given_by(
    by: Actor, place: str, *, oxygen_percent: Any = None, second_person: str = "", at: datetime
) -> rules.Given:
    """What a person brings to the door: equipment confirmed for this place lately, badge shown at this station."""
    about = f"place:{conditions(place).place}"
    worn = not missing_ppe(by.person, ENTERING, about, at=at)
    return rules.Given(oxygen_percent, second_person, worn, badge=bool(by.station))


def place_reasons(by: Actor, ref: str, on: date | None = None) -> list[Reason]:
    """For a gate: may this person be where this machine or container stands?"""
    place = registry.place_of(ref)
    return entry_reasons(by, place, on) if place else []


def zones() -> list[rules.Conditions]:
    """Every fenced place of the site, described or not, by its code."""
    written = {z.place: _written(z) for z in Zone.objects.all()}
    found = []
    for each in site.places():
        if each.code in written:
            found.append(written[each.code])
        elif each.zone != "none":
            found.append(rules.usual_conditions(each.code, [each.zone]))
    return found


def zone_row(place: str) -> Zone | None:
    return Zone.objects.filter(place=place).first()


def kinds_around(place: str) -> set[str]:
    """What a place is, itself and by what it lies in: a cabinet in a powder room is in its explosive zone."""
    around = _around(place)
    written = _described(around)
    kinds: set[str] = set()
    for each in around:
        kinds |= set(written[each.code].kinds if each.code in written else [each.zone])
    return kinds & set(rules.ZONE_KINDS)


def inside(place: str = "") -> list[ZoneVisit]:
    """Who is inside now, the longest first."""
    found = ZoneVisit.objects.filter(left_at__isnull=True).order_by("entered_at")
    return list(found.filter(place=place) if place else found)


def visits(place: str) -> QuerySet[ZoneVisit]:
    """The register of a place, latest first."""
    return ZoneVisit.objects.filter(place=place)


def forgotten_exits(at: datetime) -> list[ZoneVisit]:
    """Those inside for longer than the place allows, not asked about yet."""
    waiting = ZoneVisit.objects.filter(left_at__isnull=True, asked_at__isnull=True)
    return [
        v for v in waiting if rules.overstayed(v.entered_at, longest=conditions(v.place).longest_stay, at=at)
    ]


def equipment(place: str = "") -> list[ZoneEquipment]:
    found = ZoneEquipment.objects.all()
    return list(found.filter(place=place) if place else found)


def equipment_reasons(ref: str, place: str = "", *, undeclared: bool = True) -> list[Reason]:
    """Why this machine or tool may not be used in this place; one nobody declared has no known category.

    `undeclared=False` leaves aside the equipment of which nobody said anything: it is doubted, not refused.
    """
    code = ref.rpartition(":")[2]
    found = (
        ZoneEquipment.objects.filter(machine=ref).first() or ZoneEquipment.objects.filter(code=code).first()
    )
    where = place or (found.place if found else "") or registry.place_of(ref)
    kinds = kinds_around(where) if where else set()
    category = found.category if found else ""
    if not category and not undeclared:
        return []
    reason = rules.equipment_reason(equipment=ref, category=category, place=where, kinds=kinds)
    return [reason] if reason else []


def authorised_in(asked: rules.Conditions, on: date) -> list[str]:
    """The persons who hold every authorisation a place asks for, by name: for its poster."""
    if not asked.authorisations:
        return []
    held = [set(people.authorised(kind, scope, on=on)) for kind, scope in asked.authorisations]
    return sorted(set.intersection(*held), key=people.name_of)


def places_titles() -> Mapping[str, str]:
    return {p.code: p.title for p in site.places(also_closed=True)}


def refs_of(places: Iterable[str]) -> list[str]:
    return [f"place:{code}" for code in places]

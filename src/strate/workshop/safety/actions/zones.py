"""Zones: described by HSE, entered and left with everybody's name, equipment allowed by its category."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from strate.workshop.doors.texts import Code, Minutes, Paragraph, Sentence, Title, Word
from strate.workshop.journal import clock
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Reason, Refused, RuleBroken
from strate.workshop.notices.actions import notify
from strate.workshop.people.roles import AUTHORISATIONS, permit
from strate.workshop.safety import queries, rules
from strate.workshop.safety.models import Zone, ZoneEquipment, ZoneVisit
from strate.workshop.site import queries as site

Percent = Annotated[Decimal, Field(ge=0, le=100, max_digits=5, decimal_places=2)]


def describe_zone(
    *,
    by: Actor,
    place: Code,
    kinds: list[Code],
    authorisations: list[tuple[Code, Title]] | None = None,
    documents: list[Code] | None = None,
    materials: list[Code] | None = None,
    ppe: list[Code] | None = None,
    oxygen_min_percent: Percent | None = None,
    second_person: bool = False,
    badge: bool = False,
    longest_stay_min: Minutes | None = None,
    note: Paragraph = "",
    source: Sentence = "",
) -> Zone:
    """HSE writes what a place is (explosive dust, CMR, inert gas...) and what it asks before anybody goes in."""
    values = dict(locals())
    del values["by"], values["place"]
    permit(by, "safety.describe_zone")
    for name in ("authorisations", "documents", "materials", "ppe"):
        values[name] = list(values[name] or [])
    values["authorisations"] = [list(pair) for pair in values["authorisations"]]
    site.place(place)
    _must_be_sound(kinds, values["authorisations"], values["ppe"], values["documents"])
    if oxygen_min_percent is None and "inert" in kinds:
        values["oxygen_min_percent"] = rules.OXYGEN_PREALARM_PERCENT
    with act("safety.zone_described", by=by, meaning="zone_described") as done:
        row = Zone.objects.select_for_update().filter(place=place).first() or Zone(place=place)
        for name, value in values.items():
            setattr(row, name, value)
        row.described_by, row.described_at = by.person, done.happened_at
        row.save()
        done.tell(row, place=row.ref, zone_kind=kinds, **{k: v for k, v in values.items() if k != "kinds"})
    return row


def _must_be_sound(
    kinds: list[str], authorisations: list[list[str]], ppe: list[str], documents: list[str]
) -> None:
    reasons = [Reason("zone_kind_unknown", {"typed": k}) for k in kinds if k not in rules.ZONE_KINDS]
    reasons += [
        Reason("authorisation_kind_unknown", {"typed": kind})
        for kind, _scope in authorisations
        if kind not in AUTHORISATIONS
    ]
    reasons += [Reason("sign_unknown", {"sign": s}) for s in ppe if s not in rules.SIGNS]
    for code in documents:
        queries.document(code)
    if reasons:
        raise Refused(reasons)


def enter_zone(
    *,
    by: Actor,
    place: Code,
    oxygen_percent: Percent | None = None,
    second_person: Word = "",
) -> ZoneVisit:
    """Go in, if every condition is met at this moment; you are then in the register of those inside."""
    permit(by, "safety.read")
    where = queries.conditions(site.place(place).code).place
    with act("safety.zone_entered", by=by) as done:
        given = queries.given_by(
            by, where, oxygen_percent=oxygen_percent, second_person=second_person, at=done.happened_at
        )
        if reasons := queries.entry_reasons(by, where, given=given):
            raise Refused(reasons)
        values = {
            "entered_at": done.happened_at,
            "oxygen_percent": oxygen_percent,
            "second_person": second_person,
            "ppe": list(queries.conditions(where).ppe),
            "event": done.event,
        }
        visit, new = ZoneVisit.objects.get_or_create(
            place=where, person=by.person, left_at=None, defaults=values
        )
        if not new:
            raise RuleBroken("already_inside", place=f"place:{where}", at=visit.entered_at)
        told = {"oxygen_percent": oxygen_percent} if oxygen_percent is not None else {}
        told |= {"second_person": second_person} if second_person else {}
        done.tell(f"place:{where}", place=f"place:{where}", **told)
    return visit


def leave_zone(*, by: Actor, place: Code, person: Word = "") -> ZoneVisit:
    """Come out; somebody else's forgotten exit is said by HSE or the shift leader, who has seen them outside."""
    who = person or by.person
    permit(by, "safety.read" if who == by.person else "safety.close_visit")
    with act("safety.zone_left", by=by) as done:
        found = ZoneVisit.objects.select_for_update().filter(person=who, left_at__isnull=True)
        visit = (
            found.filter(place=queries.conditions(place).place).first() or found.filter(place=place).first()
        )
        if visit is None:
            raise RuleBroken("not_inside", place=f"place:{place}", person=who)
        visit.left_at, visit.left_said_by = done.happened_at, by.person
        visit.save(update_fields=["left_at", "left_said_by"])
        stayed = int((done.happened_at - visit.entered_at).total_seconds() // 60)
        done.tell(f"place:{visit.place}", place=f"place:{visit.place}", person=who, stayed_min=max(stayed, 0))
    return visit


def ask_who_is_inside(*, by: Actor) -> int:
    """« Are you still inside? »: whoever stayed longer than the place allows is asked, HSE is told, once."""
    now = clock.now()
    waiting = queries.forgotten_exits(now)
    if not waiting:
        return 0
    with act("safety.exits_asked", by=by) as done:
        for visit in waiting:
            to = [f"person:{visit.person}", "role:hse", "role:shift_leader"]
            notify(by=by, to=to, about=f"place:{visit.place}", code="still_inside", person=visit.person)
        ZoneVisit.objects.filter(pk__in=[v.pk for v in waiting]).update(asked_at=now)
        done.tell(*{f"place:{v.place}" for v in waiting}, count=len(waiting))
    return len(waiting)


def declare_equipment(
    *,
    by: Actor,
    code: Code,
    title: Title,
    category: Annotated[str, Field(max_length=4)] = "",
    marking: Title = "",
    place: Code = "",
    machine: Title = "",
) -> ZoneEquipment:
    """Say what the plate of a piece of equipment says of explosive atmospheres, and where it stands."""
    permit(by, "safety.describe_zone")
    if category and category not in rules.ATEX_CATEGORIES:
        raise RuleBroken("category_unknown", typed=category)
    if place:
        site.place(place)
        reason = rules.equipment_reason(
            equipment=f"equipment:{code}", category=category, place=place, kinds=queries.kinds_around(place)
        )
        if reason:
            raise Refused([reason])
    with act("safety.equipment_declared", by=by) as done:
        values = {
            "title": title,
            "category": category,
            "marking": marking,
            "place": place,
            "machine": machine,
        }
        values |= {"declared_by": by.person, "declared_at": done.happened_at}
        row, _new = ZoneEquipment.objects.update_or_create(code=code, defaults=values)
        told = {"category": category, "marking": marking}
        if place:
            done.tell(f"place:{place}", place=f"place:{place}")
        done.tell(row, machine, equipment=row.ref, **told)
    return row

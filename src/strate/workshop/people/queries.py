"""Who is who, and what they may do now."""

import hashlib
from datetime import date

from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import NotFound, Reason
from strate.workshop.people import rules
from strate.workshop.people.models import Authorisation, Person, Station, Token
from strate.workshop.people.roles import rights


def secret_digest(secret: str) -> str:
    """How a token or a station's cookie is kept: only its digest (they are long and random, unlike a PIN)."""
    return hashlib.sha256(secret.encode()).hexdigest()


def person(pseudonym: str) -> Person:
    """A person by what the journal calls them."""
    found = Person.objects.filter(pk=pseudonym).first()
    if not found:
        raise NotFound("no_such_person", person=pseudonym)
    return found


def by_badge(badge: str) -> Person | None:
    """Exact match: badge 1 is not badge 10."""
    return Person.objects.filter(badge=badge, is_active=True).first()


def by_login(login: str) -> Person | None:
    return Person.objects.filter(login=login).first()


def roles_of(who: Person) -> frozenset[str]:
    return frozenset(who.roles.values_list("role", flat=True))


def actor_for(who: Person, *, station: str = "", session: str = "", source: str = "page") -> Actor:
    """The actor in whose name this person's acts are written."""
    roles = roles_of(who) if who.is_active else frozenset()
    held = frozenset(right for right, holders in rights().items() if holders & roles)
    return Actor(who.pseudonym, roles, held, station, session, source)


def name_of(pseudonym: str) -> str:
    """The name to show; an erased person keeps only the pseudonym."""
    found = Person.objects.filter(pk=pseudonym).values_list("name", flat=True).first()
    return found or pseudonym


def station(code: str) -> Station:
    found = Station.objects.filter(code=code, retired=False).first()
    if not found:
        raise NotFound("no_such_station", station=code)
    return found


def station_by_cookie(secret: str) -> Station | None:
    return Station.objects.filter(secret=secret_digest(secret), retired=False).first() if secret else None


def token(secret: str) -> Token | None:
    return Token.objects.select_related("person").filter(pk=secret_digest(secret), revoked=False).first()


def lacks(by: Actor, *needs: tuple[str, str], on: date) -> list[Reason]:
    """Which authorisations (kind, scope) this actor lacks on that day; empty when all are held."""
    records = Authorisation.objects.filter(person_id=by.person)
    held = [rules.Held(a.kind, a.scope, a.expires_on, a.suspended) for a in records]
    found = (rules.authorisation_missing(held, kind=kind, scope=scope, on=on) for kind, scope in needs)
    return [reason for reason in found if reason]

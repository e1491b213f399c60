"""Who is who: people, their roles, their tablets, the programs that write in their name."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Q, QuerySet

from strate.workshop.journal.actor import Actor
from strate.workshop.journal.questions import Question
from strate.workshop.journal.refusals import NotFound
from strate.workshop.people.models import Person, RoleHeld, Station, Team, Token
from strate.workshop.people.roles import ADMIN, ROLES, SHIFT_LEADER, may, rights

_TOKEN = Question(lambda digest: Token.objects.select_related("person").filter(pk=digest, revoked=False))
_PERSON = Question(lambda who: Person.objects.filter(pk=who))
_ROLES = Question(lambda who: RoleHeld.objects.filter(person_id=who).values_list("role", flat=True))
_STATION = Question(lambda digest: Station.objects.filter(secret=digest, retired=False))
_NAME = Question(lambda who: Person.objects.filter(pk=who).values_list("name", flat=True))
_names: ContextVar[dict[str, str] | None] = ContextVar("names_of_people", default=None)


def secret_digest(secret: str) -> str:
    """How a token or a station's cookie is kept: only its digest (they are long and random, unlike a PIN)."""
    return hashlib.sha256(secret.encode()).hexdigest()


def person(pseudonym: str) -> Person:
    """A person by what the journal calls them."""
    found = _PERSON.first(pseudonym) if _readable(pseudonym) else None
    if not found:
        raise NotFound("no_such_person", person=pseudonym)
    return found


def person_or_gone(pseudonym: str) -> Person | None:
    """The same, also when they have left; nobody when the name means nothing here any more."""
    return _PERSON.first(pseudonym)


def by_badge(badge: str) -> Person | None:
    """Exact match: badge 1 is not badge 10."""
    return Person.objects.filter(badge=badge, is_active=True).first() if _readable(badge) else None


def by_login(login: str) -> Person | None:
    return Person.objects.filter(login__iexact=login).first() if _readable(login) else None


def _readable(typed: str) -> bool:
    """A database refuses to be asked for a text that holds a zero byte; nobody bears one."""
    return bool(typed) and "\x00" not in typed


def people_by_id(pseudonyms: Iterable[str], *, also_gone: bool = False) -> dict[str, Person]:
    """People by what the journal calls them, with their roles read at once."""
    found = Person.objects.filter(pk__in=list(pseudonyms)).prefetch_related("roles")
    return {p.pk: p for p in (found if also_gone else found.filter(is_active=True))}


def reads_account(by: Actor, pseudonym: str = "") -> bool:
    """Login, badge, secrets and sign-ins are for the person and for who manages accounts, for no colleague."""
    return bool(pseudonym and by.person == pseudonym) or may(by, "people.give_badge")


def people(
    *, search: str = "", role: str = "", also_gone: bool = False, account: bool = False
) -> QuerySet[Person]:
    """The people of the site, by name; by login and badge too for who reads accounts."""
    found = Person.objects.prefetch_related("roles").order_by("name", "pk")
    if not also_gone:
        found = found.filter(is_active=True)
    if role:
        found = found.filter(roles__role=role)
    if text := search.replace("\x00", "").strip():
        theirs = Q(login__icontains=text) | Q(badge=text) if account else Q()
        found = found.filter(Q(name__icontains=text) | theirs)
    return found


def roles_of(who: Person) -> frozenset[str]:
    return frozenset(held.role for held in who.roles.all())


def role_labels(who: Person) -> list[str]:
    """The person's roles as they are called on the floor."""
    held = roles_of(who)
    return [str(label) for role, label in ROLES.items() if role in held]


def actor_for(who: Person, *, station: str = "", session: str = "", source: str = "page") -> Actor:
    """The actor in whose name this person's acts are written."""
    roles = frozenset(_ROLES.all(who.pk)) if who.is_active else frozenset()
    return Actor(who.pseudonym, roles, _held_by(roles), station, session, source)


def gateway_actor(found: Token) -> Actor:
    """The gateway of the machines, let in by its token."""
    roles = frozenset({"machine"})
    return Actor(
        "", roles, _held_by(roles), f"gateway:{found.digest[:12]}", f"t-{found.digest[:12]}", "machine"
    )


def _held_by(roles: frozenset[str]) -> frozenset[str]:
    return frozenset(right for right, holders in rights().items() if holders & roles)


@contextmanager
def remembering_names() -> Iterator[None]:
    """While a request is answered, each name is read once at most: a timeline repeats the same few people."""
    token = _names.set({})
    try:
        yield
    finally:
        _names.reset(token)


def name_of(pseudonym: str) -> str:
    """The name to show; an erased person keeps only the pseudonym."""
    known = _names.get()
    if known is not None and pseudonym in known:
        return known[pseudonym]
    found = _NAME.first(pseudonym) or pseudonym
    if known is not None:
        known[pseudonym] = found
    return found


def forget_name(pseudonym: str) -> None:
    """After a correction, in the same request."""
    known = _names.get()
    if known is not None:
        known.pop(pseudonym, None)


def holds_role(pseudonym: str, role: str) -> bool:
    return RoleHeld.objects.filter(person_id=pseudonym, role=role).exists()


def holders(role: str) -> list[Person]:
    """Everybody who holds this role today."""
    return list(Person.objects.filter(roles__role=role, is_active=True))


def administrators_for_update() -> list[str]:
    """The active administrators, their rows locked until the act ends."""
    held = RoleHeld.objects.select_for_update(of=("self",)).filter(role=ADMIN, person__is_active=True)
    return list(held.values_list("person_id", flat=True))


def installed() -> bool:
    """Whether anybody is registered: the first person of a site is its administrator."""
    return Person.objects.exists()


def installed_for_update() -> bool:
    """The same inside the act of installing: the second of two installers waits for the first."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('strate-installation'))")
    return installed()


@dataclass
class Taken:
    """The logins and badges already in use."""

    logins: set[str]
    badges: set[str]


def taken() -> Taken:
    rows = list(Person.objects.values_list("login", "badge"))
    return Taken({login.lower() for login, _badge in rows}, {badge for _login, badge in rows if badge})


def station(code: str) -> Station:
    found = Station.objects.filter(code=code, retired=False).first()
    if not found:
        raise NotFound("no_such_station", station=code)
    return found


def stations(*, also_retired: bool = False) -> list[Station]:
    """The tablets and desks of the workshop."""
    found = Station.objects.order_by("code")
    return list(found if also_retired else found.filter(retired=False))


def station_by_cookie(secret: str) -> Station | None:
    return _STATION.first(secret_digest(secret)) if secret else None


def token(secret: str) -> Token | None:
    return _TOKEN.first(secret_digest(secret))


def live_token(secret: str, *, at: datetime) -> Token | None:
    """The token a program shows, unless it is revoked, has expired, or its person has left."""
    found = token(secret) if secret else None
    if found is None or (found.expires_at and found.expires_at <= at):
        return None
    return found if found.person is None or found.person.is_active else None


def tokens_of(pseudonym: str) -> list[Token]:
    return list(Token.objects.filter(person_id=pseudonym).order_by("-created_at"))


def gateway_tokens() -> list[Token]:
    return list(Token.objects.filter(purpose="gateway").order_by("-created_at"))


def team(code: str) -> Team:
    found = Team.objects.filter(code=code.removeprefix("team:")).first()
    if not found:
        raise NotFound("no_such_team", team=code)
    return found


def teams(*, also_retired: bool = False) -> list[Team]:
    """The teams of the workshop, by name."""
    found = Team.objects.all()
    return list(found if also_retired else found.filter(retired=False))


def team_of(pseudonym: str) -> Team | None:
    """The team somebody works with, if any."""
    return Team.objects.filter(members__person_id=pseudonym).first()


def leaders_of(pseudonym: str) -> frozenset[str]:
    """Who leads the team somebody works in; nobody for who is in no team."""
    team = team_of(pseudonym)
    if team is None:
        return frozenset()
    led = RoleHeld.objects.filter(person__membership__team=team, role=SHIFT_LEADER).exclude(
        person_id=pseudonym
    )
    return frozenset(led.values_list("person_id", flat=True))

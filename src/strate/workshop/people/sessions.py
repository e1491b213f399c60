"""A person's sign-in on one tablet: when it began, when it was last touched, and what ends it."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest

from strate.workshop.people import queries, rules
from strate.workshop.people.models import Person, Station
from strate.workshop.site import queries as site

WHO, LAST, RECENT = "who", "last", "recent"
# The session row is written at most this often, so that reading a page costs no write.
TOUCH_EVERY = timedelta(seconds=15)
RECENT_PEOPLE = 8


@dataclass(frozen=True)
class SignIn:
    """A sign-in as the session keeps it."""

    person: str
    id: str
    method: str
    since: datetime
    seen: datetime
    stamp: str


def person_here(request: HttpRequest) -> Person | None:
    """Who writes here now, as the middleware found them; nobody before a sign-in."""
    found: Person | None = getattr(request, "person", None)
    return found


def me(request: HttpRequest) -> Person:
    """Whoever opened a page that only somebody signed in opens."""
    found = person_here(request)
    assert found is not None, "this page is for somebody signed in"
    return found


def station_here(request: HttpRequest) -> Station | None:
    """The tablet in one's hands, when it is one of the workshop's."""
    found: Station | None = getattr(request, "station", None)
    return found


def new_id() -> str:
    """What facts call this sign-in; it opens nothing, unlike the cookie."""
    return f"s-{secrets.token_hex(6)}"


def stamp(who: Person) -> str:
    """Changes with the badge, the PIN or the password: a lost badge ends every sign-in made with it."""
    return hashlib.sha256(f"{who.badge}|{who.pin}|{who.password}".encode()).hexdigest()[:24]


def begin(request: HttpRequest, who: Person, *, session: str, method: str, at: datetime) -> None:
    """From now on this tablet writes in this person's name; an older copy of its cookie opens nothing."""
    request.session.cycle_key()
    recent = [p for p in request.session.get(RECENT, []) if p != who.pk]
    request.session[RECENT] = [who.pk, *recent][:RECENT_PEOPLE]
    request.session[LAST] = {"person": who.pk}
    request.session[WHO] = {
        "person": who.pk,
        "id": session,
        "method": method,
        "since": at.isoformat(),
        "seen": at.isoformat(),
        "stamp": stamp(who),
    }


def current(request: HttpRequest) -> SignIn | None:
    """The sign-in of this tablet, if there is one."""
    kept = request.session.get(WHO)
    if not kept:
        return None
    since, seen = datetime.fromisoformat(kept["since"]), datetime.fromisoformat(kept["seen"])
    return SignIn(kept["person"], kept["id"], kept["method"], since, seen, kept["stamp"])


def renew_stamp(request: HttpRequest, who: Person) -> None:
    """The person has just changed their own secret here: this sign-in goes on, the others end."""
    request.session[WHO] = {**request.session[WHO], "stamp": stamp(who)}


def touch(request: HttpRequest, sign_in: SignIn, *, at: datetime) -> None:
    """Somebody is working here."""
    if at - sign_in.seen >= TOUCH_EVERY:
        request.session[WHO] = {**request.session[WHO], "seen": at.isoformat()}


def end(request: HttpRequest) -> None:
    """The person leaves; the tablet and the unfinished work stay."""
    request.session.pop(WHO, None)


def idle_after(station: Station | None) -> timedelta:
    """How long nobody may touch this tablet before it asks who is there."""
    return timedelta(minutes=station.idle_minutes if station else site.value("desk_idle_minutes"))


def why_over(sign_in: SignIn, who: Person | None, *, idle: timedelta, at: datetime) -> str:
    """Why this sign-in is over (`gone`, `changed`, `idle`, `end`), or nothing while it goes on."""
    if who is None or not who.is_active:
        return "gone"
    if sign_in.stamp != stamp(who):
        return "changed"
    if rules.session_over(sign_in.since, longest=timedelta(hours=site.value("session_hours")), at=at):
        return "end"
    return "idle" if rules.idle_too_long(sign_in.seen, idle=idle, at=at) else ""


def recent_people(request: HttpRequest) -> list[Person]:
    """Who has signed in on this tablet today, the last one first."""
    known = queries.people_by_id(request.session.get(RECENT, []))
    return [known[p] for p in request.session.get(RECENT, []) if p in known]

"""What has been told to whom."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from strate.workshop.doors import wording
from strate.workshop.journal.actor import Actor
from strate.workshop.notices.models import Notice

SHOWN = 200


def meant_for(actor: Actor) -> "QuerySet[Notice]":
    """What is meant for this actor: by name, by role, by tablet; not what they said themselves."""
    return _meant(actor.person, actor.roles, actor.station)


def _meant(person: str, roles: Iterable[str], station: str = "") -> "QuerySet[Notice]":
    to = [f"role:{role}" for role in roles]
    if person:
        to.append(f"person:{person}")
    if station:
        to.append(station if ":" in station else f"station:{station}")
    found = Notice.objects.filter(pk__in=Notice.objects.filter(addressees__to__in=to).values("pk"))
    # Told to somebody by name, it is shown even when they caused it.
    return found.exclude(~Q(addressees__to=f"person:{person}"), by=person) if person else found


def unread_for(person: str, roles: Iterable[str], station: str = "") -> list[Notice]:
    """What this person has not read yet, newest first."""
    return list(_meant(person, roles, station).exclude(reads__person=person)[:SHOWN])


def unread(actor: Actor) -> list[Notice]:
    return unread_for(actor.person, actor.roles, actor.station)


def count_unread(actor: Actor) -> int:
    """How many notices wait for this actor."""
    return meant_for(actor).exclude(reads__person=actor.person).count()


def recent(actor: Actor) -> list[Notice]:
    """What was told to this actor, read or not, newest first; each knows if it was `seen`."""
    found = list(meant_for(actor)[:SHOWN])
    waiting = {n.pk for n in unread(actor)}
    for notice in found:
        notice.seen = notice.pk not in waiting
    return found


def sentence(notice: Notice) -> str:
    """What it says, in the reader's language."""
    values = {**notice.values, "thing": notice.about, "by": notice.by}
    return wording.sentence("NOTICES", notice.code, values)

"""Everything the house keeps of one person, and what is kept longer than it may be."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.forms.models import model_to_dict

from strate.workshop.journal import queries as journal
from strate.workshop.people import registry
from strate.workshop.people.models import Authorisation, Certification, OperatorQualification, Person
from strate.workshop.people.queries.who import person_or_gone, roles_of, team_of
from strate.workshop.people.registry import Retention
from strate.workshop.people.rules import ADMINISTRATOR
from strate.workshop.site import queries as site

# Secrets are not data about a person: they stay where they are, sealed.
ACCOUNT = ("pseudonym", "login", "name", "badge", "language", "is_active", "left_on")


@dataclass(frozen=True)
class Kept:
    """One sort of data, as it is called, with what is kept of this person."""

    code: str
    title: Any
    values: Any


def kept_of(pseudonym: str) -> list[Kept]:
    """What each room keeps of a person, without the journal; nothing is left out but the sealed secrets."""
    found = []
    for code, (title, values) in registry.personal_data(pseudonym).items():
        found.append(Kept(code, title, values))
    return found


def account_of(pseudonym: str) -> dict[str, Any]:
    """The account itself, with roles and team."""
    who = person_or_gone(pseudonym)
    if who is None:
        return {}
    team = team_of(pseudonym)
    named = {name: getattr(who, name) for name in ACCOUNT}
    return {**named, "roles": sorted(roles_of(who)), "team": team.title if team else ""}


def records_of(pseudonym: str) -> dict[str, list[dict[str, Any]]]:
    """The three sorts of records, every field of them."""
    sorts = {
        "authorisations": Authorisation,
        "qualifications": OperatorQualification,
        "certifications": Certification,
    }
    return {
        name: [model_to_dict(row) for row in table.objects.filter(person_id=pseudonym)]
        for name, table in sorts.items()
    }


def facts_of(pseudonym: str) -> Iterator[dict[str, Any]]:
    """Each fact they wrote or that speaks of them, as it was hashed."""
    for fact in journal.concerning(pseudonym):
        yield journal.told(fact)


def facts_count(pseudonym: str) -> int:
    return journal.written_by(pseudonym)


def is_erased(who: Person) -> bool:
    """Whether only the pseudonym is left."""
    return who.name == who.pk and not who.is_active


@dataclass(frozen=True)
class RetentionDue:
    """A class of data, how long the site keeps it, since when it is too long, and what is past it."""

    rule: Retention
    days: int
    before: date | None
    due: int


def retentions_due(*, on: date) -> list[RetentionDue]:
    """The purge report: each class with its delay and how many are past it."""
    return [_due(rule, on) for rule in registry.retentions()]


def outliving(*, on: date) -> list[RetentionDue]:
    """The classes that stay when their person is erased, until their own time has come."""
    return [_due(rule, on) for rule in registry.retentions() if rule.outlives]


def _due(rule: Retention, on: date) -> RetentionDue:
    days = int(site.value(rule.setting))
    if days == 0:
        return RetentionDue(rule, 0, None, 0)
    before = on - timedelta(days=days)
    return RetentionDue(rule, days, before, len(rule.due(before)))


def left_before(day: date) -> list[Person]:
    """People who left before that day, whose name is still there and whom nothing unfinished needs."""
    gone = Person.objects.filter(is_active=False, left_on__lt=day).exclude(roles__role=ADMINISTRATOR)
    needed = registry.needed()
    return [who for who in gone if not is_erased(who) and who.pk not in needed]


def records_ended_before(day: date) -> list[Authorisation]:
    """Authorisations that ended before that day."""
    return list(Authorisation.objects.filter(expires_on__lt=day))

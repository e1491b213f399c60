"""The people of the tests, by name, and the sentence « this is refused »."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest

import tests.patience  # noqa: F401  loaded before the first test that draws examples
from strate.workshop.journal import clock
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Refused
from strate.workshop.people import roles
from strate.workshop.people.roles import rights

MORNING = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)


def actor(name: str, *held: str) -> Actor:
    """An actor with these roles, whose pseudonym is easy to read in a failure."""
    mine = frozenset(held)
    return Actor(
        person=f"p-{name}",
        roles=mine,
        rights=frozenset(right for right, holders in rights().items() if holders & mine),
        station="station:hall-1",
        session=f"s-{name}",
    )


def signed(by: Actor) -> Actor:
    """The same person, having just typed their PIN."""
    return by.signing("badge+pin", clock.now())


@contextmanager
def refused(*codes: str) -> Iterator[None]:
    """`with refused("no_such_lot"):` the reasons are exactly these."""
    with pytest.raises(Refused) as caught:
        yield
    assert sorted(r.code for r in caught.value.reasons) == sorted(codes)


@pytest.fixture(name="refused")
def _refused() -> Callable[..., AbstractContextManager[None]]:
    return refused


@pytest.fixture(name="signed")
def _signed() -> Callable[[Actor], Actor]:
    return signed


@pytest.fixture()
def morning() -> Iterator[datetime]:
    """A Monday morning in November, and the clock stands still."""
    with clock.at(MORNING):
        yield MORNING


def _person(name: str, *held: str) -> Callable[..., Actor]:
    @pytest.fixture(name=name)
    def fixture(db: None) -> Actor:
        from strate.workshop.journal import guard
        from strate.workshop.people.models import Person, RoleHeld

        # Rows so that foreign keys hold; the people room's own tests register people through its actions.
        with guard.lifted():
            who, _ = Person.objects.get_or_create(
                pk=f"p-{name}",
                defaults={"login": name, "name": f"{name.capitalize()} Essai", "badge": f"B-{name}"},
            )
            for role in held:
                RoleHeld.objects.get_or_create(person=who, role=role)
        return actor(name, *held)

    return fixture


amina = _person("amina", roles.OPERATOR)
bruno = _person("bruno", roles.OPERATOR)
chloe = _person("chloe", roles.SHIFT_LEADER)
driss = _person("driss", roles.METHODS)
ines = _person("ines", roles.METHODS)
elsa = _person("elsa", roles.QUALITY)
farid = _person("farid", roles.MAINTENANCE)
gaelle = _person("gaelle", roles.HSE)
hugo = _person("hugo", roles.ADMIN)
__all__ = ["actor", "refused", "replace", "signed"]

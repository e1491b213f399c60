"""A person signed in on a tablet of their own, for the tests of pages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from strate.workshop.journal.actor import Actor
from strate.workshop.things import registry
from strate.workshop.things.registry import Kind, Thing
from tests.workshop.people.conftest import PIN, badge_in, tablet, with_secrets

Signs = Callable[[Actor], Client]


@pytest.fixture()
def at_tablet(tablet: Callable[..., Client], with_secrets: Callable[[Actor], Actor]) -> Signs:
    """`at_tablet(amina)`: her tablet, signed in."""

    def sign(by: Actor) -> Client:
        with_secrets(by)
        client = tablet(f"hall-{by.person}")
        badge_in(client, f"B-{by.person.removeprefix('p-')}")
        return client

    return sign


@pytest.fixture()
def crate(monkeypatch: pytest.MonkeyPatch) -> str:
    """A thing with a label, of a kind only these tests know: `crate:K-1`."""
    kind = Kind("crate", "Caisse", find=lambda c: Thing("crate:K-1", "Caisse bleue") if c == "K-1" else None)
    monkeypatch.setattr(registry, "_kinds", {**registry.kinds(), "crate": kind})
    return "crate:K-1"


def typed(**values: Any) -> dict[str, Any]:
    """A form as it is sent, with the key that stops doubles."""
    return {"command": f"k-{sorted(values)}-{sorted(map(str, values.values()))}"[:80], **values}


__all__ = ["PIN", "Signs", "at_tablet", "crate", "tablet", "typed", "with_secrets"]

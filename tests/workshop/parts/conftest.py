"""A part, and people at an enrolled tablet."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from strate.workshop.journal.actor import Actor
from strate.workshop.parts import actions
from strate.workshop.parts.models import Part
from tests.workshop.people.conftest import badge_in, tablet, with_secrets

__all__ = ["tablet", "with_secrets"]


@pytest.fixture()
def bracket(driss: Actor) -> Part:
    """The part BR-1."""
    return actions.enter(by=driss, code="BR-1", title="Support « aile »", customer="Aéro Fictive")


@pytest.fixture()
def at_tablet(
    tablet: Callable[..., Client], with_secrets: Callable[[Actor], Actor]
) -> Callable[[Actor], Client]:
    """The browser of an enrolled tablet, this person signed in."""

    def sign_in(by: Actor) -> Client:
        with_secrets(by)
        client = tablet(f"poste-{by.person}")
        badge_in(client, f"B-{by.person.removeprefix('p-')}")
        return client

    return sign_in


def sent(client: Client, file: Any, *, part: str = "BR-1", revision: str = "A", **more: Any) -> Any:
    """The upload form, as the browser sends it."""
    fields = {"revision": revision, "layer_um": "40", "machine": "", "file": file} | more
    return client.post(f"/pieces/{part}/fichier/", fields, follow=True)

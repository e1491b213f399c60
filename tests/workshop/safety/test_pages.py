"""Safety by hand, on a tablet, in French."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from strate.workshop.journal.actor import Actor
from strate.workshop.safety import queries
from tests.workshop.people.conftest import PIN, badge_in, tablet, with_secrets

__all__ = ["tablet", "with_secrets"]
pytestmark = pytest.mark.django_db
Signs = Callable[[Actor], Client]
SHEET = {
    "code": "ti64-poudrex",
    "version": "2.1",
    "supplier": "Poudrex",
    "product": "Ti64 « Grade 23 »",
    "material": "ti64",
    "revision_date": "2026-01-15",
    "language": "fr",
    "signal": "danger",
    "hazards": "H228, EUH032",
    "pictograms": ["GHS02"],
    "ppe_powder": "M017 M009",
    "spill": "Ne pas balayer à sec.",
    "extinguisher": "Classe D. Jamais d’eau.",
    "waste_stream": "contaminated_powder",
}


@pytest.fixture()
def at_tablet(tablet: Callable[..., Client], with_secrets: Callable[[Actor], Actor]) -> Signs:
    """`at_tablet(amina)`: her tablet, signed in."""

    def sign(by: Actor) -> Client:
        with_secrets(by)
        client = tablet(f"hall-{by.person}")
        badge_in(client, f"B-{by.person.removeprefix('p-')}")
        return client

    return sign


def send(client: Client, url: str, **typed: Any) -> Any:
    return client.post(url, {"command": str(uuid4()), **typed})


def test_a_sheet_is_entered_reviewed_by_hse_and_read_by_the_operator(
    elsa: Actor, gaelle: Actor, amina: Actor, at_tablet: Signs
) -> None:
    quality, hse, hers = at_tablet(elsa), at_tablet(gaelle), at_tablet(amina)
    assert send(quality, "/securite/fds/nouvelle/", **SHEET).status_code == 302
    page = "/securite/fds/ti64-poudrex/"
    assert send(hers, f"{page}lu/", version="2.1").status_code == 409
    assert send(hse, f"{page}relire/", version="2.1", pin=PIN).status_code == 302
    shown = hers.get(page).content.decode()
    for words in ("H228", "Ne pas balayer à sec.", "Jamais d’eau", "ghs02", "m017"):
        assert words in shown
    assert send(hers, f"{page}lu/", version="2.1").status_code == 302
    assert queries.unread_sheets(amina.person, ["ti64"]) == []
    assert hers.get("/securite/").status_code == 200


def test_a_sign_that_does_not_exist_is_refused_in_its_field(elsa: Actor, at_tablet: Signs) -> None:
    answer = send(at_tablet(elsa), "/securite/fds/nouvelle/", **SHEET | {"ppe_powder": "M017 M999"})
    assert answer.status_code == 422 and "M999" in answer.content.decode()


def test_a_document_is_published_and_read(driss: Actor, amina: Actor, at_tablet: Signs) -> None:
    his, hers = at_tablet(driss), at_tablet(amina)
    head = {"code": "regle-1", "version": "A", "kind": "safety_rule", "title_fr": "Règle", "title_en": "Rule"}
    assert send(his, "/securite/documents/nouveau/", **head, pin=PIN).status_code == 302
    assert "Règle" in hers.get("/securite/documents/").content.decode()
    assert hers.get("/securite/documents/regle-1/").status_code == 200
    assert send(hers, "/securite/documents/regle-1/", version="A").status_code == 302
    assert queries.unread_documents(amina) == []


def test_waste_is_weighed_with_a_comma_and_a_wrong_drum_keeps_what_was_typed(
    gaelle: Actor, amina: Actor, at_tablet: Signs
) -> None:
    hse, hers = at_tablet(gaelle), at_tablet(amina)
    assert (
        send(
            hse, "/securite/dechets/nouveau-fut/", code="D-1", stream="oversize", waste_code="12 01 03"
        ).status_code
        == 302
    )
    typed = {"mass": "0,352", "container": "drum:D-1", "about": "build:B1"}
    refused = send(hers, "/securite/dechets/", stream="filters", **typed)
    assert refused.status_code == 409 and 'value="0,352"' in refused.content.decode()
    assert send(hers, "/securite/dechets/", stream="oversize", **typed).status_code == 302
    assert queries.drum("D-1").mass_mg == 352_000
    assert send(hers, "/securite/dechets/", stream="oversize", **typed | {"mass": "lourd"}).status_code == 422
    assert send(hse, "/securite/dechets/D-1/").status_code == 302
    assert send(hse, "/securite/dechets/D-1/", collector="Trivalor").status_code == 302
    assert hers.get("/securite/dechets/").status_code == 200

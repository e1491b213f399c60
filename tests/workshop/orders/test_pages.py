"""Orders by hand, on a tablet and at a desk, in French."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from strate.workshop.journal.actor import Actor
from strate.workshop.orders import queries
from strate.workshop.orders.models import Order
from tests.workshop.people.conftest import badge_in, tablet, with_secrets

__all__ = ["tablet", "with_secrets"]
Signs = Callable[[Actor], Client]
Opens = Callable[..., Order]


@pytest.fixture()
def at_tablet(tablet: Callable[..., Client], with_secrets: Callable[[Actor], Actor]) -> Signs:
    def sign(by: Actor) -> Client:
        with_secrets(by)
        client = tablet(f"hall-{by.person}")
        badge_in(client, f"B-{by.person.removeprefix('p-')}")
        return client

    return sign


def test_the_queue_says_how_late_an_order_is(
    opens: Opens, chloe: Actor, at_tablet: Signs, morning: object
) -> None:
    today = morning.date()
    opens("OF-1", 4, due_on=today - timedelta(days=2))
    opens("OF-2", 3, due_on=today, priority=1)
    page = at_tablet(chloe).get("/ordres/")
    assert [card["order"].code for card in page.context["cards"]] == ["OF-2", "OF-1"]
    assert "retard de 2" in page.content.decode()


def test_an_order_is_opened_then_counted_by_hand(bracket: None, chloe: Actor, at_tablet: Signs) -> None:
    hers = at_tablet(chloe)
    asked = {"code": "OF-9", "part": "BR-1", "revision": "A", "quantity": 4, "due_on": "2026-12-01"}
    opened = hers.post("/ordres/nouveau/", asked | {"priority": 2, "routing": "G-12", "command": "k-1"})
    assert opened.headers["Location"] == "/ordres/of/OF-9/"
    refused = hers.post("/ordres/of/OF-9/compter/", {"good": 3, "scrap": 1, "reason": "", "command": "k-2"})
    assert refused.status_code == 409 and queries.order("OF-9").good == 0
    counted = {"good": 3, "scrap": 1, "reason": "fissure", "command": "k-3"}
    assert hers.post("/ordres/of/OF-9/compter/", counted).status_code == 302
    assert hers.post("/ordres/of/OF-9/compter/", counted).status_code == 302
    assert (queries.order("OF-9").good, queries.order("OF-9").scrap) == (3, 1)


def test_a_list_of_orders_names_each_problem_then_comes_in(
    bracket: None, chloe: Actor, at_tablet: Signs
) -> None:
    hers = at_tablet(chloe)
    head = "OF;Pièce;Indice;Quantité;Échéance;Gamme\n"
    wrong = head + "OF-1;BR-1;A;0;2026-12-01;G-12\nOF-2;NOPE;A;2;demain;G-12\n"
    page = hers.post("/ordres/importer/", {"file": SimpleUploadedFile("of.csv", wrong.encode())})
    assert page.status_code == 422
    assert {(row, column) for row, column, _why in page.context["problems"]} == {
        (2, "Quantité"),
        (3, "Pièce"),
        (3, "Échéance"),
    }
    good = head + "OF-1;BR-1;A;5;01/12/2026;G-12\nOF-2;BR-1;A;2;2026-12-02;G-12\n"
    page = hers.post("/ordres/importer/", {"file": SimpleUploadedFile("of.csv", good.encode())})
    sent = {"sha256": page.context["sha256"], "command": "k"}
    assert hers.post("/ordres/importer/", sent).status_code == 302
    assert [(o.code, o.quantity, o.due_on) for o in queries.queue()] == [
        ("OF-1", 5, date(2026, 12, 1)),
        ("OF-2", 2, date(2026, 12, 2)),
    ]


def test_every_page_opens(opens: Opens, chloe: Actor, at_tablet: Signs) -> None:
    opens("OF-1", 4)
    hers = at_tablet(chloe)
    for address in (
        "",
        "tous/?q=OF",
        "nouveau/",
        "importer/",
        "of/OF-1/",
        "of/OF-1/compter/",
        "of/OF-1/priorite/",
    ):
        assert hers.get(f"/ordres/{address}").status_code == 200, address
    assert hers.get("/ordres/of/NOPE/").status_code == 404
    assert hers.get("/choses/order:OF-1/").status_code == 200

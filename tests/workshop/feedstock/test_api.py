"""The powder over the API: the same rules, the same refusals, the same receipts."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from strate.workshop.feedstock import actions, queries
from strate.workshop.feedstock.models import Lot, Material
from strate.workshop.journal.actor import Actor
from strate.workshop.machines.models import Machine
from tests.workshop.feedstock.conftest import kg


def post(client: Client, address: str, key: str, **values: Any) -> Any:
    return client.post(address, values, content_type="application/json", headers={"Idempotency-Key": key})


def test_loading_twice_with_one_key_pours_once(
    ti64: Material, m290: Machine, released: Callable[..., Lot], amina: Actor, at_tablet: Any
) -> None:
    released("A", kg(10))
    hers = at_tablet(amina)
    pour = {"lot": "A", "machine": "M290-1", "mass_mg": kg(3)}
    first, again = (post(hers, "/api/feedstock/load", "k-1", **pour) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200) and first.json() == again.json()
    assert queries.in_machine("M290-1").mass_mg == kg(3)
    refused = post(hers, "/api/feedstock/load", "k-2", **(pour | {"mass_mg": kg(30)}))
    assert refused.status_code == 409
    assert [r["code"] for r in refused.json()["reasons"]] == ["more_than_container_holds"]


def test_what_is_in_a_machine_is_read_in_exact_shares(
    ti64: Material, m290: Machine, released: Callable[..., Lot], amina: Actor, at_tablet: Any
) -> None:
    released("A", kg(1))
    released("B", kg(2))
    for lot, mass in (("A", kg(1)), ("B", kg(2))):
        actions.load(by=amina, lot=lot, machine="M290-1", mass_mg=mass)
    inside = at_tablet(amina).get("/api/feedstock/machines/M290-1/content").json()
    shares = [p["share"] for p in inside["portions"]]
    assert shares == ["0." + "3" * 38, "0." + "6" * 37 + "7"] and inside["mass_mg"] == kg(3)

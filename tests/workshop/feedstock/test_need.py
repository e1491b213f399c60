"""The pouring against the need of the build: enough, or said to be followed by others, and the launch looks again."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client

from strate.workshop.feedstock import actions, queries
from strate.workshop.feedstock.models import Lot, Material
from strate.workshop.feedstock.rules import Limits
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Refused
from strate.workshop.machines.models import Machine
from tests.workshop.feedstock.conftest import kg

Refuses = Callable[..., AbstractContextManager[None]]


@pytest.fixture()
def needs_ten(m290: Machine, job: Callable[..., None]) -> Machine:
    """A job that needs ten kilograms stands on the machine."""
    job(m290.ref, kg(10), Limits(material="ti64", source="G-12 rev 3"))
    return m290


def test_a_pouring_below_the_need_is_refused_unless_others_follow(
    ti64: Material, needs_ten: Machine, released: Callable[..., Lot], amina: Actor, refused: Refuses
) -> None:
    released("A", kg(20))
    pour = {"by": amina, "lot": "A", "machine": "M290-1"}
    with pytest.raises(Refused) as caught:
        actions.load(mass_mg=kg(10) - 1, **pour)
    [reason] = caught.value.reasons
    assert (reason.code, reason.source, reason.values["missing_mg"]) == (
        "pouring_below_need",
        "G-12 rev 3",
        1,
    )
    actions.load(mass_mg=kg(6), more_to_come=True, **pour)
    with refused("pouring_below_need"):
        actions.load(mass_mg=kg(3), **pour)
    limits = Limits(material="ti64", source="G-12 rev 3")
    assert [r.code for r in queries.launch_reasons("M290-1", limits, kg(10))] == ["not_enough_powder"]
    actions.load(mass_mg=kg(4), **pour)
    assert queries.launch_reasons("M290-1", limits, kg(10)) == []


def test_too_little_is_told_among_all_the_reasons(
    ti64: Material,
    steel: Material,
    needs_ten: Machine,
    released: Callable[..., Lot],
    amina: Actor,
    refused: Refuses,
) -> None:
    released("S", kg(5), material="316l")
    with refused("more_than_container_holds", "wrong_material", "pouring_below_need"):
        actions.load(by=amina, lot="S", machine="M290-1", mass_mg=kg(6))


def test_the_page_refuses_too_little_then_takes_it_when_others_follow(
    ti64: Material,
    needs_ten: Machine,
    released: Callable[..., Lot],
    amina: Actor,
    at_tablet: Callable[[Actor], Client],
) -> None:
    released("A", kg(20))
    hers = at_tablet(amina)
    url = "/matieres/machines/M290-1/charger/"
    assert "D’autres contenants suivent" in hers.get(url).content.decode()
    typed = {"lot": "A", "machine": "M290-1", "mass_mg": "6"}
    page = hers.post(url, {**typed, "key": "k-1"}).content.decode()
    assert "il manque encore 4\u202fkg" in page.replace("\xa0", "\u202f") and "G-12 rev 3" in page
    answer = hers.post(url, {**typed, "more_to_come": "on", "key": "k-2"})
    assert answer.status_code == 302 and queries.in_machine("M290-1").mass_mg == kg(6)
    for page in ("/matieres/machines/M290-1/", url):
        told = hers.get(page).content.decode().replace("\xa0", "\u202f")
        assert "La fabrication demande 10\u202fkg" in told and "ajouter 4\u202fkg" in told

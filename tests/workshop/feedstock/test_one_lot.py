"""When one lot is enough it is poured, not blended; masses told of several things read as French writes them."""

from collections.abc import Callable

from django.test import Client
from django.utils.translation import override

from strate.workshop.doors.speech import speak
from strate.workshop.feedstock.models import Lot, Material
from strate.workshop.journal.actor import Actor
from strate.workshop.machines.models import Machine
from tests.workshop.feedstock.conftest import kg
from tests.workshop.feedstock.test_pages import at_tablet, tablet, with_secrets

__all__ = ["at_tablet", "tablet", "with_secrets"]


def test_one_lot_that_is_enough_is_offered_to_be_poured_with_its_mass(
    ti64: Material,
    m290: Machine,
    released: Callable[..., Lot],
    amina: Actor,
    at_tablet: Callable[[Actor], Client],
) -> None:
    released("A", kg(20))
    hers = at_tablet(amina)
    page = hers.get("/matieres/melanger/", {"material": "ti64", "need_mg": "12,5"}).content.decode()
    assert "Un seul lot suffit" in page and "au moins deux lots" not in page
    assert "/matieres/charger/?lot=A&amp;mass=12%2C5" in page
    poured = hers.get("/matieres/charger/", {"lot": "A", "mass": "12,5"}).content.decode()
    assert 'value="A"' in poured and 'value="12,5"' in poured


def test_a_mass_told_of_a_thing_has_the_space_of_the_language() -> None:
    with override("fr"):
        assert speak("masses_mg", {"FUT-1": kg(4)}) == "FUT-1\u202f: 4\u202fkg"
    with override("en"):
        assert speak("masses_mg", {"FUT-1": kg(4)}) == "FUT-1: 4\u202fkg"

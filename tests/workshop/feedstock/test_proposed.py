"""What the screen of the blend proposes: one lot that is enough, what a residual needs, lots half known."""

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.utils.translation import override

from strate.workshop.doors.speech import speak
from strate.workshop.feedstock import actions
from strate.workshop.feedstock.models import Lot, Material
from strate.workshop.feedstock.rules import Limits
from strate.workshop.journal.actor import Actor
from strate.workshop.machines.models import Machine
from tests.workshop.feedstock.conftest import kg


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


def test_a_residual_too_used_asks_for_the_virgin_powder_that_makes_it_lawful(
    ti64: Material,
    m290: Machine,
    released: Callable[..., Lot],
    job: Callable[..., None],
    amina: Actor,
    at_tablet: Callable[[Actor], Client],
) -> None:
    released("A", kg(20))
    actions.load(by=amina, lot="A", machine="M290-1", mass_mg=kg(5))
    actions.weigh_back(
        by=amina,
        machine="M290-1",
        build="build:F-1",
        lot="U",
        recovered_mg=0,
        residual_mg=kg(4),
        fused_mg=kg(1),
    )
    # Four kilograms of used powder are enough for the build, and above its ceiling.
    job("machine:M290-1", kg(3), Limits(material="ti64", used_share_ceiling=Decimal("0.5"), source="G-12"))
    hers = at_tablet(amina)
    page = hers.get("/matieres/melanger/", {"machine": "M290-1"}).content.decode()
    assert "Un seul lot suffit" in page and "lot=A&amp;mass=4" in page
    actions.load(by=amina, lot="A", machine="M290-1", mass_mg=kg(4))
    page = hers.get("/matieres/melanger/", {"machine": "M290-1"}).content.decode()
    assert "Rien ne manque à la fabrication" in page


def test_a_lot_of_which_something_is_not_known_may_still_be_typed_and_says_what(
    ti64: Material,
    released: Callable[..., Lot],
    driss: Actor,
    elsa: Actor,
    amina: Actor,
    signed: Callable[[Actor], Actor],
    at_tablet: Callable[[Actor], Client],
) -> None:
    line = actions.specify(by=driss, material="ti64", property="Y", high="0,005", source="EOS Ti64")
    actions.approve_limits(by=signed(elsa), material="ti64", limits=[line.pk])
    released("A", kg(20))
    page = at_tablet(amina).get("/matieres/melanger/", {"material": "ti64"}).content.decode()
    assert 'name="mass_0"' in page and "n’est pas connu" in page and "laissé de côté" not in page
    assert "Dire quelle masse il faut" in page


def test_a_mass_told_of_a_thing_has_the_space_of_the_language() -> None:
    with override("fr"):
        assert speak("masses_mg", {"FUT-1": kg(4)}) == "FUT-1\u202f: 4\u202fkg"
    with override("en"):
        assert speak("masses_mg", {"FUT-1": kg(4)}) == "FUT-1: 4\u202fkg"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (
            {"refresh_percent": "50", "builds": "4", "hours": "20"},
            ["6,25\u202f%", "0,9375", "1,414214", "18,75"],
        ),
        ({"refresh_percent": "50", "builds": "4"}, ["3,125\u202f%"]),
        ({"refresh_percent": "20", "builds": "10"}, ["3,570503"]),
        ({"refresh_percent": "20", "builds": "4"}, ["40,96\u202f%", "2,3616", "14"]),
        (
            {
                "refresh_percent": "0",
                "builds": "1",
                "first": "0,08",
                "after": "0,19",
                "uses": "21",
                "limit": "0,20",
            },
            ["22"],
        ),
        (
            {
                "refresh_percent": "0",
                "builds": "20",
                "first": "0,11",
                "after": "0,12",
                "uses": "10",
                "limit": "0,13",
            },
            ["0,13", "20"],
        ),
        ({"refresh_percent": "35", "builds": "1", "total_mg": "60", "fresh_mg": "18"}, ["30\u202f%", "5"]),
        ({"refresh_percent": "100", "builds": "3", "hours": "20"}, ["0", "100\u202f%", "1"]),
        ({"refresh_percent": "0," + "0" * 30 + "1", "builds": "400"}, ["400", "100\u202f%"]),
    ],
)
def test_how_a_powder_ages_is_foreseen_with_the_numbers_of_the_trade(
    amina: Actor, at_tablet: Callable[[Actor], Client], asked: dict[str, str], told: list[str]
) -> None:
    page = at_tablet(amina).get("/matieres/vieillissement/", asked).content.decode()
    shown = re.findall(r"<dd[^>]*>\s*(.*?)\s*</dd>", page.split("<main")[-1], re.DOTALL)
    assert all(each in shown for each in told), shown


def test_a_refresh_beyond_the_whole_is_refused_in_words(
    amina: Actor, at_tablet: Callable[[Actor], Client]
) -> None:
    page = at_tablet(amina).get("/matieres/vieillissement/", {"refresh_percent": "101", "builds": "1"})
    assert "Taper un nombre de 0 à 100" in page.content.decode()

"""A letter from the supplier: in the browser, from the lot it names to all that is made of it, stopped and let go."""

import pytest
from playwright.sync_api import expect

from tests.journeys.tablet import Tablet

pytestmark = pytest.mark.journey
LETTER = "Lettre du fournisseur : oxygène mesuré hors de sa spécification"


@pytest.fixture()
def desk(tablet: Tablet) -> Tablet:
    tablet.shots = tablet.shots / "tracabilite"
    return tablet


def find(desk: Tablet, text: str) -> None:
    desk.go("/tracabilite/")
    desk.type("q", text)
    desk.action()


def test_from_the_lot_of_a_letter_to_its_recall_and_back(desk: Tablet) -> None:
    desk.sign_in("chloe")
    find(desk, "PI-2601")
    desk.page.wait_for_url("**/tracabilite/lot:TI64-2601/")
    desk.sees("Les fabrications où il est allé", "F-0000", "100 %", "Les lots qui en sont faits", "F-0000-R")
    here = desk.page.locator("svg.trace a[aria-current='true']")
    expect(here).to_have_attribute("aria-label", "Lot TI64-2601, PI-2601 · H-4471")
    desk.shot("trace")
    # The keyboard goes from box to box; Enter opens the trace of the next.
    desk.page.locator("svg.trace a[aria-label='Fabrication F-0000']").focus()
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_url("**/tracabilite/build:F-0000/")
    desk.sees("De quoi il est fait", "Somme 100 %")
    desk.go("/tracabilite/lot:TI64-2601/")
    before = held(desk)
    desk.action()
    desk.sees("Poudre qui reste", "Imprimante LPBF 1", "Aucune pièce numérotée")
    desk.type("reason", LETTER)
    desk.pin()
    desk.action()
    desk.page.wait_for_url("**/rappels/R-*/")
    desk.sees(LETTER, "Encore bloqués")
    desk.shot("rappel")
    recall = desk.page.url
    desk.go("/tracabilite/lot:TI64-2601/")
    # The four of the recall, beside what other journeys of this site had stopped before it.
    assert len(held(desk) - before) == 4
    desk.sign_in("elsa")
    lift_everything(desk, recall)


def held(desk: Tablet) -> set[str]:
    """The boxes drawn as stopped, by the address each opens."""
    drawn = desk.page.locator("svg.trace a.is-held").all()
    return {str(each.get_attribute("href")) for each in drawn}


def lift_everything(desk: Tablet, recall: str) -> None:
    """Quality looks at each thing and lets it go."""
    desk.go(recall)
    numbers = desk.page.locator("main td a[href^='/blocages/']").all_inner_texts()
    assert len(numbers) >= 4
    for number in numbers:
        desk.go(f"/blocages/{number}/")
        desk.sees("qui est rappelé", LETTER)
        desk.type("reason", "Analyse refaite : conforme")
        desk.pin()
        desk.action()
        desk.page.wait_for_url("**/choses/**")
    desk.go(recall)
    desk.sees("Analyse refaite : conforme")
    expect(desk.page.locator("main")).not_to_contain_text("Bloqué ")

"""A procedure from its default to the floor: copied, written beside its preview, approved, followed by three people."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.tablet import Tablet

pytestmark = pytest.mark.journey
CODE = "sechage-essai"
BASE = f"/modes-operatoires/{CODE}/1/"
# A wait of a few seconds, where the default has hours.
# In one look, since the seconds pass: either the wait is over, or it is counted down and the button is not free.
HELD_BACK = """() => {
  const wait = document.querySelector("[data-wait]"), over = !wait || !wait.querySelector("[data-over]").hidden;
  return over || (/s/.test(wait.querySelector("[data-left]").textContent)
    && document.querySelector(".action").disabled);
}"""
SHEET = """code: sechage-essai
kind: drying
title: {fr: Séchage de l’essai, en: Drying for the test}
applies_to: [metal]
steps:
  - {code: start, kind: check, text: {fr: Lancer le four, en: Start the oven}}
  - {code: dry, kind: wait, minutes: "0.15", since: start, early: true, text: {fr: Laisser sécher, en: Leave to dry}}
  - {code: mass, kind: measure, unit: kg, min: "0", max: "25", text: {fr: Peser, en: Weigh}}
  - {code: look, kind: sign, meaning: checked, second_person: true, text: {fr: Contrôler à deux, en: Check}}
"""


@pytest.fixture()
def desk(tablet: Tablet, shots: Path) -> Tablet:
    tablet.shots = shots / "auteur"
    return tablet


def test_a_default_becomes_a_procedure_of_the_site_and_three_people_follow_it(desk: Tablet) -> None:
    _write(desk)
    _approve(desk)
    run = _begin(desk)
    _take_up(desk, run)
    _look_by_a_second_person(desk, run)


def _write(desk: Tablet) -> None:
    page = desk.page
    desk.sign_in("driss")
    desk.go("/modes-operatoires/powder-drying/1/copier/")
    desk.type("code", CODE)
    desk.type("title_fr", "Séchage de l’essai")
    desk.action()
    desk.sees("L’en-tête", "Laisser sécher quatre heures")
    desk.go(f"{BASE}texte/")
    desk.type("text", SHEET.replace("kind: measure", "kind: dance"))
    desk.action()
    desk.sees("Ligne 8", "dance")
    desk.type("text", SHEET)
    desk.action()
    page.wait_for_url(f"**{BASE}")
    desk.go(f"{BASE}etapes/mass/")
    desk.type("text_fr", "Peser la poudre sèche")
    expect(page.locator("#preview")).to_contain_text("Peser la poudre sèche")
    expect(page.locator("#preview")).to_contain_text(re.compile(r"25\s*kg"))
    desk.action()
    page.wait_for_url(f"**{BASE}*")
    desk.sees("Peser la poudre sèche")
    desk.go(f"{BASE}apercu/?etape=3")
    desk.sees("rien n’est écrit", "Peser la poudre sèche")
    desk.go(f"{BASE}etapes/mass/")
    desk.shot("etape")
    desk.go(BASE)
    desk.action()
    desk.sees("une autre personne l’approuve")


def _approve(desk: Tablet) -> None:
    desk.sign_in("elsa")
    desk.go(BASE)
    desk.pin()
    desk.action()
    desk.sees("approuvée par Elsa")


def _begin(desk: Tablet) -> str:
    """Amina starts, waits, and has to leave before the end."""
    page = desk.page
    desk.sign_in("amina")
    desk.go(f"/gestes/commencer/{CODE}/?about=lot:TI64-2602")
    desk.action()
    desk.sees("Lancer le four")
    run = page.url
    desk.action()
    desk.sees("Laisser sécher")
    assert page.evaluate(HELD_BACK)
    page.reload()
    desk.shot("attente")
    expect(page.locator(".action:enabled")).to_be_visible()
    desk.action()
    desk.sees("Peser la poudre sèche")
    desk.tap("Interrompre")
    desk.type("reason", "fin de poste")
    desk.action()
    desk.sees("Interrompu par Amina")
    return run


def _take_up(desk: Tablet, run: str) -> None:
    desk.sign_in("bruno")
    desk.go(run)
    desk.sees("Interrompu par Amina", "fin de poste")
    desk.action()
    desk.sees("repris par Bruno")
    desk.type("value", "12,5")
    desk.action()
    desk.sees("Contrôler à deux", "par une autre personne que")
    desk.pin()
    desk.action()
    desk.sees("a participé à ce geste")
    desk.shot("deuxieme-personne")


def _look_by_a_second_person(desk: Tablet, run: str) -> None:
    desk.sign_in("chloe")
    desk.go(run)
    desk.pin()
    desk.action()
    desk.sees("Terminé par Chloé")
    desk.go(f"{run}etapes/")
    desk.sees("12,5 kg", "Amina", "Bruno", "Chloé")
    desk.shot("etapes")

"""What hands do with a candidate's file: register, settle, name, sign, fill in a grid, give an opinion, propose."""

import re
from datetime import date, timedelta

from tests.journeys.campaign import PEOPLE
from tests.journeys.desk import press
from tests.journeys.tablet import Tablet

CONDITIONAL = ("C2.E4", "C2.O2", "C4.E4", "C5.E4", "C5.O3", "C6.K3", "C6.O1", "C6.O4", "C6.O5")
COMPETENCES = ("C1", "C2", "C3", "C4", "C5", "C6")


def register(desk: Tablet, who: str, reference: str) -> str:
    """Somebody is registered for the whole certificate; the number of their file."""
    desk.go("/qualification/dossiers/nouveau/")
    for name, words in (("person", PEOPLE[who][0]), ("company_person", PEOPLE["victor"][0])):
        desk.page.locator(f"select[name='{name}']").select_option(label=words)
    desk.choose("wanted", reference)
    desk.choose("status", "employee")
    desk.type("centre", "Centre d’essai")
    desk.type("company", "Atelier Fictif")
    desk.choose("company_capacity", "tutor")
    desk.action()
    desk.page.wait_for_url(re.compile(r"/dossiers/C-\w+/$"))
    return desk.page.url.rstrip("/").rpartition("/")[2]


def settle(desk: Tablet, number: str, today: date) -> None:
    """Place, dates, modalities, the lines that apply."""
    desk.go(f"/qualification/dossiers/{number}/cadre/")
    desk.type("place", "Hall d’essai")
    desk.type("evaluation_from", today.isoformat())
    desk.type("evaluation_to", (today + timedelta(days=20)).isoformat())
    desk.action()
    for competence in COMPETENCES:
        desk.page.locator(f"#mode-{competence}-MOD1").check(force=True)
    for line in CONDITIONAL:
        desk.page.locator(f"[id='applies-{line}-yes']").check(force=True)
        desk.page.locator(f"[id='reason-{line}']").fill("Atelier métal avec four")
    desk.action()


def name(desk: Tablet, number: str, *assessors: str) -> None:
    """The commission, each with what qualifies them."""
    desk.go(f"/qualification/dossiers/{number}/commission/")
    for who in assessors:
        desk.page.locator("select[name='person']").select_option(label=PEOPLE[who][0])
        desk.type("qualified_by", "Dix ans de fabrication additive")
        press(desk, "Nommer", desk.page.locator("#member-form"))
        desk.sees(PEOPLE[who][0])


def find(desk: Tablet, line: str, finding: str, words: str = "") -> None:
    """One line of a grid."""
    desk.page.locator(f"[id='finding-{line}-{finding}']").check(force=True)
    if words:
        desk.page.locator(f"[id='text-{line}']").fill(words)


def walk(desk: Tablet, wanted: set[str], until: str) -> None:
    """From the top of the page with Tab alone: tick what is wanted on the way, open what is folded, stop at a field."""
    desk.page.keyboard.press("Control+Home")
    for _ in range(400):
        desk.page.keyboard.press("Tab")
        here = desk.page.evaluate(
            "() => ({id: document.activeElement.id, name: document.activeElement.name || '',"
            " folded: document.activeElement.matches('details:not([open]) > summary')"
            " && document.activeElement.textContent.includes('Signer cette grille')})"
        )
        if f"#{here['id']}" == until:
            return
        if here["folded"]:
            desk.page.keyboard.press("Enter")
        group = here["name"] and next((each for each in wanted if each.startswith(f"{here['name']}-")), "")
        if group and here["id"] == group:
            desk.page.keyboard.press("Space")
    raise AssertionError(f"the keyboard never reaches {until}")

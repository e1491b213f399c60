"""A candidate's file by hand: prepared and signed, collected with their knowledge, a grid that no network can lose."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser

from tests.journeys import candidate_hands as hands
from tests.journeys import centre
from tests.journeys.campaign import PIN
from tests.journeys.desk import be, sign
from tests.journeys.tablet import Tablet
from tests.journeys.test_everyone_can_use_it import _faults

pytestmark = pytest.mark.journey
TODAY = datetime.now(ZoneInfo("Europe/Paris")).date()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return centre.made(tmp_path_factory.mktemp("candidates"), "candidates")


@pytest.fixture(scope="module")
def desk(browser: Browser, home: Path, shots: Path) -> Iterator[Tablet]:
    with centre.screen(browser, home, shots / "candidat") as held:
        yield held
    assert [e for e in held.errors if "net::ERR" not in e and "Failed to load" not in e] == []


def test_from_the_registration_to_a_grid_that_a_lost_network_does_not_lose(desk: Tablet, home: Path) -> None:
    address = _evidence_is_collected(desk, (home / "reference.txt").read_text())
    be(desk, "romain")
    _a_lost_network_loses_nothing(desk, address)
    _the_rest_and_the_signature_by_keyboard(desk, address)
    for page in ("grilles/C4/", "questions/", "synthese/"):
        assert _faults(desk, address + page) == []
    desk.go(address + "grilles/C3/")
    desk.shot("grille")
    desk.sees("Vous avez signé cette grille")


def _evidence_is_collected(desk: Tablet, reference: str) -> str:
    """Registered, settled, signed by both sides, the candidate told; where the file is."""
    be(desk, "maud")
    number = hands.register(desk, "nadia", reference)
    address = f"/qualification/dossiers/{number}/"
    desk.sees("Avant de pouvoir signer", "Dites où a lieu l’évaluation", "« composée de plusieurs membres »")
    hands.settle(desk, number, TODAY)
    hands.name(desk, number, "romain", "thea")
    desk.go(address)
    sign(desk, "Signer le dossier")
    be(desk, "victor")
    desk.go(address)
    sign(desk, "Signer le dossier")
    be(desk, "nadia")
    desk.go(address)
    desk.sees("Vous voyez chaque preuve", "Aucune note n’est calculée")
    sign(desk, "Je le sais, commencer")
    desk.sees("0 critères sur 51")
    assert _faults(desk, address + "preuves/") == []
    return address


def _a_lost_network_loses_nothing(desk: Tablet, address: str) -> None:
    """What was typed while the network was away is there when it comes back."""
    desk.go(address + "grilles/C3/")
    desk.sees("0 lignes sur 9 ont un constat", "Seule une personne peut le voir")
    assert desk.page.locator("main input:checked").count() == 0
    hands.find(desk, "C3.M1", "observed", "Graissage fait devant moi")
    desk.page.context.set_offline(True)
    desk.page.locator(".action:visible").first.click()
    desk.sees("Pas de réseau")
    assert desk.page.locator("[id='text-C3.M1']").input_value() == "Graissage fait devant moi"
    desk.page.context.set_offline(False)
    desk.page.reload()
    desk.page.wait_for_function("document.getElementById('text-C3.M1').value.startsWith('Graissage')")
    desk.action()
    desk.sees("1 lignes sur 9 ont un constat")
    assert desk.page.locator("[id='text-C3.M1']").input_value() == "Graissage fait devant moi"
    # What was kept already and is written on without a network comes back as well, on the version it was typed on.
    desk.page.context.set_offline(True)
    desk.page.locator("[id='text-C3.M1']").fill("Graissage fait devant moi, filtre compris")
    desk.page.context.set_offline(False)
    desk.page.reload()
    desk.page.wait_for_function("document.getElementById('text-C3.M1').value.endsWith('filtre compris')")
    desk.action()
    desk.page.wait_for_function("document.querySelector('[data-basis]').value === '2'")


def _the_rest_and_the_signature_by_keyboard(desk: Tablet, address: str) -> None:
    """The other lines, then the signature, without a pointer: Tab, Space and Enter alone."""
    lines = ("C3.K1", "C3.K2", "C3.K3", "C3.O1", "C3.R1", "C3.E1", "C3.S1", "C3.S2")
    hands.walk(desk, {f"finding-{line}-observed" for line in lines}, "#grid-pin")
    for line in lines:
        assert desk.page.locator(f"[id='finding-{line}-observed']").is_checked(), line
    desk.page.keyboard.type(PIN, delay=150)
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_url("**/grilles/")
    desk.sees("signée")

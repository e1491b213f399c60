"""Lists brought from a spreadsheet, in the browser: problems by row first, then all of it at once."""

from pathlib import Path

import pytest

from tests.journeys.tablet import Tablet

pytestmark = pytest.mark.journey

PLACES_BAD = "Code;Nom;Zone;Dans\nsas-2;Sas;Zone 22;batiment-9\nn° 3;Réserve;;\n"
PLACES_GOOD = "Code;Nom;Zone;Dans\nsas-2;Sas poudre sud;Zone 22;sud\nsud;Bâtiment « Sud » 🙂;;\n"
STATIONS = "Code;Nom;Lieu;Partagé;Veille (min)\nsud-1;Tablette sud;sud;oui;3\nsud-2;Bureau sud;sud;non;30\n"
ORDERS_BAD = (
    "OF;Pièce;Indice;Quantité;Échéance;Gamme\nOF-2601;EQ-1204;B;4;2026-12-24;G-TI64-30\n"
    "OF-9;ABSENTE;A;0;31/02/2026;G-X\n"
)
ORDERS_GOOD = (
    "OF;Pièce;Indice;Quantité;Échéance;Gamme;Client;Priorité;Remarque\n"
    "OF-2701;EQ-1204;B;4;24/12/2026;G-TI64-30;Hôpital d’Exemple « Nord » 🙂;urgent;à livrer par porteur\n"
    "OF-2702;EQ-1204;B;2;2027-01-15;G-TI64-30;;;\n"
)


@pytest.fixture()
def desk(tablet: Tablet, shots: Path) -> Tablet:
    tablet.shots = shots / "listes"
    return tablet


def _give(desk: Tablet, address: str, text: str) -> None:
    desk.go(address)
    file = {"name": "liste.csv", "mimeType": "text/csv", "buffer": text.encode()}
    # A file is chosen in French whatever the browser speaks, and its name is read before it is sent.
    desk.sees("Choisir un fichier", "Aucun fichier choisi")
    desk.page.locator("input[type=file]").set_input_files(file)
    desk.sees("liste.csv")
    desk.action()


def test_places_then_the_tablets_that_stand_in_them_come_from_a_list(desk: Tablet) -> None:
    desk.sign_in("hugo")
    _give(desk, "/lieux/importer/", PLACES_BAD)
    desk.sees("2 problèmes dans le fichier", "Rien n’a été importé", "batiment-9", "n° 3")
    desk.shot("lieux-refuses")
    _give(desk, "/lieux/importer/", PLACES_GOOD)
    desk.sees("2 lignes, aucun problème")
    desk.shot("lieux-verifies")
    desk.action()
    desk.page.wait_for_url("**/lieux/")
    desk.sees("Bâtiment « Sud » 🙂", "Sas poudre sud", "Zone ATEX 22")
    _give(desk, "/postes/importer/", STATIONS)
    desk.action()
    desk.page.wait_for_url("**/postes/")
    desk.sees("Tablette sud", "À enrôler sur l’écran lui-même")
    desk.shot("postes")


def test_the_orders_of_a_week_come_from_a_list(desk: Tablet) -> None:
    desk.sign_in("chloe")
    _give(desk, "/ordres/importer/", ORDERS_BAD)
    desk.sees("problèmes dans le fichier", "OF-2601", "ABSENTE")
    assert {int(r.split()[0]) for r in desk.page.locator("main tbody tr").all_inner_texts()} == {2, 3}
    desk.shot("ordres-refuses")
    _give(desk, "/ordres/importer/", ORDERS_GOOD)
    desk.sees("2 lignes, aucun problème", "Hôpital d’Exemple « Nord » 🙂")
    desk.shot("ordres-verifies")
    desk.action()
    desk.page.wait_for_url("**/ordres/")
    desk.sees("OF-2701", "OF-2702", "Urgente")
    desk.shot("ordres")

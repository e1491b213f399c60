"""Who may: what the site demands, what a team lacks, a qualification given, data handed over, a person erased."""

import json
from pathlib import Path

import pytest

from tests.journeys.tablet import Tablet

pytestmark = pytest.mark.journey


@pytest.fixture()
def desk(tablet: Tablet, shots: Path) -> Tablet:
    tablet.shots = shots / "personnes"
    return tablet


def test_the_night_team_lacks_somebody_for_the_sieve_until_bruno_is_authorised(desk: Tablet) -> None:
    desk.sign_in("chloe")
    desk.go("/personnes/matrice/")
    desk.sees("Personne ne peut", "Équipe de nuit : personne pour « Équipement TAMIS-1 »")
    desk.shot("matrice")
    desk.tap("Bruno Tamis-Inventé")
    desk.sees("Échue", "Qualifications", "Certificats")
    desk.tap("Habiliter")
    desk.choose("kind", "equipment")
    desk.type("scope", "TAMIS-1")
    desk.pin()
    desk.action()
    desk.sees("Équipement", "TAMIS-1")
    desk.shot("titres")
    desk.go("/personnes/matrice/?equipe=nuit")
    assert "TAMIS-1" not in desk.page.locator(".gaps").inner_text()


def test_a_demand_is_signed_with_its_source_and_a_trainer_qualifies(desk: Tablet) -> None:
    desk.sign_in("gaelle")
    desk.go("/personnes/exigences/")
    desk.choose("asked_for", "machines.power_on")
    desk.choose("record", "authorisation")
    desk.choose("kind", "atex")
    desk.type("source", "DRPCE d’essai, § 4")
    desk.pin()
    desk.action()
    desk.sees("Mettre une machine sous tension", "Atmosphères explosives", "DRPCE d’essai")
    desk.shot("exigences")
    desk.sign_in("leon")
    desk.go("/personnes/?q=Farid")
    desk.tap("Farid Filtre-Fictif")
    desk.tap("Qualifier")
    for name, value in {
        "machine_model": "Simulateur LPBF 250",
        "material": "ti64",
        "theory_on": "2026-05-04",
        "practice_on": "2026-05-06",
        "vision_on": "2026-04-20",
        "issued_on": "2026-05-11",
    }.items():
        desk.type(name, value)
    desk.page.get_by_label("Maintenance de premier niveau").check()
    desk.pin()
    desk.action()
    desk.sees("Simulateur LPBF 250", "10/05/2028")
    desk.shot("qualifie")


def test_a_person_takes_their_data_and_is_erased_once_they_have_left(desk: Tablet, tmp_path: Path) -> None:
    desk.sign_in("ines")
    desk.go("/moi/donnees/")
    desk.sees("Ce qui est conservé de moi", "Faits du journal")
    desk.shot("mes-donnees")
    with desk.page.expect_download() as caught:
        desk.page.get_by_role("button", name="Le tout, en fichier").click()
    path = tmp_path / "mine.json"
    caught.value.save_as(path)
    kept = json.loads(path.read_text())
    assert kept["kept"]["account"]["name"] == "Inès Tranche-Inventée"
    assert all(
        fact["by"] == kept["person"] or f"person:{kept['person']}" in fact["things"] for fact in kept["facts"]
    )
    desk.sign_in("hugo")
    desk.go(f"/personnes/{kept['person']}/depart/")
    desk.type("reason", "Départ d’essai")
    desk.action()
    desk.tap("Effacer cette personne")
    desk.type("reason", "Demande de la personne")
    desk.pin()
    desk.action()
    desk.page.wait_for_load_state("load")
    assert "Inès" not in desk.page.locator("body").inner_text()
    desk.go("/personnes/conservation/")
    desk.sees("Rapport de purge", "1825 jours")
    desk.shot("conservation")

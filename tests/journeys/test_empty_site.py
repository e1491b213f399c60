"""An empty site, from its first page to its people, places, machines and materials, by its first administrator."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import start_site, stop_site
from tests.journeys.office import enrol, give_list, screen, show_badge, sign
from tests.journeys.tablet import LARGE, Tablet

pytestmark = pytest.mark.journey

PASSWORD = "les strates du matin"
PIN = "271828"
PEOPLE_BAD = """Nom;Identifiant;Badge;Rôles;Langue;Téléphone
;sans.nom;B-10;opérateur;fr;1
Nour Grain-Fictif;nour;B-11;astronaute;fr;2
Odile Bain-Inventé;nour;B-12;opératrice;fr;3
Paul Buse-Exemple;paul;B-11;qualité;fr;4
Quitterie Plateau-Fictif;quitterie;ADM-1;opératrice;klingon;5
{long};long;B-15;opérateur;fr;6
"""
PEOPLE_GOOD = """Nom;Identifiant;Badge;Rôles;Langue
Nour Grain-Fictif;nour;B-11;opérateur;fr
"Odile « Oda » d'Bain-Inventé 🙂";odile;B-12;cheffe d'équipe + qualité;fr
"""


@pytest.fixture(scope="module")
def office(browser: Browser, tmp_path_factory: pytest.TempPathFactory, shots: Path) -> Iterator[Tablet]:
    """The screen of the administrator of a new site, before anything was typed."""
    process, address = start_site(tmp_path_factory.mktemp("empty"), demo=False, first=True)
    context = browser.new_context(
        locale="fr-FR",
        timezone_id="Europe/Paris",
        viewport=LARGE,
        base_url=address,
    )
    held = Tablet(context.new_page(), shots / "site-vide")
    held.watch()
    yield held
    context.close()
    stop_site(process)
    assert held.errors == []


@pytest.fixture(scope="module")
def admin(office: Tablet) -> Tablet:
    """The site installed, its administrator signed in."""
    office.go("/")
    office.page.wait_for_url("**/installation/")
    office.sees("Un nouveau site", "Votre mot de passe")
    office.shot("installation")
    for name, typed in {
        "site_name": "Atelier « Les Strates »",
        "name": "Hélène d'Exemple",
        "login": "helene",
        "badge": "ADM-1",
    }.items():
        office.type(name, typed)
    office.type("new_password", "trop court")
    office.type("again", "trop court")
    office.type("new_pin", "111111")
    office.action()
    office.sees("Refusé", "2 motifs", "au moins 12 caractères", "trop facile à deviner")
    assert office.page.locator("[name='site_name']").input_value() == "Atelier « Les Strates »"
    office.shot("installation-refusee")
    for name, typed in {"new_password": PASSWORD, "again": PASSWORD, "new_pin": PIN}.items():
        office.type(name, typed)
    office.action()
    office.page.wait_for_url("**/installation/suite/")
    office.sees("Atelier « Les Strates »", "Hélène d'Exemple")
    office.shot("installe")
    return office


def test_the_installation_is_closed_once_done(admin: Tablet) -> None:
    admin.go("/installation/")
    admin.sees("Refusé", "déjà administré")
    admin.shot("installation-close")


def test_the_settings_and_places_of_a_new_site(admin: Tablet) -> None:
    admin.go("/reglages/")
    admin.sees("Fuseau horaire", "Europe/Paris")
    admin.shot("reglages")
    admin.go("/reglages/late_entry_minutes/")
    admin.type("value", "99999")
    admin.action()
    admin.sees("Refusé")
    admin.shot("reglage-refuse")
    admin.type("value", "20")
    admin.action()
    admin.page.wait_for_url("**/reglages/")
    admin.sees("20 min")
    admin.go("/lieux/nouveau/")
    for name, typed in {"code": "hall-1", "title": "Hall poudre métal"}.items():
        admin.type(name, typed)
    admin.shot("lieu")
    admin.action()
    admin.page.wait_for_url("**/lieux/")
    admin.sees("Hall poudre métal")


def test_a_machine_and_a_material_are_entered_by_hand(admin: Tablet) -> None:
    admin.go("/machines/nouvelle/")
    for name, typed in {
        "code": "LPBF-9",
        "title": "Fusion laser 9",
        "width_mm": "250",
        "depth_mm": "250",
        "height_mm": "300",
    }.items():
        admin.type(name, typed)
    admin.choose("place", "hall-1")
    admin.shot("nouvelle-machine")
    admin.action()
    admin.sees("LPBF-9")
    admin.shot("machine-neuve")
    admin.go("/matieres/references/nouvelle/")
    for name, typed in {
        "code": "ti64",
        "title": "Titane Ti-6Al-4V",
        "density_g_cm3": "4,43",
        "sieve_um": "63",
    }.items():
        admin.type(name, typed)
    admin.shot("nouvelle-matiere")
    admin.action()
    admin.sees("Titane Ti-6Al-4V")


def test_a_newcomer_gets_a_role_a_badge_a_pin_and_an_authorisation_with_its_end(admin: Tablet) -> None:
    admin.go("/personnes/nouvelle/")
    admin.type("name", "Malik Cordon-Fictif")
    admin.type("badge", "B-01")
    admin.choose("roles", "operator")
    admin.shot("nouvelle-personne")
    admin.action()
    admin.page.wait_for_url("**/personnes/p-*/")
    person = admin.page.url.split("/personnes/")[1]
    admin.sees("Malik Cordon-Fictif", "Opérat")
    admin.go(f"/personnes/{person}badge/")
    admin.type("badge", "B-02")
    admin.type("reason", "badge perdu")
    admin.shot("badge-perdu")
    admin.action()
    admin.sees("B-02")
    admin.go(f"/personnes/{person}pin/")
    given = admin.page.locator("[name='new_pin']").input_value()
    assert len(given) == 6
    admin.shot("pin-perdu")
    admin.action()
    admin.sees("Provisoire")
    admin.shot("personne")


def test_somebody_with_a_given_pin_chooses_their_own_then_authorises_with_an_end(
    admin: Tablet, browser: Browser
) -> None:
    admin.go("/personnes/nouvelle/")
    admin.type("name", "Odette Jauge-Fictive")
    admin.type("badge", "B-05")
    admin.choose("roles", "quality")
    admin.action()
    admin.page.wait_for_url("**/personnes/p-*/")
    person = admin.page.url.split("/personnes/")[1]
    admin.go(f"/personnes/{person}pin/")
    given = admin.page.locator("[name='new_pin']").input_value()
    admin.action()
    with screen(browser, admin, PASSWORD) as quality:
        enrol(quality, "qualite", "Poste qualité")
        show_badge(quality, "B-05", given)
        quality.page.wait_for_url("**/moi/secret/**")
        quality.shot("premier-code")
        for name, typed in {"old_pin": given, "new_pin": PIN, "again": PIN}.items():
            quality.type(name, typed)
        quality.action()
        _authorise(quality)
        assert quality.errors == []


def _authorise(quality: Tablet) -> None:
    quality.go("/personnes/")
    quality.tap("Hélène d'Exemple", within="main")
    quality.tap("Habiliter", within="main")
    quality.choose("kind", "machine")
    quality.type("granted_on", "2026-11-01")
    quality.type("expires_on", "2020-01-01")
    quality.type("reason", "Formation poudres du 2 novembre")
    sign(quality)
    quality.sees("Refusé", "avant d’avoir commencé")
    quality.shot("habilitation-refusee")
    quality.type("expires_on", "2027-11-01")
    sign(quality)
    quality.sees("Hélène d'Exemple", "2027")
    quality.shot("habilitee")


def test_a_list_of_people_is_imported_whole_or_not_at_all(admin: Tablet) -> None:
    give_list(admin, "/personnes/importer/", "equipe.csv", PEOPLE_BAD.format(long="N" * 130))
    admin.sees("problèmes dans le fichier", "Rien n’a été importé")
    rows = admin.page.locator("main tbody tr").all_inner_texts()
    assert {int(row.split()[0]) for row in rows} == {2, 3, 4, 5, 6, 7}, rows
    admin.shot("import-refuse")
    give_list(admin, "/personnes/importer/", "photo.csv", "\x00\x01\x02")
    admin.sees("Refusé")
    give_list(admin, "/personnes/importer/", "vide.csv", "")
    admin.sees("Refusé")
    give_list(admin, "/personnes/importer/", "equipe.csv", PEOPLE_GOOD)
    admin.sees("2 lignes, aucun problème", "🙂", "Chef d’équipe, Qualité")
    admin.shot("import-verifie")
    admin.action()
    admin.page.wait_for_url("**/personnes/")
    admin.sees("Nour Grain-Fictif", "Odile « Oda » d'Bain-Inventé 🙂")
    admin.shot("personnes")


def test_machines_come_from_a_list_too(admin: Tablet) -> None:
    give_list(
        admin,
        "/machines/importer/",
        "machines.csv",
        "Code;Nom;Type;Largeur (mm)\nSCIE 1;Scie;scie;0\n;Four;four;0\nT-1;Tamis;passoire;abc\n",
    )
    admin.sees("problèmes dans le fichier")
    admin.shot("machines-refusees")
    give_list(
        admin,
        "/machines/importer/",
        "machines.csv",
        "Code;Nom;Type\nSCIE-1;Scie à ruban;scie\nFOUR-1;Four sous vide;four\n",
    )
    admin.sees("2 lignes, aucun problème")
    admin.action()
    admin.sees("Scie à ruban", "Four sous vide")
    admin.shot("hall")


def test_materials_and_orders_come_from_lists(admin: Tablet) -> None:
    give_list(
        admin,
        "/matieres/references/importer/",
        "matieres.csv",
        "Code;Nom;Famille;Masse volumique (g/cm³)\nin718;Inconel 718;métal;8,19\npa12;Polyamide 12;bois;un\n",
    )
    admin.sees("2 problèmes dans le fichier")
    admin.shot("matieres-refusees")
    give_list(
        admin,
        "/matieres/references/importer/",
        "matieres.csv",
        "Code;Nom;Famille;Masse volumique (g/cm³)\nin718;Inconel 718;métal;8,19\npa12;Polyamide 12;polymère;1.01\n",
    )
    admin.sees("2 lignes, aucun problème")
    admin.action()
    admin.sees("Inconel 718", "Polyamide 12")
    admin.shot("matieres")
    give_list(
        admin,
        "/ordres/importer/",
        "ordres.csv",
        "OF;Pièce;Indice;Quantité;Échéance;Gamme\nOF-1;P-0;A;0;31/02/2027;G-0\n",
    )
    admin.sees("problèmes dans le fichier")
    rows = " ".join(admin.page.locator("main tbody tr").all_inner_texts())
    assert all(word in rows for word in ("P-0", "G-0", "Quantité", "Échéance")), rows
    admin.shot("ordres-refuses")


def test_anomalies_have_recipients_from_the_first_day(admin: Tablet) -> None:
    admin.go("/anomalies/destinataires/")
    admin.shot("destinataires")
    admin.type("code", "fournisseur_poudre_2")
    admin.type("title", "Poudres Fictives SARL")
    admin.page.locator("input[name='roles'][value='quality']").check(force=True)
    admin.type("contact", "qualite@exemple.invalid")
    admin.tap(admin.page.locator("form[action*='enregistrer'] button, button[form][type=submit]"))
    admin.sees("Poudres Fictives SARL")


def test_the_screen_becomes_a_tablet_of_the_workshop(admin: Tablet) -> None:
    admin.go("/postes/enroler/")
    admin.shot("enroler")
    enrol(admin, "hall-1-tablette", "Tablette du hall 1")
    admin.shot("postes")
    admin.go("/poste/changer/")
    admin.shot("badge")
    show_badge(admin, "ADM-1", PIN)
    admin.sees("Hélène d'Exemple", "Tablette du hall 1")

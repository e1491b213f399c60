"""The screens of the site: settings, places, the installation, the import of people."""

import pytest
from django.test import Client

from strate.workshop.journal import queries as journal
from strate.workshop.journal.actor import SYSTEM
from strate.workshop.people import actions as people
from strate.workshop.people import installation, queries
from strate.workshop.people.hashing import seal_password, seal_pin
from strate.workshop.site import actions
from strate.workshop.site import queries as site

PASSWORD = "trois couches de poudre"
WIZARD = {
    "site_name": "Atelier d'Essai",
    "time_zone": "Europe/Paris",
    "language": "fr",
    "name": "Hugo Essai",
    "login": "hugo",
    "new_password": PASSWORD,
    "again": PASSWORD,
    "badge": "B-hugo",
    "new_pin": "280517",
    "command": "i-1",
}


@pytest.fixture()
def desk(hugo):
    people.set_password(by=SYSTEM, person=hugo.person, password=seal_password(PASSWORD))
    people.set_pin(by=SYSTEM, person=hugo.person, pin=seal_pin("280517"))
    client = Client()
    client.post("/poste/bureau/", {"login": "hugo", "password": PASSWORD})
    return client


@pytest.mark.parametrize(
    "page", ["/reglages/", "/reglages/time_zone/", "/lieux/", "/lieux/nouveau/", "/lieux/hall-1/"]
)
def test_the_page_opens(desk, page):
    actions.add_place(by=SYSTEM, code="hall-1", title="Hall 1")
    assert desk.get(page).status_code == 200


@pytest.mark.parametrize("page", ["/reglages/couleur/", "/lieux/lune/"])
def test_what_does_not_exist_is_not_found(desk, page):
    assert desk.get(page).status_code == 404


def test_a_setting_is_changed_by_hand_and_a_wrong_value_keeps_what_was_typed(desk):
    refused = desk.post("/reglages/late_entry_minutes/", {"value": "0", "command": "s-1"})
    assert refused.status_code == 409 and "entre 1 et 1440" in refused.content.decode()
    desk.post("/reglages/late_entry_minutes/", {"value": "30", "command": "s-2"})
    desk.post("/reglages/pick_name/", {"value": "on", "command": "s-3"})
    assert site.value("late_entry_minutes") == 30 and site.value("pick_name") is True


def test_a_place_is_added_and_closed_by_hand(desk):
    desk.post("/lieux/nouveau/", {"code": "hall-1", "title": "Hall 1", "zone": "none", "command": "p-1"})
    desk.post("/lieux/hall-1/", {"title": "Hall 1", "zone": "cmr", "closed": "on", "command": "p-2"})
    assert site.place("hall-1").zone == "cmr" and site.places() == []


def test_the_wizard_names_the_site_and_its_first_administrator_in_one_go(db):
    client = Client()
    assert client.get("/installation/").status_code == 200
    assert client.post("/installation/", WIZARD).status_code == 302
    assert site.value("name") == "Atelier d'Essai" and queries.by_badge("B-hugo").login == "hugo"
    steps = client.get("/installation/suite/").content.decode()
    assert "Enrôler cette tablette" in steps and "/lieux/" in steps


def test_the_wizard_is_closed_for_ever_after_the_first_administrator(db):
    Client().post("/installation/", WIZARD)
    again = {**WIZARD, "login": "intrus", "badge": "B-intrus", "command": "i-2"}
    assert Client().get("/installation/").status_code == 409
    assert "close" in Client().post("/installation/", again).content.decode()
    assert queries.by_login("intrus") is None


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"new_pin": "123456"}, "trop facile"),
        ({"again": "autre chose ici"}, "diffèrent"),
        ({"new_password": "court", "again": "court"}, "au moins 12"),
        ({"new_password": "qwerty123456", "again": "qwerty123456"}, "plus courants"),
    ],
)
def test_a_refused_installation_installs_nothing(db, typed, said):
    answer = Client().post("/installation/", {**WIZARD, **typed})
    page = answer.content.decode()
    assert answer.status_code == 409 and said in page
    assert not queries.installed() and site.value("name") == "Strate" and journal.last() is None


def test_an_empty_site_leads_every_page_to_its_installation(db, rf, hugo_later):
    guarded = installation.until_installed(lambda request: request.path)
    assert guarded(rf.get("/personnes/")).headers["Location"] == "/installation/"
    assert guarded(rf.get("/static/strate/brand.svg")) == "/static/strate/brand.svg"
    hugo_later()
    assert guarded(rf.get("/personnes/")) == "/personnes/"


@pytest.fixture()
def hugo_later():
    return lambda: people.register(by=SYSTEM, name="Hugo Essai", roles=["admin"])


def upload(client, content: bytes, name: str = "personnes.csv"):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return client.post("/personnes/importer/", {"file": SimpleUploadedFile(name, content), "command": "u-1"})


def test_a_list_of_people_is_checked_then_imported_as_one_fact(desk):
    content = "Nom;Badge;Rôles\nIda d'Essai;B-1;opératrice+qualité\nJo « 🙂 » d'Essai;B-2;\n".encode()
    preview = upload(desk, content).content.decode()
    assert "2 lignes, aucun problème" in preview and queries.by_badge("B-1") is None
    digest = preview.partition('name="sha256" value="')[2][:64]
    assert desk.post("/personnes/importer/", {"sha256": digest, "command": "u-2"}).status_code == 302
    assert queries.roles_of(queries.by_badge("B-1")) == {"operator", "quality"}
    told = journal.told(journal.last())
    assert told["what"] == "people.imported" and told["data"] == {"count": 2, "file_sha256": digest}


def test_one_bad_row_keeps_the_whole_list_out_and_is_named(desk):
    content = "Nom;Badge;Rôles\nIda d'Essai;B-1;opératrice\nJo d'Essai;B-hugo;pilote\n;B-1;\n".encode()
    answer = upload(desk, content)
    page = answer.content.decode()
    assert answer.status_code == 422 and "4 problèmes" in page
    assert queries.people().count() == 1


def test_a_badge_given_between_the_check_and_the_confirmation_stops_the_import(desk):
    digest = upload(desk, b"Nom;Badge\nIda d'Essai;B-1\n").content.decode().partition('value="')
    page = upload(desk, b"Nom;Badge\nIda d'Essai;B-1\n").content.decode()
    digest = page.partition('name="sha256" value="')[2][:64]
    people.register(by=SYSTEM, name="Plus Rapide", badge="B-1")
    answer = desk.post("/personnes/importer/", {"sha256": digest, "command": "u-3"})
    assert answer.status_code == 422 and queries.people(search="Ida").count() == 0


@pytest.mark.parametrize("digest", ["", "../../etc/passwd", "0" * 64])
def test_only_a_checked_file_is_confirmed(desk, digest):
    assert desk.post("/personnes/importer/", {"sha256": digest, "command": "u-4"}).status_code == 409


def test_ten_thousand_people_are_imported_at_once(desk):
    rows = "\n".join(f"Personne {n:05d} d'Essai;B{n:05d};operator" for n in range(10_000))
    page = upload(desk, f"Nom;Badge;Rôles\n{rows}\n".encode()).content.decode()
    digest = page.partition('name="sha256" value="')[2][:64]
    desk.post("/personnes/importer/", {"sha256": digest, "command": "u-5"})
    assert queries.people().count() == 10_001 and queries.by_badge("B09999") is not None


def test_an_empty_list_to_fill_in_is_offered(desk):
    model = desk.get("/personnes/importer/?modele=1")
    assert model.content.decode("utf-8-sig").strip() == "Nom;Identifiant;Badge;Rôles;Langue"

"""Every page of the room opens, in French, for who may see it; what is refused keeps what was typed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from strate.workshop.journal.actor import SYSTEM
from strate.workshop.people import actions, queries
from strate.workshop.site import actions as site
from tests.workshop.people.conftest import PASSWORD, PIN, badge_in


@pytest.fixture()
def as_person(tablet, with_secrets):
    """A tablet on which this person is signed in."""

    def sign(by, code="hall-1"):
        client = tablet(code)
        badge_in(client, f"B-{with_secrets(by).person.removeprefix('p-')}")
        return client

    return sign


OWN = ["/moi/", "/moi/secret/", "/moi/mot-de-passe/", "/moi/jetons/", "/poste/", "/poste/changer/"]
ADMIN = [
    "/personnes/",
    "/personnes/?q=essai&role=operator&partis=1&page=9",
    "/personnes/nouvelle/",
    "/personnes/importer/",
    "/personnes/echeances/",
    "/personnes/matrice/",
    "/personnes/equipes/",
    "/personnes/exigences/",
    "/personnes/conservation/",
    "/moi/donnees/",
    "/personnes/p-amina/",
    "/personnes/p-amina/badge/",
    "/personnes/p-amina/pin/",
    "/personnes/p-amina/mot-de-passe/",
    "/personnes/p-amina/habiliter/",
    "/personnes/p-amina/depart/",
    "/postes/",
    "/postes/enroler/",
    "/postes/hall-1/",
    "/postes/hall-1/retirer/",
    "/installation/suite/",
]


@pytest.mark.parametrize("page", OWN + ADMIN)
def test_the_page_opens(as_person, hugo, amina, page):
    answer = as_person(hugo).get(page)
    assert answer.status_code == 200 and 'lang="fr"' in answer.content.decode()


@pytest.mark.parametrize("page", [*OWN[:4], *ADMIN])
def test_nobody_opens_a_page_without_a_badge(tablet, amina, page):
    assert tablet().get(page).headers["Location"].startswith("/poste/?next=")


def test_a_person_nobody_knows_is_told_so(as_person, hugo):
    assert "n’est connu" in as_person(hugo).get("/personnes/p-inconnu/").content.decode()


def test_registering_badge_pin_and_role_by_hand(as_person, hugo):
    client = as_person(hugo)
    typed = {
        "name": "Nora d'Essai",
        "badge": "B-nora",
        "language": "fr",
        "roles": ["operator"],
        "command": "r-1",
    }
    there = client.post("/personnes/nouvelle/", typed).headers["Location"]
    client.post(f"{there}pin/", {"new_pin": PIN, "command": "r-2"})
    client.post(f"{there}role/", {"role": "quality", "command": "r-3"})
    client.post(f"{there}role/", {"role": "operator", "verb": "withdraw", "command": "r-4"})
    nora = queries.by_badge("B-nora")
    assert queries.roles_of(nora) == {"quality"} and nora.pin_is_temporary


def test_the_same_form_sent_twice_registers_one_person(as_person, hugo):
    client, typed = (
        as_person(hugo),
        {"name": "Nora d'Essai", "badge": "B-nora", "language": "fr", "command": "r-1"},
    )
    client.post("/personnes/nouvelle/", typed)
    assert client.post("/personnes/nouvelle/", typed).status_code == 302
    assert queries.people(search="Nora").count() == 1


def test_a_refused_registration_keeps_what_was_typed(as_person, hugo, amina):
    typed = {"name": "Nora d'Essai", "badge": "B-amina", "language": "fr", "command": "r-1"}
    answer = as_person(hugo).post("/personnes/nouvelle/", typed)
    page = answer.content.decode()
    assert answer.status_code == 409 and "appartient déjà à quelqu’un" in page and "Nora d&#x27;Essai" in page


def test_an_operator_sees_the_directory_and_changes_nothing(as_person, amina):
    client = as_person(amina)
    assert "Enregistrer une personne" not in client.get("/personnes/").content.decode()
    assert client.post("/personnes/nouvelle/", {"name": "Nora", "language": "fr"}).status_code == 409


def test_authorising_by_hand_asks_the_pin_of_who_decides(morning, as_person, chloe, amina):
    client = as_person(chloe)
    typed = {"kind": "machine", "scope": "M1", "granted_on": "2026-01-05", "expires_on": "2030-01-05"}
    refused = client.post("/personnes/p-amina/habiliter/", {**typed, "pin": "999991", "command": "h-1"})
    assert refused.status_code == 409 and "M1" in refused.content.decode()
    client.post("/personnes/p-amina/habiliter/", {**typed, "pin": PIN, "command": "h-1"})
    (given,) = queries.authorisations_of(amina.person, on=morning.date())
    assert given.record.scope == "M1" and given.state == "valid"


def test_an_authorisation_that_ends_soon_is_shown_by_a_word(as_person, chloe, amina, signed):
    soon = timezone.localdate() + timedelta(days=3)
    given = actions.authorise(by=signed(chloe), person=amina.person, kind="zone", scope="Z1", expires_on=soon)
    client = as_person(chloe)
    assert "Bientôt échue" in client.get("/personnes/p-amina/").content.decode()
    assert "Bientôt échue" in client.get("/personnes/echeances/").content.decode()
    client.post(f"/personnes/habilitations/{given.pk}/suspendre/", {"reason": "Doute", "command": "s-1"})
    assert "Suspendue" in client.get("/personnes/p-amina/").content.decode()


def test_one_changes_ones_own_pin_with_the_old_one(as_person, amina):
    client = as_person(amina)
    wrong = client.post("/moi/secret/", {"old_pin": "999991", "new_pin": "739152", "again": "739152"})
    differs = client.post("/moi/secret/", {"old_pin": PIN, "new_pin": "739152", "again": "739153"})
    assert wrong.status_code == 409 and differs.status_code == 409
    client.post("/moi/secret/", {"old_pin": PIN, "new_pin": "739152", "again": "739152"})
    assert client.get("/moi/").status_code == 200
    assert badge_in(client, "B-amina", pin="739152").status_code == 302


def test_no_page_of_the_room_ever_shows_a_kept_secret(as_person, amina, hugo):
    who = queries.person(amina.person)
    page = as_person(hugo).get("/personnes/p-amina/").content.decode()
    assert "argon2" not in page and PASSWORD not in page and who.pk in page


def test_each_person_reads_their_own_language(as_person, amina):
    client = as_person(amina)
    page = client.get("/moi/").content.decode()
    # The button of every screen is theirs while they are signed in: the tablet's own would change nothing.
    assert 'action="/moi/langue/"' in page and 'action="/langue/"' not in page
    client.post("/moi/langue/", {"language": "en", "command": "l-1"})
    assert "What is kept of me" in client.get("/moi/").content.decode()


def test_enrolling_the_tablet_in_ones_hands(db, with_secrets, hugo):
    from django.test import Client

    with_secrets(hugo)
    client = Client()
    client.post("/poste/bureau/", {"login": "hugo", "password": PASSWORD})
    enrolled = {"code": "hall-2", "title": "Hall 2", "shared": "on", "idle_minutes": "3", "command": "e-1"}
    cookie = client.post("/postes/enroler/", enrolled).cookies["strate_station"]
    assert cookie["httponly"] and len(cookie.value) >= 40
    assert queries.station_by_cookie(cookie.value).code == "hall-2"


def test_ten_thousand_people_are_turned_page_by_page(as_person, hugo, django_assert_max_num_queries):
    names = [actions.Newcomer(f"Personne {n:05d} d'Essai") for n in range(10_000)]
    actions.import_people(by=SYSTEM, newcomers=names)
    client = as_person(hugo)
    with django_assert_max_num_queries(25):
        page = client.get("/personnes/?page=200").content.decode()
    assert "Personne 09999" in client.get("/personnes/?q=09999").content.decode() and "Page 200" in page


def test_choosing_ones_name_only_where_the_site_allows_it(tablet, with_secrets, amina):
    with_secrets(amina)
    client = tablet()
    assert "Amina Essai" not in client.get("/poste/").content.decode()
    site.set_setting(by=SYSTEM, key="pick_name", value="1")
    assert "Amina Essai" in client.get("/poste/").content.decode()
    client.post("/poste/", {"person": amina.person, "pin": PIN})
    assert client.get("/poste/etat/").json()["writer"] == amina.person


def test_a_name_is_read_once_however_often_a_page_says_it(amina, django_assert_num_queries):
    with queries.remembering_names(), django_assert_num_queries(1):
        assert {queries.name_of(amina.person) for _ in range(30)} == {"Amina Essai"}

"""What was typed survives an idle sign-out."""

from datetime import timedelta

from strate.workshop.journal import clock
from tests.workshop.people.conftest import PIN, badge_in


def test_an_idle_sign_out_keeps_what_was_typed_but_never_the_pin(tablet, with_secrets, hugo, morning):
    with_secrets(hugo)
    client = tablet()
    badge_in(client, "B-hugo")
    with clock.at(morning + timedelta(minutes=6)):
        typed = {"name": "Jo « l'Essai » 🙂", "language": "fr", "command": "c-1", "pin": "123123"}
        answer = client.post("/personnes/nouvelle/", typed)
        assert answer.headers["Location"] == "/poste/?next=%2Fpersonnes%2Fnouvelle%2F"
        assert (
            badge_in(client, "B-hugo", next_="/personnes/nouvelle/").headers["Location"] == "/poste/reprise/"
        )
        page = client.get("/poste/reprise/").content.decode()
        assert "Jo « l&#x27;Essai » 🙂" in page and "123123" not in page
        taken_up = client.post("/personnes/nouvelle/", {**typed, "pin": ""})
        assert taken_up.headers["Location"].startswith("/personnes/p-")
        assert client.get("/poste/reprise/").headers["Location"] == "/"


def test_another_person_is_told_whose_work_it_was(tablet, with_secrets, hugo, amina, morning):
    with_secrets(hugo), with_secrets(amina)
    client = tablet()
    badge_in(client, "B-hugo")
    with clock.at(morning + timedelta(minutes=6)):
        client.post("/personnes/nouvelle/", {"name": "Jo d'Essai", "language": "fr"})
        badge_in(client, "B-amina", pin=PIN, next_="/personnes/nouvelle/")
        page = client.get("/poste/reprise/").content.decode()
        assert "Hugo Essai a saisi ceci" in page and "au nom de Amina Essai" in page


def test_unfinished_work_can_be_dropped(tablet, with_secrets, hugo, morning):
    with_secrets(hugo)
    client = tablet()
    client.post("/personnes/nouvelle/", {"name": "Jo d'Essai", "language": "fr"})
    badge_in(client, "B-hugo")
    assert client.get("/poste/reprise/").status_code == 200
    client.post("/poste/reprise/abandon/")
    assert client.get("/poste/reprise/").headers["Location"] == "/"

"""What was typed survives an idle sign-out."""

from datetime import timedelta

from strate.workshop.journal import clock
from strate.workshop.people import queries
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


def test_what_a_page_bears_the_name_of_one_is_never_written_in_the_name_of_another(
    tablet, with_secrets, hugo, amina, morning
):
    """Two tabs of one tablet: Amina has signed in on the second, Hugo's page is still open on the first."""
    with_secrets(hugo), with_secrets(amina)
    client = tablet()
    badge_in(client, "B-hugo")
    assert f'name="drawn_for" value="{hugo.person}"' in client.get("/personnes/nouvelle/").content.decode()
    badge_in(client, "B-amina")
    typed = {"name": "Jo d'Essai", "language": "fr", "drawn_for": hugo.person}
    people = queries.people().count()
    assert client.post("/personnes/nouvelle/", typed).headers["Location"] == "/poste/reprise/"
    assert queries.people().count() == people
    page = client.get("/poste/reprise/").content.decode()
    assert "Hugo Essai a saisi ceci" in page and "Jo d&#x27;Essai" in page and "drawn_for" not in page
    # The operator is changed on that page: what he typed waits for him there.
    assert "?next=/poste/reprise/" in page
    answer = badge_in(client, "B-hugo", next_="/poste/reprise/")
    assert answer.headers["Location"] == "/poste/reprise/"
    assert "Rien n’est perdu" in client.get("/poste/reprise/").content.decode()
    assert client.post("/personnes/nouvelle/", typed).headers["Location"].startswith("/personnes/p-")


def test_what_waited_for_the_network_waits_for_its_writer_too(tablet, with_secrets, hugo, amina):
    with_secrets(hugo), with_secrets(amina)
    client, by_itself = tablet(), {"X-Strate-Outbox": "1"}
    typed = {"name": "Jo d'Essai", "language": "fr", "drawn_for": hugo.person}
    assert client.post("/personnes/nouvelle/", typed, headers=by_itself).status_code == 401
    badge_in(client, "B-amina")
    assert client.post("/personnes/nouvelle/", typed, headers=by_itself).status_code == 401
    assert client.get("/poste/reprise/").headers["Location"] == "/"
    badge_in(client, "B-hugo")
    assert client.post("/personnes/nouvelle/", typed, headers=by_itself).status_code == 302


def test_work_nobody_is_known_to_have_typed_is_said_to_be_so(tablet, with_secrets, hugo):
    with_secrets(hugo)
    client = tablet()
    client.post("/personnes/nouvelle/", {"name": "Jo d'Essai", "language": "fr"})
    badge_in(client, "B-hugo")
    page = client.get("/poste/reprise/").content.decode()
    assert "Quelqu’un a saisi ceci" in page and "au nom de Hugo Essai" in page

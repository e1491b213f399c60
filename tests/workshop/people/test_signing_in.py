"""Badge and PIN on a tablet, password at a desk, and what ends a sign-in."""

from datetime import timedelta

import pytest
from django.test import Client

from strate.workshop.journal import clock
from strate.workshop.journal import queries as journal
from strate.workshop.journal.actor import SYSTEM
from strate.workshop.people import actions
from strate.workshop.people.hashing import seal_pin
from strate.workshop.site import actions as site
from tests.workshop.people.conftest import PASSWORD, PIN, badge_in


def writer(client: Client) -> str:
    return client.get("/poste/etat/").json()["writer"]


def test_a_badge_and_its_pin_open_the_tablet(tablet, with_secrets, amina):
    with_secrets(amina)
    client = tablet()
    assert "Amina" in client.post("/poste/", {"badge": "B-amina"}).content.decode()
    assert badge_in(client, "B-amina", next_="/moi/").headers["Location"] == "/moi/"
    assert writer(client) == amina.person
    fact = journal.last()
    assert fact.what == "people.signed_in" and fact.by == amina.person and fact.station == "station:hall-1"


def test_a_badge_alone_opens_nothing(tablet, with_secrets, amina):
    with_secrets(amina)
    client = tablet()
    client.post("/poste/", {"badge": "B-amina"})
    assert writer(client) == ""


def test_badge_and_pin_do_not_work_on_a_screen_nobody_enrolled(db, with_secrets, amina):
    with_secrets(amina)
    client = Client()
    assert client.get("/poste/").headers["Location"].startswith("/poste/bureau/")
    assert badge_in(client, "B-amina").status_code == 409 and writer(client) == ""


def test_the_demonstration_may_open_badges_anywhere(db, with_secrets, amina):
    with_secrets(amina)
    site.set_setting(by=SYSTEM, key="badge_anywhere", value="1")
    client = Client()
    badge_in(client, "B-amina")
    assert writer(client) == amina.person


def test_a_retired_tablet_opens_nothing_any_more(tablet, with_secrets, amina):
    with_secrets(amina)
    client = tablet()
    actions.retire_station(by=SYSTEM, code="hall-1")
    assert badge_in(client, "B-amina").status_code == 409


def test_the_password_opens_a_desk(db, with_secrets, amina):
    with_secrets(amina)
    client = Client()
    assert client.post("/poste/bureau/", {"login": "amina", "password": "not it at all"}).status_code == 409
    client.post("/poste/bureau/", {"login": "AMINA", "password": PASSWORD})
    assert writer(client) == amina.person


@pytest.mark.parametrize("login", ["nobody", "amina"])
def test_a_wrong_login_and_a_wrong_password_are_told_alike(db, with_secrets, amina, login):
    with_secrets(amina)
    answer = Client().post("/poste/bureau/", {"login": login, "password": "wrong enough"})
    assert "ne vont pas ensemble" in answer.content.decode()


def test_the_delay_grows_with_each_wrong_pin_and_the_right_one_waits_too(
    tablet, with_secrets, amina, morning
):
    with_secrets(amina)
    client, waits, at = tablet(), [], morning
    for _ in range(6):
        with clock.at(at):
            badge_in(client, "B-amina", pin="999991")
            waits.append(journal.told(journal.last())["data"]["wait_s"])
        at += timedelta(seconds=waits[-1])
    assert waits == [0, 0, 15, 30, 60, 120]
    with clock.at(at - timedelta(seconds=1)):
        assert badge_in(client, "B-amina").status_code == 409 and writer(client) == ""
    with clock.at(at):
        badge_in(client, "B-amina")
        assert writer(client) == amina.person


def test_a_try_while_the_door_is_shut_writes_nothing(tablet, with_secrets, amina, morning):
    with_secrets(amina)
    client = tablet()
    for _ in range(3):
        badge_in(client, "B-amina", pin="999991")
    before = journal.last().seq
    badge_in(client, "B-amina", pin="999992")
    assert journal.last().seq == before


def test_the_right_pin_forgets_the_wrong_ones(tablet, with_secrets, amina):
    with_secrets(amina)
    client = tablet()
    for pin in ("999991", "999992", PIN, "999993"):
        badge_in(client, "B-amina", pin=pin)
    assert journal.told(journal.last())["data"]["wrong_tries"] == 1


def test_an_idle_tablet_signs_the_person_out_and_stays_a_station(tablet, with_secrets, amina, morning):
    with_secrets(amina)
    client = tablet()
    badge_in(client, "B-amina")
    with clock.at(morning + timedelta(minutes=5, seconds=1)):
        answer = client.get("/moi/")
        assert answer.headers["Location"] == "/poste/?next=%2Fmoi%2F"
        told = journal.told(journal.last())
        assert told["what"] == "people.signed_out" and told["data"]["why"] == "idle"
        assert client.get("/poste/").status_code == 200


def test_each_gesture_keeps_the_person_signed_in_but_a_watching_page_does_not(
    tablet, with_secrets, amina, morning
):
    with_secrets(amina)
    client = tablet()
    badge_in(client, "B-amina")
    for minutes in (4, 8):
        with clock.at(morning + timedelta(minutes=minutes)):
            assert client.get("/moi/").status_code == 200
    with clock.at(morning + timedelta(minutes=12)):
        assert client.get("/moi/", headers={"HX-Request": "true"}).status_code == 200
    with clock.at(morning + timedelta(minutes=14)):
        answer = client.get("/moi/", headers={"HX-Request": "true"})
        assert answer.status_code == 204 and answer.headers["HX-Trigger"] == "signed-out"


def test_twelve_hours_end_a_sign_in_even_in_the_middle_of_work(tablet, with_secrets, amina, morning):
    with_secrets(amina)
    client = tablet()
    badge_in(client, "B-amina")
    for step in range(1, 12 * 15 + 2):
        with clock.at(morning + timedelta(minutes=4 * step)):
            answer = client.get("/poste/langue-inconnue/")
    assert answer.status_code == 404
    assert journal.told(journal.last())["data"]["why"] == "end"


def test_a_deactivated_person_is_out_at_once(tablet, with_secrets, amina, hugo):
    with_secrets(amina)
    client = tablet()
    badge_in(client, "B-amina")
    actions.deactivate(by=hugo, person=amina.person)
    assert writer(client) == "" and badge_in(client, "B-amina").status_code == 409


def test_a_reset_pin_ends_the_sign_ins_made_with_the_old_one(tablet, with_secrets, amina, hugo):
    with_secrets(amina)
    client = tablet()
    badge_in(client, "B-amina")
    actions.set_pin(by=hugo, person=amina.person, pin=seal_pin("739152"))
    assert writer(client) == ""


def test_a_temporary_pin_is_changed_before_anything_else(tablet, amina, hugo):
    client = tablet()
    actions.set_pin(by=hugo, person=amina.person, pin=seal_pin(PIN))
    badge_in(client, "B-amina", next_="/personnes/")
    sent_to = client.get("/personnes/").headers["Location"]
    assert sent_to == "/moi/secret/?next=%2Fpersonnes%2F"
    changed = {"old_pin": PIN, "new_pin": "739152", "again": "739152", "next": "/personnes/"}
    assert client.post("/moi/secret/", changed).headers["Location"] == "/personnes/"
    assert client.get("/personnes/").status_code == 200


def test_changing_operator_ends_the_first_ones_sign_in(tablet, with_secrets, amina, bruno):
    with_secrets(amina), with_secrets(bruno)
    client = tablet()
    badge_in(client, "B-amina")
    assert writer(client) == amina.person
    badge_in(client, "B-bruno")
    assert writer(client) == bruno.person
    assert [f.what for f in journal.of("station:hall-1")][-3:] == [
        "people.signed_in",
        "people.signed_out",
        "people.signed_in",
    ]


def test_nobody_is_sent_to_another_site_after_signing_in(tablet, with_secrets, amina):
    with_secrets(amina)
    assert badge_in(tablet(), "B-amina", next_="https://ailleurs.example/").headers["Location"] == "/"
    assert badge_in(tablet(), "B-amina", next_="//ailleurs.example/").headers["Location"] == "/"


def test_a_badge_is_read_exactly(tablet, with_secrets, amina):
    with_secrets(amina)
    client = tablet()
    for badge in ("B-amin", "B-aminaa", "' OR 1=1", "🙂", "B-amina\x00"):
        assert client.post("/poste/", {"badge": badge, "pin": PIN}).status_code == 409
    assert writer(client) == ""


def test_knowing_who_writes_costs_few_reads_and_no_write(
    tablet, with_secrets, amina, django_assert_num_queries
):
    with_secrets(amina)
    client = tablet()
    badge_in(client, "B-amina")
    client.get("/poste/etat/")
    with django_assert_num_queries(5):
        client.get("/poste/etat/")

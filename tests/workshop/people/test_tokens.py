"""Programs are let in by tokens: in one person's name, or as the gateway of the machines."""

from datetime import timedelta

import pytest
from django.test import Client

from strate.workshop.journal import clock
from strate.workshop.journal import queries as journal
from strate.workshop.people import actions
from tests.workshop.people.conftest import badge_in


def whoami(secret: str):
    return Client().get("/api/people/me", headers={"Authorization": f"Bearer {secret}"})


def test_a_token_writes_in_its_persons_name_without_a_cookie(amina):
    secret = actions.create_token(by=amina, title="Tableau de bord")
    answer = whoami(secret).json()
    assert (answer["person"], answer["source"]) == (amina.person, "api")


def test_a_revoked_token_lets_nobody_in(amina):
    secret = actions.create_token(by=amina, title="Tableau de bord")
    actions.revoke_token(by=amina, token=journal.told(journal.last())["data"]["token"])
    assert whoami(secret).status_code == 401


def test_an_expired_token_lets_nobody_in(amina, morning):
    secret = actions.create_token(by=amina, title="Tableau de bord", days=1)
    with clock.at(morning + timedelta(hours=23)):
        assert whoami(secret).status_code == 200
    with clock.at(morning + timedelta(hours=24)):
        assert whoami(secret).status_code == 401


def test_the_token_of_somebody_who_left_lets_nobody_in(amina, hugo):
    secret = actions.create_token(by=amina, title="Tableau de bord")
    actions.deactivate(by=hugo, person=amina.person)
    assert whoami(secret).status_code == 401


@pytest.mark.parametrize("secret", ["", "strate_", "🙂", "x" * 5000, "' OR '1'='1"])
def test_an_invented_token_lets_nobody_in(db, secret):
    assert whoami(secret.encode().decode("latin-1")).status_code == 401


def test_nobody_borrows_another_persons_name(hugo, amina, refused):
    with refused("token_only_for_oneself"):
        actions.create_token(by=hugo, title="Emprunt", person=amina.person)


def test_the_gateway_writes_as_machines_and_only_an_administrator_lets_it_in(hugo, amina, refused):
    answer = whoami(actions.create_token(by=hugo, title="Passerelle", purpose="gateway")).json()
    assert (answer["person"], answer["roles"], answer["source"]) == ("", ["machine"], "machine")
    with refused("not_allowed"):
        actions.create_token(by=amina, title="Passerelle", purpose="gateway")


def test_no_fact_holds_the_secret_of_a_token(amina):
    assert actions.create_token(by=amina, title="Tableau de bord") not in journal.last().envelope


def test_a_cookie_without_the_form_token_does_not_write_through_the_api(tablet, with_secrets, hugo):
    with_secrets(hugo)
    signed_in = tablet()
    badge_in(signed_in, "B-hugo")
    forged = Client(enforce_csrf_checks=True)
    forged.cookies = signed_in.cookies
    body = {"name": "Intrus d'Essai"}
    assert forged.get("/api/people/me").status_code == 200
    assert forged.post("/api/people/register", body, content_type="application/json").status_code == 401
    assert journal.last().what == "people.signed_in"


def test_a_token_needs_no_form_token(hugo):
    secret = actions.create_token(by=hugo, title="Annuaire")
    client = Client(enforce_csrf_checks=True, headers={"Authorization": f"Bearer {secret}"})
    answer = client.post("/api/people/register", {"name": "Ida d'Essai"}, content_type="application/json")
    assert answer.status_code == 201

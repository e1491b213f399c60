"""The room through its API: the same rules, and nothing a program sends breaks it."""

import pytest
from django.test import Client

from strate.workshop.people import actions, queries


@pytest.fixture()
def program(hugo):
    secret = actions.create_token(by=hugo, title="Annuaire")
    return Client(headers={"Authorization": f"Bearer {secret}"})


def send(program, verb, **body):
    return program.post(f"/api/{verb}", body, content_type="application/json")


def test_a_person_is_registered_and_read_back(program):
    receipt = send(program, "people/register", name="Ida d'Essai", badge="B-77", roles=["operator"])
    (ref,) = receipt.json()["things"]
    found = program.get("/api/people/people?q=Ida").json()
    assert receipt.status_code == 201 and [p["person"] for p in found] == [ref.partition(":")[2]]
    assert "pin" not in found[0] and "badge" not in found[0]


@pytest.mark.parametrize(
    ("verb", "body"),
    [
        ("people/register", {"name": "x" * 121}),
        ("people/register", {"name": "Ida\x00"}),
        ("people/register", {"name": "Ida", "language": "de"}),
        ("people/register", {"name": "Ida", "pin": "280517"}),
        ("people/suspend", {"authorisation": 2**63, "reason": "x"}),
        ("people/suspend", {"authorisation": -1, "reason": "x"}),
        ("people/authorise", {"person": "p-1", "kind": "machine", "expires_on": "31/02/2026"}),
        ("people/change_station", {"code": "hall-1", "title": "x", "idle_minutes": 2**40}),
        ("site/set_setting", {"key": "name", "value": "x" * 401}),
        ("site/add_place", {"code": "x" * 41, "title": "x"}),
    ],
)
def test_what_has_no_place_in_the_database_is_unreadable(program, verb, body):
    assert send(program, verb, **body).status_code == 422


@pytest.mark.parametrize(
    ("verb", "body", "status"),
    [
        ("people/give_role", {"person": "p-nobody", "role": "quality"}, 404),
        ("people/give_role", {"person": "p-hugo", "role": "quality"}, 409),
        ("people/authorise", {"person": "p-hugo", "kind": "machine"}, 403),
        ("people/revoke_token", {"token": "0123456789ab"}, 404),
        ("site/set_setting", {"key": "colour", "value": "rouge"}, 404),
        ("site/change_place", {"code": "lune", "title": "Lune"}, 404),
    ],
)
def test_what_is_refused_says_why_by_code(program, verb, body, status):
    answer = send(program, verb, **body)
    assert answer.status_code == status and answer.json()["reasons"][0]["why"]


@pytest.mark.parametrize(
    "address", ["people/people?first=99999999999999&count=-5&q=%00", "people/people/%00/authorisations"]
)
def test_an_address_made_of_anything_is_answered(program, address):
    assert program.get(f"/api/{address}").status_code in (200, 404)


def test_the_site_is_read_by_a_program(program):
    send(program, "site/add_place", code="arm-3", title="Armoire 3", zone="atex_22")
    assert program.get("/api/site/places").json()[0]["zone"] == "atex_22"
    assert {s["key"] for s in program.get("/api/site/settings").json()} >= {"name", "time_zone", "language"}


def test_an_authorisation_is_read_with_how_it_stands(program, amina, chloe, signed):
    actions.authorise(by=signed(chloe), person=amina.person, kind="machine", scope="M1")
    (given,) = program.get(f"/api/people/people/{amina.person}/authorisations").json()
    assert (given["scope"], given["state"]) == ("M1", "valid")
    assert queries.person(amina.person).pk == amina.person

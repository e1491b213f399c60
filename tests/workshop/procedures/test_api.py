"""The same gestures over the API."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from strate.workshop.journal.actor import Actor
from strate.workshop.people import actions as people
from strate.workshop.procedures.models import ProcedureVersion

pytestmark = pytest.mark.django_db


@pytest.fixture()
def program(amina: Actor) -> Callable[..., Any]:
    """A program of amina's that sends verbs with her token."""
    secret = people.create_token(by=amina, title="essai")

    def send(verb: str, key: str = "", **body: Any) -> Any:
        headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": key}
        return Client().post(
            f"/api/procedures/{verb}", body, content_type="application/json", headers=headers
        )

    send.read = lambda path: Client().get(
        f"/api/procedures/{path}", headers={"Authorization": f"Bearer {secret}"}
    )
    return send


def test_a_gesture_is_followed_by_a_program(start_up: ProcedureVersion, program: Any) -> None:
    started = program("start", procedure="start-up", about=["machine:M1"])
    assert started.status_code == 201, started.content
    run = int(started.json()["data"]["run"].removeprefix("run:G"))
    first = program("do_step", key="tap", run=run, step="read", entry={})
    again = program("do_step", key="tap", run=run, step="read", entry={})
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["fact"] == again.json()["fact"]
    refused = program("do_step", run=run, step="oxygen", entry={"value": "17,2"})
    assert refused.status_code == 409
    assert refused.json()["reasons"][0]["code"] == "measure_out_of_bounds"
    assert program.read(f"runs/{run}").json()["next_step"] == "oxygen"
    assert program("do_step", run=10**8, step="read", entry={}).status_code == 404


@pytest.mark.parametrize("entry", [{"value": None}, {"value": []}, {"value": {"a": 1}}, {"value": "9" * 400}])
def test_nonsense_is_refused_never_a_crash(
    start_up: ProcedureVersion, program: Any, entry: dict[str, Any]
) -> None:
    run = int(program("start", procedure="start-up").json()["data"]["run"].removeprefix("run:G"))
    program("do_step", run=run, step="read")
    assert program("do_step", run=run, step="oxygen", entry=entry).status_code == 409


def test_a_sheet_nobody_wrote_is_told_as_the_api_tells_all(start_up: ProcedureVersion, program: Any) -> None:
    there = program.read("versions/start-up/1.yaml")
    assert (there.status_code, there["Content-Type"]) == (200, "application/yaml; charset=utf-8")
    absent = program.read("versions/start-up/99.yaml")
    assert (absent.status_code, absent["Content-Type"]) == (404, "application/json; charset=utf-8")
    assert absent.json()["reasons"][0]["code"]

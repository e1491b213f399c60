"""The door of the gateways over HTTP: only a gateway comes in, and what it sends is taken as agreed."""

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from strate.workshop.attachments import actions as attachments
from strate.workshop.attachments import store
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.models import Fact
from strate.workshop.machines import actions as machines
from strate.workshop.machines.models import Machine, MachineCommand
from strate.workshop.telemetry.models import SignalBatch
from tests.workshop.telemetry.conftest import Wire, wire

NOW = datetime.now(UTC)


def post(client: Client, url: str, body: Any) -> Any:
    return client.post(url, json.dumps(body), content_type="application/json")


def batch(*signals: Wire, first: int = 0, machine: str = "LPBF-1") -> Wire:
    return {"machine": machine, "source": "gw-1", "first": first, "signals": list(signals)}


def test_signals_sent_twice_are_kept_once(printer: Machine, gateway_client: Client) -> None:
    body = batch(wire("collector", "live", NOW), wire("alarm", {"code": "E1", "active": True}, NOW))
    answers = [post(gateway_client, "/api/gateway/signals", body) for _ in range(2)]
    assert [(a.status_code, a.json()["kept"]) for a in answers] == [(200, 2), (200, 0)]
    assert SignalBatch.objects.count() == 1


def test_five_thousand_signals_pass_the_door_at_once(printer: Machine, gateway_client: Client) -> None:
    signals = [wire("oxygen_ppm", n, NOW + timedelta(milliseconds=n), "ppm") for n in range(5000)]
    answer = post(gateway_client, "/api/gateway/signals", batch(*signals))
    assert (answer.status_code, answer.json()) == (200, {"kept": 5000})


@pytest.mark.parametrize("verb", ["signals", "commands", "machines", "file", "answer"])
def test_the_token_of_a_person_opens_nothing_here(
    verb: str, printer: Machine, chloe: Actor, token_of: Callable[[Actor], Client]
) -> None:
    client = token_of(chloe)
    command = machines.tell_machine(by=chloe, machine="LPBF-1", verb="hold")
    answer = {
        "signals": lambda: post(client, "/api/gateway/signals", batch(wire("layer", 1, NOW))),
        "machines": lambda: client.get("/api/gateway/machines"),
        "commands": lambda: client.get("/api/gateway/commands?machine=LPBF-1"),
        "file": lambda: client.get(f"/api/gateway/files/{'a' * 64}"),
        "answer": lambda: post(client, f"/api/gateway/commands/{command.pk}/result", {"ok": True}),
    }[verb]()
    assert answer.status_code == 403
    assert not SignalBatch.objects.exists() and MachineCommand.objects.get().state == "waiting"


def test_without_a_token_nobody_comes_in(printer: Machine) -> None:
    assert post(Client(), "/api/gateway/signals", batch(wire("layer", 1, NOW))).status_code in (401, 403)


@pytest.mark.parametrize(
    "wrong",
    [
        {"at": "yesterday"},
        {"at": "2026-11-23T08:00:00"},
        {"name": "x" * 61},
        {"unit": "u" * 21},
        {"quality": "excellent quality"},
        {"name": ""},
    ],
)
def test_a_signal_out_of_the_contract_is_refused_for_good(
    wrong: Wire, printer: Machine, gateway_client: Client
) -> None:
    answer = post(gateway_client, "/api/gateway/signals", batch(wire("layer", 1, NOW) | wrong))
    assert answer.status_code == 422


def test_an_unknown_machine_is_tried_again_later(printer: Machine, gateway_client: Client) -> None:
    answer = post(gateway_client, "/api/gateway/signals", batch(wire("layer", 1, NOW), machine="LPBF-9"))
    assert answer.status_code == 404
    assert gateway_client.get("/api/gateway/commands?machine=LPBF-9").status_code == 404


def test_orders_are_given_oldest_first_and_answered_once(
    printer: Machine, chloe: Actor, gateway_client: Client
) -> None:
    first = machines.tell_machine(by=chloe, machine="LPBF-1", verb="hold", args={"job": "B-1"})
    machines.tell_machine(by=chloe, machine="LPBF-1", verb="start")
    given = gateway_client.get("/api/gateway/commands?machine=LPBF-1").json()
    assert [(c["verb"], c["args"], bool(c["expires_at"])) for c in given] == [
        ("hold", {"job": "B-1"}, False),
        ("start", {}, True),
    ]
    url = f"/api/gateway/commands/{first.pk}/result"
    answers = [
        post(gateway_client, url, {"ok": ok, "code": code, "values": {}})
        for ok, code in ((True, "done"), (False, "x"))
    ]
    assert [a.status_code for a in answers] == [200, 200]
    assert Fact.objects.filter(what="machines.answered").count() == 1
    first.refresh_from_db()
    assert first.state == "done"
    assert len(gateway_client.get("/api/gateway/commands?machine=LPBF-1").json()) == 1


@pytest.mark.parametrize("unknown", ["not-an-id", "0198c0de-0000-7000-8000-000000000000"])
def test_an_answer_to_nothing_is_not_repeated_for_ever(
    unknown: str, printer: Machine, gateway_client: Client
) -> None:
    assert post(gateway_client, f"/api/gateway/commands/{unknown}/result", {"ok": True}).status_code == 404


def test_a_file_is_given_by_its_digest(printer: Machine, driss: Actor, gateway_client: Client) -> None:
    stored = store.keep(b"solid piece\nendsolid piece\n", "piece.stl", untouched=True)
    attachments.receive(by=driss, stored=stored)
    answer = gateway_client.get(f"/api/gateway/files/{stored.digest}")
    content = b"".join(answer.streaming_content)
    assert hashlib.sha256(content).hexdigest() == stored.digest


@pytest.mark.parametrize("digest", ["a" * 64, "A" * 64, "..", "etc", "é" * 64])
def test_a_file_nobody_received_is_not_given(digest: str, gateway_client: Client) -> None:
    assert gateway_client.get(f"/api/gateway/files/{digest}").status_code == 404


def test_a_gateway_is_told_of_a_machine_entered_moved_or_retired_while_it_runs(
    printer: Machine, driss: Actor, gateway_client: Client
) -> None:
    def told() -> list[tuple[str, str]]:
        return [(m["code"], m["endpoint"]) for m in gateway_client.get("/api/gateway/machines").json()]

    before = told()
    assert before == [(printer.code, printer.endpoint)]
    new = {"title": "Deuxième imprimante", "driver": "opcua", "endpoint": "opc.tcp://127.0.0.1:4850/"}
    machines.enter(by=driss, code="LPBF-2", **new)
    machines.enter(by=driss, code="SCIE-9", title="Scie", kind="saw")
    assert told() == [*before, ("LPBF-2", "opc.tcp://127.0.0.1:4850/")]
    machines.amend(by=driss, machine="LPBF-2", title="Deuxième", endpoint="opc.tcp://127.0.0.1:4860/")
    assert told() == [*before, ("LPBF-2", "opc.tcp://127.0.0.1:4860/")]
    machines.retire(by=driss, machine="LPBF-2", reason="Vendue")
    assert told() == before

"""The gateway follows a real printer process over a real, sometimes bad, network."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from tests.peers.hand import Hand
from tests.peers.network import BadNetwork
from tests.peers.processes import Process, eventually
from tests.peers.product import Product

pytestmark = pytest.mark.peer

Gateway = Callable[..., Process]
Network = Callable[[int], BadNetwork]


def load(product: Product, content: bytes = b"layers" * 5000, name: str = "build.3mf") -> str:
    sha256 = product.give_file(content)
    product.command(f"put-{sha256[:8]}", "put_file", name=name, sha256=sha256)
    return sha256


def start(
    product: Product, sha256: str, *, job: str = "OF-1", layers: int = 20, command_id: str = ""
) -> None:
    product.command(
        command_id or f"start-{job}",
        "start",
        job=job,
        file="build.3mf",
        sha256=sha256,
        layers_planned=layers,
        parameters={"preheat_celsius": 40},
    )


def result(product: Product, command_id: str) -> dict:
    return eventually(lambda: product.results.get(command_id), what=command_id)


def noted(folder: Path) -> int:
    """The number of the last signal the gateway wrote in its notebook."""
    with closing(sqlite3.connect(folder / "spool.sqlite3")) as notebook:
        return int(notebook.execute("SELECT coalesce(max(written), 0) FROM cursors").fetchone()[0])


def test_a_build_is_sent_started_and_followed_layer_by_layer(
    printer: Process, product: Product, gateway: Gateway
) -> None:
    gateway(printer.endpoint)
    sha256 = load(product)
    start(product, sha256)
    assert result(product, f"put-{sha256[:8]}")["values"]["sha256"] == sha256
    assert result(product, "start-OF-1")["code"] == "done"
    eventually(lambda: product.last("state") == "finished", what="finished")
    eventually(lambda: product.last("layer") == 20, what="the last layer")
    layers = [value for value in product.said("layer") if value]
    assert layers == list(range(1, 21))
    assert [s for s in product.said("state") if s != "idle"] == [
        "preparing",
        "ready",
        "running",
        "cooling",
        "finished",
    ]
    eventually(lambda: product.last("job_state") == "Ended", what="the order ended")
    numbers = product.numbers()
    assert numbers == list(range(1, len(numbers) + 1))
    eventually(lambda: product.last("collector") == "live", what="live")


def test_parameters_held_by_the_machine_are_read_back(
    printer: Process, product: Product, gateway: Gateway
) -> None:
    gateway(printer.endpoint)
    product.command("read", "read_parameters")
    values = result(product, "read")["values"]
    assert values["laser_power_w"] == 280.0 and values["layer_um"] == 30.0


def test_a_build_is_not_started_without_its_file_nor_with_another_hash(
    printer: Process, product: Product, gateway: Gateway
) -> None:
    gateway(printer.endpoint)
    start(product, "0" * 64, job="OF-A")
    assert result(product, "start-OF-A") == {"ok": False, "code": "no_file", "values": {}}
    load(product)
    start(product, "0" * 64, job="OF-B")
    assert result(product, "start-OF-B")["code"] == "hash_not_equal"


def test_a_running_machine_refuses_a_second_start(
    printer: Process, product: Product, gateway: Gateway
) -> None:
    gateway(printer.endpoint)
    sha256 = load(product)
    start(product, sha256, layers=2000)
    start(product, sha256, job="OF-2")
    assert result(product, "start-OF-2")["code"] == "wrong_state"


def is_told(product: Product, job_state: str) -> bool:
    return product.last("job_state") == job_state


def test_a_build_is_held_resumed_and_aborted_from_the_product(
    printer: Process, product: Product, gateway: Gateway
) -> None:
    gateway(printer.endpoint)
    start(product, load(product), layers=2000)
    eventually(lambda: product.last("state") == "running", what="running")
    for verb, job_state in (("hold", "Interrupted"), ("resume", "Running"), ("abort", "Aborted")):
        product.command(verb, verb, job="OF-1")
        assert result(product, verb)["ok"]
        eventually(partial(is_told, product, job_state), what=job_state)
    eventually(lambda: product.last("state") == "aborted", what="aborted")


def test_nothing_is_lost_while_the_product_is_down_and_order_is_kept(
    printer: Process, product: Product, gateway: Gateway
) -> None:
    gateway(printer.endpoint)
    start(product, load(product), layers=25)
    result(product, "start-OF-1")
    product.answer_with = 503
    with Hand(printer.endpoint) as hand:
        eventually(lambda: hand.layer() > 15, what="layers made while the product is away")
    product.answer_with = 0
    eventually(lambda: product.last("state") == "finished", what="finished")
    eventually(lambda: product.last("layer") == 25, what="the last layer")
    assert [value for value in product.said("layer") if value] == list(range(1, 26))
    numbers = product.numbers()
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_gateway_killed_keeps_what_it_had_noted_and_says_when_it_was_away(
    printer: Process, product: Product, gateway: Gateway, tmp_path: Path
) -> None:
    running = gateway(printer.endpoint)
    start(product, load(product), layers=1000)
    eventually(lambda: product.last("layer"), what="a first layer")
    product.answer_with = 503
    heard = max(product.numbers())
    eventually(lambda: noted(tmp_path) > heard + 20, what="a notebook nobody takes")
    running.kill()
    written = noted(tmp_path)
    product.answer_with = 0
    running.start()
    eventually(lambda: written in product.numbers(), what="the notebook delivered")
    eventually(lambda: "gateway_restarted" in [gap["reason"] for gap in product.said("gap")], what="its gap")
    numbers = sorted(product.numbers())
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_file_damaged_on_the_machine_is_refused_and_taken_away(
    printer: Process, product: Product, gateway: Gateway
) -> None:
    gateway(printer.endpoint)
    with Hand(printer.endpoint) as hand:
        assert hand.simulate("Inject", "corrupt_next_file") == [0, ""]
        sha256 = load(product)
        refused = result(product, f"put-{sha256[:8]}")
        assert refused["code"] == "hash_not_equal" and refused["values"]["sent"] == sha256
        assert hand.files() == []


def test_a_file_the_product_gives_damaged_never_reaches_the_machine(
    printer: Process, product: Product, gateway: Gateway
) -> None:
    gateway(printer.endpoint)
    sha256 = hashlib.sha256(b"right").hexdigest()
    product.files[sha256] = b"wrong"
    product.command("put", "put_file", name="build.3mf", sha256=sha256)
    assert result(product, "put")["code"] == "file_corrupt"


def test_an_injected_interruption_is_told_with_its_alarm_and_the_build_goes_on_after_repair(
    printer: Process, product: Product, gateway: Gateway
) -> None:
    gateway(printer.endpoint)
    with Hand(printer.endpoint) as hand:
        hand.simulate("InjectAtLayer", 5, "recoater_jam")
        start(product, load(product), layers=12)
        eventually(lambda: product.last("state") == "held", what="held")
        eventually(lambda: product.last("layer") == 5, what="the layer it stopped at")
        # The simulated repair takes 0.3 s at this pace: the alarm may be gone already when we look.
        alarm = eventually(lambda: next(filter(None, product.said("alarm")), None), what="its alarm")
        assert (alarm["code"], alarm["severity"], alarm["active"]) == ("recoater_jam", 900, True)
        hand.simulate("Repair", "")
        product.command("go", "resume", job="OF-1")
        assert result(product, "go")["ok"]
    eventually(lambda: product.last("state") == "finished", what="finished")
    eventually(lambda: product.said("alarm")[-1]["active"] is False, what="the alarm gone")
    eventually(lambda: product.last("layer") == 12, what="the last layer")
    assert [value for value in product.said("layer") if value] == list(range(1, 13))


def test_a_machine_entered_moved_or_retired_is_followed_without_a_restart(
    printer: Process, product: Product, network: Network, tmp_path: Path
) -> None:
    config = tmp_path / "gateway.json"
    told = {
        "url": product.url,
        "token": product.token,
        "spool": "spool.sqlite3",
        "look_s": 0.3,
        "poll_s": 0.2,
    }
    config.write_text(json.dumps(told))
    with Process("strate.gateway", "--config", str(config)) as running:
        assert running.ready["machines"] == []
        named = {"code": "M1", "driver": "opcua", "mapping": "strate-lpbf"}
        wrong = {"code": "M2", "driver": "smoke", "endpoint": "", "mapping": ""}
        product.machines = [wrong, {"code": "M3"}, {**named, "endpoint": printer.endpoint}]
        eventually(lambda: product.last("state") == "idle", what="followed")
        wire = network(printer.port)
        product.machines = [{**named, "endpoint": wire.endpoint}]
        eventually(lambda: wire.pairs, what="followed at its new address")
        product.machines = []
        eventually(lambda: wire.gone(), what="no longer followed")
        heard = len(product.said("state"))
        product.machines = [{**named, "endpoint": printer.endpoint}]
        eventually(lambda: len(product.said("state")) > heard, what="followed again")
    product.answer_with = 503
    with Process("strate.gateway", "--config", str(config)) as again:
        # The product is away: the machines it named last are followed.
        assert again.ready["machines"] == ["M1"]

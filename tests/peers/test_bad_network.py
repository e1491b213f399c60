"""Whatever the network does between gateway and printer, the values come back and the gaps are told."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.peers.hand import Hand
from tests.peers.network import BadNetwork
from tests.peers.processes import Process, eventually
from tests.peers.product import Product
from tests.peers.test_gateway_over_opcua import load, result, start

pytestmark = pytest.mark.peer

Gateway = Callable[..., Process]
Network = Callable[[int], BadNetwork]
# Layers enough for four minutes, and not so many that the filter is clogged before the last one.
LASTING = 2400


@pytest.fixture
def followed(printer: Process, product: Product, gateway: Gateway, network: Network) -> BadNetwork:
    """A long build under way, seen through a bad network by a gateway that soon takes a silent line for dead."""
    return under_way(printer, product, network, partial(gateway, stale_seconds=3.0))


@pytest.fixture
def calmly_followed(printer: Process, product: Product, gateway: Gateway, network: Network) -> BadNetwork:
    """The same, by a gateway that gives the line a minute: a pause of a process is not what is tested."""
    return under_way(printer, product, network, gateway)


def under_way(printer: Process, product: Product, network: Network, gateway: Gateway) -> BadNetwork:
    wire = network(printer.port)
    gateway(wire.endpoint)
    begin(product, load(product))
    eventually(lambda: product.last("layer"), what="a first layer")
    return wire


def begin(product: Product, sha256: str) -> None:
    """Asked again, as a person would, while a computer out of breath leaves unknown whether the machine heard it."""
    for number in range(20):
        start(product, sha256, layers=5000, command_id=f"start-{number}")
        if result(product, f"start-{number}")["ok"] or product.last("job_state") == "Running":
            return
    raise AssertionError(f"never begun: {product.results}")


def layers_come_again(product: Product) -> None:
    seen = product.last("layer") or 0
    eventually(lambda: (product.last("layer") or 0) > seen + 3, what="layers again")
    eventually(lambda: product.last("collector") == "live", what="live again")


def heard_more_than(product: Product, times: int) -> bool:
    return len(product.said("seconds_left")) > times + 1


def unheard(product: Product) -> list[int]:
    layers = [value for value in product.said("layer") if value]
    return sorted(set(range(layers[0], layers[-1])) - set(layers))


def test_after_a_cut_and_another_the_session_is_taken_up_and_nothing_is_missing(
    calmly_followed: BadNetwork, product: Product
) -> None:
    for _ in range(2):
        slow = len(product.said("seconds_left"))
        calmly_followed.cut()
        layers_come_again(product)
        eventually(partial(heard_more_than, product, slow), what="the slower values too")
    assert unheard(product) == [] and product.said("gap") == []


@pytest.mark.long
def test_after_twelve_cuts_in_a_row_the_values_come_back(followed: BadNetwork, product: Product) -> None:
    for _ in range(12):
        followed.cut()
        time.sleep(0.2)
    layers_come_again(product)
    assert unheard(product) == [] or product.said("gap")


def test_a_dead_line_is_shown_as_stale_then_rebuilt_and_the_gap_is_told(
    followed: BadNetwork, product: Product
) -> None:
    followed.go_down()
    eventually(lambda: product.last("collector") in ("stale", "backoff"), what="stale")
    time.sleep(5)
    assert product.last("collector") != "live"
    followed.come_up()
    layers_come_again(product)
    assert unheard(product) == [] or product.said("gap")


@pytest.mark.parametrize(
    "lasting_s", [2.5, *(pytest.param(lasting_s, marks=pytest.mark.long) for lasting_s in (1.7, 4.0, 6.0))]
)
def test_a_line_that_stalls_without_a_word_is_noticed(
    followed: BadNetwork, product: Product, lasting_s: float
) -> None:
    followed.stall()
    time.sleep(lasting_s)
    followed.cut()
    followed.come_up()
    layers_come_again(product)
    assert unheard(product) == [] or product.said("gap")


def test_a_line_that_stays_stalled_is_shown_as_stale(followed: BadNetwork, product: Product) -> None:
    followed.stall()
    eventually(lambda: "stale" in product.said("collector"), what="stale")
    followed.cut()
    followed.come_up()
    layers_come_again(product)


def test_a_printer_restarted_comes_back_held_and_goes_on_when_a_person_says_so(
    printer: Process, product: Product, gateway: Gateway, tmp_path: Path
) -> None:
    gateway(printer.endpoint)
    start(product, load(product), layers=LASTING)
    eventually(lambda: (product.last("layer") or 0) > 5, what="some layers")
    # Killed before it wrote down that it builds, a machine wakes up idle, and rightly so.
    eventually(lambda: remembered(tmp_path)["state"] == "running", what="a machine that remembers")
    printer.kill()
    time.sleep(1)
    printer.start()
    eventually(lambda: product.last("state") == "held", what="held")
    eventually(lambda: "power_cut" in [one["code"] for one in product.said("alarm") if one], what="its alarm")
    eventually(lambda: product.said("gap"), what="the gap")
    with Hand(printer.endpoint) as hand:
        hand.simulate("Repair", "")
        product.command("go", "resume", job="OF-1")
        assert result(product, "go")["ok"]
        hand.simulate("SetTimeScale", 40_000.0)
    eventually(lambda: product.last("state") == "finished", what="finished")
    eventually(lambda: product.last("layer") == LASTING, what="the last layer")


def remembered(folder: Path) -> dict[str, Any]:
    """What the machine would still know after its current was cut."""
    kept: dict[str, Any] = json.loads((folder / "printer.json").read_text())
    return kept


def test_a_command_while_the_machine_is_away_waits_a_little_and_is_done_when_it_is_back(
    followed: BadNetwork, product: Product
) -> None:
    followed.go_down()
    product.command("hold", "hold", job="OF-1")
    time.sleep(4)
    assert "hold" not in product.results
    followed.come_up()
    assert result(product, "hold")["ok"]
    eventually(lambda: product.last("state") == "held", what="held")


def test_a_command_is_done_once_though_the_gateway_is_killed_before_its_answer(
    printer: Process, product: Product, gateway: Gateway, tmp_path: Path
) -> None:
    running = gateway(printer.endpoint)
    sha256 = load(product)
    result(product, f"put-{sha256[:8]}")
    start(product, sha256, layers=5000)
    with Hand(printer.endpoint) as hand:
        # Killed as soon as the machine holds the order, most often before the gateway has its answer.
        eventually(lambda: hand.node("JobManagement.JobOrderControl.JobOrderID").read_value() == "OF-1")
        running.kill()
        running.start()
        answer = result(product, "start-OF-1")
        assert answer["ok"] and answer["code"] in ("done", "already_done")
        assert hand.presses("StoreAndStart") == [["StoreAndStart", "OF-1", ""]]
    product.command("start-OF-1", "start", job="OF-1", file="build.3mf", sha256=sha256, layers_planned=5)
    eventually(lambda: product.last("layer"), what="building")
    eventually(lambda: product.last("layers_planned") == 5000, what="what was ordered first")


@pytest.mark.parametrize("kills", [1, pytest.param(20, marks=pytest.mark.long)])
def test_kills_at_random_moments_never_press_a_button_twice(
    printer: Process, product: Product, gateway: Gateway, kills: int
) -> None:
    chance = random.Random(11)
    running = gateway(printer.endpoint)
    start(product, load(product), layers=5000)
    eventually(lambda: product.last("state") == "running", what="running")
    for number in range(kills):
        product.command(f"hold-{number}", "hold", job="OF-1")
        product.command(f"resume-{number}", "resume", job="OF-1")
        time.sleep(chance.uniform(0.05, 0.6))
        running.kill()
        running.start()
        result(product, f"hold-{number}")
        result(product, f"resume-{number}")
    with Hand(printer.endpoint) as hand:
        assert len(hand.presses("StoreAndStart")) == 1
        holds, resumes = len(hand.presses("Pause")), len(hand.presses("Resume"))
    # A hold whose effect was not seen yet is pressed again, on the careful side; what moves the machine never is.
    assert resumes <= kills and holds <= 2 * kills
    print(f"{kills} kills: {holds} holds and {resumes} resumes pressed, no resume twice")
    codes = {one["code"] for one in product.results.values()}
    assert codes <= {"done", "already_done", "outcome_unknown", "wrong_state"}
    numbers = sorted(product.numbers())
    assert numbers == list(range(1, len(numbers) + 1))

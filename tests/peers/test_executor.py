"""A command is carried out once, whatever dies in the middle, on a real printer process."""

from __future__ import annotations

import asyncio
import hashlib
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest
from asyncua import ua

from strate.gateway.command_book import CommandBook
from strate.gateway.contract import Command
from strate.gateway.driver import JobOrder, MachineUnreachable
from strate.gateway.drivers.opcua.driver import OpcUaDriver
from strate.gateway.drivers.opcua.profile import load as load_profile
from strate.gateway.executor import Executor
from strate.gateway.signals import Collector
from strate.gateway.sink import HttpSink
from strate.gateway.spool import Spool
from tests.peers.hand import Hand
from tests.peers.network import BadNetwork
from tests.peers.processes import PATIENCE_S, Process
from tests.peers.product import Product

pytestmark = pytest.mark.peer
Asked = TypeVar("Asked")

CONTENT = b"layer by layer" * 1000
SHA256 = hashlib.sha256(CONTENT).hexdigest()


async def with_driver(printer: Process | BadNetwork, act: Callable[[OpcUaDriver], Awaitable[None]]) -> None:
    driver = OpcUaDriver("M1", printer.endpoint, load_profile("strate-lpbf"), stale_seconds=60.0)

    async def listen() -> None:
        async for _ in driver.signals():
            pass

    listening = asyncio.create_task(listen())
    async with asyncio.timeout(2 * PATIENCE_S):
        while driver.state is not Collector.LIVE:
            await asyncio.sleep(0.05)
        await act(driver)
    await driver.close()
    await listening


async def surely(ask: Callable[[], Awaitable[Asked]]) -> Asked:
    """What is asked of the machine, as soon as it can be: on a busy computer the line is out of breath at times."""
    while True:
        try:
            return await ask()
        except MachineUnreachable as no:
            if no.asked:
                raise
            await asyncio.sleep(0.1)


def order(job: str) -> JobOrder:
    return JobOrder(job, "b.3mf", SHA256, 5000, {})


async def carry_out(
    driver: OpcUaDriver, product: Product, book: CommandBook, command: Command, *, cut_off: bool
) -> dict:
    """Carry out what is in the book, as after a kill when cut_off: the command was begun, its end unknown."""
    book.take("M1", command)
    product.commands.append(dict(command))
    if cut_off:
        book.started(command["id"])
    await obey_until(driver, product, book, answered=command["id"])
    return product.results[command["id"]]


async def obey_until(driver: OpcUaDriver, product: Product, book: CommandBook, *, answered: str) -> None:
    sink = HttpSink(product.url, product.token)
    running = asyncio.create_task(Executor("M1", driver, sink, book, patience_s=PATIENCE_S).run(every_s=0.05))
    while answered not in product.results:
        await asyncio.sleep(0.05)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await sink.close()


START = {"job": "OF-1", "file": "b.3mf", "sha256": SHA256, "layers_planned": 5000}


def test_a_start_that_was_obeyed_before_the_kill_is_not_pressed_again(
    printer: Process, product: Product, tmp_path: Path
) -> None:
    async def act(driver: OpcUaDriver) -> None:
        await surely(lambda: driver.put_file("b.3mf", CONTENT))
        await surely(lambda: driver.start(order("OF-1")))
        book = CommandBook(Spool(tmp_path / "spool"))
        command: Command = {"id": "s", "verb": "start", "args": START}
        answer = await carry_out(driver, product, book, command, cut_off=True)
        assert (answer["ok"], answer["code"]) == (True, "already_done")

    asyncio.run(with_driver(printer, act))
    with Hand(printer.endpoint) as hand:
        assert len(hand.presses("StoreAndStart")) == 1


def test_a_start_that_never_reached_the_machine_is_pressed_after_the_kill(
    printer: Process, product: Product, tmp_path: Path
) -> None:
    async def act(driver: OpcUaDriver) -> None:
        await surely(lambda: driver.put_file("b.3mf", CONTENT))
        book = CommandBook(Spool(tmp_path / "spool"))
        command: Command = {"id": "s", "verb": "start", "args": START}
        answer = await carry_out(driver, product, book, command, cut_off=True)
        assert (answer["ok"], answer["code"]) == (True, "done")

    asyncio.run(with_driver(printer, act))
    with Hand(printer.endpoint) as hand:
        assert hand.presses("StoreAndStart") == [["StoreAndStart", "OF-1", ""]]


@pytest.mark.parametrize("cut_off", [False, True])
def test_an_order_taken_back_is_not_pressed_by_a_gateway_that_already_holds_it(
    one_printer: Process, product: Product, tmp_path: Path, cut_off: bool
) -> None:
    async def act(driver: OpcUaDriver) -> None:
        book = CommandBook(Spool(tmp_path / "spool"))
        book.take("M1", {"id": "s", "verb": "start", "args": START | {"job": "OF-BACK"}})
        if cut_off:
            book.started("s")
        await obey_until(driver, product, book, answered="s")
        assert product.results["s"] == {"ok": False, "code": "withdrawn", "values": {}}

    asyncio.run(with_driver(one_printer, act))
    with Hand(one_printer.endpoint) as hand:
        assert ["StoreAndStart", "OF-BACK", ""] not in hand.presses("StoreAndStart")


def test_a_resume_of_unknown_outcome_is_left_to_a_person(
    printer: Process, product: Product, tmp_path: Path
) -> None:
    async def act(driver: OpcUaDriver) -> None:
        book = CommandBook(Spool(tmp_path / "spool"))
        command: Command = {"id": "r", "verb": "resume", "args": {"job": "OF-1"}}
        answer = await carry_out(driver, product, book, command, cut_off=True)
        assert (answer["ok"], answer["code"]) == (False, "outcome_unknown")
        assert answer["values"]["state"] == "idle"

    asyncio.run(with_driver(printer, act))
    with Hand(printer.endpoint) as hand:
        assert hand.presses("Resume") == []


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ({"id": "1", "verb": "dance", "args": {}}, "verb_unknown"),
        ({"id": "2", "verb": "start", "args": {"job": "OF-1"}}, "args_invalid"),
        ({"id": "3", "verb": "put_file", "args": {"name": "x", "sha256": "00"}}, "file_missing"),
        (
            {"id": "4", "verb": "hold", "args": {}, "expires_at": "2001-01-01T00:00:00+00:00"},
            "expired",
        ),
        ({"id": "5", "verb": "power_on", "args": {}}, "wrong_state"),
        ({"id": "6 é/?", "verb": "hold", "args": {"job": "OF-9"}}, "no_job"),
    ],
)
def test_a_command_that_cannot_be_done_is_answered_by_its_code(
    one_printer: Process, product: Product, tmp_path: Path, command: Command, code: str
) -> None:
    async def act(driver: OpcUaDriver) -> None:
        book = CommandBook(Spool(tmp_path / "spool"))
        answer = await carry_out(driver, product, book, command, cut_off=False)
        assert (answer["ok"], answer["code"]) == (False, code)

    asyncio.run(with_driver(one_printer, act))


def test_a_hold_does_not_wait_behind_a_file_the_product_is_slow_to_give(
    printer: Process, product: Product, tmp_path: Path
) -> None:
    async def act(driver: OpcUaDriver) -> None:
        await surely(lambda: driver.put_file("b.3mf", CONTENT))
        await surely(lambda: driver.start(order("OF-1")))
        while (await surely(driver.standing)).state != "running":
            await asyncio.sleep(0.1)
        book = CommandBook(Spool(tmp_path / "spool"))
        product.command("f", "put_file", name="c.3mf", sha256="ff")
        book.take("M1", {"id": "f", "verb": "put_file", "args": {"name": "c.3mf", "sha256": "ff"}})
        product.slow_files = threading.Event()
        command: Command = {"id": "h", "verb": "hold", "args": {"job": "OF-1"}}
        answer = await carry_out(driver, product, book, command, cut_off=False)
        assert answer["ok"] and "f" not in product.results
        product.slow_files.set()

    asyncio.run(with_driver(printer, act))


def test_a_hold_lost_again_while_it_is_looked_after_is_pressed_once_more(
    one_printer: Process, product: Product, network: Callable[[int], BadNetwork], tmp_path: Path
) -> None:
    wire = network(one_printer.port)

    async def break_twice() -> None:
        for _ in range(2):
            wire.come_up()
            wire.break_at(b"JobOrderControl.Pause", arrives=False)
            while not wire.down:
                await asyncio.sleep(0.02)
        wire.come_up()

    async def act(driver: OpcUaDriver) -> None:
        book = CommandBook(Spool(tmp_path / "spool"))
        breaking = asyncio.create_task(break_twice())
        answer = await carry_out(
            driver, product, book, {"id": "h", "verb": "hold", "args": {}}, cut_off=False
        )
        assert (answer["ok"], answer["code"]) == (False, "no_job")
        await breaking

    asyncio.run(with_driver(wire, act))


def test_a_file_left_open_by_a_broken_line_is_put_again_once_the_machine_lets_go_of_it(
    one_printer: Process,
) -> None:
    async def act(driver: OpcUaDriver) -> None:
        with Hand(one_printer.endpoint) as hand:
            shelf = hand.node("FileSystem.WorkMasters")
            file, handle = shelf.call_method("0:CreateFile", "half.3mf", True)
            with pytest.raises(MachineUnreachable, match="held open"):
                await driver.put_file("half.3mf", CONTENT)
            hand.client.get_node(file).call_method("0:Close", ua.Variant(handle, ua.VariantType.UInt32))
        assert (await surely(lambda: driver.put_file("half.3mf", CONTENT))).sha256 == SHA256

    asyncio.run(with_driver(one_printer, act))


@pytest.mark.parametrize("size", [0, 1, 256 * 1024, 3_000_001])
def test_a_file_of_any_size_comes_back_with_its_hash(one_printer: Process, size: int) -> None:
    name, content = f"size {size} é.3mf", bytes(n % 251 for n in range(size))

    async def act(driver: OpcUaDriver) -> None:
        for _ in range(2):
            receipt = await surely(lambda: driver.put_file(name, content))
            assert (receipt.size_bytes, receipt.sha256) == (size, hashlib.sha256(content).hexdigest())
        other = await surely(lambda: driver.put_file(name, content + b"more"))
        assert other.sha256 == hashlib.sha256(content + b"more").hexdigest()

    asyncio.run(with_driver(one_printer, act))

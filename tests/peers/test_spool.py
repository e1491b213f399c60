"""The notebook of the gateway loses nothing, numbers everything once, and says so when it overflows."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from strate.gateway.command_book import CommandBook, Stage
from strate.gateway.config import parse
from strate.gateway.forward import Postman
from strate.gateway.hall import Hall
from strate.gateway.signals import Signal
from strate.gateway.sink import HttpSink
from strate.gateway.spool import Spool
from tests.peers.processes import SOURCE, eventually
from tests.peers.product import Product

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def layers(first: int, last: int, machine: str = "M1") -> list[Signal]:
    return [
        Signal(machine, "layer", n, "", NOON + timedelta(seconds=n), NOON + timedelta(seconds=n))
        for n in range(first, last + 1)
    ]


def test_numbers_go_on_after_the_notebook_is_opened_again(tmp_path: Path) -> None:
    book = Spool(tmp_path / "spool")
    assert book.append("M1", layers(1, 3)) == 3
    book.delivered(book.next_batch("M1"))
    source = book.source
    book.close()
    again = Spool(tmp_path / "spool")
    assert again.source == source
    assert again.append("M1", layers(4, 5)) == 5
    assert again.next_batch("M1")["first"] == 4


def test_an_undelivered_batch_comes_again_with_the_same_numbers(tmp_path: Path) -> None:
    book = Spool(tmp_path / "spool")
    book.append("M1", layers(1, 10))
    first = book.next_batch("M1", most=4)
    assert book.next_batch("M1", most=4) == first
    book.delivered(first)
    assert book.next_batch("M1", most=4)["first"] == 5


def test_a_notebook_killed_in_mid_sentence_holds_every_line_it_confirmed(tmp_path: Path) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path / "spool")],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": SOURCE},
        text=True,
    )
    confirmed = 0
    for line in writer.stdout:
        confirmed = int(line)
        if confirmed >= 200:
            break
    writer.send_signal(signal.SIGKILL)
    confirmed = max([confirmed, *map(int, writer.stdout.read().split())])
    writer.wait()
    writer.stdout.close()
    book = Spool(tmp_path / "spool")
    assert book.waiting("M1") >= confirmed
    assert [s["value"] for s in book.next_batch("M1", most=confirmed)["signals"]] == list(
        range(1, confirmed + 1)
    )


WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from strate.gateway.signals import Signal
from strate.gateway.spool import Spool
book, now, n = Spool(Path(sys.argv[1])), datetime.now(UTC), 0
while True:
    n += 1
    print(book.append("M1", [Signal("M1", "layer", n, "", now, now)]), flush=True)
"""


def test_a_full_notebook_drops_the_oldest_and_tells_the_gap(tmp_path: Path) -> None:
    book = Spool(tmp_path / "spool", limit=100)
    book.append("M1", layers(1, 100))
    book.append("M1", layers(101, 105))
    told = []
    while batch := book.next_batch("M1"):
        told += batch["signals"]
        book.delivered(batch)
    gap = next(one for one in told if one["name"] == "gap")
    assert gap["value"]["reason"] == "spool_full"
    assert gap["value"]["from"] == (NOON + timedelta(seconds=1)).isoformat()
    assert [one["value"] for one in told if one["name"] == "layer"] == list(range(11, 106))


def test_a_batch_the_product_hates_is_set_aside_alone_and_the_others_arrive(
    tmp_path: Path, product: Product
) -> None:
    product.hated = {"alarm"}
    book = Spool(tmp_path / "spool")
    poison = Signal("M1", "alarm", {"code": "x"}, "", NOON, NOON)
    book.append("M1", [*layers(1, 10), poison, *layers(11, 20)])

    async def deliver() -> None:
        sink = HttpSink(product.url, product.token)
        postman = Postman(book, sink, "M1")
        while await postman.deliver_once():
            pass
        await sink.close()

    asyncio.run(deliver())
    assert product.said("layer") == list(range(1, 21))
    [aside] = book.asides()
    assert aside.first == 11 and aside.reason.startswith("422")
    assert book.next_batch("M1") is None


def test_a_wrong_token_sets_nothing_aside(tmp_path: Path, product: Product) -> None:
    book = Spool(tmp_path / "spool")
    book.append("M1", layers(1, 10))

    async def knock_then_come_in() -> None:
        wrong, right = HttpSink(product.url, "stale"), HttpSink(product.url, product.token)
        postman = Postman(book, wrong, "M1", first_wait_s=0.05)
        running = asyncio.create_task(postman.run(idle_s=0.05))
        await asyncio.to_thread(eventually, lambda: postman.wait_s > 0, what="a knock refused")
        assert book.waiting("M1") == 10 and not postman.reaching
        postman.sink = right
        await asyncio.to_thread(eventually, lambda: len(product.signals) == 10)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await wrong.close()
        await right.close()

    asyncio.run(knock_then_come_in())
    assert book.asides() == []


def test_a_machine_is_followed_once_the_notebook_can_be_written_again(
    tmp_path: Path, product: Product
) -> None:
    named = {"code": "M1", "driver": "opcua", "endpoint": "opc.tcp://127.0.0.1:1/", "mapping": "strate-lpbf"}
    product.machines = [named]
    told = {"url": product.url, "token": product.token, "spool": "spool", "look_s": 0.02}
    config = parse(told, folder=tmp_path)
    book = Spool(config.spool)

    async def look() -> None:
        sink = HttpSink(config.url, config.token)
        hall = Hall(config, book, sink)
        book.db.execute("PRAGMA query_only=ON")
        asking = asyncio.create_task(hall.keep_up())
        await asyncio.to_thread(eventually, lambda: product.lists_given > 1, what="asked again")
        assert not hall.followed
        book.db.execute("PRAGMA query_only=OFF")
        await asyncio.to_thread(eventually, lambda: "M1" in hall.followed, what="followed")
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
        await hall.close()
        await sink.close()

    asyncio.run(look())


def test_a_command_heard_twice_is_noted_once(tmp_path: Path) -> None:
    book = CommandBook(Spool(tmp_path / "spool"))
    for _ in range(2):
        book.take("M1", {"id": "c1", "verb": "hold", "args": {"job": "OF-1"}})
    [entry] = book.open_entries("M1")
    book.started(entry.id)
    book.answered(entry.id, {"ok": True, "code": "done", "values": {}})
    book.acknowledged(entry.id)
    book.take("M1", {"id": "c1", "verb": "hold", "args": {"job": "OF-1"}})
    assert book.open_entries("M1") == [] and book.find("c1").stage is Stage.ACKNOWLEDGED


def test_what_is_written_is_on_the_disk_before_append_returns(tmp_path: Path) -> None:
    book = Spool(tmp_path / "spool")
    book.append("M1", layers(1, 3))
    with sqlite3.connect(tmp_path / "spool") as other:
        assert other.execute("SELECT count(*) FROM signals").fetchone() == (3,)
    assert book.db.execute("PRAGMA synchronous").fetchone() == (2,)

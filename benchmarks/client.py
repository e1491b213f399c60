"""Tablets that call whether or not the server keeps up: latency counts from the moment a call was meant to leave.

A process of its own (`python -m benchmarks.client PLAN.json`), the standard library only, one connection a tablet.
"""

import asyncio
import json
import random
import sys
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class Heard:
    """What came back: how long it took, and what went wrong."""

    reads: list[float] = field(default_factory=list)
    writes: list[float] = field(default_factory=list)
    refused: dict[str, int] = field(default_factory=dict)


class Tablet:
    """One person at work: one token, one connection kept open, one procedure under way."""

    def __init__(self, plan: dict[str, Any], number: int, heard: Heard) -> None:
        self.plan, self.number, self.heard = plan, number, heard
        self.dice = random.Random(number)
        self.token = plan["tokens"][number % len(plan["tokens"])]
        self.run, self.step = plan["runs"][number] if plan["runs"] else 0, 0
        self.pipe: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def call(self, method: str, path: str, body: Any = None) -> int:
        """One request on the open connection; it is opened again if the server has closed it."""
        content = json.dumps(body).encode() if body is not None else b""
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: strate\r\nAuthorization: Bearer {self.token}\r\n"
            f"Idempotency-Key: {uuid.uuid4()}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(content)}\r\n\r\n"
        )
        if self.pipe is None:
            self.pipe = await asyncio.open_connection("127.0.0.1", self.plan["port"])
        reader, writer = self.pipe
        writer.write(head.encode() + content)
        answer = await reader.readuntil(b"\r\n\r\n")
        lines = answer.decode("latin-1").split("\r\n")
        length = next((int(x.split(":")[1]) for x in lines if x.lower().startswith("content-length:")), 0)
        await reader.readexactly(length)
        return int(lines[0].split()[1])

    async def act(self) -> int:
        """Powder loaded from a lot (ledger), or the next step of a gesture (order of steps), by turns."""
        if self.dice.random() < 0.5 and self.step < self.plan["steps"]:
            self.step += 1
            step = {"run": self.run, "step": f"s{self.step}", "entry": {"ok": True}}
            return await self.call("POST", "/api/procedures/do_step", step)
        load = {
            "lot": self.plan["lot"],
            "machine": self.plan["machine"],
            "mass_mg": self.dice.randint(1, 900),
        }
        return await self.call("POST", "/api/feedstock/load", load)

    async def once(self, meant: float) -> None:
        writing = self.dice.random() < self.plan["writes"]
        try:
            status = await (self.act() if writing else self.call("GET", self.dice.choice(self.plan["reads"])))
        except (OSError, EOFError) as error:
            status, self.pipe = type(error).__name__, None
        took = time.perf_counter() - meant
        (self.heard.writes if writing else self.heard.reads).append(took)
        if status not in (200, 201):
            self.heard.refused[str(status)] = self.heard.refused.get(str(status), 0) + 1

    async def work(self, begin: float, end: float) -> None:
        """Calls at the times of a Poisson clock; a late answer does not move the next call. Rate 0: flat out."""
        while not self.plan["rate"] and time.perf_counter() < end:
            await self.once(time.perf_counter())
        if not self.plan["rate"]:
            return
        meant = begin + self.dice.expovariate(self.plan["rate"])
        while meant < end:
            await asyncio.sleep(max(meant - time.perf_counter(), 0))
            await self.once(meant)
            meant += self.dice.expovariate(self.plan["rate"])


async def play(plan: dict[str, Any]) -> Heard:
    """All the tablets at once, for so many seconds."""
    heard = Heard()
    begin = time.perf_counter() + 0.2
    tablets = [Tablet(plan, number, heard) for number in range(plan["tablets"])]
    await asyncio.gather(*(t.work(begin, begin + plan["seconds"]) for t in tablets))
    return heard


if __name__ == "__main__":
    result = asyncio.run(play(json.loads(Path(sys.argv[1]).read_text())))
    print(json.dumps(vars(result)))

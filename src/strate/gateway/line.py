"""One machine's line to the product: listen, note, deliver, obey."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime

from strate.gateway.command_book import CommandBook
from strate.gateway.config import Pace
from strate.gateway.driver import Driver
from strate.gateway.executor import Executor
from strate.gateway.forward import Postman
from strate.gateway.signals import Collector, Gap, Signal
from strate.gateway.sink import Sink
from strate.gateway.spool import Spool

log = logging.getLogger(__name__)

WRITE_EVERY_S = 0.2
MOST_IN_MEMORY = 50_000


class MachineLine:
    """Four small loops around one driver; whatever one of them waits for, the others go on."""

    def __init__(
        self,
        machine: str,
        driver: Driver,
        spool: Spool,
        sink: Sink,
        pace: Pace,
    ) -> None:
        self.machine, self.driver, self.spool, self.pace = machine, driver, spool, pace
        self.postman = Postman(spool, sink, machine)
        self.executor = Executor(machine, driver, sink, CommandBook(spool), patience_s=pace.patience_s)
        self.heard: list[Signal] = []
        self.collector = Collector.CONNECTING

    async def run(self) -> None:
        self._tell_absence()
        try:
            async with asyncio.TaskGroup() as loops:
                loops.create_task(self._listen())
                loops.create_task(self._write())
                loops.create_task(self._heartbeat())
                loops.create_task(self.postman.run())
                loops.create_task(self.executor.run(every_s=self.pace.poll_s))
        finally:
            self._note()

    def _tell_absence(self) -> None:
        """Between the last thing noted before and now, nobody listened."""
        before = self.spool.heard_at(self.machine)
        if before is not None:
            self.heard.append(Gap(self.machine, before, datetime.now(UTC), "gateway_restarted").as_signal())

    async def _listen(self) -> None:
        async for heard in self.driver.signals():
            signal = heard.as_signal() if isinstance(heard, Gap) else heard
            if signal.name == "collector":
                self.collector = Collector(str(signal.value))
            self.heard.append(signal)
            while len(self.heard) > MOST_IN_MEMORY:
                await asyncio.sleep(WRITE_EVERY_S)

    async def _write(self) -> None:
        while True:
            await asyncio.sleep(WRITE_EVERY_S)
            self._note()

    def _note(self) -> None:
        """Only what is on the disk is forgotten here: a full disk keeps the values in memory."""
        self.spool.append(self.machine, self.heard)
        self.heard = []

    async def _heartbeat(self) -> None:
        """A heartbeat speaks of the present: it is not queued behind what could not be delivered."""
        while True:
            await asyncio.sleep(self.pace.heartbeat_s)
            if self.postman.reaching and self.spool.waiting(self.machine) < self.postman.most:
                now = datetime.now(UTC)
                self.heard.append(Signal(self.machine, "collector", self.collector.value, "", now, now))

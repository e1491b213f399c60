"""The postman: carries what the notebook holds to the product, in order, for as long as it takes."""

from __future__ import annotations

import asyncio
import logging
import random

from strate.gateway.contract import Batch
from strate.gateway.sink import Sink, SinkRefused, SinkUnavailable
from strate.gateway.spool import Spool

log = logging.getLogger(__name__)

LONGEST_WAIT_S = 30.0


class Postman:
    """Delivers the signals of one machine; a batch nobody wants is set aside and holds up nothing."""

    def __init__(self, spool: Spool, sink: Sink, machine: str, *, most: int = 500, first_wait_s: float = 0.5):
        self.spool, self.sink, self.machine, self.most = spool, sink, machine, most
        self.first_wait_s = first_wait_s
        self.wait_s = 0.0
        self.reaching = False

    async def run(self, *, idle_s: float = 0.2) -> None:
        while True:
            try:
                busy = await self.deliver_once()
                self.wait_s, self.reaching = 0.0, True
                if not busy:
                    await asyncio.sleep(idle_s)
            except SinkUnavailable as no:
                await self._back_off(no)

    async def deliver_once(self) -> bool:
        batch = self.spool.next_batch(self.machine, most=self.most)
        if batch is None:
            return False
        await self._deliver(batch)
        return True

    async def _deliver(self, batch: Batch) -> None:
        try:
            await self.sink.post_signals(batch)
        except SinkRefused as no:
            if len(batch["signals"]) == 1:
                self.spool.set_aside(batch, str(no))
                return
            for half in _halves(batch):
                await self._deliver(half)
            return
        self.spool.delivered(batch)

    async def _back_off(self, no: SinkUnavailable) -> None:
        if self.reaching or self.wait_s == 0.0:
            log.warning(
                "%s: product not reachable, %d waiting: %s", self.machine, self.spool.waiting_rows, no
            )
        self.reaching = False
        self.wait_s = min(max(self.wait_s * 2, self.first_wait_s), LONGEST_WAIT_S)
        wait = no.wait_s if no.wait_s is not None else self.wait_s * random.uniform(0.7, 1.3)
        await asyncio.sleep(min(wait, 300.0))


def _halves(batch: Batch) -> list[Batch]:
    middle = len(batch["signals"]) // 2
    early: Batch = {**batch, "signals": batch["signals"][:middle]}
    late: Batch = {**batch, "first": batch["first"] + middle, "signals": batch["signals"][middle:]}
    return [early, late]

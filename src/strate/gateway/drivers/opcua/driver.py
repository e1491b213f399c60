"""One machine over OPC UA: the library reconnects inside, a watchdog on the data itself stands outside.

The library can believe it is connected while its subscription is dead; therefore only arriving publish
responses count as life, and after some seconds without any the whole connection is thrown away.
"""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

from asyncua import ua
from asyncua.client.ua_client import UaClientState

from strate.gateway.driver import MachineUnreachable
from strate.gateway.drivers.opcua.buttons import Buttons
from strate.gateway.drivers.opcua.link import KEEPALIVE_S, Link
from strate.gateway.drivers.opcua.profile import Profile, Source, load
from strate.gateway.drivers.opcua.reading import Reader, overflowed
from strate.gateway.signals import Collector, Gap, Quality, Signal, unit_of

log = logging.getLogger(__name__)

QUEUE_LIMIT = 100_000
LONGEST_BACKOFF_S = 30.0
RETRY_NODES_S = 60.0
ANSWERS_WITHIN_S = 4.0


class OpcUaDriver(Buttons):
    """Signals out, files and buttons in; everything about one connection lives in a Link."""

    def __init__(
        self, machine: str, endpoint: str, profile: Profile, *, node: str = "", stale_seconds: float = 8.0
    ) -> None:
        self.machine, self.endpoint, self.profile = machine, endpoint, profile
        self.node = node or machine
        self.stale_seconds = stale_seconds
        self.link: Link | None = None
        self.state: Collector | None = None
        self.reader = Reader(machine)
        self.heard_at: datetime | None = None
        self.silent_since: datetime | None = None
        self.out: asyncio.Queue[Signal | Gap | None] = asyncio.Queue(QUEUE_LIMIT)
        self.lost_since: datetime | None = None
        self.supervisor: asyncio.Task[None] | None = None

    @classmethod
    def from_config(
        cls, *, machine: str, endpoint: str, mapping: str, node: str = "", stale_seconds: float = 8.0
    ) -> OpcUaDriver:
        return cls(machine, endpoint, load(mapping), node=node, stale_seconds=stale_seconds)

    # -- signals ---------------------------------------------------------------------------------------

    async def signals(self) -> AsyncIterator[Signal | Gap]:
        if self.supervisor is None:
            self.supervisor = asyncio.create_task(self._supervise())
        while (heard := await self.out.get()) is not None:
            yield heard

    def _put(self, heard: Signal | Gap) -> None:
        """Never drop in silence: when the reader cannot keep up, say from when to when values were lost."""
        now = datetime.now(UTC)
        try:
            if self.lost_since is not None:
                self.out.put_nowait(Gap(self.machine, self.lost_since, now, "gateway_queue_full"))
                self.lost_since = None
            self.out.put_nowait(heard)
        except asyncio.QueueFull:
            if self.lost_since is None:
                log.error("%s: the gateway cannot keep up, values are being lost", self.machine)
            self.lost_since = self.lost_since or now

    def _heard(self, source: Source, given: ua.DataValue, published: datetime | None) -> None:
        now = datetime.now(UTC)
        self._tell_silence()
        if overflowed(given.StatusCode):
            self._put(Gap(self.machine, self.heard_at or now, now, f"machine_queue_full:{source.name}"))
        signal = self.reader.read(source, given, published, now)
        if signal is not None:
            self._put(signal)

    def _tell_silence(self) -> None:
        """Before the first value of a new connection: nobody listened from then to now."""
        if self.silent_since is not None:
            self._put(Gap(self.machine, self.silent_since, datetime.now(UTC), "connection_rebuilt"))
            self.silent_since = None

    def _doubt(self, why: str) -> None:
        now = datetime.now(UTC)
        log.warning("%s: %s", self.machine, why)
        self._put(Gap(self.machine, self.heard_at or now, now, why))

    # -- life ------------------------------------------------------------------------------------------

    def _become(self, state: Collector) -> None:
        if state is not self.state:
            log.info("%s: %s", self.machine, state)
            self.state = state
            now = datetime.now(UTC)
            self._put(Signal(self.machine, "collector", state.value, "", now, now))

    async def _supervise(self) -> None:
        delay = 1.0
        while True:
            if self.state is not Collector.BACKOFF:  # a machine away all night is one line, not thousands
                self._become(Collector.CONNECTING)
            self.silent_since = self.heard_at
            link = Link(
                endpoint=self.endpoint,
                machine=self.node,
                profile=self.profile,
                # A line that may be silent for long may also be long in answering.
                answers_within_s=max(ANSWERS_WITHIN_S, self.stale_seconds / 2),
                heard=self._heard,
                doubt=self._doubt,
            )
            try:
                await asyncio.wait_for(link.open(), 20.0)
                delay = 1.0
                await self._follow(link)
            except asyncio.CancelledError:
                raise
            except Exception as no:  # whatever the library throws, the machine must be tried again
                log.warning("%s: %s: %s", self.machine, type(no).__name__, no)
            finally:
                self.link = None
                await link.close()
            self._become(Collector.BACKOFF)
            await asyncio.sleep(delay * random.uniform(0.7, 1.3))
            delay = min(delay * 2, LONGEST_BACKOFF_S)

    async def _follow(self, link: Link) -> None:
        """Watch the data until it stays away too long."""
        self._tell_silence()
        self.link = link
        retry_at = time.monotonic() + RETRY_NODES_S
        quiet = min(3 * KEEPALIVE_S, self.stale_seconds / 2)
        self._tell_unresolved(link)
        while not link.ended and link.silent_s < self.stale_seconds:
            if link.silent_s < quiet:
                self.heard_at = datetime.now(UTC) - timedelta(seconds=link.silent_s)
                self._become(Collector.LIVE)
            else:
                self._become(Collector.STALE)
            if link.unresolved and time.monotonic() > retry_at:
                retry_at = time.monotonic() + RETRY_NODES_S
                await link.retry_unresolved()
            await asyncio.sleep(0.2)
        self._become(Collector.STALE)
        why = "the subscription ended" if link.ended else f"silent for {link.silent_s:.1f} s"
        log.warning("%s: %s, connection rebuilt", self.machine, why)

    def _tell_unresolved(self, link: Link) -> None:
        """A value the machine does not offer is told as bad, so that no old one stands in for it."""
        now = datetime.now(UTC)
        for name, why in link.unresolved.items():
            log.warning("%s: no node for %s: %s", self.machine, name, why)
            self._put(Signal(self.machine, name, None, unit_of(name), now, now, Quality.BAD))

    def live_link(self) -> Link:
        if self.link is None or self.state is not Collector.LIVE:
            raise MachineUnreachable("not connected", asked=False)
        if self.link.client.state is not UaClientState.CONNECTED:
            raise MachineUnreachable("reconnecting", asked=False)
        return self.link

    async def close(self) -> None:
        if self.supervisor is not None:
            self.supervisor.cancel()
            await asyncio.gather(self.supervisor, return_exceptions=True)
        if self.out.full():
            self.out.get_nowait()
        self.out.put_nowait(None)

"""Which machines are followed: those of the settings file, or those the product names, asked again while running."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass

from strate.gateway import drivers
from strate.gateway.config import Config, ConfigError, MachineConfig, machine_of
from strate.gateway.driver import Driver
from strate.gateway.line import MachineLine
from strate.gateway.sink import Sink, SinkUnavailable
from strate.gateway.spool import Spool

log = logging.getLogger(__name__)


@dataclass
class Followed:
    """One machine as it is followed now."""

    settings: MachineConfig
    driver: Driver
    task: asyncio.Task[None]


class Hall:
    """Takes machines up, drops them, follows them at a new address, while the others go on undisturbed."""

    def __init__(self, config: Config, spool: Spool, sink: Sink) -> None:
        self.config, self.spool, self.sink = config, spool, sink
        self.followed: dict[str, Followed] = {}

    async def open(self) -> None:
        """The machines of the settings, or those the product named last: it may be away when the gateway starts."""
        settings = self.config.machines
        await self.follow(_understood(self.spool.machines_told()) if settings is None else settings)

    async def keep_up(self) -> None:
        """Ask the product again and again; what it does not answer changes nothing."""
        known: list[dict[str, object]] = []
        while self.config.machines is None:
            try:
                told = await self.sink.machines()
                if told != known:
                    self.spool.keep_machines(told)
                    await self.follow(_understood(told))
                    known = told
            except SinkUnavailable as no:
                log.info("no list of machines: %s", no)
            except Exception:  # a full disk, say: whatever it is, the list is asked for again
                log.exception("the machines named by the product could not be taken up")
            await asyncio.sleep(self.config.look_s)

    async def follow(self, wanted: Iterable[MachineConfig]) -> None:
        """From now on these machines and no other."""
        by_code = {one.code: one for one in wanted}
        for code, followed in list(self.followed.items()):
            if by_code.get(code) != followed.settings:
                log.warning("%s: no longer followed at %s", code, followed.settings.endpoint)
                await self._drop(self.followed.pop(code))
        for code, one in by_code.items():
            if code not in self.followed:
                self._take(one)

    def _take(self, one: MachineConfig) -> None:
        try:
            driver = drivers.make(
                one.driver, machine=one.code, endpoint=one.endpoint, mapping=one.mapping, **one.options
            )
        except (ValueError, OSError, TypeError) as no:
            # A machine that is written down wrong must not silence the others.
            log.error("%s: cannot be followed: %s", one.code, no)
            return
        line = MachineLine(one.code, driver, self.spool, self.sink, self.config.pace)
        self.followed[one.code] = Followed(one, driver, asyncio.create_task(_keep_running(line)))

    async def close(self) -> None:
        for followed in self.followed.values():
            followed.task.cancel()
        await asyncio.gather(*(self._drop(one) for one in self.followed.values()))

    async def _drop(self, followed: Followed) -> None:
        followed.task.cancel()
        await asyncio.gather(followed.task, return_exceptions=True)
        await asyncio.gather(followed.driver.close(), return_exceptions=True)


def _understood(told: str | list[dict[str, object]]) -> list[MachineConfig]:
    """The machines the product named; one it names badly is left out and said."""
    found = []
    for row in json.loads(told) if isinstance(told, str) else told:
        try:
            found.append(machine_of(row))
        except (ConfigError, KeyError, TypeError) as no:
            log.error("a machine was named that is not understood: %s", no)
    return found


async def _keep_running(line: MachineLine) -> None:
    """A fault in the line of one machine is logged and the line begins again; the others never notice."""
    while True:
        try:
            await line.run()
        except Exception:  # whatever broke this line, the machine must be followed again
            log.exception("%s: the line broke and begins again", line.machine)
        await asyncio.sleep(1.0)

"""The printer on the network: lets time pass and tells every change of its values."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from asyncua import Server, ua

from strate.simulators.lpbf import memory
from strate.simulators.lpbf.model import Printer
from strate.simulators.lpbf.opcua.files import Shelf, WorkMasters
from strate.simulators.lpbf.opcua.methods import Buttons
from strate.simulators.lpbf.opcua.space import Space, build

log = logging.getLogger(__name__)

TICK_S = 0.05
SENSORS_EVERY_S = 0.5
REMEMBER_EVERY_S = 1.0


@dataclass(slots=True)
class Face:
    """One printer behind one OPC UA server."""

    printer: Printer
    name: str
    host: str
    port: int
    scale: float
    state_file: Path | None = None
    shelf: Shelf = field(default_factory=Shelf)
    server: Server = field(init=False)
    space: Space = field(init=False)
    buttons: Buttons = field(init=False)
    shown: dict[str, object] = field(default_factory=dict)
    sensors_at: float = 0.0
    remembered_at: float = 0.0

    @property
    def endpoint(self) -> str:
        return f"opc.tcp://{self.host}:{self.port}/"

    async def build(self) -> None:
        self.server = Server()
        await self.server.init()
        self.server.set_endpoint(self.endpoint)
        self.server.set_server_name(f"{self.name} (simulated)")
        self.server.set_security_policy([ua.SecurityPolicyType.NoSecurity])
        self.space = await build(self.server, self.name)
        self.shelf.load()
        self.printer.file_hash = self.shelf.hash_of
        if self.state_file is not None:
            memory.restore(self.printer, self.state_file)
        await WorkMasters(self.space, self.shelf).build()
        self.buttons = Buttons(self.space, self.printer, self.shelf, self.told, self.set_scale)
        await self.buttons.build()
        await self.tell(sensors=True)

    def set_scale(self, scale: float) -> None:
        self.scale = min(max(scale, 0.0), 100_000.0)

    async def run(self, stopping: asyncio.Event) -> None:
        """Let time pass until told to stop; the model never reads a clock, this does."""
        before = time.monotonic()
        while not stopping.is_set():
            await asyncio.sleep(TICK_S)
            now = time.monotonic()
            self.printer.step(min(now - before, 1.0) * self.scale)
            before = now
            sensors = now - self.sensors_at >= SENSORS_EVERY_S
            await self.tell(sensors=sensors)
            if sensors:
                self.sensors_at = now
            if now - self.remembered_at >= REMEMBER_EVERY_S:
                self.remember()
                self.remembered_at = now

    async def told(self) -> None:
        await self.tell(sensors=False)
        self.remember()

    def remember(self) -> None:
        if self.state_file is None:
            return
        try:
            memory.save(self.printer, self.state_file)
        except OSError as no:
            log.error("the printer cannot remember: %s", no)

    async def tell(self, *, sensors: bool) -> None:
        """Every change in its order first, so that no layer and no alarm is skipped; then the rest."""
        for change in self.printer.drain():
            value = json.dumps(change.value) if change.what == "alarm" else change.value
            await self._write(change.what, value)
        for what, value in self._present(sensors=sensors).items():
            if self.shown.get(what) != value:
                await self._write(what, value)

    def _present(self, *, sensors: bool) -> dict[str, object]:
        printer = self.printer
        now: dict[str, object] = {
            "state": printer.state.value,
            "layer": printer.layer,
            "layers_planned": printer.layers_planned,
            "door_open": printer.door_open,
            "door_locked": printer.door_locked,
            "alarms_active": json.dumps(sorted(printer.alarms)),
            "job": printer.job.order if printer.job else "",
            "job_state": printer.job_state.value,
            "presses": json.dumps(self.buttons.presses),
            "job_file_sha256": printer.job.sha256 if printer.job else "",
            **printer.parameters,
        }
        if sensors:
            now |= printer.chamber.read(printer.chance)
            now["laser_hours"] = round(printer.laser_hours, 3)
            now["seconds_left"] = round(printer.seconds_left, 0)
            now["feedstock_mg"] = printer.feedstock_mg
        return now

    async def _write(self, what: str, value: object) -> None:
        self.shown[what] = value
        variant = ua.Variant(value, self.space.types[what])
        at = datetime.now(UTC)
        await self.server.write_attribute_value(
            self.space.values[what].nodeid, ua.DataValue(variant, SourceTimestamp=at, ServerTimestamp=at)
        )

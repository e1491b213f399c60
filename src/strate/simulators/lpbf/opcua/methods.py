"""The printer's buttons over the network: each answers 0, or the code of its refusal."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence

from asyncua import ua
from asyncua.common.methods import uamethod

from strate.simulators.lpbf.model import Printer
from strate.simulators.lpbf.opcua.files import Shelf
from strate.simulators.lpbf.opcua.space import Space
from strate.simulators.lpbf.vocabulary import REFUSALS, Refused

log = logging.getLogger(__name__)
V = ua.VariantType

CONTROL = "JobManagement.JobOrderControl"
JOB_ARGS = [
    ("JobOrderID", V.String),
    ("WorkMasterID", V.String),
    ("Sha256", V.String),
    ("LayersPlanned", V.UInt32),
    ("ParameterNames", V.String),
    ("ParameterValues", V.Double),
]


def argument(name: str, kind: ua.VariantType) -> ua.Argument:
    found = ua.Argument()
    found.Name = name
    found.DataType = ua.NodeId(kind.value)
    found.ValueRank = 1 if name.startswith("Parameter") else -1
    found.ArrayDimensions = [0] if name.startswith("Parameter") else []
    return found


class Buttons:
    """Links the methods of one machine to its model; `told` runs after each press."""

    def __init__(
        self,
        space: Space,
        printer: Printer,
        shelf: Shelf,
        told: Callable[[], Awaitable[None]],
        set_scale: Callable[[float], None],
    ) -> None:
        self.space, self.printer, self.shelf = space, printer, shelf
        self.told, self.set_scale = told, set_scale
        self.presses: list[list[str]] = []

    async def build(self) -> None:
        printer = self.printer
        await self._add(CONTROL, "isa95", "Store", self.store, JOB_ARGS)
        await self._add(CONTROL, "isa95", "StoreAndStart", self.store_and_start, JOB_ARGS)
        order = [("JobOrderID", V.String)]
        for name, press in (
            ("Start", printer.start),
            ("Pause", printer.pause),
            ("Resume", printer.resume),
            ("Stop", printer.stop),
            ("Abort", printer.abort),
        ):
            await self._add(CONTROL, "isa95", name, press, order)
        await self._add(CONTROL, "isa95", "Clear", lambda order: printer.clear(), order)
        for name, press in (("PowerOn", printer.power_on), ("PowerOff", printer.power_off)):
            await self._add("Monitoring.MachineTool", "own", name, press, [])
        await self._add("Monitoring.MachineTool", "own", "Prepare", printer.prepare, [])
        await self._add("Simulation", "own", "Inject", self.inject, [("Kind", V.String)])
        await self._add(
            "Simulation", "own", "InjectAtLayer", self.inject_at, [("Layer", V.UInt32), ("Kind", V.String)]
        )
        await self._add("Simulation", "own", "Repair", printer.repair, [("Kind", V.String)])
        await self._add("Simulation", "own", "OpenDoor", printer.open_door, [])
        await self._add("Simulation", "own", "CloseDoor", printer.close_door, [])
        await self._add("Simulation", "own", "SetTimeScale", self.set_scale, [("Scale", V.Double)])

    async def _add(
        self,
        folder: str,
        where: str,
        name: str,
        press: Callable[..., None],
        takes: Sequence[tuple[str, ua.VariantType]],
    ) -> None:
        await self.space.nodes[folder].add_method(
            self.space.node_id(f"{folder}.{name}"),
            self.space.browse(where, name),
            self._answering(name, press),
            [argument(*one) for one in takes],
            [argument("ReturnStatus", V.UInt64), argument("Refusal", V.String)],
        )

    def _answering(self, name: str, press: Callable[..., None]) -> Callable[..., Awaitable[object]]:
        @uamethod
        async def call(parent: ua.NodeId, *args: object) -> object:
            refusal = ""
            try:
                press(*args)
            except Refused as no:
                refusal = no.code
            log.info("method %s %r -> %s", name, args[:1], refusal or "ok")
            self.presses = [*self.presses[-99:], [name, str(args[0]) if args else "", refusal]]
            await self.told()
            number = REFUSALS.index(refusal) + 1 if refusal else 0
            return ua.Variant(number, V.UInt64), ua.Variant(refusal, V.String)

        return call

    def store(
        self, order: str, file: str, sha256: str, layers: int, names: list[str], values: list[float]
    ) -> None:
        self.printer.store(
            order=order,
            file=file,
            sha256=sha256,
            layers_planned=layers,
            parameters=dict(zip(names or [], values or [], strict=False)),
        )

    def store_and_start(
        self, order: str, file: str, sha256: str, layers: int, names: list[str], values: list[float]
    ) -> None:
        known = self.printer.job
        if known is None or known.order != order:
            self.store(order, file, sha256, layers, names, values)
        self.printer.start(order)

    def inject(self, kind: str) -> None:
        if kind == "corrupt_next_file":
            self.shelf.corrupt_next = True
        else:
            self.printer.inject(kind)

    def inject_at(self, layer: int, kind: str) -> None:
        self.printer.inject_interruption_at_layer(layer, kind)

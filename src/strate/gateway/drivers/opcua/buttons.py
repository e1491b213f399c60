"""The machine's buttons and shelf over OPC UA; a refusal keeps the machine's own code."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any, TypeVar

from asyncua import ua

from strate.gateway.driver import JobOrder, MachineRefused, MachineUnreachable, Receipt, Standing
from strate.gateway.drivers.opcua.link import Link
from strate.gateway.drivers.opcua.profile import Method, Profile
from strate.gateway.drivers.opcua.shelf import FileShelf

T = TypeVar("T")

CALL_S = 30.0
FILE_S = 900.0
LOST = frozenset(
    {
        ua.StatusCodes.BadConnectionClosed,
        ua.StatusCodes.BadSessionIdInvalid,
        ua.StatusCodes.BadSessionClosed,
        ua.StatusCodes.BadSessionNotActivated,
        ua.StatusCodes.BadSecureChannelClosed,
        ua.StatusCodes.BadSecureChannelIdInvalid,
        ua.StatusCodes.BadCommunicationError,
        ua.StatusCodes.BadNotConnected,
        ua.StatusCodes.BadServerNotConnected,
        ua.StatusCodes.BadRequestInterrupted,
        ua.StatusCodes.BadRequestTimeout,
        ua.StatusCodes.BadTimeout,
        ua.StatusCodes.BadShutdown,
    }
)


class Buttons:
    """Everything a driver asks of the machine, over whatever link is live at the moment."""

    profile: Profile

    def live_link(self) -> Link:
        raise MachineUnreachable("no link", asked=False)

    async def put_file(self, name: str, content: bytes) -> Receipt:
        return await _asking(FileShelf(self.live_link()).put(name, content), FILE_S)

    async def read_parameters(self) -> dict[str, float]:
        link = self.live_link()
        read = {name: await self._value(link, name) for name in self.profile.parameters}
        return {name: float(value) for name, value in read.items() if value is not None}

    async def standing(self) -> Standing:
        link = self.live_link()
        state, job, job_state = [await self._value(link, name) for name in ("state", "job", "job_state")]
        return Standing(str(state or ""), str(job or ""), str(job_state or ""))

    async def prepare(self) -> None:
        await self._press("prepare", {})

    async def start(self, job: JobOrder) -> None:
        await self._press(
            "start",
            {
                "job": job.order,
                "file": job.file,
                "sha256": job.sha256,
                "layers_planned": job.layers_planned,
                "parameter_names": list(job.parameters),
                "parameter_values": [float(value) for value in job.parameters.values()],
            },
        )

    async def hold(self, order: str) -> None:
        await self._press("hold", {"job": order})

    async def resume(self, order: str) -> None:
        await self._press("resume", {"job": order})

    async def stop(self, order: str) -> None:
        await self._press("stop", {"job": order})

    async def abort(self, order: str) -> None:
        await self._press("abort", {"job": order})

    async def power(self, on: bool) -> None:
        await self._press("power_on" if on else "power_off", {})

    async def _press(self, verb: str, fields: dict[str, Any]) -> None:
        method = self.profile.methods.get(verb)
        if method is None:
            raise MachineRefused("verb_unknown")
        await _asking(_call(self.live_link(), method, fields), CALL_S)

    async def _value(self, link: Link, name: str) -> Any:
        source = self.profile.source(name)
        if source is None:
            return None

        async def read() -> Any:
            return await (await link.node(source.path)).read_value()

        return await _asking(read(), CALL_S)


async def _call(link: Link, method: Method, fields: dict[str, Any]) -> None:
    owner = await link.node(method.path)
    button = await link.node((*method.path, method.name))
    given = [ua.Variant(fields[name], ua.VariantType[kind]) for name, kind in method.arguments]
    answer = await owner.call_method(button.nodeid, *given)
    status, refusal = (answer if isinstance(answer, list | tuple) else (answer, ""))[:2]
    if status:
        raise MachineRefused(str(refusal or f"status_{status}"))


async def _asking(question: Awaitable[T], seconds: float) -> T:
    """Tell a refusal from a silence: a machine that said no was heard, a broken line was not."""
    try:
        return await asyncio.wait_for(question, seconds)
    except (OSError, TimeoutError) as no:
        raise MachineUnreachable(f"{type(no).__name__}: {no}", asked=True) from no
    except ua.UaStatusCodeError as no:
        if no.code in LOST:
            raise MachineUnreachable(str(no), asked=True) from no
        raise MachineRefused("protocol_error", detail=type(no).__name__) from no
    except (LookupError, ua.UaError) as no:
        raise MachineRefused("protocol_error", detail=str(no)) from no

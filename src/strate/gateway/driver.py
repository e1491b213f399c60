"""A machine as the gateway sees it, whatever protocol it speaks."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from strate.gateway.signals import Gap, Signal


class MachineRefused(Exception):
    """The machine (or what was read back from it) says no, by code."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class MachineUnreachable(Exception):
    """Nobody answers at the machine's end; `asked` says whether the question may have arrived."""

    def __init__(self, why: str, *, asked: bool) -> None:
        super().__init__(why)
        self.asked = asked


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof that a file arrived: its digest computed from bytes read back from the machine."""

    name: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class JobOrder:
    """What the machine is asked to build."""

    order: str
    file: str
    sha256: str
    layers_planned: int
    parameters: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the machine says it is doing now, read at this moment."""

    state: str
    job: str
    job_state: str


class Driver(Protocol):
    """One machine: its signals as they come, its file shelf, its buttons."""

    def signals(self) -> AsyncIterator[Signal | Gap]:
        """Connects, follows, reconnects for ever; ends only with close()."""
        ...

    async def put_file(self, name: str, content: bytes) -> Receipt: ...

    async def read_parameters(self) -> dict[str, float]: ...

    async def standing(self) -> Standing: ...

    async def prepare(self) -> None: ...

    async def start(self, job: JobOrder) -> None: ...

    async def hold(self, order: str) -> None: ...

    async def resume(self, order: str) -> None: ...

    async def stop(self, order: str) -> None: ...

    async def abort(self, order: str) -> None: ...

    async def power(self, on: bool) -> None: ...

    async def close(self) -> None: ...

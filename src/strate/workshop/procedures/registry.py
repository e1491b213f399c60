"""What higher rooms lend to gestures: effects of a step, values of a machine, what is known of a thing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from strate.workshop.journal.actor import Actor
    from strate.workshop.journal.refusals import Reason
    from strate.workshop.procedures.kinds import Outcome
    from strate.workshop.procedures.models import ProcedureRun

Effect = Callable[["Actor", "ProcedureRun", dict[str, Any], "Outcome"], None]


@dataclass(frozen=True)
class Reading:
    """A value read by the gateway, never typed: how much, when, and whether it can be trusted."""

    value: Decimal
    at: datetime
    unit: str = ""
    good: bool = True


_effects: dict[str, Effect] = {}
_machine_values: list[Callable[[str, str], Reading | None]] = []
_fit: dict[str, list[Callable[[str], list["Reason"]]]] = {}
_families: list[Callable[[], set[str]]] = []
_contexts: dict[str, list[Callable[[str], dict[str, str]]]] = {}


def effect(name: str) -> Callable[[Effect], Effect]:
    """`@effect("machines.fit")`: what a step does in its room, in the same transaction as the step itself."""

    def keep(function: Effect) -> Effect:
        if name in _effects:
            raise RuntimeError(f"effect {name} is registered twice")
        _effects[name] = function
        return function

    return keep


Finished = Callable[["Actor", "ProcedureRun"], object]
_finished: dict[str, list[Finished]] = {}


def on_finished(kind: str) -> Callable[[Finished], Finished]:
    """`@on_finished("material_change")`: what a whole gesture of this kind does in a room, with its last step."""

    def keep(function: Finished) -> Finished:
        _finished.setdefault(kind, []).append(function)
        return function

    return keep


def tell_finished(by: "Actor", run: "ProcedureRun") -> None:
    """Every room draws the consequence of a gesture just finished; a refusal undoes its last step."""
    for draw in _finished.get(run.procedure.kind, ()):
        draw(by, run)


def machine_value(function: Callable[[str, str], Reading | None]) -> Callable[[str, str], Reading | None]:
    """`@machine_value`: how a signal of a machine is read; `None` when it is not known."""
    _machine_values.append(function)
    return function


def context(kind: str) -> Callable[[Callable[[str], dict[str, str]]], Callable[[str], dict[str, str]]]:
    """`@context("build")`: what steps may know of such a thing (limits, things expected), by name."""

    def keep(function: Callable[[str], dict[str, str]]) -> Callable[[str], dict[str, str]]:
        _contexts.setdefault(kind, []).append(function)
        return function

    return keep


def families_from(function: Callable[[], set[str]]) -> Callable[[], set[str]]:
    """`@families_from`: the families of machines that stand in the hall."""
    _families.append(function)
    return function


def families_here() -> set[str]:
    """The families made here; empty when no room knows: then every procedure is offered."""
    return {family for ask in _families for family in ask() if family}


def must_be_fit(kind: str) -> Callable[[Callable[[str], list["Reason"]]], Callable[[str], list["Reason"]]]:
    """`@must_be_fit("gauge")`: why such a thing cannot be used now (a gauge past its calibration)."""

    def keep(function: Callable[[str], list["Reason"]]) -> Callable[[str], list["Reason"]]:
        _fit.setdefault(kind, []).append(function)
        return function

    return keep


def wrong_with(ref: str) -> list["Reason"]:
    """All that forbids the use of a thing now."""
    return [reason for ask in _fit.get(ref.partition(":")[0], ()) for reason in ask(ref)]


def effects() -> dict[str, Effect]:
    return dict(_effects)


def read_machine(machine: str, signal: str) -> Reading | None:
    """The last known value of a signal, from the first room that knows it."""
    found = (read(machine, signal) for read in _machine_values)
    return next((reading for reading in found if reading is not None), None)


def known_of(ref: str) -> dict[str, str]:
    """All that the rooms say of a thing at the start of a gesture."""
    known: dict[str, str] = {}
    for ask in _contexts.get(ref.partition(":")[0], ()):
        known |= {k: str(v) for k, v in ask(ref).items() if v is not None}
    return known

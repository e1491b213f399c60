"""A workshop with a small approved procedure, a machine that can be read, and things that can be scanned."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from strate.workshop.journal import clock
from strate.workshop.journal.actor import Actor
from strate.workshop.procedures import actions, registry
from strate.workshop.procedures.models import ProcedureVersion
from strate.workshop.things import registry as things

from ..conftest import signed


def card(code: str, kind: str, **more: Any) -> dict[str, Any]:
    """A step's card with its texts."""
    return {"code": code, "kind": kind, "text": {"fr": f"Faire {code}", "en": f"Do {code}"}} | more


STEPS = [
    card("read", "acknowledge", ppe=["M004"]),
    card("oxygen", "measure", name="O₂", unit="%", min="19.5", source="INRS"),
    card("seal", "check", blocking=False, source="maker"),
]


@pytest.fixture()
def approve(driss: Actor, elsa: Actor) -> Callable[..., ProcedureVersion]:
    """Driss writes and submits, Elsa approves."""

    def write(code: str, *steps: dict[str, Any], kind: str = "start_up") -> ProcedureVersion:
        version = actions.author(
            by=driss,
            procedure=code,
            kind=kind,
            title_fr=f"Mode {code}",
            title_en=f"Mode {code}",
            steps=list(steps),
        )
        actions.submit(by=driss, procedure=code, version=version.number)
        return actions.approve(by=signed(elsa), procedure=code, version=version.number)

    return write


@pytest.fixture()
def start_up(approve: Callable[..., ProcedureVersion]) -> ProcedureVersion:
    return approve("start-up", *STEPS)


@pytest.fixture()
def machine(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, registry.Reading]]:
    """What machine M1 gives now, by signal; a test changes it at will."""
    given: dict[str, registry.Reading] = {}
    monkeypatch.setattr(
        registry, "_machine_values", [lambda ref, s: given.get(s) if ref == "machine:M1" else None]
    )
    yield given


@pytest.fixture()
def says(machine: dict[str, registry.Reading]) -> Callable[..., None]:
    """`says("oxygen_ppm", "800")`: the machine gives this value, `ago_s` seconds ago."""

    def speak(signal: str, value: str, *, ago_s: int = 1, good: bool = True) -> None:
        machine[signal] = registry.Reading(Decimal(value), clock.now() - timedelta(seconds=ago_s), "", good)

    return speak


@pytest.fixture()
def plates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two plates whose labels look alike, and a scrapped one."""
    states = {"P-1": "free", "P-10": "free", "P-9": "scrapped"}

    def find(code: str) -> things.Thing | None:
        return things.Thing(f"tray:{code}", code, state=states[code]) if code in states else None

    monkeypatch.setitem(things._kinds, "tray", things.Kind("tray", "Tray", find))

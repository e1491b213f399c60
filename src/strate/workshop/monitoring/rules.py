"""The laws of layers: what a counter that jumps, repeats or goes back means."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

FINE, INTERRUPTED, SUSPECTED, DECIDED, UNSEEN = "fine", "interrupted", "suspected", "decided", "unseen"
PLANNED = "planned"
VALUES = ("oxygen_ppm", "plate_celsius", "gas_flow_m_s", "filter_pressure_mbar")


@dataclass(frozen=True)
class Seen:
    """A layer the machine counted, with the values heard last."""

    layer: int
    at: datetime
    values: dict[str, Decimal | None]


@dataclass(frozen=True)
class Run:
    """So many layers in a row that look alike: what the strata are drawn from."""

    state: str
    count: int


def unseen_between(last: int, layer: int) -> range:
    """The layers a counter jumped over: they were made, nobody heard them."""
    return range(last + 1, layer)


def after_stop(decision: str | None) -> str:
    """The state of the first layer after a stop; `decision` is None when the build did not stop there."""
    if decision is None:
        return FINE
    return DECIDED if decision else INTERRUPTED


def runs(states: Iterable[tuple[int, str]], planned: int) -> list[Run]:
    """Run lengths of the layers from 1 to planned: made ones by their state, the others as planned or unseen."""
    found: list[Run] = []
    expected = 1
    for layer, state in states:
        if layer > expected:
            _append(found, UNSEEN, layer - expected)
        _append(found, state, 1)
        expected = layer + 1
    if expected <= planned:
        _append(found, PLANNED, planned - expected + 1)
    return found


def _append(found: list[Run], state: str, count: int) -> None:
    if found and found[-1].state == state:
        found[-1] = Run(state, found[-1].count + count)
    else:
        found.append(Run(state, count))


def digest(rows: Sequence[Sequence[object]]) -> str:
    """The digest of all layer records of a build, in order: what the journal holds of them."""
    text = json.dumps([[None if v is None else str(v) for v in row] for row in rows], separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()

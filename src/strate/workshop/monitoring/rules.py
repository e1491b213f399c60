"""The laws of layers: what a counter that jumps, repeats or goes back means."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Annotated

from pydantic import Field

Layer = Annotated[int, Field(ge=-(10**9), le=10**9)]

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


def fills_the_gap(at: datetime, closed_at: datetime) -> bool:
    """A layer heard after a later one (a batch that was delayed) takes its place only if it was made before it."""
    return at <= closed_at


def seconds_of(layer: int, at: datetime, last: int, last_at: datetime | None) -> Decimal | None:
    """How long a layer took; unknown when the one before was not heard, or when the clock went back."""
    if last_at is None or layer != last + 1 or at < last_at:
        return None
    return Decimal(str(round((at - last_at).total_seconds(), 3)))


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

"""How far signed work goes for each criterion, read from the table the house ships."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

SHOWS, SUPPORTS, HUMAN_ONLY = "shows", "supports", "human_only"
REACHES = (SHOWS, SUPPORTS, HUMAN_ONLY)
FILE = Path(__file__).parent / "evidence-map.yaml"


@dataclass(frozen=True)
class Sought:
    """A kind of entry that counts, and what it must hold: `gesture` is the kind of its procedure."""

    what: str
    when: tuple[tuple[str, tuple[Any, ...]], ...] = ()

    def fits(self, data: Mapping[str, Any], gesture: str) -> bool:
        return all((gesture if key == "gesture" else data.get(key)) in wanted for key, wanted in self.when)


@dataclass(frozen=True)
class Reach:
    """What the table says of one criterion."""

    reach: str = HUMAN_ONLY
    sought: tuple[Sought, ...] = ()
    attest: bool = False


@cache
def table() -> dict[str, dict[str, Reach]]:
    """Reference code -> criterion -> how far entries go; what the table does not name is for people only."""
    read = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {read["reference"]: {target: _reach(said) for target, said in read["criteria"].items()}}


def of(reference: str) -> dict[str, Reach]:
    return table().get(reference, {})


def kinds(reference: str) -> frozenset[str]:
    """Every kind of entry that can be evidence of something."""
    return frozenset(s.what for reach in of(reference).values() for s in reach.sought)


def _reach(said: Mapping[str, Any]) -> Reach:
    sought = tuple(
        Sought(fact["what"], tuple((key, _several(value)) for key, value in fact.get("when", {}).items()))
        for fact in said.get("facts", ())
    )
    return Reach(said["reach"], sought, bool(said.get("attest")))


def _several(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list) else (value,)

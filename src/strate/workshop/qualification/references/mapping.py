"""How far signed work goes for each criterion: the table the house ships, and the form of a centre's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import Field

from strate.workshop.journal.refusals import Reason, Refused
from strate.workshop.qualification.references import careful
from strate.workshop.qualification.references.shape import Code, Id, Shape

FORMAT = "strate-evidence-map/1"
SHOWS, SUPPORTS, HUMAN_ONLY = "shows", "supports", "human_only"
REACHES = (SHOWS, SUPPORTS, HUMAN_ONLY)
FILE = Path(__file__).parent / "evidence-map.yaml"
# What is written there is no work on a machine, on powder or on parts.
NO_WORK = frozenset({"qualification", "people", "site", "attachments", "things", "work", "traceability"})
GESTURE = "gesture"

Held = Annotated[str, Field(max_length=80)] | bool | int


class Entry(Shape):
    """A kind of entry that counts, and what it must hold."""

    what: Annotated[str, Field(pattern=r"^[a-z_]+\.[a-z_]+$", max_length=60)]
    when: dict[Annotated[str, Field(max_length=40)], Held | list[Held]] = {}


class Line(Shape):
    """What the table says of one criterion."""

    reach: Literal["shows", "supports", "human_only"]
    attest: bool = False
    facts: Annotated[list[Entry], Field(max_length=40)] = []


class Map(Shape):
    """A whole table, for one reference."""

    format: Literal["strate-evidence-map/1"]
    reference: Code
    criteria: dict[Id, Line]


@dataclass(frozen=True)
class Sought:
    """A kind of entry that counts, and what it must hold: `gesture` is the kind of its procedure."""

    what: str
    when: tuple[tuple[str, tuple[Any, ...]], ...] = ()

    def fits(self, data: Mapping[str, Any], gesture: str) -> bool:
        return all((gesture if key == GESTURE else data.get(key)) in wanted for key, wanted in self.when)


@dataclass(frozen=True)
class Reach:
    """What the table says of one criterion."""

    reach: str = HUMAN_ONLY
    sought: tuple[Sought, ...] = ()
    attest: bool = False


def read(text: str) -> dict[str, Any]:
    """A table from its text; refused with every place where it is not one."""
    content, lines = careful.load(text)
    check(content, lines)
    return content


def check(content: dict[str, Any], lines: careful.Lines | None = None) -> None:
    """Refuse what is not such a table, and lines that contradict themselves."""
    table = careful.shaped(Map, content, lines or {})
    reasons = [
        Reason("map_line_for_people" if line.reach == HUMAN_ONLY else "map_line_empty", {"target": target})
        for target, line in table.criteria.items()
        if (line.reach == HUMAN_ONLY) == bool(line.facts)
    ]
    if reasons:
        raise Refused(reasons)


def blank(reference: str) -> dict[str, Any]:
    """A table that says nothing yet."""
    return {"format": FORMAT, "reference": reference, "criteria": {}}


@cache
def shipped() -> dict[str, dict[str, Any]]:
    """The tables the house ships, by reference."""
    content = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {content["reference"]: content}


def lines(content: Mapping[str, Any]) -> dict[str, Reach]:
    """Criterion -> how far entries go."""
    return {target: _reach(said) for target, said in content["criteria"].items()}


def kinds(known: Mapping[str, Reach]) -> frozenset[str]:
    """Every kind of entry a table looks for."""
    return frozenset(sought.what for reach in known.values() for sought in reach.sought)


def schema() -> dict[str, Any]:
    """The JSON Schema of such a table, for those who write one elsewhere."""
    return {"$schema": careful.SCHEMA, **Map.model_json_schema(), "title": FORMAT}


def _reach(said: Mapping[str, Any]) -> Reach:
    sought = tuple(
        Sought(fact["what"], tuple((key, several(value)) for key, value in fact.get("when", {}).items()))
        for fact in said.get("facts", ())
    )
    return Reach(said["reach"], sought, bool(said.get("attest")))


def several(value: Any) -> tuple[Any, ...]:
    """One value, or one of several."""
    return tuple(value) if isinstance(value, list) else (value,)

"""Where each signal of a make of machine is found: a data file, written in names and never in numbers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from asyncua import ua

from strate.gateway.signals import NAMES, unit_of

Steps = tuple[str, ...]


class ProfileError(ValueError):
    """The mapping profile does not say what it must."""


@dataclass(frozen=True, slots=True)
class Source:
    """One signal: its path below the machine, how often it matters, how small a change does not."""

    name: str
    path: Steps
    unit: str
    fast: bool = False
    scale: float = 1.0
    deadband: float = 0.0
    every_s: float = 0.0
    as_json: bool = False


@dataclass(frozen=True, slots=True)
class Method:
    """One button: the object it belongs to, its name, and its arguments as (field, OPC UA type)."""

    path: Steps
    name: str
    arguments: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything the driver must know of one make of machine."""

    namespaces: Mapping[str, str]
    machine: Steps
    sources: tuple[Source, ...]
    methods: Mapping[str, Method]
    files: Steps = ()
    file_digest: str = ""
    parameters: tuple[str, ...] = ()

    def source(self, name: str) -> Source | None:
        return next((one for one in self.sources if one.name == name), None)


def load(mapping: str) -> Profile:
    """A profile by its shipped name (`strate-lpbf`) or by the path of a JSON file."""
    if mapping.endswith(".json"):
        text = Path(mapping).read_text(encoding="utf-8")
    else:
        shipped = resources.files("strate.gateway") / "profiles" / f"{mapping}.json"
        if not shipped.is_file():
            raise ProfileError(f"no mapping profile named {mapping!r}")
        text = shipped.read_text(encoding="utf-8")
    return parse(json.loads(text))


def parse(told: Mapping[str, Any]) -> Profile:
    try:
        sources = tuple(_source(name, row) for name, row in told["signals"].items())
        methods = {verb: _method(row) for verb, row in told.get("methods", {}).items()}
        profile = Profile(
            namespaces=dict(told["namespaces"]),
            machine=tuple(told["machine"]),
            sources=sources,
            methods=methods,
            files=tuple(told.get("files", ())),
            file_digest=told.get("file_digest", ""),
            parameters=tuple(told.get("parameters", ())),
        )
    except (KeyError, TypeError, AttributeError) as no:
        raise ProfileError(f"mapping profile incomplete: {no!r}") from no
    unknown = {one.name for one in sources} - set(NAMES)
    if unknown:
        raise ProfileError(f"signals outside the vocabulary: {', '.join(sorted(unknown))}")
    return profile


def _source(name: str, row: Mapping[str, Any]) -> Source:
    return Source(
        name=name,
        path=tuple(row["path"]),
        unit=row.get("unit", unit_of(name)),
        fast=bool(row.get("fast", False)),
        scale=float(row.get("scale", 1.0)),
        deadband=float(row.get("deadband", 0.0)),
        every_s=float(row.get("every_s", 0.0)),
        as_json=bool(row.get("json", False)),
    )


def _method(row: Mapping[str, Any]) -> Method:
    return Method(
        tuple(row["path"]), row["name"], tuple((one[0], one[1]) for one in row.get("arguments", ()))
    )


def qualified(
    steps: Sequence[str], namespaces: Mapping[str, str], present: Sequence[str], machine: str
) -> list[ua.QualifiedName]:
    """Turn `alias:Name` steps into browse names of this very server, whose numbers may differ every start."""
    found = []
    for step in steps:
        alias, _, name = step.partition(":")
        uri = namespaces.get(alias, alias)
        if alias == "0":
            index = 0
        elif uri in present:
            index = present.index(uri)
        else:
            raise LookupError(f"the server has no namespace {uri}")
        found.append(ua.QualifiedName(name.replace("{machine}", machine), index))
    return found

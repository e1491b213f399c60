"""The gateway's settings: where the product is, where the notebook lies, which machines to follow."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


class ConfigError(ValueError):
    """The settings file cannot be used; the message says why in one sentence."""


@dataclass(frozen=True, slots=True)
class MachineConfig:
    """One machine: its code in the product, its protocol, its address, its mapping profile."""

    code: str
    driver: str
    endpoint: str
    mapping: str
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a line says that it lives and fetches its orders, and how long an order waits for its machine."""

    heartbeat_s: float = 5.0
    poll_s: float = 1.0
    patience_s: float = 30.0


@dataclass(frozen=True, slots=True)
class Config:
    """Everything `python -m strate.gateway --config FILE` reads."""

    url: str
    token: str
    spool: Path
    # None: the product names them.
    machines: tuple[MachineConfig, ...] | None
    pace: Pace = Pace()
    look_s: float = 5.0
    spool_limit: int = 2_000_000


def read(path: Path) -> Config:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as no:
        raise ConfigError(f"{path}: {no}") from no
    return parse(told, folder=path.parent)


def parse(told: dict[str, Any], *, folder: Path) -> Config:
    """The token stands in the file (`token`) or in a file of its own (`token_file`), which is better kept."""
    try:
        token = told.get("token") or (folder / told["token_file"]).read_text(encoding="utf-8").strip()
        listed = told.get("machines")
        machines = None if listed is None else tuple(machine_of(row) for row in listed)
        config = Config(
            url=told["url"],
            token=token,
            spool=folder / told["spool"],
            machines=machines,
            pace=Pace(**{n: float(told[n]) for n in ("heartbeat_s", "poll_s", "patience_s") if n in told}),
            look_s=float(told.get("look_s", 5.0)),
            spool_limit=int(told.get("spool_limit", 2_000_000)),
        )
    except KeyError as no:
        raise ConfigError(f"missing setting {no}") from no
    except (TypeError, OSError, ValueError) as no:
        raise ConfigError(str(no)) from no
    codes = [one.code for one in machines or ()]
    if len(set(codes)) != len(codes):
        raise ConfigError("two machines with the same code")
    return config


def machine_of(row: dict[str, Any]) -> MachineConfig:
    """A machine as it is written in the settings, or as the product names it."""
    known = ("code", "driver", "endpoint", "mapping")
    code, driver, endpoint, mapping = (str(row[name]) for name in known)
    return MachineConfig(code, driver, endpoint, mapping, {k: v for k, v in row.items() if k not in known})

"""What a machine says: one value, of one name, at one moment, and how far it can be trusted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

Value = bool | int | float | str | list[Any] | dict[str, Any] | None


class Quality(StrEnum):
    GOOD = "good"
    UNCERTAIN = "uncertain"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Signal:
    """A value as the machine gave it; `at` is the machine's own time, `received_at` the gateway's."""

    machine: str
    name: str
    value: Value
    unit: str
    at: datetime
    received_at: datetime
    quality: str = Quality.GOOD


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of time in which the machine may have said things nobody heard."""

    machine: str
    begins: datetime
    ends: datetime
    reason: str

    def as_signal(self) -> Signal:
        told = {"from": self.begins.isoformat(), "to": self.ends.isoformat(), "reason": self.reason}
        return Signal(self.machine, "gap", told, "", self.begins, self.ends)


@dataclass(frozen=True, slots=True)
class Name:
    """One word of the vocabulary: its unit and what it means."""

    unit: str
    means: str


NAMES: Mapping[str, Name] = {
    "state": Name("", "what the machine is doing: off, idle, preparing, ready, running, held, cooling, ..."),
    "layer": Name("", "layers completed in the running build"),
    "layers_planned": Name("", "layers of the running build"),
    "seconds_left": Name("s", "machine's own estimate of the time left, in the machine's seconds"),
    "oxygen_ppm": Name("ppm", "oxygen in the process chamber"),
    "plate_celsius": Name("°C", "temperature of the build plate"),
    "gas_flow_m_s": Name("m/s", "speed of the shielding gas over the plate"),
    "filter_pressure_mbar": Name("mbar", "differential pressure over the process filter"),
    "chamber_pressure_mbar": Name("mbar", "overpressure of the process chamber"),
    "room_oxygen_percent": Name("%", "oxygen in the air of the room"),
    "laser_hours": Name("h", "hours the laser has burnt"),
    "feedstock_mg": Name("mg", "powder left in the machine's own store"),
    "door_open": Name("", "the chamber door is open"),
    "door_locked": Name("", "the interlock holds the chamber door shut"),
    "alarm": Name("", "an alarm came or went: code, severity (1 to 1000), text, active"),
    "alarms_active": Name("", "codes of the alarms present now"),
    "job": Name("", "build order the machine holds"),
    "job_state": Name("", "ISA-95 state of that order"),
    "job_file_sha256": Name("", "digest of the exchange file of that order, as the machine holds it"),
    "laser_power_w": Name("W", "parameter set held by the machine: laser power"),
    "scan_speed_mm_s": Name("mm/s", "parameter set: scan speed"),
    "hatch_um": Name("µm", "parameter set: hatch distance"),
    "layer_um": Name("µm", "parameter set: layer thickness"),
    "preheat_celsius": Name("°C", "parameter set: plate preheat"),
    "collector": Name(
        "", "state of the collection: connecting, live, stale, backoff; repeated as a heartbeat"
    ),
    "gap": Name("", "a stretch of time nobody heard: from, to, reason"),
}


class Collector(StrEnum):
    """How the collection of one machine is doing; only LIVE means that the screen may show its values."""

    CONNECTING = "connecting"
    LIVE = "live"
    STALE = "stale"
    BACKOFF = "backoff"


def unit_of(name: str) -> str:
    known = NAMES.get(name)
    return known.unit if known else ""

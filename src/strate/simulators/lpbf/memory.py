"""What the printer remembers when it is switched off: its job, its layer, its counters."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from strate.simulators.lpbf.chamber import Chamber
from strate.simulators.lpbf.model import Printer
from strate.simulators.lpbf.process import Job
from strate.simulators.lpbf.vocabulary import JobState, State

PLAIN = ("door_open", "layer", "layer_left_s", "laser_hours", "feedstock_mg")
CHAMBER = (
    "oxygen_ppm",
    "plate_celsius",
    "gas_flow_m_s",
    "filter_pressure_mbar",
    "chamber_pressure_mbar",
    "room_oxygen_percent",
    "soot_mbar",
)


def to_json(printer: Printer) -> dict[str, Any]:
    job = printer.job
    return {
        **{name: getattr(printer, name) for name in PLAIN},
        "state": printer.state.value,
        "chamber": {name: getattr(printer.chamber, name) for name in CHAMBER},
        "parameters": printer.parameters,
        "known_jobs": printer.known_jobs[-500:],
        "alarms": sorted(printer.alarms),
        "job": None
        if job is None
        else {
            "order": job.order,
            "file": job.file,
            "sha256": job.sha256,
            "layers_planned": job.layers_planned,
            "parameters": job.parameters,
            "state": job.state.value,
        },
    }


def save(printer: Printer, path: Path) -> None:
    part = path.with_suffix(path.suffix + ".part")
    with part.open("w", encoding="utf-8") as out:
        json.dump(to_json(printer), out)
        out.flush()
        os.fsync(out.fileno())
    part.replace(path)


def restore(printer: Printer, path: Path) -> None:
    """Take up where the machine was; a build that was running is held until a person decides."""
    if not path.exists():
        return
    kept = json.loads(path.read_text(encoding="utf-8"))
    for name in PLAIN:
        setattr(printer, name, kept[name])
    printer.chamber = Chamber(**kept["chamber"])
    printer.parameters = kept["parameters"]
    printer.known_jobs = kept["known_jobs"]
    if kept["job"] is not None:
        printer.job = Job(**{**kept["job"], "state": JobState(kept["job"]["state"])})
    printer.state = State(kept["state"])
    for code in kept["alarms"]:
        printer.raise_alarm(code)
        printer.faults[code] = printer.profile.repair_s
    if printer.state is State.RUNNING and printer.job is not None:
        printer.inject("power_cut")
        printer.power_on()
    elif printer.state in (State.PREPARING, State.READY):
        printer.state = State.IDLE

"""The words of the machine: its states, the moves between them, its alarms and its ways of saying no."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    OFF = "off"
    IDLE = "idle"
    PREPARING = "preparing"
    READY = "ready"
    RUNNING = "running"
    HELD = "held"
    COOLING = "cooling"
    FINISHED = "finished"
    ABORTED = "aborted"


MOVES: dict[State, frozenset[State]] = {
    State.OFF: frozenset({State.IDLE, State.HELD, State.COOLING}),
    State.IDLE: frozenset({State.OFF, State.PREPARING}),
    State.PREPARING: frozenset({State.OFF, State.IDLE, State.READY, State.HELD, State.COOLING}),
    State.READY: frozenset({State.OFF, State.IDLE, State.RUNNING, State.COOLING}),
    State.RUNNING: frozenset({State.OFF, State.HELD, State.COOLING}),
    State.HELD: frozenset({State.OFF, State.RUNNING, State.COOLING}),
    State.COOLING: frozenset({State.OFF, State.FINISHED, State.ABORTED}),
    State.FINISHED: frozenset({State.OFF, State.IDLE}),
    State.ABORTED: frozenset({State.OFF, State.IDLE}),
}


class JobState(StrEnum):
    """The job states of ISA-95 Job Control, spelled as OPC 10031-4 spells them."""

    NONE = ""
    NOT_ALLOWED = "NotAllowedToStart"
    ALLOWED = "AllowedToStart"
    RUNNING = "Running"
    INTERRUPTED = "Interrupted"
    ENDED = "Ended"
    ABORTED = "Aborted"


@dataclass(frozen=True, slots=True)
class AlarmKind:
    """What an alarm says, how grave it is (OPC UA severity, 1 to 1000) and whether it holds the build."""

    severity: int
    text: str
    holds: bool


ALARMS: dict[str, AlarmKind] = {
    "oxygen_high": AlarmKind(800, "Process chamber oxygen above the limit", True),
    "room_oxygen_low": AlarmKind(1000, "Room oxygen low: leave the room", True),
    "filter_pressure_high": AlarmKind(600, "Process filter differential pressure high", True),
    "recoater_jam": AlarmKind(900, "Recoater torque above the limit: collision", True),
    "short_feed": AlarmKind(700, "Short feed: the powder bed is not fully covered", True),
    "plate_temperature_out": AlarmKind(700, "Plate temperature out of range", True),
    "laser_fault": AlarmKind(900, "Laser power deviation", True),
    "chiller_low": AlarmKind(800, "Chiller flow low", True),
    "gas_low": AlarmKind(800, "Inert gas supply pressure low", True),
    "power_cut": AlarmKind(900, "Mains power was lost during the build", True),
    "door_open": AlarmKind(900, "Process chamber door interlock open", True),
    "filter_life_low": AlarmKind(300, "Process filter is near the end of its life", False),
}

REFUSALS = (
    "machine_off",
    "wrong_state",
    "no_job",
    "job_exists",
    "job_unknown",
    "no_file",
    "hash_not_equal",
    "door_open",
    "door_locked",
    "alarm_active",
    "oxygen_high",
    "layers_out_of_range",
    "parameter_unknown",
    "parameter_out_of_range",
    "kind_unknown",
)


class Refused(Exception):
    """The machine says no, by code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


# Bounds of what the machine accepts in a parameter set; the unit is in the name.
PARAMETER_LIMITS: dict[str, tuple[float, float]] = {
    "laser_power_w": (20.0, 500.0),
    "scan_speed_mm_s": (50.0, 7000.0),
    "hatch_um": (20.0, 300.0),
    "layer_um": (20.0, 120.0),
    "preheat_celsius": (20.0, 250.0),
}

DEFAULT_PARAMETERS: dict[str, float] = {
    "laser_power_w": 280.0,
    "scan_speed_mm_s": 1200.0,
    "hatch_um": 140.0,
    "layer_um": 30.0,
    "preheat_celsius": 80.0,
}

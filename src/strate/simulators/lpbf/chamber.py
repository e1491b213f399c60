"""The chamber: oxygen, heat, gas, filter and powder, as they move with time."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

from strate.simulators.lpbf.vocabulary import State

AIR_OXYGEN_PPM = 209_000.0
DOOR_RELEASE_CELSIUS = 60.0


@dataclass(frozen=True, slots=True)
class Profile:
    """How fast this machine does things, in simulated seconds."""

    layer_seconds: float = 40.0
    inert_tau_s: float = 150.0
    leak_tau_s: float = 7200.0
    warm_celsius_per_s: float = 0.15
    cool_tau_s: float = 3600.0
    ambient_celsius: float = 22.0
    oxygen_limit_ppm: float = 1000.0
    oxygen_floor_ppm: float = 250.0
    filter_clean_mbar: float = 5.0
    filter_alarm_mbar: float = 20.0
    soot_mbar_per_layer: float = 0.004
    layer_feed_mg: int = 5_200
    hopper_mg: int = 60_000_000
    repair_s: float = 120.0


@dataclass(slots=True)
class Chamber:
    """What the sensors would read; step() moves it on by some seconds."""

    oxygen_ppm: float = AIR_OXYGEN_PPM
    plate_celsius: float = 22.0
    gas_flow_m_s: float = 0.0
    filter_pressure_mbar: float = 0.0
    chamber_pressure_mbar: float = 0.0
    room_oxygen_percent: float = 20.9
    soot_mbar: float = 0.0

    def step(
        self, seconds: float, *, state: State, target_celsius: float, faults: frozenset[str], profile: Profile
    ) -> None:
        inert = state in (State.PREPARING, State.READY, State.RUNNING, State.HELD, State.COOLING)
        self._oxygen(seconds, inert and "gas_low" not in faults, "oxygen_high" in faults, profile)
        heated = state in (State.PREPARING, State.READY, State.RUNNING, State.HELD)
        self._heat(seconds, heated and "plate_temperature_out" not in faults, target_celsius, profile)
        blowing = inert and "gas_low" not in faults
        flow = 2.1 if blowing else 0.0
        if "filter_pressure_high" in faults:
            flow *= 0.6
        self.gas_flow_m_s = _towards(self.gas_flow_m_s, flow, seconds, 10.0)
        clogged = 16.0 if "filter_pressure_high" in faults else 0.0
        resistance = (profile.filter_clean_mbar + self.soot_mbar + clogged) if blowing else 0.0
        self.filter_pressure_mbar = _towards(self.filter_pressure_mbar, resistance, seconds, 8.0)
        self.chamber_pressure_mbar = _towards(
            self.chamber_pressure_mbar, 12.0 if inert else 0.0, seconds, 30.0
        )
        room = 18.6 if "room_oxygen_low" in faults else 20.9
        self.room_oxygen_percent = _towards(self.room_oxygen_percent, room, seconds, 20.0)

    def _oxygen(self, seconds: float, inert: bool, leaking: bool, profile: Profile) -> None:
        if leaking:
            self.oxygen_ppm = _towards(self.oxygen_ppm, 4000.0, seconds, 20.0)
        elif inert:
            self.oxygen_ppm = _towards(
                self.oxygen_ppm, profile.oxygen_floor_ppm, seconds, profile.inert_tau_s
            )
        else:
            self.oxygen_ppm = _towards(self.oxygen_ppm, AIR_OXYGEN_PPM, seconds, profile.leak_tau_s)

    def _heat(self, seconds: float, heated: bool, target: float, profile: Profile) -> None:
        if heated and self.plate_celsius < target:
            self.plate_celsius = min(target, self.plate_celsius + profile.warm_celsius_per_s * seconds)
        elif heated:
            self.plate_celsius = _towards(self.plate_celsius, target, seconds, 300.0)
        else:
            self.plate_celsius = _towards(
                self.plate_celsius, profile.ambient_celsius, seconds, profile.cool_tau_s
            )

    def let_air_in(self) -> None:
        self.oxygen_ppm = AIR_OXYGEN_PPM
        self.chamber_pressure_mbar = 0.0

    def read(self, chance: random.Random) -> dict[str, float]:
        """The values as sensors give them: with a little noise and a finite resolution."""

        def noisy(value: float, share: float, digits: int) -> float:
            return round(value * (1.0 + chance.gauss(0.0, share)), digits)

        return {
            "oxygen_ppm": noisy(self.oxygen_ppm, 0.01, 0),
            "plate_celsius": noisy(self.plate_celsius, 0.001, 1),
            "gas_flow_m_s": noisy(self.gas_flow_m_s, 0.008, 2),
            "filter_pressure_mbar": noisy(self.filter_pressure_mbar, 0.005, 2),
            "chamber_pressure_mbar": noisy(self.chamber_pressure_mbar, 0.01, 1),
            "room_oxygen_percent": noisy(self.room_oxygen_percent, 0.001, 2),
        }


def _towards(value: float, target: float, seconds: float, tau_s: float) -> float:
    return target + (value - target) * math.exp(-seconds / tau_s)

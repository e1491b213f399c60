"""What the printer is doing, layer by layer, and what can go wrong while it does it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from strate.simulators.lpbf.chamber import DOOR_RELEASE_CELSIUS, Chamber, Profile
from strate.simulators.lpbf.vocabulary import (
    ALARMS,
    DEFAULT_PARAMETERS,
    MOVES,
    JobState,
    Refused,
    State,
)

LONGEST_STEP_S = 2.0
BUSY = frozenset({State.PREPARING, State.RUNNING, State.HELD, State.COOLING})


@dataclass(slots=True)
class Job:
    """One build order as the machine holds it."""

    order: str
    file: str
    sha256: str
    layers_planned: int
    parameters: dict[str, float]
    state: JobState = JobState.ALLOWED


@dataclass(frozen=True, slots=True)
class Change:
    """Something that happened between two looks at the machine, in the order it happened."""

    what: str
    value: object


@dataclass(slots=True)
class Process:
    """The build process of a laser powder-bed machine: step() lets simulated seconds pass."""

    seed: int = 1
    layers_max: int = 20_000
    profile: Profile = field(default_factory=Profile)
    file_hash: Callable[[str], str | None] = lambda name: None
    state: State = State.IDLE
    chamber: Chamber = field(default_factory=Chamber)
    door_open: bool = False
    layer: int = 0
    layer_left_s: float = 0.0
    laser_hours: float = 1240.0
    feedstock_mg: int = 0
    parameters: dict[str, float] = field(default_factory=lambda: dict(DEFAULT_PARAMETERS))
    job: Job | None = None
    known_jobs: list[str] = field(default_factory=list)
    start_when_ready: bool = False
    faults: dict[str, float] = field(default_factory=dict)
    alarms: dict[str, str] = field(default_factory=dict)
    inject_at: dict[int, str] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.feedstock_mg = self.feedstock_mg or self.profile.hopper_mg

    # -- what can be seen ------------------------------------------------------------------------------

    @property
    def door_locked(self) -> bool:
        inert = self.state in (State.PREPARING, State.READY, State.RUNNING)
        return inert or self.chamber.plate_celsius >= DOOR_RELEASE_CELSIUS

    @property
    def layers_planned(self) -> int:
        return self.job.layers_planned if self.job else 0

    @property
    def job_state(self) -> JobState:
        return self.job.state if self.job else JobState.NONE

    @property
    def seconds_left(self) -> float:
        if self.state not in (State.RUNNING, State.HELD):
            return 0.0
        return max(0, self.layers_planned - self.layer) * self.profile.layer_seconds

    def drain(self) -> list[Change]:
        seen, self.changes = self.changes, []
        return seen

    # -- time ------------------------------------------------------------------------------------------

    def step(self, seconds: float) -> None:
        while seconds > 1e-9:
            part = min(seconds, LONGEST_STEP_S)
            self._step(part)
            seconds -= part

    def _step(self, seconds: float) -> None:
        self.chamber.step(
            seconds,
            state=self.state,
            target_celsius=self.parameters["preheat_celsius"],
            faults=frozenset(self.faults),
            profile=self.profile,
        )
        if self.door_open:
            self.chamber.let_air_in()
        self._age_faults(seconds)
        if self.state is State.PREPARING and self._prepared():
            self._move(State.READY)
            if self.start_when_ready and not self._holding():
                self._run()
        elif self.state is State.RUNNING:
            self._expose(seconds)
        elif self.state is State.COOLING and self.chamber.plate_celsius < DOOR_RELEASE_CELSIUS:
            self._move(State.ABORTED if self.job_state is JobState.ABORTED else State.FINISHED)

    def _prepared(self) -> bool:
        warm = abs(self.chamber.plate_celsius - self.parameters["preheat_celsius"]) <= 1.5
        return warm and self.chamber.oxygen_ppm < self.profile.oxygen_limit_ppm

    def _expose(self, seconds: float) -> None:
        self.laser_hours += seconds * 0.7 / 3600.0
        self.layer_left_s -= seconds
        while self.state is State.RUNNING and self.layer_left_s <= 0.0:
            self._close_layer()

    def _close_layer(self) -> None:
        self.layer += 1
        self.feedstock_mg = max(0, self.feedstock_mg - self.profile.layer_feed_mg)
        self.chamber.soot_mbar += self.profile.soot_mbar_per_layer
        self.changes.append(Change("layer", self.layer))
        self.layer_left_s += self.profile.layer_seconds * self.chance.uniform(0.95, 1.05)
        if self.layer >= self.layers_planned:
            self._end(JobState.ENDED)
            return
        self._watch()
        kind = self.inject_at.pop(self.layer, None)
        if kind:
            self.inject(kind)

    def _watch(self) -> None:
        if self.feedstock_mg < self.profile.layer_feed_mg:
            self.raise_alarm("short_feed")
        pressure = self.profile.filter_clean_mbar + self.chamber.soot_mbar
        if pressure > self.profile.filter_alarm_mbar:
            self.raise_alarm("filter_pressure_high")
        elif pressure > 0.8 * self.profile.filter_alarm_mbar:
            self.raise_alarm("filter_life_low")

    # -- what happens to it ----------------------------------------------------------------------------

    def inject(self, kind: str) -> None:
        if kind not in ALARMS:
            raise Refused("kind_unknown")
        if kind == "door_open":
            self.door_open = True
        self.faults[kind] = self.profile.repair_s
        if kind == "power_cut":
            self.cut_power()
        self.raise_alarm(kind)

    def repair(self, kind: str = "") -> None:
        for fault in [kind] if kind else sorted({*self.faults, *self.alarms}):
            self.faults.pop(fault, None)
            if fault == "door_open":
                self.door_open = False
            if fault == "filter_pressure_high":
                self.chamber.soot_mbar = 0.0
            if fault == "short_feed":
                self.feedstock_mg = self.profile.hopper_mg
            self._lower_alarm(fault)

    def cut_power(self) -> None:
        """The mains are gone: a build under way is interrupted, whatever its state was."""
        if self.job and self.state in BUSY and self.state is not State.COOLING:
            self.job.state = JobState.INTERRUPTED
        self._move(State.OFF)

    def raise_alarm(self, code: str) -> None:
        kind = ALARMS[code]
        if code not in self.alarms:
            self.alarms[code] = kind.text
            self._tell_alarm(code, active=True)
        if kind.holds and self.state is State.RUNNING:
            self._hold()

    # -- inside ----------------------------------------------------------------------------------------

    def _age_faults(self, seconds: float) -> None:
        for kind, left in list(self.faults.items()):
            self.faults[kind] = left - seconds
            if self.faults[kind] <= 0.0 and self.state is not State.OFF:
                self.repair(kind)

    def _run(self, *, first: bool = True) -> None:
        assert self.job is not None
        self.job.state = JobState.RUNNING
        self.start_when_ready = False
        if first:
            self.layer_left_s = self.profile.layer_seconds
        self._move(State.RUNNING)

    def _hold(self) -> None:
        if self.job:
            self.job.state = JobState.INTERRUPTED
        self._move(State.HELD)

    def _end(self, outcome: JobState) -> None:
        if self.job:
            self.job.state = outcome
        self.start_when_ready = False
        self._move(State.COOLING)

    def _move(self, to: State) -> None:
        if to not in MOVES[self.state]:
            raise Refused("wrong_state")
        self.state = to
        self.changes.append(Change("state", to.value))
        self.changes.append(Change("job_state", self.job_state.value))

    def _tell_alarm(self, code: str, *, active: bool) -> None:
        kind = ALARMS[code]
        told = {"code": code, "severity": kind.severity, "text": kind.text, "active": active}
        self.changes.append(Change("alarm", told))

    def _lower_alarm(self, code: str) -> None:
        if self.alarms.pop(code, None) is not None:
            self._tell_alarm(code, active=False)

    def _holding(self) -> bool:
        return any(ALARMS[code].holds for code in self.alarms)

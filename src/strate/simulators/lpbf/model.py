"""The printer's buttons: what it accepts to do next, and why it says no."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from strate.simulators.lpbf.chamber import DOOR_RELEASE_CELSIUS
from strate.simulators.lpbf.process import Change, Job, Process
from strate.simulators.lpbf.vocabulary import ALARMS, PARAMETER_LIMITS, JobState, Refused, State


@dataclass(slots=True)
class Printer(Process):
    """A laser powder-bed machine without its network: every verb obeys or raises Refused."""

    def power_on(self) -> None:
        self._must_be(State.OFF)
        if self.job and self.job.state in (JobState.INTERRUPTED, JobState.RUNNING):
            self._move(State.HELD)
        elif self.job and self.chamber.plate_celsius >= DOOR_RELEASE_CELSIUS:
            self._move(State.COOLING)
        else:
            self._move(State.IDLE)

    def power_off(self) -> None:
        self._must_be(State.IDLE, State.FINISHED, State.ABORTED)
        self._move(State.OFF)

    def prepare(self) -> None:
        self._must_be(State.IDLE)
        self._door_shut()
        self._no_holding_alarm()
        self._move(State.PREPARING)

    def store(
        self, *, order: str, file: str, sha256: str, layers_planned: int, parameters: Mapping[str, float]
    ) -> None:
        self._must_be(State.IDLE, State.READY, State.FINISHED, State.ABORTED)
        if order in self.known_jobs:
            raise Refused("job_exists")
        if not 1 <= layers_planned <= self.layers_max:
            raise Refused("layers_out_of_range")
        _check_parameters(parameters)
        self._check_file(file, sha256)
        if self.state in (State.FINISHED, State.ABORTED):
            self.clear()
        self.parameters = {**self.parameters, **parameters}
        self.job = Job(order, file, sha256, layers_planned, dict(self.parameters))
        self.known_jobs.append(order)
        self.layer = 0
        self.changes.append(Change("job", order))

    def start(self, order: str) -> None:
        job = self._held_job(order)
        self._must_be(State.IDLE, State.READY)
        if job.state is not JobState.ALLOWED:
            raise Refused("wrong_state")
        self._check_file(job.file, job.sha256)
        self._door_shut()
        self._no_holding_alarm()
        self.start_when_ready = True
        if self.state is State.IDLE or not self._prepared():
            if self.state is State.READY:
                self._move(State.IDLE)
            self._move(State.PREPARING)
        else:
            self._run()

    def pause(self, order: str) -> None:
        self._held_job(order)
        self._must_be(State.RUNNING)
        self._hold()

    def resume(self, order: str) -> None:
        job = self._held_job(order)
        self._must_be(State.HELD)
        self._door_shut()
        self._no_holding_alarm()
        if self.chamber.oxygen_ppm >= self.profile.oxygen_limit_ppm:
            raise Refused("oxygen_high")
        self._check_file(job.file, job.sha256)
        self._run(first=False)

    def stop(self, order: str) -> None:
        self._held_job(order)
        self._must_be(State.RUNNING, State.HELD)
        self._end(JobState.ENDED)

    def abort(self, order: str) -> None:
        job = self._held_job(order)
        if self.state is State.IDLE and job.state is JobState.ALLOWED:
            job.state = JobState.ABORTED
            return
        self._must_be(State.PREPARING, State.READY, State.RUNNING, State.HELD)
        self._end(JobState.ABORTED)

    def clear(self) -> None:
        """The plate is out, the chamber wiped, the hopper filled again: ready for another order."""
        self._must_be(State.FINISHED, State.ABORTED)
        self.job = None
        self.layer = 0
        self.feedstock_mg = self.profile.hopper_mg
        self._move(State.IDLE)

    def inject_interruption_at_layer(self, layer: int, kind: str = "recoater_jam") -> None:
        """When this layer is complete, this alarm comes: for demonstrations and tests."""
        if kind not in ALARMS:
            raise Refused("kind_unknown")
        self.inject_at[layer] = kind

    def open_door(self) -> None:
        if self.door_locked:
            raise Refused("door_locked")
        self.door_open = True

    def close_door(self) -> None:
        self.door_open = False

    def _must_be(self, *states: State) -> None:
        if self.state not in states:
            raise Refused("machine_off" if self.state is State.OFF else "wrong_state")

    def _held_job(self, order: str) -> Job:
        if self.job is None:
            raise Refused("no_job")
        if order and self.job.order != order:
            raise Refused("job_unknown")
        return self.job

    def _door_shut(self) -> None:
        if self.door_open:
            raise Refused("door_open")

    def _check_file(self, name: str, sha256: str) -> None:
        held = self.file_hash(name)
        if held is None:
            raise Refused("no_file")
        if held != sha256.lower():
            raise Refused("hash_not_equal")

    def _no_holding_alarm(self) -> None:
        if self._holding():
            raise Refused("alarm_active")


def _check_parameters(parameters: Mapping[str, float]) -> None:
    for name, value in parameters.items():
        if name not in PARAMETER_LIMITS:
            raise Refused("parameter_unknown")
        low, high = PARAMETER_LIMITS[name]
        if not low <= value <= high:
            raise Refused("parameter_out_of_range")

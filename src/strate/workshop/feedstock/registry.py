"""Where a room above says for what a machine is being filled: the job prepared on it, its limits, its need."""

from collections.abc import Callable
from dataclasses import dataclass

from strate.workshop.feedstock.rules import Limits


@dataclass(frozen=True)
class Job:
    """What a machine is filled for now: the build, what it allows, how much powder it needs in all (milligrams)."""

    build: str = ""
    limits: Limits | None = None
    need_mg: int | None = None
    # It runs, or its powder still waits to be weighed back with it.
    begun: bool = False


NO_JOB = Job()
JobOn = Callable[[str], Job | None]
_jobs: list[JobOn] = []


def jobs_from(ask: JobOn) -> JobOn:
    """`@jobs_from` on a function of a machine's reference: the job prepared on it, or None."""
    _jobs.append(ask)
    return ask


def job_on(machine: str) -> Job:
    """The job for which this machine is being filled now; one that allows and needs nothing when there is none."""
    return next((job for ask in _jobs if (job := ask(machine))), NO_JOB) if machine else NO_JOB

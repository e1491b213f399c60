"""Listening to the machines: what a change of state means for the build that runs there."""

from collections.abc import Sequence

from strate.workshop.builds import queries, rules
from strate.workshop.builds.actions import following
from strate.workshop.builds.models import Build
from strate.workshop.journal.actor import Actor
from strate.workshop.telemetry import queries as telemetry
from strate.workshop.telemetry.rules import Sample

ENDS = {"cooling", "finished", "aborted"}


def follow(by: Actor, machine: str, samples: Sequence[Sample]) -> None:
    """Called with every batch: only a change of state of the machine concerns a build."""
    states = [s for s in samples if s.name == "state" and s.quality == "good"]
    for sample in sorted(states, key=lambda s: s.at):
        build = queries.running_on(machine)
        if build is not None and build.launched_at and sample.received_at >= build.launched_at:
            _take(by, build, sample, samples)


def _take(by: Actor, build: Build, sample: Sample, samples: Sequence[Sample]) -> None:
    now = telemetry.now_of(build.machine)
    job = now.get("job")
    if job is None or job.value != build.code:
        # Another job, started at the machine's own console: it is shown there, never taken for this one.
        return
    layer = _number(samples, "layer") or _integer(now, "layer")
    if sample.value == "held" and build.state == rules.LAUNCHED:
        oxygen = queries.number(now.get("oxygen_ppm"))
        cause = _cause(samples) or "unknown"
        ppm = None if oxygen is None else int(oxygen)
        following.held(by, build, at=sample.at, layer=layer, cause=cause, oxygen_ppm=ppm)
    elif sample.value == "running" and build.state == rules.HELD:
        following.going_on(by, build, at=sample.at)
    elif sample.value in ENDS:
        job_state = now.get("job_state")
        aborted = sample.value == "aborted" or bool(job_state and job_state.value == "Aborted")
        following.ended(by, build, at=sample.at, aborted=aborted, layers=layer)


def _integer(now: dict[str, telemetry.Reading], name: str) -> int:
    found = queries.number(now.get(name))
    return 0 if found is None else int(found)


def _number(samples: Sequence[Sample], name: str) -> int:
    values = [s.value for s in samples if s.name == name and isinstance(s.value, int)]
    return max(values, default=0)


def _cause(samples: Sequence[Sample]) -> str:
    """The code of the alarm that came with the stop, if the machine said one."""
    for sample in reversed(samples):
        if sample.name == "alarm" and isinstance(sample.value, dict) and sample.value.get("active"):
            return str(sample.value.get("code", ""))
    return ""

"""Listening to the machines: what a change of state means for the build that runs there."""

from collections.abc import Sequence
from datetime import timedelta

from strate.workshop.builds import queries, rules
from strate.workshop.builds.actions import following
from strate.workshop.builds.models import Build
from strate.workshop.journal.actor import Actor
from strate.workshop.telemetry import queries as telemetry
from strate.workshop.telemetry.rules import Sample

# An alarm and the stop it causes are told by two signals, not quite at the same time.
TOGETHER = timedelta(seconds=2)
AT_WORK = {"running", "held"}
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
    layer = _layer_at(samples, now, sample)
    if sample.value in AT_WORK:
        following.start_heard(by, build)
    if sample.value == "held" and build.state == rules.LAUNCHED:
        oxygen = queries.number(now.get("oxygen_ppm"))
        cause = _cause(samples, sample) or "unknown"
        ppm = None if oxygen is None else int(oxygen)
        following.held(by, build, at=sample.at, layer=layer, cause=cause, oxygen_ppm=ppm)
    elif sample.value == "running" and build.state == rules.HELD:
        following.going_on(by, build, at=sample.at)
    elif sample.value in ENDS:
        job_state = now.get("job_state")
        aborted = sample.value == "aborted" or bool(job_state and job_state.value == "Aborted")
        following.ended(by, build, at=sample.at, aborted=aborted, layers=layer)


def _layer_at(samples: Sequence[Sample], now: dict[str, telemetry.Reading], stop: Sample) -> int:
    """The layer the counter stood at when the machine changed its state; later ones of the batch do not count."""
    counted = sorted(
        (s for s in samples if s.name == "layer" and isinstance(s.value, int)), key=lambda s: s.at
    )
    before = [int(s.value) for s in counted if s.at <= stop.at]
    if before:
        return before[-1]
    if counted:
        return max(int(counted[0].value) - 1, 0)
    known = now.get("layer")
    return int(known.value) if known and isinstance(known.value, int) else 0


def _cause(samples: Sequence[Sample], stop: Sample) -> str:
    """The gravest alarm that came just before the stop or with it, if the machine said one."""
    raised = [
        s.value
        for s in samples
        if s.name == "alarm"
        and isinstance(s.value, dict)
        and s.value.get("active")
        and s.at <= stop.at + TOGETHER
    ]
    gravest = max(raised, key=lambda value: int(value.get("severity") or 0), default={})
    return str(gravest.get("code", ""))[:40]

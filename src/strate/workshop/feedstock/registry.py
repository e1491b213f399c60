"""Where a room above says under which limits a machine is being filled: those of the job prepared on it."""

from collections.abc import Callable

from strate.workshop.feedstock.rules import Limits

LimitsOf = Callable[[str], Limits | None]
_limits_of: list[LimitsOf] = []


def limits_from(ask: LimitsOf) -> LimitsOf:
    """`@limits_from` on a function of a machine's reference: the limits of its job, or None."""
    _limits_of.append(ask)
    return ask


def limits_of(machine: str) -> Limits | None:
    """The limits under which this machine is being filled now, if a job is prepared on it."""
    return next((limits for ask in _limits_of if (limits := ask(machine))), None)


JobOf = Callable[[str], str]
_job_of: list[JobOf] = []


def job_from(ask: JobOf) -> JobOf:
    """`@job_from` on a function of a machine's reference: the reference of the build prepared on it, or nothing."""
    _job_of.append(ask)
    return ask


def job_of(machine: str) -> str:
    """The build for which this machine is being filled now."""
    return next((build for ask in _job_of if (build := ask(machine))), "")


NeedOf = Callable[[str], int | None]
_need_of: list[NeedOf] = []


def need_from(ask: NeedOf) -> NeedOf:
    """`@need_from` on a function of a machine's reference: how much powder its job needs in all, in milligrams."""
    _need_of.append(ask)
    return ask


def need_of(machine: str) -> int | None:
    """How much powder the job prepared on this machine needs in all."""
    return next((need for ask in _need_of if (need := ask(machine)) is not None), None)

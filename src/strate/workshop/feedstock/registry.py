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

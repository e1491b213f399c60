"""What other rooms tell maintenance: the counters of a machine (builds made, hours run, kilograms sieved)."""

from collections.abc import Callable
from decimal import Decimal

_counters: list[Callable[[str], dict[str, Decimal]]] = []


def counters(function: Callable[[str], dict[str, Decimal]]) -> Callable[[str], dict[str, Decimal]]:
    """`@counters`: given `machine:CODE`, its counters by name (`builds`, `hours`...)."""
    _counters.append(function)
    return function


def counters_of(machine: str) -> dict[str, Decimal]:
    """Every counter known of a machine."""
    known: dict[str, Decimal] = {}
    for ask in _counters:
        known |= {name: Decimal(value) for name, value in ask(machine).items()}
    return known

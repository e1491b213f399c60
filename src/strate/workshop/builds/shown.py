"""How a build is shown: its parameters as wanted against those read back."""

from dataclasses import dataclass
from decimal import Decimal

from strate.workshop.builds import rules
from strate.workshop.builds.models import Build


@dataclass(frozen=True)
class Compared:
    """A parameter as the routing wants it and as the machine holds it; `equal` is None while it was not read."""

    name: str
    wanted: Decimal
    found: Decimal | None
    equal: bool | None


def compared_parameters(found: Build) -> list[Compared]:
    """The parameter set, wanted against read back."""
    held = found.machine_parameters
    rows = []
    for name, value in rules.wanted(found.routing).parameters.items():
        read = held.get(name)
        number = None if read is None else Decimal(str(read))
        rows.append(Compared(name, value, number, None if number is None else number == value))
    return rows

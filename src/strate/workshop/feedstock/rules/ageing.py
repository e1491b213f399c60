"""How powder ages when part of it is renewed at each build (handbook 2.6: constant pool, perfect mixing)."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

ONE = Decimal(1)


def age_fractions(refresh: Decimal, refreshes: int) -> list[Decimal]:
    """Shares of age 0, 1, ... n after n refreshes: r(1−r)^k, then what is left of the first filling."""
    kept = ONE - refresh
    return [refresh * kept**k for k in range(refreshes)] + [kept**refreshes]


def mean_age(refresh: Decimal, refreshes: int) -> Decimal:
    """Mean age after n refreshes: A' = (1−r)(A + 1), starting from virgin powder."""
    age = Decimal(0)
    for _ in range(refreshes):
        age = (ONE - refresh) * (age + 1)
    return age


def steady_mean_age(refresh: Decimal) -> Decimal:
    """The mean age a long refresh tends to: (1−r)/r."""
    return (ONE - refresh) / refresh


def steady_spread(refresh: Decimal) -> Decimal:
    """Standard deviation of the age in the long run: √(1−r)/r."""
    return (ONE - refresh).sqrt() / refresh


def share_at_least(refresh: Decimal, age: int) -> Decimal:
    """Share of powder of at least that age in the long run: (1−r)^k."""
    return (ONE - refresh) ** age


def hours_at_temperature(refresh: Decimal, build_hours: Sequence[Decimal]) -> Decimal:
    """Mean hours at temperature of what is loaded after these builds: T' = (1−r)(T + h)."""
    hours = Decimal(0)
    for each in build_hours:
        hours = (ONE - refresh) * (hours + each)
    return hours


def mixed_property(portions: Sequence[tuple[int, Decimal]]) -> Decimal:
    """An additive property (oxygen, moisture) of a mixture: Σ m·P / Σ m. Never for flow or viscosity."""
    return sum((mass * value for mass, value in portions), Decimal(0)) / sum(mass for mass, _ in portions)


def refresh_gap_points(virgin_mg: int, total_mg: int, required_percent: Decimal) -> Decimal:
    """Required minus actual share of virgin powder, in points: positive when virgin powder is lacking."""
    return required_percent - Decimal(virgin_mg * 100) / total_mg


def needed_with_recovery(net_mg: int, efficiency_percent: Decimal) -> int:
    """Powder to provide so that `net` is left after the losses of recovery, rounded up."""
    return -int(-(Decimal(net_mg) * 100 / efficiency_percent) // 1)


def uses_allowed(first: Decimal, after: Decimal, uses: int, limit: Decimal) -> int:
    """How many uses keep a property at or below its limit, if each adds what these uses added on average."""
    each = Fraction(after - first) / uses
    return floor(Fraction(limit - first) / each)


def waste_of(throughput_mg: int, lost_percent: Decimal) -> int:
    """What is lost of a throughput, rounded up: nobody throws half a milligram away."""
    return ceil(Fraction(lost_percent) * throughput_mg / 100)

"""How powder ages when part of it is renewed at each build (handbook 2.6: constant pool, perfect mixing)."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

ONE = Decimal(1)


def age_fractions(refresh: Decimal, refreshes: int) -> list[Decimal]:
    """Shares of age 0, 1, ... n after n refreshes: r(1−r)^k, then what is left of the first filling."""
    return [refresh * _kept(refresh, k) for k in range(refreshes)] + [_kept(refresh, refreshes)]


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
    return _kept(refresh, age)


def refreshes_to_settle(refresh: Decimal, *, near: Decimal = Decimal("0.05")) -> int:
    """After how many refreshes the mean age is within 5 % of where it settles: the first n with (1−r)^n ≤ 0.05."""
    if refresh == ONE:
        return 1
    # ln(1−r) is −r where r is too small to be seen beside one.
    n = max(1, floor(near.ln() / ((ONE - refresh).ln() or -refresh)))
    return n if _kept(refresh, n) <= near else n + 1


def _kept(refresh: Decimal, refreshes: int) -> Decimal:
    """What is left of a filling after so many refreshes: (1−r)^n; all of it after none, even when all is renewed."""
    return (ONE - refresh) ** refreshes if refreshes else ONE


def property_after(first: Fraction, pickup: Fraction, refresh: Decimal, refreshes: int) -> Fraction:
    """An additive property (oxygen) of what is loaded after so many refreshes: O' = (1−r)(O + Δ) + r·O₀."""
    share, value = Fraction(refresh), first
    for _ in range(refreshes):
        value = (1 - share) * (value + pickup) + share * first
    return value


def steady_property(first: Fraction, pickup: Fraction, refresh: Decimal) -> Fraction:
    """Where that property settles: O₀ + Δ(1−r)/r."""
    return first + pickup * (1 - Fraction(refresh)) / Fraction(refresh)


def surplus_mg(total_mg: int, refresh: Decimal, fused: Decimal, lost: Decimal) -> int:
    """Used powder left over at each build (r − p − l)·T; below nothing, the stock of used powder is eaten up."""
    return floor((Fraction(refresh) - Fraction(fused) - Fraction(lost)) * total_mg)


def hours_at_temperature(refresh: Decimal, build_hours: Sequence[Decimal]) -> Decimal:
    """Mean hours at temperature of what is loaded after these builds: T' = (1−r)(T + h)."""
    hours = Decimal(0)
    for each in build_hours:
        hours = (ONE - refresh) * (hours + each)
    return hours


def refresh_gap_points(virgin_mg: int, total_mg: int, required_percent: Decimal) -> Decimal:
    """Required minus actual share of virgin powder, in points: positive when virgin powder is lacking."""
    return required_percent - Decimal(virgin_mg * 100) / total_mg


def uses_allowed(first: Decimal, after: Decimal, uses: int, limit: Decimal) -> int:
    """How many uses keep a property at or below its limit, if each adds what these uses added on average."""
    each = Fraction(after - first) / uses
    return floor(Fraction(limit - first) / each)


def waste_of(throughput_mg: int, lost_percent: Decimal) -> int:
    """What is lost of a throughput, rounded up: nobody throws half a milligram away."""
    return ceil(Fraction(lost_percent) * throughput_mg / 100)

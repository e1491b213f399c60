"""Exact shares: parts of a whole in 128-bit fixed point; what is split always sums to exactly what it was."""

from collections.abc import Sequence

DECIMALS = 38
ONE: int = 10**DECIMALS
# While shares travel through hundreds of blends they carry this many bits more, so that what is told at the end is
# right to its last decimal, whichever way the tree was walked: each lot cuts one unit of them at most, and no trace
# has eight million lots. More bits would be one digit more of the machine, and a fifth more time.
GUARD_BITS = 23
GUARDED_ONE = ONE << GUARD_BITS


def apportion(weights: Sequence[int], whole: int = ONE) -> list[int]:
    """Split a whole by weight: exactly the whole together, the largest remainders rounded up, the first at a tie."""
    total = sum(weights)
    if total <= 0 or min(weights) < 0:
        raise ValueError("shares need a positive whole of weights that are not negative")
    floors = [weight * whole // total for weight in weights]
    lacking = whole - sum(floors)
    if lacking:
        remainders = [weight * whole % total for weight in weights]
        for i in sorted(range(len(weights)), key=lambda i: (-remainders[i], i))[:lacking]:
            floors[i] += 1
    return floors


def told_together(guarded: Sequence[int]) -> list[int]:
    """Shares of one whole as they are told: exactly one together, none further from the truth than one unit."""
    return apportion(guarded) if guarded else []


def written(units: int) -> str:
    """A share as a decimal number, without loss and without zeros at its end: 0.36."""
    whole, decimals = divmod(units, ONE)
    digits = str(ONE + decimals)[1:].rstrip("0")
    return f"{whole}.{digits}" if digits else str(whole)

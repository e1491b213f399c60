"""What is reckoned and not measured: a mixture's oxygen, Hausner's ratio, AFS number, loss on ignition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

from strate.workshop.feedstock.rules.properties.judging import PREDICTED, Known
from strate.workshop.feedstock.rules.properties.vocabulary import ADDITIVE

# A reckoned value is kept to 10⁻¹² of its unit: below what any method sees, above what rounding adds up to.
FINEST = Decimal("1e-12")
# AFS 1106-12: what each sieve of the US series counts, for the grains that stayed on it.
AFS_MULTIPLIERS = {6: 3, 12: 5, 20: 10, 30: 20, 40: 30, 50: 40, 70: 50, 100: 70, 140: 100, 200: 140, 270: 200}
AFS_PAN = 300
# Cobalt metal, harmonised classification in force since 1 October 2021, generic limit (handbook 3.1).
COBALT_CMR_PERCENT = Decimal("0.1")


def mixed(parts: Sequence[tuple[int, Mapping[str, Known]]]) -> dict[str, Known]:
    """The additive properties of a mixture of (mass, what is known): exact mean by mass, when all parts know it."""
    weights = [(mass, known) for mass, known in parts if mass > 0]
    whole = sum(mass for mass, _known in weights)
    predicted = {}
    for code in sorted(ADDITIVE):
        found = [(mass, known[code]) for mass, known in weights if code in known]
        bounds = {known[code].bound for _mass, known in weights if code in known} - {""}
        told = all(each.value is not None for _mass, each in found)
        # « < 0,001 » mixed with 0.002 stays below what it gives; « < » with « > » says nothing.
        if found and told and len(found) == len(weights) and len(bounds) < 2:
            predicted[code] = _mean(code, whole, found, "".join(bounds))
    return predicted


def _mean(code: str, whole: int, found: Sequence[tuple[int, Known]], bound: str) -> Known:
    total = sum((mass * Fraction(each.value or 0) for mass, each in found), Fraction(0)) / whole
    return Known(code=code, value=_decimal(total), bound=bound, basis=PREDICTED)


def _decimal(exact: Fraction) -> Decimal:
    scaled = round(exact / Fraction(FINEST))
    value = (Decimal(scaled) * FINEST).normalize()
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


def with_derived(known: Mapping[str, Known]) -> dict[str, Known]:
    """Adds Hausner's ratio when both densities are known and nobody gave it."""
    apparent, tap = known.get("apparent_density"), known.get("tap_density")
    found = dict(known)
    if "hausner" not in known and apparent and tap and apparent.value and tap.value:
        ratio = hausner(apparent.value, tap.value)
        found["hausner"] = replace(tap, code="hausner", value=ratio, method="", written="", sample="")
    return found


def hausner(apparent: Decimal, tap: Decimal) -> Decimal:
    """Tapped density over apparent density, to three decimals."""
    return (tap / apparent).quantize(Decimal("0.001"), ROUND_HALF_EVEN)


def carr_percent(apparent: Decimal, tap: Decimal) -> Decimal:
    """Carr's compressibility, in %: (tap − apparent) / tap."""
    return ((tap - apparent) * 100 / tap).quantize(Decimal("0.01"), ROUND_HALF_EVEN)


def afs_number(retained: Mapping[int, Decimal], pan: Decimal = Decimal(0)) -> Decimal:
    """AFS grain fineness from what stayed on each US sieve: Σ share x multiplier / Σ share."""
    whole = sum(retained.values(), pan)
    counted = sum((share * AFS_MULTIPLIERS[sieve] for sieve, share in retained.items()), pan * AFS_PAN)
    return (counted / whole).quantize(Decimal("0.1"), ROUND_HALF_EVEN)


def loss_on_ignition_percent(before_g: Decimal, after_g: Decimal) -> Decimal:
    """What burnt away, in % of the dry sand."""
    return ((before_g - after_g) * 100 / before_g).quantize(Decimal("0.01"), ROUND_HALF_EVEN)


def is_cmr(known: Mapping[str, Known]) -> bool:
    """Cobalt at or above 0.1 %: a CMR agent of category 1B, to be checked on the sheet."""
    cobalt = known.get("Co")
    return bool(
        cobalt and cobalt.value is not None and not cobalt.bound and cobalt.value >= COBALT_CMR_PERCENT
    )


def disordered(known: Mapping[str, Known]) -> list[tuple[str, str]]:
    """Pairs that contradict each other: D10 above D50, a tapped powder lighter than a poured one."""
    pairs = (("D10", "D50"), ("D50", "D90"), ("D90", "D100"), ("apparent_density", "tap_density"))
    return [
        (small, large)
        for small, large in pairs
        if (a := known.get(small)) and (b := known.get(large)) and _above(a, b)
    ]


def _above(small: Known, large: Known) -> bool:
    return bool(
        small.value is not None
        and large.value is not None
        and not small.bound
        and not large.bound
        and small.value > large.value
    )

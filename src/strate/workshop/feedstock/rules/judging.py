"""What a mixture of powder is worth against the limits of a job: used share, age, hours, properties, dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Any

from strate.workshop.feedstock.rules.portions import MachineContent, Portion, known_mean
from strate.workshop.feedstock.rules.properties import ADDITIVE, Limit, judge
from strate.workshop.feedstock.rules.share import Share
from strate.workshop.feedstock.rules.states import CONTAMINATED
from strate.workshop.journal.refusals import Reason

Values = dict[str, Any]
QUALITY, METHODS = ("quality",), ("methods",)
# The only limits that somebody with the right may pass over, signed: the age of a powder that is otherwise good.
# A wrong material, a blocked or contaminated lot, a used share above its ceiling: never.
OVERRIDABLE = frozenset({"age_above_limit", "hours_above_limit", "open_too_long", "container_not_scanned"})


@dataclass(frozen=True)
class Limits:
    """What the routing of a job allows for its powder; empty means that the routing says nothing."""

    material: str = ""
    used_share_ceiling: Decimal | None = None
    age_max: int | None = None
    age_by: str = "max"
    one_lot_only: bool = False
    source: str = ""
    sources: Mapping[str, str] = field(default_factory=dict)
    hours_max: Decimal | None = None
    open_days: int | None = None
    refresh_min: Decimal | None = None
    # How powder is reused (handbook 2.5): VIERGE, LOT_UNIQUE, APPOINT, RAFRAICHI, PAR_AGE; empty: no rule.
    reuse: str = ""
    several_supplier_lots: bool | None = None
    overflow_weight: Decimal | None = None
    properties: tuple[Limit, ...] = ()

    def source_of(self, name: str) -> str:
        """Where that limit comes from."""
        return self.sources.get(name) or self.source

    @property
    def virgin_only(self) -> bool:
        return self.reuse == "VIERGE" or self.used_share_ceiling == 0

    @property
    def ceiling(self) -> Decimal | None:
        """The largest share of used powder, whichever way the routing says it: ceiling, or least refresh."""
        said = [self.used_share_ceiling, None if self.refresh_min is None else 1 - self.refresh_min]
        if self.reuse == "VIERGE":
            said.append(Decimal(0))
        return min((each for each in said if each is not None), default=None)

    @property
    def ceiling_source(self) -> str:
        by_refresh = self.refresh_min is not None and self.ceiling == 1 - self.refresh_min
        return self.source_of("refresh_min" if by_refresh else "used_share_ceiling")


def mixture_reasons(content: MachineContent, limits: Limits) -> list[Reason]:
    """Everything that forbids this mixture for the job: used share, age, hours, properties."""
    return [
        *share_reasons(content, limits),
        *age_reasons(content, limits),
        *hours_reasons(content, limits),
        *property_reasons(content.portions, limits),
    ]


def share_reasons(content: MachineContent, limits: Limits) -> list[Reason]:
    ceiling = limits.ceiling
    if ceiling is None or not content.used_share.exceeds(ceiling):
        return []
    values = {
        "share": content.used_share.decimal,
        "ceiling": ceiling,
        "virgin_mg": virgin_needed_mg(content, ceiling),
        "inside_mg": content.mass_mg,
    }
    return [Reason("used_share_above_ceiling", values, limits.ceiling_source, METHODS)]


def age_reasons(content: MachineContent, limits: Limits) -> list[Reason]:
    if limits.age_max is None:
        return []
    if limits.age_by == "mean":
        above = content.age_mean.exceeds(Decimal(limits.age_max))
        return [too_old(content.age_mean.decimal, limits)] if above else []
    return [too_old(content.age_max, limits)] if content.age_max > limits.age_max else []


def too_old(age: int | Decimal, limits: Limits) -> Reason:
    values = {"age": age, "limit": limits.age_max}
    return Reason("age_above_limit", values, limits.source_of("age_max"), QUALITY, overridable=True)


def hours_reasons(content: MachineContent, limits: Limits) -> list[Reason]:
    most = limits.hours_max
    if most is None or not content.hours_mean.exceeds(most):
        return []
    values = {"spent_h": round(content.hours_mean.decimal, 2), "limit_h": most}
    return [Reason("hours_above_limit", values, limits.source_of("hours_max"), QUALITY, overridable=True)]


def property_reasons(portions: Sequence[Portion], limits: Limits) -> list[Reason]:
    """A property outside its bounds: of the mixture when it adds up by mass, of any one lot when it does not."""
    reasons = []
    for limit in limits.properties:
        if limit.code in ADDITIVE:
            reasons += _mixture_out(limit, known_mean(portions, limit.code))
            continue
        for portion in portions:
            if portion.mass_mg and limit.code in portion.known:
                reasons += judge({limit.code: portion.known[limit.code]}, [limit], lot=portion.lot)
    return reasons


def _mixture_out(limit: Limit, value: Fraction | None) -> list[Reason]:
    """Bounds are included, and compared as exact fractions: 0.13 is allowed where 0.13 is the limit."""
    low, high = limit.low, limit.high
    if value is None or (
        (low is None or value >= Fraction(low)) and (high is None or value <= Fraction(high))
    ):
        return []
    bound = high if high is not None and value > Fraction(high) else low
    said = {"found": f"{_short(value)} {limit.unit}".strip(), "limit": f"{bound} {limit.unit}".strip()}
    return [Reason("mixture_out_of_limits", {"property": limit.code, **said}, limit.source, QUALITY)]


def _short(value: Fraction) -> Decimal:
    """Enough digits to see on which side of the limit it is; never rounded onto it."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    short = exact.quantize(Decimal("1e-6")).normalize()
    return short if Fraction(short) == value or abs(short) > Decimal("1e-4") else exact


def expired(lot: str, expires_on: date | None, on: date) -> list[Reason]:
    """The day written on the label is the last good one."""
    if expires_on is None or expires_on >= on:
        return []
    return [Reason("lot_expired", {"lot": f"lot:{lot}", "expired_on": expires_on}, lifted_by=QUALITY)]


def open_too_long(lot: str, opened_on: date | None, limits: Limits | None, on: date) -> list[Reason]:
    """How long opened powder may be used, the last day included (handbook 2.3: the timer starts at opening)."""
    if limits is None or limits.open_days is None or opened_on is None:
        return []
    until = opened_on + timedelta(days=limits.open_days)
    if until >= on:
        return []
    values = {"lot": f"lot:{lot}", "until_on": until, "opened_on": opened_on}
    return [Reason("open_too_long", values, limits.source_of("open_days"), QUALITY, overridable=True)]


def state_reasons(lot: str, state: str, allowed: frozenset[str]) -> list[Reason]:
    """A contaminated lot is named as such; any other that is not usable waits for its release."""
    ref = {"lot": f"lot:{lot}"}
    if state == CONTAMINATED:
        return [Reason("lot_contaminated", ref, "ISO/ASTM 52928")]
    return (
        [] if state in allowed else [Reason("lot_not_released", {**ref, "state": state}, lifted_by=QUALITY)]
    )


def virgin_needed_mg(content: MachineContent, ceiling: Decimal) -> int | None:
    """Virgin powder that brings the used share down to the ceiling, to the milligram; None when none can."""
    if not content.used_share.exceeds(ceiling):
        return 0
    if ceiling <= 0:
        return None
    used = content.used_share.fraction * content.mass_mg
    return max(0, ceil(used / Share.parse(ceiling).fraction - content.mass_mg))

"""A legal blend proposed from the stock: exact to the scale's step, or the limit that forbids any, and what lacks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil

from strate.kernels.genealogy import ONE
from strate.workshop.feedstock.rules.blending import Pour
from strate.workshop.feedstock.rules.exact import Row, TooHard, first_choice, least_sum
from strate.workshop.feedstock.rules.gates import LotSeen, usable_reasons
from strate.workshop.feedstock.rules.judging import METHODS, Limits, too_old
from strate.workshop.feedstock.rules.portions import MachineContent, Portion, number_of
from strate.workshop.feedstock.rules.properties import ADDITIVE, Known, Limit
from strate.workshop.feedstock.rules.share import ROUNDING
from strate.workshop.journal.refusals import Reason

# Whichever comes first: what expires or arrived first; as little virgin powder as the limits allow.
OLDEST_FIRST, LEAST_VIRGIN = "oldest_first", "least_virgin"
POLICIES = (OLDEST_FIRST, LEAST_VIRGIN)
Value = Callable[[Portion], Fraction]


@dataclass(frozen=True)
class Proposal:
    """What to pour, in the order of pouring; or why nothing can be proposed. `aside`: lots left out, and why.

    `doubts`: what is not known of the lots proposed, when nothing could be proposed of those that are known.
    """

    pours: tuple[Pour, ...] = ()
    reasons: tuple[Reason, ...] = ()
    aside: tuple[tuple[LotSeen, tuple[Reason, ...]], ...] = ()
    doubts: tuple[Reason, ...] = ()

    @property
    def mass_mg(self) -> int:
        return sum(p.mass_mg for p in self.pours)


@dataclass(frozen=True)
class _Law:
    """One limit as Σ (value − bound)·mass ≤ 0 over everything in the machine, with the reason it gives."""

    code: str
    excess: Value
    reason: Reason


@dataclass(frozen=True)
class _Asked:
    """What is asked: how much, under which limits, on which residual, by which step of the scale."""

    need_mg: int
    limits: Limits
    residual: Sequence[Portion]
    policy: str
    step_mg: int
    laws: tuple[_Law, ...] = field(default=())

    @property
    def steps(self) -> int:
        return ceil(self.need_mg / self.step_mg)

    def rows(self, lots: Sequence[LotSeen], laws: Sequence[_Law]) -> list[Row]:
        rows = []
        for law in laws:
            already = sum((p.mass_mg * law.excess(p) for p in self.residual), Fraction(0))
            factors = tuple(law.excess(lot.portion(1)) for lot in lots)
            rows.append(Row(factors, -already / self.step_mg))
        return rows


def propose(
    stock: Sequence[LotSeen],
    need_mg: int,
    limits: Limits,
    *,
    on: date,
    policy: str = OLDEST_FIRST,
    residual: MachineContent | None = None,
    mixed_suppliers: bool = False,
    step_mg: int = 1,
    against: Mapping[str, Sequence[Reason]] | None = None,
) -> Proposal:
    """A blend of these lots, oldest first in `stock`, that every gate lets through; or every reason why none is.

    The mass is the need, rounded up to the step of the scale. Judged on what the machine will hold, with its residual.
    `against`: what else speaks against a lot (a hold, an oven), by its code.
    """
    asked = _Asked(need_mg, limits, residual.portions if residual else (), policy, step_mg)
    asked = replace(asked, laws=tuple(_laws(limits)))
    fit, aside = _sorted_out(stock, limits, on, against or {})
    if need_mg <= 0:
        return Proposal(aside=tuple(aside))
    try:
        if pours := _best_of(fit, asked, mixed_suppliers):
            return Proposal(pours, aside=tuple(aside))
        doubtful = [
            (lot, reasons) for lot, reasons in aside if {r.code for r in reasons} == {"property_unknown"}
        ]
        also = {lot.code for lot, _reasons in doubtful}
        wider = [lot for lot in stock if lot.available_mg > 0 and (lot in fit or lot.code in also)]
        if doubtful and (pours := _best_of(wider, asked, mixed_suppliers)):
            used = {pour.lot.code for pour in pours}
            doubts = tuple(r for lot, reasons in doubtful if lot.code in used for r in reasons)
            return Proposal(pours, (), tuple(each for each in aside if each[0].code not in used), doubts)
        # A lack is told on the lots that were tried: what is not known of one takes none of its mass away.
        return Proposal((), tuple(_why_none(wider, asked, mixed_suppliers)), tuple(aside))
    except TooHard:
        return Proposal((), (Reason("blend_too_hard", {"lots": len(fit)}),), tuple(aside))


def _best_of(lots: Sequence[LotSeen], asked: _Asked, mixed_suppliers: bool) -> tuple[Pour, ...]:
    """The first choice among these lots; none when no mixture of them keeps every limit."""
    for group in _groups(lots, asked, mixed_suppliers):
        if masses := _solve(group, asked):
            return tuple(Pour(lot, n * asked.step_mg) for lot, n in zip(group, masses, strict=True) if n)
    return ()


def _sorted_out(
    stock: Sequence[LotSeen], limits: Limits, on: date, against: Mapping[str, Sequence[Reason]]
) -> tuple[list[LotSeen], list[tuple[LotSeen, tuple[Reason, ...]]]]:
    """The lots that may be poured at all, and those that may not, each with all its reasons."""
    fit, aside = [], []
    for lot in stock:
        reasons = [*against.get(lot.code, ()), *usable_reasons(lot, limits, on=on, mass_mg=0)]
        if limits.age_max is not None and limits.age_by == "max" and lot.age_max > limits.age_max:
            reasons.append(too_old(lot.age_max, limits))
        if limits.virgin_only and lot.used_share.units:
            reasons.append(
                Reason("virgin_powder_only", {"lot": f"lot:{lot.code}"}, limits.ceiling_source, METHODS)
            )
        reasons += [
            Reason("property_unknown", {"lot": f"lot:{lot.code}", "property": each.code}, each.source)
            for each in limits.properties
            if each.code in ADDITIVE and number_of(lot.known, each.code) is None
        ]
        if reasons:
            aside.append((lot, tuple(reasons)))
        elif lot.available_mg > 0:
            fit.append(lot)
    return fit, aside


def _laws(limits: Limits) -> list[_Law]:
    laws = []
    if limits.ceiling is not None:
        bound = _up_to(limits.ceiling)
        reason = Reason(
            "no_blend_within_ceiling", {"ceiling": limits.ceiling}, limits.ceiling_source, METHODS
        )
        laws.append(_Law("used_share", lambda p: p.used_share.fraction - bound, reason))
    if limits.age_max is not None and limits.age_by == "mean":
        most = _up_to(limits.age_max)
        reason = Reason(
            "no_blend_within_age", {"limit": limits.age_max}, limits.source_of("age_max"), METHODS
        )
        laws.append(_Law("age", lambda p: p.age_mean.fraction - most, reason))
    if limits.hours_max is not None:
        hours = _up_to(limits.hours_max)
        values = {"limit_h": limits.hours_max}
        reason = Reason("no_blend_within_hours", values, limits.source_of("hours_max"), METHODS)
        laws.append(_Law("hours", lambda p: p.hours_mean.fraction - hours, reason))
    for each in limits.properties:
        laws += _property_laws(each) if each.code in ADDITIVE else []
    return laws


def _up_to(limit: Decimal | int) -> Fraction:
    """As far as a gate lets a share go: to its limit, and what rounding may have added to it."""
    return Fraction(limit) + Fraction(ROUNDING, ONE)


def _property_laws(limit: Limit) -> list[_Law]:
    laws = []
    for bound, sign in ((limit.high, 1), (limit.low, -1)):
        if bound is None:
            continue
        values = {"property": limit.code, "limit": f"{bound} {limit.unit}".strip()}
        reason = Reason("no_blend_within_property", values, limit.source, METHODS)
        laws.append(_Law(limit.code, _excess(limit.code, Fraction(bound), sign), reason))
    return laws


def _excess(code: str, bound: Fraction, sign: int) -> Value:
    """How far a portion is beyond the bound; what is not known of a residual is taken to be at the bound."""

    def beyond(portion: Portion) -> Fraction:
        value = number_of(portion.known, code)
        return Fraction(0) if value is None else sign * (value - bound)

    return beyond


def _groups(fit: Sequence[LotSeen], asked: _Asked, mixed_suppliers: bool) -> list[list[LotSeen]]:
    """The lots that may meet: all of them, or those of one lot, one age, one origin; the first choice first."""
    limits, inside = asked.limits, [p for p in asked.residual if p.mass_mg]
    groups = [_in_order(fit, asked.policy)]
    if limits.one_lot_only or limits.reuse == "LOT_UNIQUE":
        groups = [[lot] for group in groups for lot in group]
        groups = [g for g in groups if all(p.lot == g[0].code for p in inside)]
    if limits.reuse == "PAR_AGE":
        groups = _split_by(groups, lambda lot: lot.age_max)
        groups = [g for g in groups if all(p.age_max == g[0].age_max for p in inside)]
    if not mixed_suppliers:
        groups = _split_by(groups, lambda lot: lot.roots)
    return groups


def _in_order(fit: Sequence[LotSeen], policy: str) -> list[LotSeen]:
    return sorted(fit, key=lambda lot: lot.used_share.units == 0) if policy == LEAST_VIRGIN else list(fit)


def _split_by(groups: Sequence[list[LotSeen]], key: Callable[[LotSeen], object]) -> list[list[LotSeen]]:
    split = []
    for group in groups:
        kinds = list(dict.fromkeys(key(lot) for lot in group))
        split += [[lot for lot in group if key(lot) == kind] for kind in kinds]
    return split


def _solve(lots: Sequence[LotSeen], asked: _Asked) -> list[int] | None:
    most = [lot.available_mg // asked.step_mg for lot in lots]
    rows = asked.rows(lots, asked.laws)
    if asked.policy != LEAST_VIRGIN:
        return first_choice(most, asked.steps, rows)
    virgin = [i for i, lot in enumerate(lots) if lot.used_share.units == 0]
    least = least_sum(most, asked.steps, rows, virgin)
    if least is None:
        return None
    # The smallest whole mass of virgin powder is at the bound of the real one, or a step or two beyond.
    for mass in range(least, asked.steps + 1):
        cap = Row(tuple(Fraction(int(i in virgin)) for i in range(len(lots))), Fraction(mass))
        found = first_choice(most, asked.steps, [*rows, cap])
        if found is not None:
            return found
    return None


def _why_none(fit: Sequence[LotSeen], asked: _Asked, mixed_suppliers: bool) -> list[Reason]:
    """Which limit forbids any blend: the mass there is, each limit taken alone, or all of them together."""
    groups = _groups(fit, asked, mixed_suppliers)
    available = max((sum(lot.available_mg for lot in group) for group in groups), default=0)
    if available < asked.need_mg:
        return [_too_little(fit, asked, available)]
    reasons = [
        law.reason
        for law in asked.laws
        if all(first_choice(*_reals(group, asked, [law])) is None for group in groups)
    ]
    reasons = reasons or [
        Reason("no_blend_within_all_limits", {"need_mg": asked.need_mg}, asked.limits.source)
    ]
    missing = min((m for g in groups if (m := _virgin_missing(g, asked)) is not None), default=None)
    if missing:
        reasons.append(Reason("virgin_powder_missing", {"virgin_mg": missing}))
    return reasons


def _reals(lots: Sequence[LotSeen], asked: _Asked, laws: Sequence[_Law]) -> tuple[list[int], int, list[Row]]:
    return [lot.available_mg // asked.step_mg for lot in lots], asked.steps, asked.rows(lots, laws)


def _too_little(fit: Sequence[LotSeen], asked: _Asked, available_mg: int) -> Reason:
    together = sum(lot.available_mg for lot in fit)
    values = {
        "need_mg": asked.need_mg,
        "available_mg": available_mg,
        "missing_mg": asked.need_mg - available_mg,
    }
    if together >= asked.need_mg:
        return Reason("stock_enough_but_not_together", {**values, "together_mg": together}, lifted_by=METHODS)
    return Reason("stock_too_small", values)


def _virgin_missing(lots: Sequence[LotSeen], asked: _Asked) -> int | None:
    """How much more virgin powder would make a legal blend; like the best virgin lot known, else at the limits."""
    virgins = [lot for lot in lots if lot.used_share.units == 0]
    best = {law.code: _best(law.code, virgins) for law in asked.laws}
    fresh = LotSeen(
        "+",
        asked.limits.material,
        "released",
        asked.need_mg + asked.step_mg,
        known={code: each for code, each in best.items() if each is not None},
    )
    most, total, rows = _reals([*lots, fresh], asked, asked.laws)
    found = least_sum(most, total, rows, [len(lots)])
    return None if found is None else found * asked.step_mg


def _best(code: str, lots: Sequence[LotSeen]) -> Known | None:
    known = [lot.known[code] for lot in lots if number_of(lot.known, code) is not None]
    return min(known, key=lambda each: each.value or Decimal(0), default=None)

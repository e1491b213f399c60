"""The law of a blend: same material, shares that make the whole, lots that may meet; what the blend is worth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from strate.workshop.feedstock.rules.gates import LotSeen, reuse_reasons, usable_reasons
from strate.workshop.feedstock.rules.judging import METHODS, Limits, age_reasons, mixture_reasons, too_old
from strate.workshop.feedstock.rules.portions import MachineContent, content_of
from strate.workshop.journal.refusals import Reason

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Pour:
    """Some of a lot, for a blend."""

    lot: LotSeen
    mass_mg: int


def check_blend(
    pours: Sequence[Pour],
    limits: Limits | None,
    *,
    on: date,
    residual: MachineContent | None = None,
    mixed_suppliers: bool = False,
    total_mg: int | None = None,
) -> list[Reason]:
    """Everything against this blend, at once; judged with what it will be poured on, when that is known."""
    reasons = [r for pour in pours for r in usable_reasons(pour.lot, limits, on=on, mass_mg=pour.mass_mg)]
    if len([p for p in pours if p.mass_mg]) < 2:
        reasons.append(Reason("blend_of_one_lot"))
    reasons += _one_material(pours, limits)
    said = limits.source_of("several_supplier_lots") if limits else ""
    reasons += one_origin([p.lot.roots for p in pours if p.mass_mg], mixed_suppliers, said)
    found = sum(p.mass_mg for p in pours)
    if total_mg is not None and total_mg != found:
        values = {"found_mg": found, "total_mg": total_mg, "gap_mg": total_mg - found}
        reasons.append(Reason("parts_do_not_make_the_whole", values))
    return reasons + (_limits(pours, limits, residual) if limits and found else [])


def blended(pours: Sequence[Pour], residual: MachineContent | None = None) -> MachineContent:
    """What the blend is worth, alone or on what the machine already holds."""
    before = residual.portions if residual else ()
    return content_of("blend:", [*before, *(p.lot.portion(p.mass_mg) for p in pours)])


def _one_material(pours: Sequence[Pour], limits: Limits | None) -> list[Reason]:
    materials = sorted({p.lot.material for p in pours})
    reasons = []
    if len(materials) > 1:
        several = {"materials": [f"material:{m}" for m in materials]}
        reasons.append(Reason("blend_of_several_materials", several, "ISO/ASTM 52904"))
    wrong = [p.lot for p in pours if limits and limits.material and p.lot.material != limits.material]
    for lot in wrong:
        assert limits is not None
        values = {
            "lot": f"lot:{lot.code}",
            "material": f"material:{lot.material}",
            "expected": f"material:{limits.material}",
        }
        reasons.append(Reason("wrong_material", values, limits.source_of("material")))
    return reasons


def one_origin(origins: Iterable[frozenset[str]], allowed: bool, source: str = "") -> list[Reason]:
    """Different supplier lots meet only where the routing or the site says so (handbook 2.8)."""
    met = {each for each in origins if each}
    if allowed or len(met) <= 1:
        return []
    values = {"lots": [f"lot:{root}" for root in sorted({root for origin in met for root in origin})]}
    return [Reason("supplier_lots_not_to_be_mixed", values, source, METHODS)]


def _limits(pours: Sequence[Pour], limits: Limits, residual: MachineContent | None) -> list[Reason]:
    whole = blended(pours, residual)
    reasons = [r for r in mixture_reasons(whole, limits) if r.code != "age_above_limit"]
    if limits.age_by == "mean":
        reasons += age_reasons(whole, limits)
    else:
        oldest = max((p.lot.age_max for p in pours if p.mass_mg), default=0)
        if limits.age_max is not None and oldest > limits.age_max:
            reasons.append(too_old(oldest, limits))
    return reasons + reuse_reasons(whole.portions, limits)


def check_shares(shares: Mapping[str, Decimal]) -> list[Reason]:
    """Parents given in percent must make exactly a hundred: 99.999 % leaves powder that comes from nowhere."""
    found = sum(shares.values(), Decimal(0))
    if any(share <= 0 for share in shares.values()):
        return [Reason("share_not_positive")]
    if found == HUNDRED:
        return []
    return [Reason("shares_do_not_make_a_hundred", {"found_percent": found, "gap_percent": HUNDRED - found})]


def masses_of(shares: Mapping[str, Decimal], total_mg: int) -> dict[str, int]:
    """The mass of each parent for a whole, to the milligram: the largest remainders are rounded up."""
    exact = {name: Decimal(total_mg) * share / HUNDRED for name, share in shares.items()}
    masses = {name: int(mass) for name, mass in exact.items()}
    lacking = total_mg - sum(masses.values())
    for name in sorted(exact, key=lambda n: (masses[n] - exact[n], n))[:lacking]:
        masses[name] += 1
    return masses

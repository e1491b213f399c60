"""What must be true before powder is released, poured, blended or built with; every reason is given at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from strate.workshop.feedstock.rules.judging import (
    METHODS,
    QUALITY,
    Limits,
    Values,
    age_reasons,
    expired,
    hours_reasons,
    mixture_reasons,
    open_too_long,
    property_reasons,
    share_reasons,
    state_reasons,
    too_old,
    virgin_needed_mg,
)
from strate.workshop.feedstock.rules.portions import MachineContent, Portion, content_of
from strate.workshop.feedstock.rules.properties import Known
from strate.workshop.feedstock.rules.share import Share
from strate.workshop.feedstock.rules.states import CHECKED, CONTAMINATED, USABLE
from strate.workshop.journal.refusals import Reason

__all__ = [
    "Limits",
    "LotSeen",
    "check_load",
    "check_release",
    "check_sieving",
    "launch_reasons",
    "quantity_conforms",
    "reuse_reasons",
    "short_of_need",
    "usable_reasons",
    "virgin_needed_mg",
]
# The streams of waste that take powder, as the safety room names them.
CONTAMINATED_POWDER = "contaminated_powder"
CONTAMINATED_STREAMS = (CONTAMINATED_POWDER, "wet_sludge")
POWDER_STREAMS = (*CONTAMINATED_STREAMS, "used_powder_takeback", "oversize", "polymer_cake", "sand")
# How far the scale may differ from the delivery note before the lot stays in quarantine (site default).
QUANTITY_TOLERANCE = Decimal("0.005")


@dataclass(frozen=True)
class LotSeen:
    """A lot as the gates see it, with what the container to be poured from still holds."""

    code: str
    material: str
    state: str
    available_mg: int
    expires_on: date | None = None
    used_share: Share = field(default_factory=Share)
    age_max: int = 0
    age_mean: Share = field(default_factory=Share)
    certificate: str = ""
    received_by: str = ""
    checked_by: str = ""
    hours_mean: Share = field(default_factory=Share)
    opened_on: date | None = None
    # The supplier lots it comes from.
    roots: frozenset[str] = frozenset()
    known: Mapping[str, Known] = field(default_factory=dict)

    def portion(self, mass_mg: int) -> Portion:
        """Some of it, as a part of a mixture."""
        return Portion(
            lot=self.code,
            material=self.material,
            mass_mg=mass_mg,
            used_share=self.used_share,
            age_max=self.age_max,
            age_mean=self.age_mean,
            state=self.state,
            expires_on=self.expires_on,
            hours_mean=self.hours_mean,
            opened_on=self.opened_on,
            known=self.known,
        )


def quantity_conforms(weighed_mg: int, delivered_mg: int) -> bool:
    """Whether the scale agrees with the delivery note (reception: order ↔ label ↔ certificate ↔ mass)."""
    return abs(weighed_mg - delivered_mg) <= delivered_mg * QUANTITY_TOLERANCE


def check_release(lot: LotSeen, *, by: str, on: date, held: Sequence[Reason] = ()) -> list[Reason]:
    """A lot is released by someone other than who received or checked it, with its certificate."""
    ref: Values = {"lot": f"lot:{lot.code}"}
    reasons = list(held)
    if lot.state != CHECKED:
        reasons.append(Reason("lot_not_checked", {**ref, "state": lot.state}))
    if by and by in (lot.checked_by, lot.received_by):
        reasons.append(Reason("released_by_another_person", {**ref, "person": by}, lifted_by=QUALITY))
    if not lot.certificate:
        reasons.append(Reason("certificate_missing", ref, lifted_by=QUALITY))
    return reasons + expired(lot.code, lot.expires_on, on)


def check_load(
    lot: LotSeen,
    content: MachineContent,
    limits: Limits | None,
    *,
    mass_mg: int,
    on: date,
    held: Sequence[Reason] = (),
) -> list[Reason]:
    """Nothing wrong is poured into a machine: material, state, dates, holds, quantity, share, age, properties."""
    reasons = [*held, *usable_reasons(lot, limits, on=on, mass_mg=mass_mg)]
    others = [m for m in content.materials if m != lot.material]
    if others:
        inside = [f"material:{m}" for m in others]
        material = {"material": f"material:{lot.material}", "inside": inside, "machine": content.place}
        reasons.append(Reason("machine_holds_other_material", {"lot": f"lot:{lot.code}", **material}))
    reasons += [
        Reason(
            "machine_holds_contaminated", {"machine": content.place, "lot": f"lot:{p.lot}"}, lifted_by=QUALITY
        )
        for p in content.portions
        if p.state == CONTAMINATED
    ]
    return reasons + (_load_limits(lot, content, limits, mass_mg) if limits else [])


def usable_reasons(lot: LotSeen, limits: Limits | None, *, on: date, mass_mg: int) -> list[Reason]:
    """What a lot must be by itself, wherever it is poured: released, in date, there in that quantity."""
    reasons = state_reasons(lot.code, lot.state, USABLE)
    reasons += expired(lot.code, lot.expires_on, on) + open_too_long(lot.code, lot.opened_on, limits, on)
    if mass_mg > lot.available_mg:
        values = {"lot": f"lot:{lot.code}", "asked_mg": mass_mg, "available_mg": lot.available_mg}
        reasons.append(Reason("more_than_container_holds", values))
    return reasons


def _load_limits(lot: LotSeen, content: MachineContent, limits: Limits, mass_mg: int) -> list[Reason]:
    """The routing's limits, judged on what the machine will hold after the pouring.

    A pouring that brings the mixture nearer to its limit is let through: virgin powder on an old residual. The
    launch judges the whole again.
    """
    ref: Values = {"lot": f"lot:{lot.code}"}
    after = content_of(content.place, [*content.portions, lot.portion(mass_mg)])
    alone = content_of(content.place, [lot.portion(max(mass_mg, 1))])
    reasons = []
    if limits.material and lot.material != limits.material:
        values = {**ref, "material": f"material:{lot.material}", "expected": f"material:{limits.material}"}
        reasons.append(Reason("wrong_material", values, limits.source_of("material")))
    if limits.virgin_only and lot.used_share.units:
        reasons.append(Reason("virgin_powder_only", ref, limits.ceiling_source, METHODS))
    elif share_reasons(alone, limits):
        reasons += share_reasons(after, limits)
    if limits.age_max is not None and limits.age_by == "max" and lot.age_max > limits.age_max:
        reasons.append(too_old(lot.age_max, limits))
    elif limits.age_by == "mean" and age_reasons(alone, limits):
        reasons += age_reasons(after, limits)
    reasons += hours_reasons(after, limits) if hours_reasons(alone, limits) else []
    if property_reasons(alone.portions, limits):
        reasons += property_reasons(after.portions, limits)
    return reasons + reuse_reasons(after.portions, limits, lot.code)


def short_of_need(content: MachineContent, mass_mg: int, need_mg: int | None, source: str) -> list[Reason]:
    """A pouring that nobody said is followed by others must leave enough in the machine for its build."""
    missing_mg = (need_mg or 0) - content.mass_mg - mass_mg
    if missing_mg <= 0:
        return []
    values = {"inside_mg": content.mass_mg + mass_mg, "need_mg": need_mg, "missing_mg": missing_mg}
    return [Reason("pouring_below_need", values, source, ("operator",))]


def reuse_reasons(portions: Sequence[Portion], limits: Limits, lot: str = "") -> list[Reason]:
    """Lots that may not meet: one lot only, powder of one age only (handbook 2.5)."""
    others = sorted({f"lot:{p.lot}" for p in portions if p.mass_mg and p.lot != lot})
    first = lot or (portions[0].lot if portions else "")
    others = [o for o in others if o != f"lot:{first}"]
    reasons = []
    if (limits.one_lot_only or limits.reuse == "LOT_UNIQUE") and others:
        values = {"lot": f"lot:{first}", "inside": others}
        reasons.append(Reason("lots_not_to_be_mixed", values, limits.source_of("one_lot_only"), METHODS))
    ages = sorted({p.age_max for p in portions if p.mass_mg})
    if limits.reuse == "PAR_AGE" and len(ages) > 1:
        reasons.append(Reason("ages_not_to_be_mixed", {"ages": ages}, limits.source_of("reuse"), METHODS))
    return reasons


def launch_reasons(
    content: MachineContent, limits: Limits, need_mg: int, *, on: date, held: Sequence[Reason] = ()
) -> list[Reason]:
    """Whether a build may start with what is in the machine, residual and loads together (handbook 12)."""
    reasons = list(held)
    values: Values
    if content.mass_mg < need_mg:
        values = {"inside_mg": content.mass_mg, "need_mg": need_mg, "missing_mg": need_mg - content.mass_mg}
        reasons.append(Reason("not_enough_powder", values, limits.source_of("need")))
    wrong = [m for m in content.materials if limits.material and m != limits.material]
    if wrong:
        values = {"inside": [f"material:{m}" for m in wrong], "expected": f"material:{limits.material}"}
        reasons.append(Reason("wrong_material_inside", values, limits.source_of("material")))
    reasons += mixture_reasons(content, limits)
    for portion in content.portions:
        reasons += expired(portion.lot, portion.expires_on, on)
        reasons += open_too_long(portion.lot, portion.opened_on, limits, on)
        reasons += state_reasons(portion.lot, portion.state, _MAY_LIE_INSIDE)
    return reasons + reuse_reasons(content.portions, limits)


# What lies in a machine already: its residual waits for no sieve, and a lot poured to its end is exhausted.
_MAY_LIE_INSIDE = frozenset({"announced", "received", "checked", "released", "open", "to_sieve", "exhausted"})


def check_drum(*, lot: str, drum: str, stream: str, contaminated: bool) -> list[Reason]:
    """Powder is sorted: in a drum of powder, and with what is contaminated when it is (handbook 2.10)."""
    allowed = CONTAMINATED_STREAMS if contaminated else POWDER_STREAMS
    if stream in allowed:
        return []
    wanted = [f"stream:flow.{each}" for each in allowed]
    values = {"lot": f"lot:{lot}", "drum": drum, "stream": f"stream:flow.{stream}", "wanted": wanted}
    return [Reason("drum_of_other_waste", values, lifted_by=("hse",))]


def check_sieving(
    *, inside_mg: int, through_mg: int, oversize_mg: int, mesh_um: int, limit_um: int | None
) -> list[Reason]:
    """Sieving: in = through + oversize + loss, never a wider mesh than prescribed (handbook 2.4)."""
    reasons = []
    if through_mg + oversize_mg > inside_mg:
        values = {"found_mg": through_mg + oversize_mg, "inside_mg": inside_mg}
        reasons.append(Reason("more_out_than_in", values))
    if limit_um is not None and mesh_um > limit_um:
        reasons.append(Reason("mesh_too_wide", {"mesh_um": mesh_um, "limit_um": limit_um}))
    return reasons

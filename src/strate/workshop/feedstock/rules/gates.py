"""What must be true before powder is released, poured or built with; every reason is given at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from math import ceil
from typing import Any

from strate.workshop.feedstock.rules.portions import MachineContent
from strate.workshop.feedstock.rules.share import Share
from strate.workshop.feedstock.rules.states import CHECKED, USABLE
from strate.workshop.journal.refusals import Reason

Values = dict[str, Any]
QUALITY = ("quality",)
# How far the scale may differ from the delivery note before the lot stays in quarantine (site default).
QUANTITY_TOLERANCE = Decimal("0.005")


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

    def source_of(self, name: str) -> str:
        """Where that limit comes from."""
        return self.sources.get(name) or self.source


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
    return reasons + _expired(lot.code, lot.expires_on, on)


def check_load(
    lot: LotSeen,
    content: MachineContent,
    limits: Limits | None,
    *,
    mass_mg: int,
    on: date,
    held: Sequence[Reason] = (),
) -> list[Reason]:
    """Nothing wrong is poured into a machine: material, state, date, holds, quantity, age."""
    ref: Values = {"lot": f"lot:{lot.code}"}
    reasons = list(held)
    if lot.state not in USABLE:
        reasons.append(Reason("lot_not_released", {**ref, "state": lot.state}, lifted_by=QUALITY))
    reasons += _expired(lot.code, lot.expires_on, on)
    if mass_mg > lot.available_mg:
        values = {**ref, "asked_mg": mass_mg, "available_mg": lot.available_mg}
        reasons.append(Reason("more_than_container_holds", values))
    others = [m for m in content.materials if m != lot.material]
    if others:
        inside = [f"material:{m}" for m in others]
        values = {**ref, "material": f"material:{lot.material}", "inside": inside, "machine": content.place}
        reasons.append(Reason("machine_holds_other_material", values))
    return reasons + (_load_limits(lot, content, limits) if limits else [])


def _load_limits(lot: LotSeen, content: MachineContent, limits: Limits) -> list[Reason]:
    """What no later top-up could put right: wrong alloy, powder too old, used where only virgin may go."""
    ref: Values = {"lot": f"lot:{lot.code}"}
    reasons = []
    if limits.material and lot.material != limits.material:
        values = {**ref, "material": f"material:{lot.material}", "expected": f"material:{limits.material}"}
        reasons.append(Reason("wrong_material", values, limits.source_of("material")))
    if limits.age_max is not None and limits.age_by == "max" and lot.age_max > limits.age_max:
        reasons.append(_too_old(lot.age_max, limits))
    if limits.used_share_ceiling == 0 and lot.used_share.units:
        source = limits.source_of("used_share_ceiling")
        reasons.append(Reason("virgin_powder_only", ref, source, ("methods",)))
    if limits.one_lot_only and any(p.lot != lot.code for p in content.portions):
        reasons.append(_mixed(lot.code, content, limits))
    return reasons


def _mixed(lot: str, content: MachineContent, limits: Limits) -> Reason:
    values = {"lot": f"lot:{lot}", "inside": [f"lot:{p.lot}" for p in content.portions]}
    return Reason("lots_not_to_be_mixed", values, limits.source_of("one_lot_only"), ("methods",))


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
    reasons += _share_reasons(content, limits) + _age_reasons(content, limits)
    for portion in content.portions:
        reasons += _expired(portion.lot, portion.expires_on, on)
        if portion.state in {"rejected", "quarantine"}:
            values = {"lot": f"lot:{portion.lot}", "state": portion.state}
            reasons.append(Reason("lot_not_released", values, lifted_by=QUALITY))
    if limits.one_lot_only and len(content.portions) > 1:
        reasons.append(_mixed(content.portions[0].lot, content, limits))
    return reasons


def _share_reasons(content: MachineContent, limits: Limits) -> list[Reason]:
    ceiling = limits.used_share_ceiling
    if ceiling is None or content.used_share.fraction <= Share.parse(ceiling).fraction:
        return []
    values = {
        "share": content.used_share.decimal,
        "ceiling": ceiling,
        "virgin_mg": virgin_needed_mg(content, ceiling),
        "inside_mg": content.mass_mg,
    }
    return [Reason("used_share_above_ceiling", values, limits.source_of("used_share_ceiling"), ("methods",))]


def _age_reasons(content: MachineContent, limits: Limits) -> list[Reason]:
    if limits.age_max is None:
        return []
    if limits.age_by == "mean":
        above = content.age_mean > Share.parse(Decimal(limits.age_max))
        return [_too_old(content.age_mean.decimal, limits)] if above else []
    return [_too_old(content.age_max, limits)] if content.age_max > limits.age_max else []


def _too_old(age: int | Decimal, limits: Limits) -> Reason:
    values = {"age": age, "limit": limits.age_max}
    return Reason("age_above_limit", values, limits.source_of("age_max"), ("methods",))


def _expired(lot: str, expires_on: date | None, on: date) -> list[Reason]:
    """The day written on the label is the last good one."""
    if expires_on is None or expires_on >= on:
        return []
    return [Reason("lot_expired", {"lot": f"lot:{lot}", "expired_on": expires_on}, lifted_by=QUALITY)]


def virgin_needed_mg(content: MachineContent, ceiling: Decimal) -> int | None:
    """Virgin powder that brings the used share down to the ceiling, to the milligram; None when none can."""
    if ceiling <= 0:
        return None
    used = content.used_share.fraction * content.mass_mg
    return max(0, ceil(used / Share.parse(ceiling).fraction - content.mass_mg))


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

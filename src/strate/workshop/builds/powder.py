"""The powder of a build: what its routing allows, how much to prepare, what past builds took, what came back."""

from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Any

from strate.kernels.geometry.shop.powder import PowderNeed
from strate.workshop.builds import rules
from strate.workshop.builds.models import Build
from strate.workshop.feedstock import queries as feedstock
from strate.workshop.feedstock.rules import Balance, Limits, Share, Weighed, mass_balance
from strate.workshop.journal.refusals import Reason
from strate.workshop.site import queries as site

GRAM = 1000
# Beyond these, an older build says less than the newer ones.
LAST_BUILDS = 20
# What a routing may limit of its powder, under the same name in both rooms.
POWDER_LIMITS = (
    "used_share_ceiling",
    "age_max",
    "refresh_min",
    "hours_max",
    "open_days",
    "overflow_weight",
)


def limits(found: Build) -> Limits:
    """What the routing allows for the powder of this build, and the specification of its material there."""
    wanted = rules.wanted(found.routing)
    values = {name: wanted.limit(name) for name in POWDER_LIMITS}
    age, days = values["age_max"], values["open_days"]
    asked = Limits(
        material=found.material,
        used_share_ceiling=values["used_share_ceiling"],
        age_max=None if age is None else int(age),
        age_by=wanted.age_by,
        one_lot_only=wanted.one_lot_only,
        source=wanted.name,
        sources={name: wanted.source(name) for name in POWDER_LIMITS if values[name] is not None},
        hours_max=values["hours_max"],
        open_days=None if days is None else int(days),
        refresh_min=values["refresh_min"],
        reuse=wanted.reuse,
        several_supplier_lots=wanted.several_supplier_lots,
        overflow_weight=values["overflow_weight"],
    )
    code = str(found.routing.get("code", ""))
    return feedstock.with_specification(
        asked, machine_model=feedstock.machine_model(found.machine), routing=code
    )


@dataclass(frozen=True)
class Past:
    """What finished builds of one machine and material really took, for one that was reckoned."""

    ratios: tuple[Decimal, ...] = ()
    builds: tuple[str, ...] = ()
    least: int = 3

    @property
    def n(self) -> int:
        return len(self.ratios)

    @property
    def counts(self) -> bool:
        return self.n >= self.least

    @property
    def mean(self) -> Decimal:
        return _fine(sum(self.ratios, Decimal(0)) / self.n)

    @property
    def spread(self) -> Decimal:
        """Standard deviation of the ratios; nought for one build."""
        if self.n < 2:
            return Decimal(0)
        mean = sum(self.ratios, Decimal(0)) / self.n
        with localcontext(prec=28):
            return _fine((sum(((r - mean) ** 2 for r in self.ratios), Decimal(0)) / (self.n - 1)).sqrt())

    @property
    def kept(self) -> dict[str, Any]:
        """As a build keeps it, to be shown as it was when the powder was reckoned."""
        if not self.n:
            return {"n": 0, "least": self.least}
        return {
            "n": self.n,
            "least": self.least,
            "mean": str(self.mean),
            "spread": str(self.spread),
            "low": str(min(self.ratios)),
            "high": str(max(self.ratios)),
            "builds": list(self.builds),
        }


def _fine(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.0001"), ROUND_HALF_UP)


def past(machine: str, material: str) -> Past:
    """The last whole builds of this machine with this material, whose powder was weighed back."""
    found = Build.objects.filter(
        machine=machine,
        material=material,
        state__in=(rules.DEPOWDERED, rules.CLOSED),
        reckoned_mg__gt=0,
    ).order_by("-ended_at")[: 2 * LAST_BUILDS]
    whole = [b for b in found if b.layers_done >= b.layers_planned > 0 and b.balance.get("took_mg", 0) > 0]
    kept = whole[:LAST_BUILDS]
    ratios = tuple(_fine(Decimal(b.balance["took_mg"]) / b.reckoned_mg) for b in kept)
    return Past(ratios, tuple(b.code for b in kept), int(site.value("powder_past_builds")))


def to_prepare(need: PowderNeed, known: Past) -> tuple[int, list[dict[str, Any]]]:
    """The powder to prepare, to the gram above, and its arithmetic; never below what the bed itself holds."""
    lines = [{"what": n.what, "sum": n.sum, "value": str(n.value), "unit": n.unit} for n in need.lines]
    if not known.counts:
        return grams_above(need.to_load_mg), lines
    taken = max(int(Decimal(need.to_load_mg) * known.mean), need.spread_mg)
    said = f"{_kg(need.to_load_mg)} × {known.mean}"
    lines.append({"what": "as_past_builds_took", "sum": said, "value": str(_kg(taken)), "unit": "kg"})
    return grams_above(taken), lines


def grams_above(mass_mg: int) -> int:
    """Nobody weighs milligrams of powder: what is asked is rounded up to the gram."""
    return -(-mass_mg // GRAM) * GRAM


def _kg(mass_mg: int) -> Decimal:
    return Decimal(mass_mg).scaleb(-6)


@dataclass(frozen=True)
class WeighedBack:
    """What was on the scale after a build; parts are what the file says unless they were weighed."""

    recovered_mg: int
    oversize_mg: int = 0
    sample_mg: int = 0
    waste_mg: int = 0
    supports_mg: int = 0
    residual_mg: int = 0
    overflow_mg: int = 0
    parts_mg: int | None = None

    def parts_of(self, found: Build) -> int:
        return found.parts_mg if self.parts_mg is None else self.parts_mg


def balance(found: Build, weighed: WeighedBack) -> Balance:
    """The mass balance of a build from what has just been weighed."""
    family = feedstock.material(found.material).family
    seen = Weighed(
        input_mg=feedstock.in_machine(found.machine).mass_mg,
        parts_mg=weighed.parts_of(found),
        supports_mg=weighed.supports_mg,
        recovered_mg=weighed.recovered_mg + weighed.overflow_mg,
        oversize_mg=weighed.oversize_mg,
        filters_mg=weighed.waste_mg,
        samples_mg=weighed.sample_mg,
        residual_mg=weighed.residual_mg,
    )
    tolerance = Decimal(str(site.value(f"balance_{family}_percent"))) / 100
    return mass_balance(seen, family=family, tolerance_share=tolerance)


def balance_for_fact(found: Balance) -> dict[str, Any]:
    """A balance as a fact and a build keep it."""
    kept = asdict(found.weighed) | {"unexplained_mg": found.unexplained_mg}
    kept["took_mg"] = found.weighed.input_mg - found.weighed.residual_mg
    shares = ("unexplained_share", "tolerance_share", "yield_share")
    return kept | {name: str(getattr(found, name)) for name in shares}


def unexplained(found: Build) -> list[Reason]:
    """A balance out of its tolerance, until somebody says why."""
    kept = found.balance
    if not kept.get("alarm") or kept.get("reason"):
        return []
    values = {
        "unexplained_mg": kept["unexplained_mg"],
        "share": Decimal(kept["unexplained_share"]),
        "tolerance_share": Decimal(kept["tolerance_share"]),
    }
    return [Reason("balance_to_explain", values, "", ("operator", "shift_leader", "quality"))]


def hours_at_temperature(start: datetime | None, end: datetime | None) -> Share:
    """How long a build kept its powder hot, from its launch to its end; nothing when one is not known."""
    if start is None or end is None or end <= start:
        return Share()
    return Share.of(int((end - start).total_seconds()), 3600)


def balance_rows(kept: dict[str, Any]) -> list[tuple[str, int]]:
    """The lines of a balance in the order of the handbook: what went in, then where it was found."""
    names = ("parts", "supports", "recovered", "oversize", "filters", "samples", "residual")
    return [(name, int(kept.get(f"{name}_mg") or 0)) for name in names]

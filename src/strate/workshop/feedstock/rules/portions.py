"""What a machine or a container holds: portions of lots, and what their mixture is worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from strate.kernels.genealogy import ONE
from strate.workshop.feedstock.rules.properties import Known
from strate.workshop.feedstock.rules.share import Share, fractions


@dataclass(frozen=True)
class Portion:
    """Some powder of one lot: how much, how used and how many builds it has already seen."""

    lot: str
    material: str
    mass_mg: int
    used_share: Share = field(default_factory=Share)
    age_max: int = 0
    age_mean: Share = field(default_factory=Share)
    state: str = "open"
    expires_on: date | None = None
    hours_mean: Share = field(default_factory=Share)
    opened_on: date | None = None
    # What is known of it by the code of the property: measured, certified or predicted.
    known: Mapping[str, Known] = field(default_factory=dict)


@dataclass(frozen=True)
class MachineContent:
    """The powder in a machine, as one perfect mixture of the residual and what was loaded."""

    place: str
    portions: tuple[Portion, ...] = ()
    mass_mg: int = 0
    used_mass_mg: int = 0
    used_share: Share = field(default_factory=Share)
    age_max: int = 0
    age_mean: Share = field(default_factory=Share)
    hours_mean: Share = field(default_factory=Share)
    materials: tuple[str, ...] = ()

    @property
    def parts(self) -> list[tuple[Portion, Share]]:
        """Each portion with its share of the whole, which sum to exactly one."""
        if not self.portions:
            return []
        return list(zip(self.portions, fractions([p.mass_mg for p in self.portions]), strict=True))


def used_share(portions: Sequence[Portion]) -> Share:
    """Mass-weighted share of powder that has been through a machine.

    CQPM 5: «le pourcentage de poudre usagée est respecté».
    """
    whole = sum(p.mass_mg for p in portions)
    return Share.of(sum(p.mass_mg * p.used_share.units for p in portions), whole * ONE) if whole else Share()


def age_max(portions: Sequence[Portion]) -> int:
    """Reuse count by the cautious convention: that of the oldest powder in it."""
    return max((p.age_max for p in portions if p.mass_mg), default=0)


def age_mean(portions: Sequence[Portion]) -> Share:
    """Reuse count by the other convention: the mass-weighted mean."""
    whole = sum(p.mass_mg for p in portions)
    return Share.of(sum(p.mass_mg * p.age_mean.units for p in portions), whole * ONE) if whole else Share()


def hours_mean(portions: Sequence[Portion]) -> Share:
    """Hours already spent at temperature, the mass-weighted mean."""
    whole = sum(p.mass_mg for p in portions)
    return Share.of(sum(p.mass_mg * p.hours_mean.units for p in portions), whole * ONE) if whole else Share()


def number_of(known: Mapping[str, Known], code: str) -> Fraction | None:
    """A property as an exact number; « < 0,005 » counts as 0.005, the cautious side of a ceiling."""
    found = known.get(code)
    return None if found is None or found.value is None else Fraction(found.value)


def known_mean(portions: Sequence[Portion], code: str) -> Fraction | None:
    """An additive property of the mixture, exactly: Σ m·P / Σ m; unknown as soon as one portion's is."""
    kept = [(p.mass_mg, number_of(p.known, code)) for p in portions if p.mass_mg]
    weighed = [(mass, value) for mass, value in kept if value is not None]
    if not kept or len(weighed) < len(kept):
        return None
    return sum((mass * value for mass, value in weighed), Fraction(0)) / sum(mass for mass, _v in weighed)


def content_of(place: str, portions: Sequence[Portion]) -> MachineContent:
    """The mixture that these portions make."""
    kept = tuple(p for p in portions if p.mass_mg)
    share = used_share(kept)
    mass = sum(p.mass_mg for p in kept)
    return MachineContent(
        place=place,
        portions=kept,
        mass_mg=mass,
        used_mass_mg=round(mass * share.fraction),
        used_share=share,
        age_max=age_max(kept),
        age_mean=age_mean(kept),
        hours_mean=hours_mean(kept),
        materials=tuple(sorted({p.material for p in kept})),
    )


def compose(parents: Sequence[tuple[int, Mapping[str, Share]]]) -> dict[str, Share]:
    """What a mixture is made of, given the mass of each parent and its own composition; sums to one."""
    weights: dict[str, int] = {}
    for mass_mg, made_of in parents:
        for lot, share in made_of.items():
            weights[lot] = weights.get(lot, 0) + mass_mg * share.units
    lots = sorted(lot for lot, weight in weights.items() if weight)
    return dict(zip(lots, fractions([weights[lot] for lot in lots]), strict=True)) if lots else {}

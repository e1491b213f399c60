"""What comes out of a machine does not all age alike: the cake a whole build, the overflow what the site decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from strate.kernels.genealogy import ONE
from strate.workshop.feedstock.rules.portions import MachineContent, Portion, content_of
from strate.workshop.feedstock.rules.share import Share


@dataclass(frozen=True)
class Aged:
    """Powder after a build: used by then, and older by the weight of its stream."""

    used_share: Share
    age_max: int
    age_mean: Share
    hours_mean: Share


def aged(content: MachineContent, *, weight: Decimal, hours: Share) -> Aged:
    """One build older, weighted: 1 for the cake, 0 to 1 for what only passed over the bed (handbook 2.6).

    Powder that was in a machine is used, whatever its weight; its greatest age grows by a whole build as soon as
    it aged at all, because the cautious convention never rounds down.
    """
    by = Share.parse(weight)
    spent = Share.of(hours.units * by.units, ONE * ONE)
    return Aged(
        used_share=Share(ONE),
        age_max=content.age_max + (1 if weight > 0 else 0),
        age_mean=content.age_mean + by,
        hours_mean=content.hours_mean + spent,
    )


def split(content: MachineContent, masses_mg: Sequence[int]) -> list[list[tuple[Portion, int]]]:
    """Cut a mixture in parts of these masses: each holds every portion in the same share, to the milligram.

    The masses sum to that of the whole, and so do the cuts of each portion.
    """
    whole = content.mass_mg
    assert sum(masses_mg) == whole, "the parts are not the whole"
    left = [p.mass_mg for p in content.portions]
    cuts: list[list[tuple[Portion, int]]] = []
    remaining = whole
    for mass_mg in masses_mg:
        taken = _proportional(left, mass_mg, remaining)
        cuts.append([(p, t) for p, t in zip(content.portions, taken, strict=True) if t])
        left = [have - t for have, t in zip(left, taken, strict=True)]
        remaining -= mass_mg
    return cuts


def _proportional(weights: Sequence[int], mass_mg: int, whole_mg: int) -> list[int]:
    if not mass_mg:
        return [0] * len(weights)
    floors = [w * mass_mg // whole_mg for w in weights]
    order = sorted(range(len(weights)), key=lambda i: (-(weights[i] * mass_mg % whole_mg), i))
    for i in order[: mass_mg - sum(floors)]:
        floors[i] += 1
    return floors


def cut_content(place: str, cut: Sequence[tuple[Portion, int]]) -> MachineContent:
    """A cut as a mixture of its own."""
    return content_of(place, [replace(p, mass_mg=mass_mg) for p, mass_mg in cut])

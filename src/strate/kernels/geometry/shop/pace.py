"""How long a machine really takes, learnt from its past builds; no guess when they cannot tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.refusal import Refused

Floats = NDArray[np.float64]

FEWEST_BUILDS = 3
# Columns nearly proportional cannot be told apart: the condition number of the scaled table stays below this.
WORST_CONDITION = 200.0
WORST_ERROR_SHARE = 0.5
# From the simplest to the richest; a richer one must foretell better, each build left out in turn.
_MODELS = (("layers", "volume"), ("each", "layers", "volume"), ("layers", "volume", "outline"))


class PaceRefused(Refused):
    """The past builds of the machine do not say how long another one takes."""


@dataclass(frozen=True)
class Work:
    """What a build asks of a machine: layers, matter to melt, length of all outlines together."""

    layers: int
    volume_mm3: float
    outline_mm: float


@dataclass(frozen=True)
class PastBuild:
    """A build that went to its end, and the seconds it took from the first layer to the last, pauses taken out."""

    work: Work
    seconds: float


@dataclass(frozen=True)
class LearntPace:
    """Seconds for each build, layer, mm³ and mm; none is negative. The error is that of builds foretold unseen."""

    each_s: float
    layer_s: float
    mm3_s: float
    mm_s: float
    builds: int
    error_share: float
    most_layers: int
    most_volume_mm3: float

    def seconds(self, work: Work) -> float:
        rates = (self.each_s, self.layer_s, self.mm3_s, self.mm_s)
        return float(np.dot(rates, (1.0, work.layers, work.volume_mm3, work.outline_mm)))


@dataclass(frozen=True)
class Foretold:
    """A duration with its error; `beyond` when the build is much larger than any the machine has made."""

    seconds: Decimal
    error_s: Decimal
    error_percent: Decimal
    builds: int
    beyond: bool


def learn(past: Sequence[PastBuild]) -> LearntPace:
    """Least squares on the relative error, coefficients never negative; PaceRefused when the past cannot tell."""
    builds = [p for p in past if p.seconds > 0 and p.work.layers > 0 and p.work.volume_mm3 > 0]
    if not builds:
        raise PaceRefused("no_build_yet")
    if len(builds) < FEWEST_BUILDS:
        raise PaceRefused("too_few_builds", builds=len(builds), needed=FEWEST_BUILDS)
    found = [fit for names in _MODELS if (fit := _learnt(builds, names)) is not None]
    if not found:
        raise PaceRefused("builds_too_alike", builds=len(builds))
    best = min(found, key=lambda pace: pace.error_share)
    if best.error_share > WORST_ERROR_SHARE:
        percent = round(100 * best.error_share)
        raise PaceRefused("pace_unexplained", builds=len(builds), error_percent=percent)
    return best


def foretell(pace: LearntPace, work: Work) -> Foretold:
    """How long this work takes at that pace."""
    seconds = Decimal(round(pace.seconds(work)))
    share = Decimal(repr(round(pace.error_share, 4)))
    return Foretold(
        seconds=seconds,
        error_s=(seconds * share).quantize(Decimal(1)),
        error_percent=(100 * share).quantize(Decimal("0.1")),
        builds=pace.builds,
        beyond=work.layers > 2 * pace.most_layers or work.volume_mm3 > 2 * pace.most_volume_mm3,
    )


def _learnt(builds: list[PastBuild], names: tuple[str, ...]) -> LearntPace | None:
    """One model learnt from all builds, its error from learning it again without each; None when they cannot tell."""
    if len(builds) < len(names) + 1:
        return None
    table = np.array([[_column(p.work, name) for name in names] for p in builds])
    table /= np.array([p.seconds for p in builds])[:, None]
    scale = np.linalg.norm(table, axis=0)
    if not scale.all() or np.linalg.cond(table / scale) > WORST_CONDITION:
        return None
    errors = []
    for left_out in range(len(builds)):
        kept = np.arange(len(builds)) != left_out
        errors.append(float(table[left_out] @ never_negative(table[kept])) - 1.0)
    rates = dict(zip(names, never_negative(table).tolist(), strict=True))
    return LearntPace(
        each_s=rates.get("each", 0.0),
        layer_s=rates["layers"],
        mm3_s=rates["volume"],
        mm_s=rates.get("outline", 0.0),
        builds=len(builds),
        error_share=float(np.sqrt(np.mean(np.square(errors)))),
        most_layers=max(p.work.layers for p in builds),
        most_volume_mm3=max(p.work.volume_mm3 for p in builds),
    )


def _column(work: Work, name: str) -> float:
    return {
        "each": 1.0, "layers": float(work.layers), "volume": work.volume_mm3, "outline": work.outline_mm
    }[name]  # fmt: skip


def never_negative(table: Floats) -> Floats:
    """Coefficients that bring every row nearest to one, none below zero: the best of all choices of columns."""
    columns = table.shape[1]
    best, least = np.zeros(columns), float(len(table))
    for size in range(1, columns + 1):
        for chosen in combinations(range(columns), size):
            part = table[:, chosen]
            rates = np.linalg.lstsq(part, np.ones(len(table)), rcond=None)[0]
            rest = float(np.square(part @ rates - 1).sum())
            if (rates >= 0).all() and rest < least - 1e-15:
                best, least = np.zeros(columns), rest
                best[list(chosen)] = rates
    return best

"""Which shell lies in which, and which voids seen by cubes are cavities already known exactly."""

from __future__ import annotations

from dataclasses import replace
from math import prod

from strate.kernels.geometry.deep.record import Deep
from strate.kernels.geometry.judging.verdict import Shell, Verdict
from strate.kernels.geometry.refusal import Finding


def nested(shells: tuple[Shell, ...]) -> tuple[Shell, ...]:
    """The same shells, each with the number of the smallest shell of matter whose box holds its own."""
    return tuple(replace(shell, nested_in=_holder(shells, at)) for at, shell in enumerate(shells))


def _holder(shells: tuple[Shell, ...], at: int) -> int | None:
    around = [
        (prod(other.box.size), number)
        for number, other in enumerate(shells, start=1)
        if number != at + 1 and other.volume_mm3 > 0 and shells[at].box.within(other.box)
    ]
    return min(around)[1] if around else None


def without_doubles(deep: Deep, verdict: Verdict) -> Deep:
    """A closed cavity with a skin of its own is told once, by its exact volume."""
    exact = [
        verdict.shells[int(f.values["shell"] or 0) - 1] for f in verdict.findings if f.code == "closed_cavity"
    ]
    kept = tuple(f for f in deep.findings if f.code != "trapped_powder" or not _is_one_of(f, exact))
    return replace(deep, findings=kept)


def _is_one_of(finding: Finding, cavities: list[Shell]) -> bool:
    """The same void: as large within a tenth, and its middle inside the cavity's box."""
    volume, at = float(finding.values["volume_mm3"] or 0), finding.point_mm
    return at is not None and any(
        abs(-shell.volume_mm3 - volume) <= 0.1 * volume
        and all(
            low <= side <= high for low, side, high in zip(shell.box.low, at, shell.box.high, strict=True)
        )
        for shell in cavities
    )

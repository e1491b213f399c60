"""Which unit a file without unit was meant in: doubts only, the numbers are never changed."""

from __future__ import annotations

from strate.kernels.geometry.refusal import Finding, Point

SMALLEST_USUAL_MM = 1.0
LARGEST_USUAL_MM = 2000.0
LARGEST_USUAL_INCHES = 20.0
_INCH_MM = 25.4
_FRACTIONS = 64
_NEAR = 1e-4


def unit_doubt(size: Point) -> str | None:
    """The doubt, as a finding code: too small, too large, or sizes that are round only in inches."""
    longest = max(size)
    if longest < SMALLEST_USUAL_MM:
        return "unit_too_small"
    if longest > LARGEST_USUAL_MM:
        return "unit_too_large"
    if longest <= LARGEST_USUAL_INCHES and _round_in_inches(size, 1.0):
        return "unit_maybe_inch"
    return "drawn_in_inches" if _round_in_inches(size, _INCH_MM) else None


def _round_in_inches(size: Point, inch: float) -> bool:
    """All sides whole sixty-fourths of an inch, and at least two that are odd in millimetres."""
    sides = [side for side in size if side > 0]
    fractions = [side / inch * _FRACTIONS for side in sides]
    whole = all(abs(part - round(part)) <= _NEAR * _FRACTIONS and round(part) >= 1 for part in fractions)
    odd = sum(abs(side * 20 - round(side * 20)) > 20 * _NEAR for side in sides)
    return whole and len(sides) == 3 and odd >= 2


def unit_findings(doubt: str | None, size: Point) -> list[Finding]:
    if doubt is None:
        return []
    longest = max(size)
    values: dict[str, float] = {"size_mm": round(longest, 6)}
    if doubt == "unit_maybe_inch":
        values["as_inch_mm"] = round(longest * _INCH_MM, 3)
    if doubt == "drawn_in_inches":
        values["inches"] = round(longest / _INCH_MM, 4)
    return [Finding(doubt, "info" if doubt == "drawn_in_inches" else "warn", dict(values))]


def said_unit_findings(size: Point) -> list[Finding]:
    """A unit that was said may be the wrong one: a part of a hair or of a house is worth a look."""
    longest = max(size)
    if SMALLEST_USUAL_MM <= longest <= LARGEST_USUAL_MM:
        return []
    return [Finding("size_unlikely", "warn", {"size_mm": round(longest, 6)})]

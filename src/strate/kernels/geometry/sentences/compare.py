"""What is said when a file is compared with another, or a scan with its nominal."""

from __future__ import annotations

REFUSALS: dict[str, tuple[str, str]] = {
    "no_surface": (
        "There is no surface to compare with: {triangles} triangles, none of which has an area.",
        "Aucune surface à laquelle comparer : {triangles} triangles, sans aucune aire.",
    ),
    "no_points": (
        "There is no point to compare.",
        "Aucun point à comparer.",
    ),
    "too_many_points": (
        "{count} points are more than can be compared at once.",
        "{count} points : trop pour une seule comparaison.",
    ),
    "points_not_finite": (
        "{count} points have coordinates that are not numbers or are absurd, the first is point {first}.",
        "{count} points ont des coordonnées qui ne sont pas des nombres ou sont absurdes, le premier est le"
        " point {first}.",
    ),
}

FINDINGS: dict[str, tuple[str, str]] = {}

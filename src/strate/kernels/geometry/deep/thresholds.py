"""From what point a wall is thin, a face hangs over, a void traps powder: figures a site may change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Thresholds:
    """The limits of the deep checks; each has its source below and is written beside what it found."""

    wall_mm: float = 0.4
    wall_facing_deg: float = 45.0
    overhang_deg: float = 45.0
    escape_mm: float = 2.0
    void_min_mm3: float = 1.0
    jump_share: float = 0.5
    jump_area_share: float = 0.1
    zone_min_mm2: float = 0.5
    kept: int = 8
    voxels: int = 12_000_000
    rays: int = 2_000_000

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Thresholds:
        """The thresholds asked for; those not named keep their defaults."""
        known = cls().to_dict()
        return cls(**{name: type(known[name])(value) for name, value in plain.items() if name in known})


# Where each default comes from, in English and in French.
SOURCES: dict[str, tuple[str, str]] = {
    "wall_mm": (
        "published capability of metal powder-bed machines: walls of 0.3 to 0.4 mm",
        "capacité publiée de machines à lit de poudre métallique : parois de 0,3 à 0,4 mm",
    ),
    "wall_facing_deg": (
        "two faces make a wall when they are parallel within this angle; else they make an edge",
        "deux faces font une paroi si elles sont parallèles à cet angle près ; sinon, une arête",
    ),
    "overhang_deg": (
        "usual practice in metal: a face flatter than 45° needs support; for the site to confirm",
        "usage courant en métal : sous 45°, une face demande un support ; à confirmer par le site",
    ),
    "escape_mm": (
        "usual practice: powder does not run through less than 2 mm; for the site to confirm",
        "usage courant : la poudre ne s’écoule pas par moins de 2 mm ; à confirmer par le site",
    ),
    "void_min_mm3": ("smaller voids are not reported", "les vides plus petits ne sont pas signalés"),
    "jump_share": (
        "no published limit: decision of the site",
        "pas de limite publiée : décision du site",
    ),
    "jump_area_share": (
        "jumps under this share of the largest layer are not reported",
        "les sauts sous cette part de la plus grande couche ne sont pas signalés",
    ),
    "zone_min_mm2": (
        "smaller zones are counted, not listed",
        "les zones plus petites sont comptées, pas listées",
    ),
}

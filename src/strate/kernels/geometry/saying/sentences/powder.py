"""What is said of the powder a part needs."""

from __future__ import annotations

REFUSALS: dict[str, tuple[str, str]] = {
    "figure_not_positive": (
        "The powder cannot be reckoned: {figure_en} is {value}.",
        "La poudre ne peut pas être calculée : {figure_fr} vaut {value}.",
    ),
    "part_larger_than_bed": (
        "The part ({part_mm3} mm³) is larger than the bed it is built in ({bed_mm3} mm³).",
        "La pièce ({part_mm3} mm³) est plus grande que le lit où elle se fabrique ({bed_mm3} mm³).",
    ),
    "dosing_below_one": (
        "A dosing of {dosing} spreads less powder than the layers need; it is at least 1.",
        "Un dosage de {dosing} étale moins de poudre que les couches n’en demandent ; il vaut au moins 1.",
    ),
    "recovery_not_a_share": (
        "Recovery is a share above 0 and up to 1, not {recovery}.",
        "Le rendement est une part entre 0 (exclu) et 1, pas {recovery}.",
    ),
}

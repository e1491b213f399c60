"""What is said of walls, overhangs, trapped powder, islands and sudden layers."""

from __future__ import annotations

FINDINGS: dict[str, tuple[str, str]] = {
    "thin_wall": (
        "Wall of {wall_mm} mm, thinner than {limit_mm} mm, over {area_mm2} mm².",
        "Paroi de {wall_mm} mm, moins que {limit_mm} mm, sur {area_mm2} mm².",
    ),
    "overhang": (
        "Overhang of {area_mm2} mm², {angle_deg}° from the plate at its flattest (limit {limit_deg}°): "
        "to be supported.",
        "Surplomb de {area_mm2} mm², à {angle_deg}° du plateau au plus plat (limite {limit_deg}°) : à supporter.",
    ),
    "trapped_powder": (
        "Closed void of about {volume_mm3} mm³ (seen with cubes of {cube_mm} mm): powder cannot get out.",
        "Vide fermé d’environ {volume_mm3} mm³ (vu par cubes de {cube_mm} mm) : la poudre ne peut pas en sortir.",
    ),
    "narrow_way_out": (
        "Void of at least {volume_mm3} mm³ whose way out is narrower than {limit_mm} mm (cubes of {cube_mm} mm): "
        "powder may stay.",
        "Vide d’au moins {volume_mm3} mm³ dont la sortie fait moins de {limit_mm} mm (cubes de {cube_mm} mm) : "
        "la poudre peut y rester.",
    ),
    "open_to_the_plate_only": (
        "Void of about {volume_mm3} mm³ open only towards the plate (cubes of {cube_mm} mm): its powder comes out "
        "once the part is cut off.",
        "Vide d’environ {volume_mm3} mm³ ouvert seulement vers le plateau (cubes de {cube_mm} mm) : sa poudre sort "
        "une fois la pièce détachée.",
    ),
    "shells_overlap": (
        "Shells overlap by about {volume_mm3} mm³ (cubes of {cube_mm} mm): that volume is counted twice.",
        "Des coques se recouvrent sur environ {volume_mm3} mm³ (cubes de {cube_mm} mm) : "
        "ce volume est compté deux fois.",
    ),
    "island": (
        "Island at layer {layer} ({height_mm} mm): an outline begins on nothing.",
        "Îlot à la couche {layer} ({height_mm} mm) : un contour commence sur du vide.",
    ),
    "area_grows": (
        "Layer {layer}: the area goes from {before_mm2} to {after_mm2} mm² at once ({share_percent} %): "
        "large overhang, the recoater may catch.",
        "Couche {layer} : la surface passe d’un coup de {before_mm2} à {after_mm2} mm² ({share_percent} %) : "
        "grand surplomb, le racleur peut accrocher.",
    ),
    "area_shrinks": (
        "Layer {layer}: the area goes from {before_mm2} to {after_mm2} mm² at once ({share_percent} %): "
        "the heat changes suddenly.",
        "Couche {layer} : la surface passe d’un coup de {before_mm2} à {after_mm2} mm² ({share_percent} %) : "
        "la chaleur change brusquement.",
    ),
}

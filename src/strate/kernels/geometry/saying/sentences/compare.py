"""What is said when a file is compared with another, or a scan with its nominal."""

from __future__ import annotations

REFUSALS: dict[str, tuple[str, str]] = {
    "no_surface": (
        "There is no surface to compare with: {triangles} triangles, none of which has an area.",
        "Aucune surface à laquelle comparer : {triangles} triangles, sans aucune aire.",
    ),
    "too_few_points": (
        "{count} points are too few to lay a scan on a part; at least {least} are needed.",
        "{count} points ne suffisent pas à recaler un scan sur une pièce ; il en faut au moins {least}.",
    ),
    "too_many_points": (
        "{count} points are more than can be compared at once.",
        "{count} points : trop pour une seule comparaison.",
    ),
    "points_not_finite": (
        "{count} points have coordinates that are not numbers or are absurd; the first is point {first}.",
        "{count} points ont des coordonnées qui ne sont pas des nombres ou sont absurdes ; le premier est le"
        " point {first}.",
    ),
    "scan_not_on_part": (
        "Only {near} points of the scan come within {reach_mm} mm of the part: it is another part, or another place.",
        "Seuls {near} points du scan sont à moins de {reach_mm} mm de la pièce : c’est une autre pièce, ou un"
        " autre endroit.",
    ),
    "tolerance_upside_down": (
        "A tolerance from {lower_mm} to {upper_mm} mm holds nothing: the lower limit must be below the upper one.",
        "Une tolérance de {lower_mm} à {upper_mm} mm ne contient rien : la limite basse doit être sous la haute.",
    ),
    "tolerance_unreadable": (
        "«\u202f{text}\u202f» is not a tolerance; write for example -0.1..0.1.",
        "«\u202f{text}\u202f» n’est pas une tolérance ; écrire par exemple -0,1..0,1.",
    ),
    "zones_unreadable": (
        "The list of zones cannot be read (zone {number}): each needs a name, lower_mm, upper_mm, and a box or faces.",
        "La liste des zones est illisible (zone {number}) : chacune a un nom, lower_mm, upper_mm, et une boîte ou"
        " des faces.",
    ),
    "zone_named_twice": (
        "Two zones are called «\u202f{name}\u202f».",
        "Deux zones s’appellent «\u202f{name}\u202f».",
    ),
    "zone_off_part": (
        "Zone «\u202f{name}\u202f» touches nothing of the part.",
        "La zone «\u202f{name}\u202f» ne touche aucune surface de la pièce.",
    ),
}

FINDINGS: dict[str, tuple[str, str]] = {
    "scan_in_other_unit": (
        "The scan was not in mm; it fits as: {unit}.",
        "Le scan n’était pas en mm ; il correspond en : {unit}.",
    ),
    "scan_does_not_fit": (
        "The scan does not fit this part: {rms_mm} mm remain between them.",
        "Le scan ne correspond pas à cette pièce : il reste {rms_mm} mm entre les deux.",
    ),
    "scan_ambiguous": (
        "The part looks the same in several ways: {ways} ways to lay the scan fit as well; which zone is which"
        " is unsure.",
        "La pièce se ressemble en plusieurs sens : {ways} façons de poser le scan conviennent aussi bien ; les"
        " zones ne sont pas sûres.",
    ),
    "nominal_open": (
        "The nominal is not closed: the side (too much or too little) is unsure for {percent} % of the points.",
        "Le nominal n’est pas fermé : le sens de l’écart (trop ou pas assez) est incertain pour {percent}\u202f% des"
        " points.",
    ),
    "nominal_inside_out": (
        "The nominal is turned inside out; deviations were turned back.",
        "Le nominal est retourné (intérieur dehors) ; les écarts ont été remis à l’endroit.",
    ),
    "scan_far_points": (
        "{count} points lie more than {reach_mm} mm from the part (table, clamps, dust): they were left out.",
        "{count} points sont à plus de {reach_mm} mm de la pièce (table, bridage, poussière) : ils ont été écartés.",
    ),
    "scan_deep_inside": (
        "{count} points lie more than {reach_mm} mm inside the matter: something of the part is missing.",
        "{count} points sont à plus de {reach_mm} mm à l’intérieur de la matière : il manque une partie de la pièce.",
    ),
    "scan_strays": (
        "{count} lone points far from all others were left out.",
        "{count} points isolés, loin de tous les autres, ont été écartés.",
    ),
    "not_scanned": (
        "{percent} % of the surface was not scanned: nothing is known of it.",
        "{percent}\u202f% de la surface n’a pas été scannée : on n’en sait rien.",
    ),
    "scan_larger": (
        "The whole part is larger than the nominal by {percent} %.",
        "Toute la pièce est plus grande que le nominal de {percent}\u202f%.",
    ),
    "scan_smaller": (
        "The whole part is smaller than the nominal by {percent} %.",
        "Toute la pièce est plus petite que le nominal de {percent}\u202f%.",
    ),
    "out_of_tolerance": (
        "Out of tolerance over {extent_mm} mm: up to {deviation_mm} mm.",
        "Hors tolérance sur {extent_mm} mm : jusqu’à {deviation_mm} mm.",
    ),
    "out_of_tolerance_in_zone": (
        "Zone «\u202f{zone}\u202f»: out of tolerance over {extent_mm} mm, up to {deviation_mm} mm.",
        "Zone «\u202f{zone}\u202f» : hors tolérance sur {extent_mm} mm, jusqu’à {deviation_mm} mm.",
    ),
    "points_out_of_tolerance": (
        "{percent} % of the points are out of tolerance, here and there.",
        "{percent}\u202f% des points sont hors tolérance, çà et là.",
    ),
    "zone_unknown": (
        "Zone «\u202f{zone}\u202f» cannot be judged: not seen enough, or the way the part lies is unsure.",
        "La zone «\u202f{zone}\u202f» ne peut pas être jugée : pas assez vue, ou position de la pièce incertaine.",
    ),
    "revision_translated": (
        "Same part, moved by {x_mm}; {y_mm}; {z_mm} mm.",
        "Même pièce, déplacée de {x_mm} ; {y_mm} ; {z_mm} mm.",
    ),
    "revision_rotated": (
        "Same part, turned by {angle_deg}° (axis {axis_x}; {axis_y}; {axis_z}), moved by {x_mm}; {y_mm}; {z_mm} mm.",
        "Même pièce, tournée de {angle_deg}° (axe {axis_x} ; {axis_y} ; {axis_z}), déplacée de {x_mm} ; {y_mm} ;"
        " {z_mm} mm.",
    ),
    "revision_scaled": (
        "Same shape, {scale} times the size (unit: {unit}).",
        "Même forme, {scale} fois la taille (unité : {unit}).",
    ),
    "revision_mirrored": (
        "The part is mirrored: a left one became a right one.",
        "La pièce est en miroir : une gauche est devenue une droite.",
    ),
    "revision_changed": (
        "The surface differs in {regions} places, by up to {most_mm} mm.",
        "La surface diffère en {regions} endroits, jusqu’à {most_mm} mm.",
    ),
    "revision_moved_and_changed": (
        "The part was turned by {angle_deg}° and moved by {x_mm}; {y_mm}; {z_mm} mm, and differs in {regions} places,"
        " by up to {most_mm} mm.",
        "La pièce a été tournée de {angle_deg}° et déplacée de {x_mm} ; {y_mm} ; {z_mm} mm, et diffère en {regions}"
        " endroits, jusqu’à {most_mm} mm.",
    ),
    "matter_came": (
        "Matter added over {extent_mm} mm: {by_mm} mm.",
        "Matière ajoutée sur {extent_mm} mm : {by_mm} mm.",
    ),
    "matter_went": (
        "Matter removed over {extent_mm} mm: {by_mm} mm.",
        "Matière enlevée sur {extent_mm} mm : {by_mm} mm.",
    ),
}

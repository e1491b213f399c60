"""What is said of the skin, the size and the unit of a part."""

from __future__ import annotations

FINDINGS: dict[str, tuple[str, str]] = {
    "open_edges": (
        "The mesh is open. Edges with a single face: {count}.",
        "Le maillage est ouvert. Arêtes à une seule face : {count}.",
    ),
    "hairline_gaps": (
        "The mesh closes only if corners less than {within_um} µm apart are joined. Open edges: {count}.",
        "Le maillage n’est fermé que si l’on confond les sommets distants de moins de {within_um} µm. "
        "Arêtes ouvertes : {count}.",
    ),
    "crowded_edges": (
        "Edges with more than two faces: {count}.",
        "Arêtes à plus de deux faces : {count}.",
    ),
    "flipped_faces": (
        "Some faces look the wrong way. Edges where two neighbours disagree: {count}.",
        "Des faces sont à l’envers. Arêtes où deux voisines se contredisent : {count}.",
    ),
    "inside_out": (
        "The part is inside out: its volume is negative ({volume_mm3} mm³).",
        "Les faces de la pièce regardent vers l’intérieur : son volume est négatif ({volume_mm3} mm³).",
    ),
    "inside_out_shell": (
        "Shell {shell} is inside out and lies in no other shell.",
        "La coque {shell} est retournée et ne se trouve dans aucune autre.",
    ),
    "closed_cavity": (
        "Shell {shell} is a closed cavity of {volume_mm3} mm³: powder will stay in it.",
        "La coque {shell} est une cavité fermée de {volume_mm3} mm³ : la poudre y restera prisonnière.",
    ),
    "shells_may_overlap": (
        "Some shells may overlap; where they do, volume is counted twice. Pairs: {count}.",
        "Des coques se recouvrent peut-être ; là, le volume est compté deux fois. Paires : {count}.",
    ),
    "degenerate_triangles": ("Triangles without area: {count}.", "Triangles sans surface : {count}."),
    "duplicate_triangles": (
        "Triangles written more than once: {count}.",
        "Triangles écrits plus d’une fois : {count}.",
    ),
    "unit_too_small": (
        "The part is only {size_mm} mm long and the file says no unit: is it in metres or inches?",
        "La pièce ne mesure que {size_mm} mm et le fichier ne dit pas son unité : est-elle en mètres ou en pouces ?",
    ),
    "unit_too_large": (
        "The part is {size_mm} mm long and the file says no unit: is it in micrometres?",
        "La pièce mesure {size_mm} mm et le fichier ne dit pas son unité : est-elle en micromètres ?",
    ),
    "size_unlikely": (
        "The part is {size_mm} mm long by the unit the file says: is it the right one?",
        "La pièce mesure {size_mm} mm d’après l’unité que dit le fichier : est-ce la bonne ?",
    ),
    "unit_maybe_inch": (
        "All sizes are whole fractions of an inch and odd in mm ({size_mm} mm long): is the part in inches "
        "({as_inch_mm} mm)?",
        "Toutes les cotes tombent juste en pouces, pas en mm (longueur {size_mm} mm) : la pièce est-elle en "
        "pouces ({as_inch_mm} mm) ?",
    ),
    "drawn_in_inches": (
        "The part seems drawn in inches and written in mm: {size_mm} mm is {inches} in.",
        "La pièce semble dessinée en pouces et écrite en mm : {size_mm} mm font {inches} pouces.",
    ),
    "does_not_fit": (
        "The part exceeds the machine by {over_x_mm} × {over_y_mm} × {over_z_mm} mm.",
        "La pièce dépasse la machine de {over_x_mm} × {over_y_mm} × {over_z_mm} mm.",
    ),
    "fits_turned": (
        "The part fits only when turned by a quarter on the plate.",
        "La pièce n’entre que tournée d’un quart de tour sur le plateau.",
    ),
    "too_many_shells": (
        "The mesh is in {count} pieces; only the {kept} largest are listed.",
        "Le maillage est en {count} morceaux ; seuls les {kept} plus grands sont listés.",
    ),
}

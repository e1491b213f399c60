"""Every refusal and every finding of the geometry kernel as a sentence, in English and in French."""

from __future__ import annotations

# code: (English, French). French: narrow no-break space (U+202F) before ; : ? ! and inside « ».
REFUSALS: dict[str, tuple[str, str]] = {
    "file_missing": ("The file {name} cannot be found.", "Le fichier {name} est introuvable."),
    "file_unreadable": (
        "The file {name} cannot be opened: {reason}.",
        "Le fichier {name} ne s’ouvre pas : {reason}.",
    ),
    "not_a_file": ("{name} is not a file.", "{name} n’est pas un fichier."),
    "empty_file": ("The file is empty (0 bytes).", "Le fichier est vide (0 octet)."),
    "file_too_big": (
        "The file weighs {size_bytes} bytes; the limit is {limit_bytes}.",
        "Le fichier pèse {size_bytes} octets ; la limite est de {limit_bytes}.",
    ),
    "too_many_triangles": (
        "The file holds {triangles} triangles; the limit is {limit}.",
        "Le fichier contient {triangles} triangles ; la limite est de {limit}.",
    ),
    "other_kind": (
        "This is not a part: the file is {kind_en}, whatever its name says.",
        "Ce n’est pas une pièce : ce fichier est {kind_fr}, quel que soit son nom.",
    ),
    "not_stl": (
        "This is not an STL file: neither its text nor its size is that of a mesh.",
        "Ce n’est pas un fichier STL : ni son texte ni sa taille ne sont ceux d’un maillage.",
    ),
    "no_triangles": ("The file holds no triangle.", "Le fichier ne contient aucun triangle."),
    "truncated": (
        "The file is cut: its header announces {announced} triangles, it holds {present}.",
        "Le fichier est coupé : l’en-tête annonce {announced} triangles, il en contient {present}.",
    ),
    "count_too_small": (
        "The header announces {announced} triangles but the file holds {present}: part of it may be lost.",
        "L’en-tête annonce {announced} triangles mais le fichier en contient {present} : "
        "une partie de la pièce peut manquer.",
    ),
    "ascii_cut": (
        "The text is cut: a solid begins at line {line} and never ends.",
        "Le texte est coupé : un solide commence à la ligne {line} et ne finit pas.",
    ),
    "ascii_broken": (
        "Triangle {triangle} (line {line}) is not written as a triangle must be.",
        "Le triangle {triangle} (ligne {line}) n’est pas écrit comme un triangle doit l’être.",
    ),
    "ascii_stray_text": (
        "Line {line} holds text that belongs to no solid.",
        "La ligne {line} contient un texte qui n’appartient à aucun solide.",
    ),
    "decimal_comma": (
        "Triangle {triangle} (line {line}) is written with decimal commas; export it again with points.",
        "Le triangle {triangle} (ligne {line}) est écrit avec des virgules décimales ; "
        "réexportez le fichier avec des points.",
    ),
    "not_a_number": (
        "Triangle {triangle} has a corner that is not a number ({value}).",
        "Le triangle {triangle} a un sommet qui n’est pas un nombre ({value}).",
    ),
    "coordinate_out_of_reach": (
        "Triangle {triangle} has a corner at {value_mm} mm; nothing is read beyond {limit_mm} mm.",
        "Le triangle {triangle} a un sommet à {value_mm} mm ; rien n’est lu au-delà de {limit_mm} mm.",
    ),
    "no_extent": (
        "All the triangles are in one point or on one line: there is no part.",
        "Tous les triangles sont en un point ou sur une ligne : il n’y a pas de pièce.",
    ),
    "too_many_layers": (
        "{layers} layers would be needed; the limit is {limit}.",
        "Il faudrait {layers} couches ; la limite est de {limit}.",
    ),
    "too_flat_to_slice": (
        "The part is {height_mm} mm high: there is no layer of {layer_um} µm in it.",
        "La pièce a {height_mm} mm de haut : elle ne contient aucune couche de {layer_um} µm.",
    ),
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
    "layer_out_of_part": (
        "Layer {layer} does not exist: the part has {layers}.",
        "La couche {layer} n’existe pas : la pièce en compte {layers}.",
    ),
    "took_too_long": (
        "Reading was stopped after {seconds} s: the file asks for too much work.",
        "La lecture a été arrêtée après {seconds} s : le fichier demande trop de travail.",
    ),
    "needs_too_much_memory": (
        "Reading was stopped: the file needs more than {memory_mb} MB of memory.",
        "La lecture a été arrêtée : le fichier demande plus de {memory_mb} Mo de mémoire.",
    ),
    "reader_died": (
        "The reader stopped by itself on this file (signal {signal}); the file is refused.",
        "Le lecteur s’est arrêté de lui-même sur ce fichier (signal {signal}) ; le fichier est refusé.",
    ),
    "reader_failed": (
        "The reader failed on this file ({reason}); the file is refused.",
        "Le lecteur a échoué sur ce fichier ({reason}) ; le fichier est refusé.",
    ),
}

FINDINGS: dict[str, tuple[str, str]] = {
    "trailing_bytes": (
        "Something follows the last triangle and is not read (bytes: {count}).",
        "Quelque chose suit le dernier triangle et n’est pas lu (octets : {count}).",
    ),
    "several_solids": ("The file holds {count} solids.", "Le fichier contient {count} solides."),
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
        "The part is only {size_mm} mm long: STL has no unit, is it in metres or inches?",
        "La pièce ne mesure que {size_mm} mm : le STL n’a pas d’unité, est-elle en mètres ou en pouces ?",
    ),
    "unit_too_large": (
        "The part is {size_mm} mm long: STL has no unit, is it in micrometres?",
        "La pièce mesure {size_mm} mm : le STL n’a pas d’unité, est-elle en micromètres ?",
    ),
    "does_not_fit": (
        "The part exceeds the machine by {over_x_mm} × {over_y_mm} × {over_z_mm} mm.",
        "La pièce dépasse la machine de {over_x_mm} × {over_y_mm} × {over_z_mm} mm.",
    ),
    "fits_turned": (
        "The part fits only when turned by a quarter on the plate.",
        "La pièce n’entre que tournée d’un quart de tour sur le plateau.",
    ),
    "thinner_than_a_layer": (
        "The part is {height_mm} mm high, less than one layer of {layer_um} µm.",
        "La pièce a {height_mm} mm de haut, moins d’une couche de {layer_um} µm.",
    ),
    "too_many_shells": (
        "The mesh is in {count} pieces; only the {kept} largest are listed.",
        "Le maillage est en {count} morceaux ; seuls les {kept} plus grands sont listés.",
    ),
}

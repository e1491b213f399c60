"""What is said of an STL file."""

from __future__ import annotations

REFUSALS: dict[str, tuple[str, str]] = {
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
}

FINDINGS: dict[str, tuple[str, str]] = {
    "trailing_bytes": (
        "Something follows the last triangle and is not read (bytes: {count}).",
        "Quelque chose suit le dernier triangle et n’est pas lu (octets : {count}).",
    ),
    "several_solids": ("The file holds {count} solids.", "Le fichier contient {count} solides."),
}

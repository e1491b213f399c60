"""What is said of the format of a file: what its name promises, what it is and what cannot be known of it."""

from __future__ import annotations

REFUSALS: dict[str, tuple[str, str]] = {
    "points_not_a_part": (
        "A cloud of points is not a part: the file holds {points} points and no triangle.",
        "Un nuage de points n’est pas une pièce : le fichier contient {points} points et aucun triangle.",
    ),
    "layers_not_a_mesh": (
        "This file ({format}) is already cut into layers: it has no skin to be measured.",
        "Ce fichier ({format}) est déjà découpé en couches : il n’a pas de peau à mesurer.",
    ),
    "opaque_format": (
        "This file ({format}) is in a format only its maker reads: its content cannot be verified.",
        "Ce fichier ({format}) est dans un format que seul son fabricant lit : son contenu est invérifiable.",
    ),
}

FINDINGS: dict[str, tuple[str, str]] = {
    "name_contradicts": (
        "The name promises {promised} but the file holds {format}; it was read as what it holds.",
        "Le nom annonce {promised} mais le fichier contient {format} ; il a été lu pour ce qu’il contient.",
    ),
}

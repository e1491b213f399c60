"""What is said of a plate and of the copies that stand on it."""

from __future__ import annotations

REFUSALS: dict[str, tuple[str, str]] = {
    "plate_empty": ("There is nothing on the plate.", "Il n’y a rien sur le plateau."),
    "too_many_copies": (
        "{copies} copies on one plate; the limit is {limit}.",
        "{copies} exemplaires sur un plateau ; la limite est de {limit}.",
    ),
    "no_such_part_on_plate": (
        "The plate names the part {part}, whose file is not there.",
        "Le plateau nomme la pièce {part}, dont le fichier n’est pas là.",
    ),
    "plate_full": (
        "The plate is full: {placed} of {wanted} copies stand on it.",
        "Le plateau est plein : {placed} exemplaires sur {wanted} y tiennent.",
    ),
}

FINDINGS: dict[str, tuple[str, str]] = {
    "labels_alike": (
        "Two copies carry the same label {label}.",
        "Deux exemplaires portent la même étiquette {label}.",
    ),
    "flip_refused": (
        "{label} is turned over: its supports and its first layer would not be those that were approved.",
        "{label} est retourné : ses supports et sa première couche ne seraient pas ceux qui ont été approuvés.",
    ),
    "copy_off_plate": (
        "{label} stands {over_mm} mm outside the plate (margin {margin_mm} mm).",
        "{label} dépasse du plateau de {over_mm} mm (marge {margin_mm} mm).",
    ),
    "copy_too_high": (
        "{label} is {over_mm} mm too high for the machine.",
        "{label} est trop haut de {over_mm} mm pour la machine.",
    ),
    "copies_meet": (
        "{label} and {other} share the same place.",
        "{label} et {other} occupent la même place.",
    ),
    "copies_too_near": (
        "{label} and {other} are {distance_mm} mm apart; at least {gap_mm} mm are needed.",
        "{label} et {other} sont à {distance_mm} mm l’un de l’autre ; il faut au moins {gap_mm} mm.",
    ),
}

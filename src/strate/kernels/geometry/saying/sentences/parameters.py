"""What is said of a file of building parameters."""

from __future__ import annotations

REFUSALS: dict[str, tuple[str, str]] = {
    "not_parameters": (
        "This is not a list of parameters: neither JSON nor lines of name, value, unit.",
        "Ce n’est pas une liste de paramètres : ni du JSON, ni des lignes nom, valeur, unité.",
    ),
    "no_parameters": ("The file holds no parameter.", "Le fichier ne contient aucun paramètre."),
}

FINDINGS: dict[str, tuple[str, str]] = {
    "parameter_twice": (
        "The parameter « {name} » is written twice (lines {first} and {line}), the same.",
        "Le paramètre « {name} » est écrit deux fois (lignes {first} et {line}), à l’identique.",
    ),
    "parameter_contradicts": (
        "The parameter « {name} » has two values (lines {first} and {line}).",
        "Le paramètre « {name} » a deux valeurs (lignes {first} et {line}).",
    ),
    "unit_unknown": (
        "The unit « {unit} » of « {name} » is unknown here (unknown units: {count}).",
        "L’unité « {unit} » de « {name} » est inconnue ici (unités inconnues : {count}).",
    ),
    "decimal_commas_read": (
        "Numbers are written with decimal commas; they were read as such.",
        "Des nombres sont écrits avec des virgules décimales ; ils ont été lus ainsi.",
    ),
    "old_encoding": (
        "The text is not UTF-8; it was read as Windows-1252.",
        "Le texte n’est pas en UTF-8 ; il a été lu en Windows-1252.",
    ),
}

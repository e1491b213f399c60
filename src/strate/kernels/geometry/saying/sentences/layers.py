"""What is said of the layers of a part."""

from __future__ import annotations

REFUSALS: dict[str, tuple[str, str]] = {
    "too_many_layers": (
        "{layers} layers would be needed; the limit is {limit}.",
        "Il faudrait {layers} couches ; la limite est de {limit}.",
    ),
    "too_flat_to_slice": (
        "The part is {height_mm} mm high: there is no layer of {layer_um} µm in it.",
        "La pièce a {height_mm} mm de haut : elle ne contient aucune couche de {layer_um} µm.",
    ),
    "layer_um_missing": (
        "A mesh has no layers of its own: say their thickness.",
        "Un maillage n’a pas de couches à lui : donnez leur épaisseur.",
    ),
    "layer_out_of_part": (
        "Layer {layer} does not exist: the part has {layers}.",
        "La couche {layer} n’existe pas : la pièce en compte {layers}.",
    ),
    "raster_too_large": (
        "A picture of {pixels} pixels is asked for; the limit is {limit}.",
        "Une image de {pixels} pixels est demandée ; la limite est de {limit}.",
    ),
    "outlines_too_rich": (
        "The outlines cross the rows of the picture {crossings} times; the limit is {limit}.",
        "Les contours coupent {crossings} fois les lignes de l’image ; la limite est de {limit}.",
    ),
    "layers_too_rich": (
        "The outlines hold {points} points; the limit is {limit} at a time.",
        "Les contours comptent {points} points ; la limite est de {limit} à la fois.",
    ),
}

FINDINGS: dict[str, tuple[str, str]] = {
    "thinner_than_a_layer": (
        "The part is {height_mm} mm high, less than one layer of {layer_um} µm.",
        "La pièce a {height_mm} mm de haut, moins d’une couche de {layer_um} µm.",
    ),
}

"""What is said of a file that is already cut into layers: CLI, ILT, OVF, toolpaths."""

from __future__ import annotations

REFUSALS: dict[str, tuple[str, str]] = {
    "header_word_broken": (
        "The header says {word} in a way that cannot be understood.",
        "L’en-tête donne {word} d’une façon incompréhensible.",
    ),
    "toolpath_value_broken": (
        "The toolpath gives {word} in a way that cannot be understood.",
        "La trajectoire donne {word} d’une façon incompréhensible.",
    ),
    "toolpath_value_missing": (
        "The toolpath does not give {word}: nothing can be read without it.",
        "La trajectoire ne donne pas {word} : rien ne peut être lu sans cela.",
    ),
    "header_word_missing": (
        "The header does not say {word}: nothing can be read without it.",
        "L’en-tête ne donne pas {word} : rien ne peut être lu sans cela.",
    ),
    "header_word_twice": (
        "The header says {word} twice, differently.",
        "L’en-tête donne {word} deux fois, différemment.",
    ),
    "no_layers": ("The file holds no layer.", "Le fichier ne contient aucune couche."),
    "nothing_drawn": (
        "The file holds {layers} layers and draws nothing in them.",
        "Le fichier contient {layers} couches et n’y dessine rien.",
    ),
    "layer_height_not_usable": (
        "Layer {layer} stands at a height that cannot be used ({value}).",
        "La couche {layer} est à une hauteur inutilisable ({value}).",
    ),
    "line_before_layer": (
        "A line is drawn before the first layer.",
        "Une ligne est tracée avant la première couche.",
    ),
    "line_not_usable": (
        "Layer {layer} holds a point that is not a number, or is beyond {limit_mm} mm.",
        "La couche {layer} contient un point qui n’est pas un nombre, ou au-delà de {limit_mm} mm.",
    ),
    "direction_unknown": (
        "In layer {layer} a line has an unknown direction ({direction}).",
        "Dans la couche {layer}, une ligne a un sens inconnu ({direction}).",
    ),
    "command_unknown": (
        "At byte {byte}, in layer {layer}, the file gives a command that does not exist ({command}).",
        "À l’octet {byte}, dans la couche {layer}, le fichier donne une commande inexistante ({command}).",
    ),
    "command_broken": (
        "After layer {layer} began, a {word} is not written as it must be.",
        "Après le début de la couche {layer}, une commande {word} n’est pas écrite comme elle doit l’être.",
    ),
    "cut_in_layer": (
        "The file is cut in layer {layer}: {needed} bytes are needed, it holds {present}.",
        "Le fichier est coupé dans la couche {layer} : il faudrait {needed} octets, il en contient {present}.",
    ),
    "geometry_without_end": (
        "The file is cut: after {layers} layers its end is missing.",
        "Le fichier est coupé : après {layers} couches, sa fin manque.",
    ),
    "profile_unknown": (
        "A stroke names a laser profile that the file does not hold ({name}).",
        "Un tracé cite un profil laser que le fichier ne contient pas ({name}).",
    ),
    "layer_part_missing": (
        "The part « {name} » of a layer is missing from the package.",
        "La partie « {name} » d’une couche manque dans le paquet.",
    ),
    "layer_part_twice": (
        "Two layers name the same part of the package.",
        "Deux couches citent la même partie du paquet.",
    ),
    "message_broken": (
        "The file is damaged or cut: near byte {byte} it does not hold what it should.",
        "Le fichier est abîmé ou coupé : vers l’octet {byte}, il ne contient pas ce qu’il devrait.",
    ),
    "text_before_geometry": (
        "Something stands between the header and the first layer that cannot be understood.",
        "Entre l’en-tête et la première couche se trouve quelque chose d’incompréhensible.",
    ),
}

FINDINGS: dict[str, tuple[str, str]] = {
    "unclosed_lines": (
        "Contours that should close do not; they were closed with a straight line: {count}.",
        "Des contours qui devraient se fermer ne se ferment pas ; une droite les a fermés : {count}.",
    ),
    "turned_lines": (
        "Contours drawn against the direction they announce; the announced one counts: {count}.",
        "Contours tracés à l’inverse du sens annoncé ; c’est le sens annoncé qui compte : {count}.",
    ),
    "tiny_lines": (
        "Contours of fewer than three points, which enclose nothing: {count}.",
        "Contours de moins de trois points, qui n’entourent rien : {count}.",
    ),
    "cli_words_not_read": (
        "The file says things that are not understood and were not read: {words}.",
        "Le fichier dit des choses incomprises, qui n’ont pas été lues : {words}.",
    ),
    "short_numbers_signed": (
        "Places below zero are written in the short form, as some programs do; they were read as such.",
        "Des positions négatives sont écrites en forme courte, comme le font certains logiciels ; "
        "elles ont été lues ainsi.",
    ),
    "short_numbers_doubtful": (
        "The short numbers may be negative places; without an announced size nobody can tell.",
        "Les nombres courts sont peut-être des positions négatives ; sans dimensions annoncées, "
        "on ne peut trancher.",
    ),
    "trailing_bytes_in_layers": (
        "Something follows the last layer and was not read (bytes: {count}).",
        "Quelque chose suit la dernière couche et n’a pas été lu (octets : {count}).",
    ),
    "fewer_layers": (
        "The header announces {announced} layers, the file holds {present}: the top of the part is missing.",
        "L’en-tête annonce {announced} couches, le fichier en contient {present} : le haut de la pièce manque.",
    ),
    "more_layers": (
        "The header announces {announced} layers, the file holds {present}.",
        "L’en-tête annonce {announced} couches, le fichier en contient {present}.",
    ),
    "dimension_differs": (
        "The size announced in the header differs from the lines by {off_mm} mm.",
        "Les dimensions annoncées dans l’en-tête diffèrent des tracés de {off_mm} mm.",
    ),
    "layers_not_rising": (
        "Layer {layer} is not above the one before it.",
        "La couche {layer} n’est pas au-dessus de la précédente.",
    ),
    "uneven_layers": (
        "The layers are not all as thick: from {least_um} to {most_um} µm, mostly {usual_um} µm.",
        "Les couches n’ont pas toutes la même épaisseur : de {least_um} à {most_um} µm, "
        "le plus souvent {usual_um} µm.",
    ),
    "layer_missing": (
        "Between layers {layer} and {next} the height jumps by {jump_um} µm.",
        "Entre les couches {layer} et {next}, la hauteur saute de {jump_um} µm.",
    ),
    "empty_layers": (
        "Layers in the midst of the part where nothing is drawn: {count} (first: {layer}).",
        "Couches au milieu de la pièce où rien n’est tracé : {count} (première : {layer}).",
    ),
    "open_lines_drawn": (
        "Lines that do not close, which melt no surface that could be measured: {count}.",
        "Lignes qui ne se ferment pas et ne fondent aucune surface mesurable : {count}.",
    ),
    "only_hatches": (
        "The file holds strokes without any contour: the melted volume cannot be measured.",
        "Le fichier contient des hachures sans aucun contour : le volume fondu ne peut pas être mesuré.",
    ),
    "contours_overlap": (
        "Contours may overlap in {layer}: melted surface may be counted twice there.",
        "Des contours se recouvrent peut-être en couche {layer} : la surface fondue y serait comptée deux fois.",
    ),
    "layer_um_differs": (
        "The file is cut at {layer_um} µm; the layers asked for are {asked_um} µm.",
        "Le fichier est découpé à {layer_um} µm ; les couches demandées sont de {asked_um} µm.",
    ),
    "sections_without_settings": (
        "Sections without laser settings: {count} ({names}).",
        "Sections sans réglage du laser : {count} ({names}).",
    ),
    "layer_parts_unused": (
        "The package holds toolpaths that no layer names: {count}.",
        "Le paquet contient des tracés qu’aucune couche ne cite : {count}.",
    ),
    "shapes_not_read": (
        "The file draws things that are not read here, so its layers are incomplete: {words}.",
        "Le fichier trace des choses qui ne sont pas lues ici, ses couches sont donc incomplètes : {words}.",
    ),
    "speed_unknown": (
        "Part of the lines has no speed in the file: exposure time cannot be worked out from it.",
        "Une partie des tracés n’a pas de vitesse dans le fichier : le temps d’exposition n’en découle pas.",
    ),
    "opaque_not_verified": (
        "Only the identity of this file is known: its format is read by its maker alone, nothing in it was "
        "verified.",
        "Seule l’identité de ce fichier est connue : son format n’est lu que par son fabricant, rien n’y a été "
        "vérifié.",
    ),
}

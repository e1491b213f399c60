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
    "two_kinds": (
        "This file is an STL and, for another program, {kind_en}: two programs would build two parts.",
        "Ce fichier est un STL et, pour un autre programme, {kind_fr} : deux programmes feraient deux pièces.",
    ),
    "no_points": ("The file gives no point in x, y and z.", "Le fichier ne donne aucun point en x, y et z."),
    "point_out_of_range": (
        "Face {face} names point {index}, but the file holds {points} points.",
        "La face {face} cite le point {index}, mais le fichier contient {points} points.",
    ),
    "point_not_usable": (
        "Point {point} has a coordinate that cannot be used ({value}; the limit is {limit_mm} mm).",
        "Le point {point} a une coordonnée inutilisable ({value} ; la limite est de {limit_mm} mm).",
    ),
    "index_not_whole": (
        "A face names a point by a number that is not whole ({value}).",
        "Une face cite un point par un nombre qui n’est pas entier ({value}).",
    ),
    "line_broken": (
        "Line {line} cannot be understood.",
        "La ligne {line} est incompréhensible.",
    ),
    "line_with_commas": (
        "Line {line} is written with decimal commas; export the file again with points.",
        "La ligne {line} est écrite avec des virgules décimales ; réexportez le fichier avec des points.",
    ),
    "header_without_end": (
        "The header of the file has no end.",
        "L’en-tête du fichier n’a pas de fin.",
    ),
    "header_line_broken": (
        "Line {line} of the header cannot be understood.",
        "La ligne {line} de l’en-tête est incompréhensible.",
    ),
    "too_many_rows": (
        "The file announces {rows} points or faces; the limit is {limit}.",
        "Le fichier annonce {rows} points ou faces ; la limite est de {limit}.",
    ),
    "cut_bytes": (
        "The file is cut: what it announces needs {needed} bytes at least, it holds {present}.",
        "Le fichier est coupé : ce qu’il annonce demande au moins {needed} octets, il en contient {present}.",
    ),
    "cut_numbers": (
        "The file is cut: what it announces needs {needed} numbers at least, it holds {present}.",
        "Le fichier est coupé : ce qu’il annonce demande au moins {needed} nombres, il en contient {present}.",
    ),
    "cut_lines": (
        "The file is cut: what it announces needs {needed} lines at least, it holds {present}.",
        "Le fichier est coupé : ce qu’il annonce demande au moins {needed} lignes, il en contient {present}.",
    ),
    "list_of_negative_length": (
        "A list of the file has an impossible length ({length}).",
        "Une liste du fichier a une longueur impossible ({length}).",
    ),
    "archive_name_twice": (
        "The archive holds « {name} » twice: two programs would read two different files.",
        "L’archive contient deux fois « {name} » : deux programmes liraient deux fichiers différents.",
    ),
    "archive_name_elsewhere": (
        "The archive names a place outside itself: « {name} ».",
        "L’archive nomme un emplacement hors d’elle-même : « {name} ».",
    ),
}

FINDINGS: dict[str, tuple[str, str]] = {
    "name_contradicts": (
        "The name promises {promised} but the file holds {format}; it was read as what it holds.",
        "Le nom annonce {promised} mais le fichier contient {format} ; il a été lu pour ce qu’il contient.",
    ),
    "short_faces": (
        "Faces of fewer than three corners: {count} (first: face {face}). They make no surface.",
        "Faces de moins de trois sommets : {count} (première : face {face}). Elles ne font aucune surface.",
    ),
    "hollow_polygons": (
        "Faces whose outline turns inwards: {count} (first: face {face}). Their surface is ambiguous.",
        "Faces au contour rentrant : {count} (première : face {face}). Leur surface est ambiguë.",
    ),
    "bent_polygons": (
        "Faces that are not flat: {count} (first: face {face}, up to {bent_um} µm). Cut into triangles.",
        "Faces qui ne sont pas planes : {count} (première : face {face}, jusqu’à {bent_um} µm). "
        "Elles sont coupées en triangles.",
    ),
    "strips_unrolled": (
        "The triangles are written as strips; triangles read: {count}.",
        "Les triangles sont écrits en bandes ; triangles lus : {count}.",
    ),
    "tables_not_read": (
        "Besides points and faces, the file holds tables that are not read: {names}.",
        "Outre les points et les faces, le fichier contient des tables qui ne sont pas lues : {names}.",
    ),
    "free_form_not_read": (
        "From line {line} on, the file holds free-form curves or surfaces: they are not read, the part is "
        "incomplete.",
        "À partir de la ligne {line}, le fichier contient des courbes ou surfaces libres : elles ne sont pas "
        "lues, la pièce est incomplète.",
    ),
    "materials_not_read": (
        "Materials are named (line {line}); they are not read.",
        "Des matières sont citées (ligne {line}) ; elles ne sont pas lues.",
    ),
    "lines_not_read": (
        "Lone lines or points are drawn (line {line}); they have no surface and are not read.",
        "Des lignes ou points isolés sont dessinés (ligne {line}) ; sans surface, ils ne sont pas lus.",
    ),
    "words_not_read": (
        "Line {line} begins with « {word} », which is unknown and was not read (unknown words: {count}).",
        "La ligne {line} commence par « {word} », mot inconnu qui n’a pas été lu (mots inconnus : {count}).",
    ),
    "trailing_lines": (
        "Lines follow the last face and are not read: {count}.",
        "Des lignes suivent la dernière face et ne sont pas lues : {count}.",
    ),
    "trailing_numbers": (
        "Numbers follow the last face and are not read: {count}.",
        "Des nombres suivent la dernière face et ne sont pas lus : {count}.",
    ),
    "lines_longer_than_said": (
        "Lines hold more than the header announces: {count}. What they hold besides was not read.",
        "Des lignes contiennent plus que l’en-tête n’annonce : {count}. Le surplus n’a pas été lu.",
    ),
}

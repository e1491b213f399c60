"""The sentences of the geometry kernel, in English and in French, for every refusal and every finding."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from strate.kernels.geometry.refusal import FileRefused, Finding, Plain

Lang = Literal["fr", "en"]

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
    "cannot_be_weighed": (
        "The powder cannot be reckoned: {reason}.",
        "La poudre ne peut pas être calculée : {reason}.",
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
        "La pièce est retournée comme un gant : son volume est négatif ({volume_mm3} mm³).",
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

KINDS: dict[str, tuple[str, str]] = {
    "jpeg": ("a JPEG picture", "une photo JPEG"),
    "png": ("a PNG picture", "une image PNG"),
    "gif": ("a GIF picture", "une image GIF"),
    "webp": ("a WebP picture", "une image WebP"),
    "heic": ("a HEIC photo", "une photo HEIC"),
    "bmp": ("a BMP picture", "une image BMP"),
    "tiff": ("a TIFF picture", "une image TIFF"),
    "pdf": ("a PDF document", "un document PDF"),
    "zip": ("a ZIP archive (3MF, Word, Excel…)", "une archive ZIP (3MF, Word, Excel…)"),
    "gzip": ("a gzip archive", "une archive gzip"),
    "7z": ("a 7-Zip archive", "une archive 7-Zip"),
    "rar": ("a RAR archive", "une archive RAR"),
    "step": ("a STEP model", "un modèle STEP"),
    "iges": ("an IGES model", "un modèle IGES"),
    "ply": ("a PLY mesh", "un maillage PLY"),
    "obj": ("an OBJ mesh", "un maillage OBJ"),
    "cli": ("a CLI layer file", "un fichier de couches CLI"),
    "xml": ("an XML text", "un texte XML"),
    "html": ("a web page", "une page web"),
    "program": ("a program", "un programme"),
    "office": ("an old Office or CAD document", "un ancien document Office ou CAO"),
    "mp4": ("a video", "une vidéo"),
    "utf16": ("a UTF-16 text", "un texte en UTF-16"),
    "text": ("a text without any triangle", "un texte sans aucun triangle"),
}


def show(value: Plain | Decimal, lang: Lang) -> str:
    """A value as the reader of that language writes it."""
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, bool):
        return str(value)
    text = f"{value:,}" if isinstance(value, int | Decimal) else f"{value:,.6g}"
    if isinstance(value, float) and "e" not in text and abs(value) >= 1e6:
        text = f"{value:,.0f}"
    return text if lang == "en" else text.replace(",", "\u202f").replace(".", ",")


def say(code: str, values: Mapping[str, Plain], lang: Lang = "fr") -> str:
    """The sentence of a refusal or of a finding."""
    english, french = (REFUSALS | FINDINGS)[code]
    shown = {name: show(value, lang) for name, value in values.items()}
    if "kind" in values:
        shown["kind_en"], shown["kind_fr"] = KINDS[str(values["kind"])]
    return _narrow(french.format(**shown)) if lang == "fr" else english.format(**shown)


def _narrow(text: str) -> str:
    """French typography: the space before ; : ? ! never breaks."""
    for mark in ";:?!":
        text = text.replace(f" {mark}", f"\u202f{mark}")
    return text


def say_refusal(refused: FileRefused, lang: Lang = "fr") -> str:
    return say(refused.code, refused.values, lang)


def say_finding(finding: Finding, lang: Lang = "fr") -> str:
    return say(finding.code, finding.values, lang)


# What the lines of a report and of a weighing are called.
LABELS: dict[str, tuple[str, str]] = {
    "state": ("Verdict", "Verdict"),
    "state_sound": ("sound", "sain"),
    "state_findings": ("to be looked at", "à regarder"),
    "state_refused": ("must not be printed", "à ne pas fabriquer"),
    "sha256": ("SHA-256", "SHA-256"),
    "format": ("Format", "Format"),
    "bytes": ("bytes", "octets"),
    "triangles": ("Triangles", "Triangles"),
    "closed": ("Closed", "Fermé"),
    "yes": ("yes", "oui"),
    "no": ("no", "non"),
    "shells": ("Shells", "Coques"),
    "box": ("Box", "Encombrement"),
    "volume": ("Volume", "Volume"),
    "area": ("Surface", "Surface"),
    "layers": ("Layers", "Couches"),
    "bed_volume": ("Bed to fill", "Volume à remplir"),
    "part_mass": ("Melted", "Masse fondue"),
    "spread_mass": ("Spread", "Poudre étalée"),
    "mass_to_load": ("To load", "À charger"),
    "overflow_mass": ("Overflow", "Trop-plein"),
    "mass_to_prepare": ("To prepare", "À préparer"),
    "volume_unsure": (
        "The volume is doubtful: the mesh is not a sound skin.",
        "Le volume est douteux\u202f: le maillage n’est pas une peau saine.",
    ),
}

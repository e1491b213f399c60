"""What the geometry kernel says, in French or in English: sentences, names of kinds, labels, numbers."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from strate.kernels.geometry.refusal import Finding, Plain, Refused
from strate.kernels.geometry.saying.sentences import FINDINGS, REFUSALS

Lang = Literal["fr", "en"]

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
    "off": ("an OFF mesh", "un maillage OFF"),
    "points": ("a cloud of points", "un nuage de points"),
    "amf": (
        "an AMF file, a format that is not read here: export it as 3MF or STL",
        "un fichier AMF, format qui n’est pas lu ici (réexportez-le en 3MF ou STL)",
    ),
    "3mf": ("a 3MF package", "un paquet 3MF"),
    "ilt": ("an ILT archive of layers", "une archive de couches ILT"),
    "ovf": ("an OVF layer file", "un fichier de couches OVF"),
    "sli": ("an EOS SLI file", "un fichier EOS SLI"),
    "xml": ("an XML text", "un texte XML"),
    "html": ("a web page", "une page web"),
    "program": ("a program", "un programme"),
    "office": ("an old Office or CAD document", "un ancien document Office ou CAO"),
    "mp4": ("a video", "une vidéo"),
    "utf16": ("a UTF-16 text", "un texte en UTF-16"),
    "text": ("a text without any triangle", "un texte sans aucun triangle"),
}


FIGURES: dict[str, tuple[str, str]] = {
    "bed": ("the volume of the bed", "le volume du lit"),
    "part": ("the volume of the part", "le volume de la pièce"),
    "solid": ("the density of the part", "la masse volumique de la pièce"),
    "bulk": ("the density of the powder", "la masse volumique de la poudre"),
    "dose": ("the dosing", "le dosage"),
    "more": ("the margin", "la marge"),
    "back": ("the recovery", "le rendement"),
}


NARROW = "\u202f"
# A hyphen is lost before a digit; the sign of a number is not.
MINUS = "\u2212"


def show(value: Plain | Decimal, lang: Lang) -> str:
    """A value as the reader of that language writes it."""
    if isinstance(value, str):
        # What comes from a file is shown, never obeyed by a terminal.
        return "".join(sign if sign.isprintable() else "\ufffd" for sign in value)
    if value is None or isinstance(value, bool):
        return str(value)
    text = f"{value:,}" if isinstance(value, int | Decimal) else f"{value:,.6g}"
    if isinstance(value, float) and 1e6 <= abs(value) < 1e15:
        text = f"{value:,.0f}"
    elif isinstance(value, float) and "e-" in text:
        text = f"{value:.9f}".rstrip("0").rstrip(".")
    if text.startswith("-"):
        text = MINUS + text[1:]
    return text if lang == "en" else text.replace(",", "\u202f").replace(".", ",")


def short(value: float, lang: Lang) -> str:
    """A measure to the thousandth, without idle zeros."""
    text = show(Decimal(f"{round(value, 3) + 0.0:.3f}"), lang)
    return text.rstrip("0").rstrip(",.")


def say(code: str, values: Mapping[str, Plain], lang: Lang = "fr") -> str:
    """The sentence of a refusal or of a finding."""
    english, french = (REFUSALS | FINDINGS)[code]
    shown = {name: show(value, lang) for name, value in values.items()}
    if "kind" in values:
        shown["kind_en"], shown["kind_fr"] = KINDS[str(values["kind"])]
    if "figure" in values:
        shown["figure_en"], shown["figure_fr"] = FIGURES[str(values["figure"])]
    return _narrow(french.format(**shown)) if lang == "fr" else english.format(**shown)


def _narrow(text: str) -> str:
    """French typography: the space before ; : ? ! % never breaks."""
    for mark in ";:?!%":
        text = text.replace(f" {mark}", f"\u202f{mark}")
    return text


def say_refusal(refused: Refused, lang: Lang = "fr") -> str:
    """The sentence of a refusal; where one of two files is refused, its name first."""
    sentence, which = say(refused.code, refused.values, lang), refused.values.get("of_file")
    if which is None or which == refused.values.get("name"):
        return sentence
    return f"{show(which, lang)}{'' if lang == 'en' else NARROW}: {sentence}"


def say_finding(finding: Finding, lang: Lang = "fr") -> str:
    return say(finding.code, finding.values, lang)


# What the lines of a report and of a weighing are called.
LABELS: dict[str, tuple[str, str]] = {
    "state": ("Verdict", "Verdict"),
    "state_sound": ("sound", "sain"),
    "state_findings": ("to be looked at", "à regarder"),
    "state_unknown": ("unknown: identified, not verified", "inconnu\u202f: identifié, pas vérifié"),
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
    "last_layer": ("counted up, the last one", "comptées par excès, la dernière de"),
    "largest": ("Largest layer", "Plus grande couche"),
    "contours": ("Contours", "Contours"),
    "open_lines": ("Open lines", "Lignes ouvertes"),
    "hatches": ("Hatches", "Hachures"),
    "beam": ("Beam", "Faisceau"),
    "exposure": ("Exposure", "Exposition"),
    "still_reading": ("Reading and verifying…", "Lecture et vérification…"),
    "says": ("The file says", "Le fichier dit"),
    "unknown": ("unknown", "inconnu"),
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

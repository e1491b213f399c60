"""What is said of a 3MF file: its archive, its parts, its markup."""

from __future__ import annotations

_HERE_EN, _HERE_FR = "{part}, line {line}: ", "{part}, ligne {line} : "


def at_line(english: str, french: str) -> tuple[str, str]:
    """A sentence that begins with the part of the file and its line."""
    return _HERE_EN + english, _HERE_FR + french


_ARCHIVE: dict[str, tuple[str, str]] = {
    "3mf_zip_not": (
        "This is not a 3MF file: it does not begin as a ZIP archive.",
        "Ce n’est pas un fichier 3MF : il ne commence pas comme une archive ZIP.",
    ),
    "3mf_zip_cut": (
        "The archive is cut or damaged: its table of contents cannot be read whole.",
        "L’archive est coupée ou abîmée : sa table des matières ne se lit pas en entier.",
    ),
    "3mf_zip_several_disks": (
        "The archive is one of several volumes; all are needed in one file.",
        "L’archive est en plusieurs volumes ; il faut tout dans un seul fichier.",
    ),
    "3mf_zip_entries": (
        "The archive announces {entries} files; the limit is {limit}.",
        "L’archive annonce {entries} fichiers ; la limite est de {limit}.",
    ),
    "3mf_zip_encrypted": (
        "{name} is encrypted by a password: it cannot be read.",
        "{name} est chiffré par un mot de passe : il ne peut pas être lu.",
    ),
    "3mf_zip_method": (
        "{name} is compressed by a method that exchange files do not use (number {method}).",
        "{name} est compressé par une méthode que les fichiers d’échange n’emploient pas (numéro {method}).",
    ),
    "3mf_zip_lies": (
        "The archive contradicts itself about {name}: two programs could read two different parts.",
        "L’archive se contredit sur {name} : deux logiciels pourraient y lire deux pièces différentes.",
    ),
    "3mf_zip_bomb": (
        "{name} would swell from {packed_bytes} to {size_bytes} bytes: no part is written like that.",
        "{name} gonflerait de {packed_bytes} à {size_bytes} octets : aucune pièce ne s’écrit ainsi.",
    ),
    "3mf_zip_too_big": (
        "The content would take {size_bytes} bytes; the limit is {limit_bytes}.",
        "Le contenu prendrait {size_bytes} octets ; la limite est de {limit_bytes}.",
    ),
    "3mf_zip_overlap": (
        "{name} shares its bytes with another file of the archive.",
        "{name} partage ses octets avec un autre fichier de l’archive.",
    ),
    "3mf_zip_hidden": (
        "The archive hides {size_bytes} bytes that its table of contents does not name: "
        "another program could read another part there.",
        "L’archive cache {size_bytes} octets que sa table des matières ne nomme pas : "
        "un autre logiciel pourrait y lire une autre pièce.",
    ),
    "3mf_zip_link": (
        "{name} is no file but a link or a device: no exchange file holds one.",
        "{name} n’est pas un fichier mais un lien ou un périphérique : aucun fichier d’échange n’en contient.",
    ),
    "3mf_zip_crc": (
        "{name} is damaged: its checksum is not the one announced.",
        "{name} est abîmé : sa somme de contrôle n’est pas celle annoncée.",
    ),
    "3mf_zip_damaged": (
        "{name} is damaged: it cannot be decompressed.",
        "{name} est abîmé : il ne se décompresse pas.",
    ),
}

_PACKAGE: dict[str, tuple[str, str]] = {
    "3mf_part_name": (
        "The file names a place that no 3MF file may name: {name}.",
        "Le fichier nomme un emplacement qu’un 3MF n’a pas le droit de nommer : {name}.",
    ),
    "3mf_duplicate_part": (
        "Two files of the archive have one name: {name}.",
        "Deux fichiers de l’archive portent le même nom : {name}.",
    ),
    "3mf_interleaved": (
        "{name} is written in pieces; this reader needs it whole.",
        "{name} est écrit en morceaux ; ce lecteur a besoin du fichier entier.",
    ),
    "3mf_no_content_types": (
        "This is not a 3MF file: the archive does not say what its files are ([Content_Types].xml is missing).",
        "Ce n’est pas un fichier 3MF : l’archive ne dit pas ce que sont ses fichiers "
        "([Content_Types].xml manque).",
    ),
    "3mf_content_types": (
        "{part} does not say clearly what the files of the archive are.",
        "{part} ne dit pas clairement ce que sont les fichiers de l’archive.",
    ),
    "3mf_content_type": (
        "{part} is not announced as what it must be (it is said to be {type}).",
        "{part} n’est pas annoncé comme ce qu’il doit être (il est dit {type}).",
    ),
    "3mf_no_relations": (
        "This is not a 3MF file: nothing says where its model is (_rels/.rels is missing).",
        "Ce n’est pas un fichier 3MF : rien ne dit où est son modèle (_rels/.rels manque).",
    ),
    "3mf_relation": (
        "{part} holds a relationship that is not written as it must be.",
        "{part} contient une relation qui n’est pas écrite comme elle doit l’être.",
    ),
    "3mf_relation_twice": (
        "{part} says the same relationship twice, or gives two of them one name.",
        "{part} répète une relation, ou donne le même nom à deux d’entre elles.",
    ),
    "3mf_orphan_relations": (
        "{part} speaks for a file that is not there.",
        "{part} parle pour un fichier absent.",
    ),
    "3mf_external": (
        "{part} refers to something outside the file: {target}.",
        "{part} renvoie à quelque chose hors du fichier : {target}.",
    ),
    "3mf_part_missing": (
        "{part} refers to {name}, which is not in the file.",
        "{part} renvoie à {name}, qui n’est pas dans le fichier.",
    ),
    "3mf_not_related": (
        "{part} uses {name} without having declared it as it must.",
        "{part} utilise {name} sans l’avoir déclaré comme il le doit.",
    ),
    "3mf_no_model": (
        "The file does not say which model is to be built.",
        "Le fichier ne dit pas quel modèle est à fabriquer.",
    ),
    "3mf_several_models": (
        "The file names {count} models to be built: only one may be.",
        "Le fichier désigne {count} modèles à fabriquer : il n’en faut qu’un.",
    ),
    "3mf_several_tickets": (
        "{part} has several print tickets: only one may be.",
        "{part} a plusieurs tickets d’impression : il n’en faut qu’un.",
    ),
    "3mf_picture": (
        "{part} is not the picture it should be (PNG, or JPEG in colours of a screen).",
        "{part} n’est pas l’image attendue (PNG, ou JPEG en couleurs d’écran).",
    ),
    "3mf_encrypted": (
        "{part} is encrypted for someone else: it cannot be read here.",
        "{part} est chiffré pour un autre destinataire : il ne peut pas être lu ici.",
    ),
    "3mf_extension": (
        "{part} requires an extension that this reader does not know: {name}. "
        "Without it another part would be built.",
        "{part} exige une extension que ce lecteur ne connaît pas : {name}. "
        "Sans elle, une autre pièce serait fabriquée.",
    ),
}

_XML: dict[str, tuple[str, str]] = {
    "3mf_not_utf8": (
        "{part} is written in {encoding}; a 3MF is written in UTF-8.",
        "{part} est écrit en {encoding} ; un 3MF s’écrit en UTF-8.",
    ),
    "3mf_xml_version": (
        "{part} is XML {version}; a 3MF is XML 1.0.",
        "{part} est du XML {version} ; un 3MF est du XML 1.0.",
    ),
    "3mf_xml_empty": ("{part} is empty.", "{part} est vide."),
    "3mf_xml_broken": at_line("this is not XML ({reason}).", "ce n’est pas du XML ({reason})."),
    "3mf_xml_too_deep": (
        "{part} nests more than {limit} elements into each other.",
        "{part} imbrique plus de {limit} éléments.",
    ),
    "3mf_markup_too_long": at_line(
        "a tag or a comment is longer than {limit_bytes} bytes.",
        "une balise ou un commentaire fait plus de {limit_bytes} octets.",
    ),
    "3mf_dtd": (
        "{part} defines its own words (DTD): this is forbidden in 3MF.",
        "{part} définit ses propres mots (DTD) : c’est interdit en 3MF.",
    ),
    "3mf_entity": at_line("a word is used that nothing defines.", "un mot est utilisé que rien ne définit."),
    "3mf_duplicate_attribute": at_line(
        "one value is given twice: two programs would read two different parts.",
        "une valeur est donnée deux fois : deux logiciels liraient deux pièces différentes.",
    ),
    "3mf_too_many_parts": (
        "The file is made of {count} parts that lead to others; the limit is {limit}.",
        "Le fichier est fait de {count} parties qui renvoient à d’autres ; la limite est de {limit}.",
    ),
    "3mf_xml_too_big": (
        "{part} takes {size_bytes} bytes; the limit for such a part is {limit_bytes}.",
        "{part} prend {size_bytes} octets ; la limite pour une telle partie est de {limit_bytes}.",
    ),
    "3mf_too_many_elements": (
        "{part} holds more than {limit} elements.",
        "{part} contient plus de {limit} éléments.",
    ),
    "3mf_stray_text": at_line("text stands where none may be.", "du texte se trouve là où il n’y en a pas."),
    "3mf_root": at_line(
        "this is not a 3MF model: it begins with «\u202f{element}\u202f».",
        "ce n’est pas un modèle 3MF : il commence par «\u202f{element}\u202f».",
    ),
    "3mf_element": at_line(
        "«\u202f{element}\u202f» has no place there (in «\u202f{name}\u202f»).",
        "«\u202f{element}\u202f» n’a pas sa place là (dans «\u202f{name}\u202f»).",
    ),
    "3mf_child_missing": at_line(
        "«\u202f{element}\u202f» has no «\u202f{name}\u202f».",
        "il manque «\u202f{name}\u202f» dans «\u202f{element}\u202f».",
    ),
    "3mf_attribute": at_line(
        "«\u202f{element}\u202f» may not have a value «\u202f{attribute}\u202f» there.",
        "«\u202f{element}\u202f» n’a pas droit à la valeur «\u202f{attribute}\u202f» là.",
    ),
    "3mf_attribute_missing": at_line(
        "«\u202f{element}\u202f» has no value «\u202f{attribute}\u202f».",
        "il manque la valeur «\u202f{attribute}\u202f» de «\u202f{element}\u202f».",
    ),
    "3mf_value": at_line(
        "«\u202f{attribute}\u202f» of «\u202f{element}\u202f» is not written as it must be: «\u202f{value}\u202f».",
        "«\u202f{attribute}\u202f» de «\u202f{element}\u202f» n’est pas écrit comme il doit l’être : "
        "«\u202f{value}\u202f».",
    ),
    "3mf_prefix": at_line(
        "the extension «\u202f{name}\u202f» is required but nothing says what it is.",
        "l’extension «\u202f{name}\u202f» est exigée mais rien ne dit ce qu’elle est.",
    ),
}

REFUSALS: dict[str, tuple[str, str]] = _ARCHIVE | _PACKAGE | _XML

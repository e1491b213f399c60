"""What is said of a file that cannot be opened, or whose reading cost too much."""

from __future__ import annotations

REFUSALS: dict[str, tuple[str, str]] = {
    "took_too_long": (
        "Reading was stopped after {seconds} s: the file asks for too much work.",
        "La lecture a été arrêtée après {seconds} s : le fichier demande trop de travail.",
    ),
    "needs_too_much_memory": (
        "Reading was stopped: the file needs more than {memory_mb} MB of memory.",
        "La lecture a été arrêtée : le fichier demande plus de {memory_mb} Mo de mémoire.",
    ),
    "readers_busy": (
        "Too many files are being read at once; nothing was free for {seconds} s. Try again in a moment.",
        "Trop de fichiers sont lus en même temps ; aucune place depuis {seconds} s. Réessayez dans un instant.",
    ),
    "answer_too_long": (
        "What would have to be told of this file is longer than {limit_bytes} bytes.",
        "Ce qu’il faudrait dire de ce fichier dépasse {limit_bytes} octets.",
    ),
    "reader_died": (
        "The reader was stopped in the middle of this file: it is refused. Try again, then export it again.",
        "Le lecteur a été arrêté au milieu de ce fichier : il est refusé. Réessayez, puis exportez-le de nouveau.",
    ),
    "reader_failed": (
        "This file holds something the reader did not expect: it is refused. Export it again; if it is refused again, "
        "pass it on to whoever looks after Strate.",
        "Ce fichier contient quelque chose que le lecteur n’attendait pas : il est refusé. Exportez-le de nouveau ; "
        "s’il est encore refusé, transmettez-le à la personne qui entretient Strate.",
    ),
    "file_missing": ("The file {name} cannot be found.", "Le fichier {name} est introuvable."),
    "file_unreadable": (
        "The file {name} cannot be opened: {reason}.",
        "Le fichier {name} ne s’ouvre pas : {reason}.",
    ),
    "unknown_format": (
        "Files {suffix} are not read here: export the part as 3MF or STL, or its layers as CLI or OVF.",
        "Les fichiers {suffix} ne sont pas lus ici : exportez la pièce en 3MF ou STL, ou ses couches en CLI ou OVF.",
    ),
    "unknown_content": (
        "Neither its name nor its content tells what this file is: export the part as 3MF or STL.",
        "Ni son nom ni son contenu ne disent ce qu’est ce fichier : exportez la pièce en 3MF ou STL.",
    ),
    "not_a_file": ("{name} is not a file.", "{name} n’est pas un fichier."),
    "empty_file": ("The file is empty (0 bytes).", "Le fichier est vide (0 octet)."),
    "file_too_big": (
        "The file weighs {size_bytes} bytes; the limit is {limit_bytes}.",
        "Le fichier pèse {size_bytes} octets ; la limite est de {limit_bytes}.",
    ),
}

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
        "The reader stopped by itself on this file (signal {signal}); the file is refused.",
        "Le lecteur s’est arrêté de lui-même sur ce fichier (signal {signal}) ; le fichier est refusé.",
    ),
    "reader_failed": (
        "The reader failed on this file ({reason}); the file is refused.",
        "Le lecteur a échoué sur ce fichier ({reason}) ; le fichier est refusé.",
    ),
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
}

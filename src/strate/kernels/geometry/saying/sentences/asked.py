"""What is said of a command that was not written as it must be."""

from __future__ import annotations

REFUSALS: dict[str, tuple[str, str]] = {
    "command_not_written_so": (
        "The command is not written like that; --help shows how.",
        "La commande ne s’écrit pas ainsi ; --help montre comment.",
    ),
    "answer_not_written": (
        "The answer could not be written: the disk is full or fails.",
        "La réponse n’a pas pu être écrite : le disque est plein ou en défaut.",
    ),
    "option_unknown": (
        "There is no option {option}; --help shows them.",
        "L’option {option} n’existe pas ; --help les montre.",
    ),
    "option_missing": (
        "{option} is missing; --help shows how.",
        "Il manque {option} ; --help montre comment.",
    ),
    "option_not_whole": (
        "{option}: a whole number from {low} to {high} is needed.",
        "{option} : il faut un nombre entier de {low} à {high}.",
    ),
    "option_not_counted": (
        "{option}: a whole number from 1 on is needed.",
        "{option} : il faut un nombre entier à partir de 1.",
    ),
    "option_not_above": (
        "{option}: a number above 0 is needed.",
        "{option} : il faut un nombre au-dessus de 0.",
    ),
    "option_not_chosen": ("{option}: one of {words} is needed.", "{option} : il faut l’un de {words}."),
    "option_not_numbers": (
        "{option}: numbers above 0 are needed, written {form}.",
        "{option} : il faut des nombres au-dessus de 0, écrits {form}.",
    ),
    "option_not_from_zero": (
        "{option}: numbers from 0 on are needed, written {form}.",
        "{option} : il faut des nombres à partir de 0, écrits {form}.",
    ),
}

"""Where rooms above say which other files are shown by layers: the plates made of approved files."""

from collections.abc import Callable

from strate.workshop.parts import queries

Ask = Callable[[str], bool]
_also: list[Ask] = []


def also_shown(ask: Ask) -> Ask:
    """`@also_shown`: does this room know a file of this digest, made of exchange files?"""
    _also.append(ask)
    return ask


def must_be_shown(digest: str) -> None:
    """Only what was taken in as an exchange file, or made of such files, is shown; NotFound otherwise."""
    if not any(ask(digest) for ask in _also):
        queries.file(digest)

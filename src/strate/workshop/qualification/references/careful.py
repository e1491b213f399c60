"""A text somebody sends is read with care: each fault is told at its line, and no text can bring the house down."""

import re
from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from strate.workshop.journal.refusals import Reason, Refused, RuleBroken
from strate.workshop.procedures.sheets import reading

Lines = reading.Lines
Document = TypeVar("Document", bound=BaseModel)
SIZE_LIMIT = reading.SIZE_LIMIT
MOST_TOLD = 20
SCHEMA = "https://json-schema.org/draft/2020-12/schema"
# What no database keeps and nobody can read.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
CALLED_HERE = {
    "sheet_too_long": "reference_too_long",
    "sheet_not_readable": "reference_not_readable",
    "sheet_key_twice": "reference_key_twice",
}


def load(text: str) -> tuple[dict[str, Any], Lines]:
    """What a text says and where: a date stays a word, a name given twice or a repeated part is refused."""
    try:
        return reading.load(text)
    except RuleBroken as wrong:
        told = [Reason(CALLED_HERE[r.code], {"limit": SIZE_LIMIT} | r.values) for r in wrong.reasons]
        raise Refused(told) from wrong


def shaped(kind: type[Document], content: dict[str, Any], lines: Lines) -> Document:
    """What was read in its form; refused with every place where it is not."""
    hidden = [place for place, text in _texts(content) if UNPRINTABLE.search(text)]
    if hidden:
        raise Refused([_misshapen(place, "unprintable", lines) for place in hidden[:MOST_TOLD]])
    try:
        return kind.model_validate(content)
    except ValidationError as wrong:
        faults = [_misshapen(e["loc"], e["type"], lines) for e in wrong.errors()[:MOST_TOLD]]
        raise Refused(faults) from wrong


def _misshapen(place: tuple[str | int, ...], fault: str, lines: Lines) -> Reason:
    """One fault, at its line where there is one: the line of what is missing is that of what should hold it."""
    known = (place[:end] for end in range(len(place), -1, -1))
    line = next((lines[at] for at in known if at in lines), 0)
    values: dict[str, Any] = {"place": "/".join(map(str, place)), "misshape": fault}
    return (
        Reason("reference_line_misshapen", values | {"line": line})
        if line
        else Reason("reference_misshapen", values)
    )


def _texts(value: Any, place: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield (*place, UNPRINTABLE.sub("?", str(key))), str(key)
            yield from _texts(each, (*place, str(key)))
    elif isinstance(value, list):
        for rank, each in enumerate(value):
            yield from _texts(each, (*place, rank))
    elif isinstance(value, str):
        yield place, value

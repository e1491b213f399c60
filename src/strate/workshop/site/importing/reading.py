"""Reading a list made elsewhere: every row understood, or every problem named by row and column."""

import hashlib
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from strate.workshop.journal.refusals import Reason, RuleBroken
from strate.workshop.site.importing import files
from strate.workshop.site.importing.cells import Misread, plain

MOST_BYTES = 8 * 1024 * 1024
MOST_ROWS = 20_000
MOST_PROBLEMS = 500
CELL_LIMIT = 2000


@dataclass(frozen=True)
class Column:
    """A column of a list: its name in the program, the headings people write, how cells are understood."""

    name: str
    headings: tuple[str, ...]
    parse: Callable[[str], Any]
    required: bool = False
    unique: bool = False
    default: Any = ""

    @property
    def label(self) -> str:
        return self.headings[0]


@dataclass(frozen=True)
class Problem:
    """What is wrong, where: `row` as the spreadsheet numbers it, `column` as the file calls it."""

    row: int
    column: str
    reason: Reason


@dataclass(frozen=True)
class Row:
    """A row that was understood."""

    number: int
    values: dict[str, Any]


@dataclass
class Reading:
    """What a file holds: nothing is to be imported while there is a problem."""

    sha256: str
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        return bool(self.rows) and not self.problems

    def note(self, row: int, column: str, code: str, /, **values: Any) -> None:
        self.problems.append(Problem(row, column, Reason(code, values)))


# The lines of a file with their numbers; and how a room turns a table written across into one written down.
Lines = Iterator[tuple[int, list[str]]]
Unfold = Callable[[Lines], Lines]


def read(content: bytes, columns: Sequence[Column], unfold: Unfold | None = None) -> Reading:
    """The rows of a CSV or XLSX file, or every problem in it; the file itself unreadable is refused."""
    if len(content) > MOST_BYTES:
        raise RuleBroken("list_too_large", most_mb=MOST_BYTES // 1024 // 1024)
    reading = Reading(hashlib.sha256(content).hexdigest())
    numbered: Lines = (
        (n, cells) for n, cells in enumerate(files.lines(content), start=1) if any(c.strip() for c in cells)
    )
    if unfold is not None:
        numbered = unfold(numbered)
    heading = next(numbered, None)
    if heading is None:
        raise RuleBroken("list_empty")
    where = _places(heading[1], columns, reading, heading[0])
    if not reading.problems:
        _rows(numbered, columns, where, reading)
    if not reading.rows and not reading.problems:
        raise RuleBroken("list_empty")
    return reading


def _places(cells: Sequence[str], columns: Sequence[Column], reading: Reading, row: int) -> dict[str, int]:
    """At which position each column stands in this file."""
    known = {plain(h): c for c in columns for h in (*c.headings, c.name)}
    where: dict[str, int] = {}
    for position, cell in enumerate(cells):
        column = known.get(plain(cell))
        if column is None:
            if cell.strip():
                reading.ignored.append(cell.strip()[:60])
        elif column.name in where:
            reading.note(row, cell, "column_twice", column=column.label)
        else:
            where[column.name] = position
    for column in columns:
        if column.required and column.name not in where:
            reading.note(row, column.label, "column_missing", column=column.label)
    return where


def _rows(
    numbered: Iterable[tuple[int, list[str]]],
    columns: Sequence[Column],
    where: dict[str, int],
    reading: Reading,
) -> None:
    seen: dict[str, dict[str, int]] = {c.name: {} for c in columns if c.unique}
    for n, (number, cells) in enumerate(numbered, start=1):
        if n > MOST_ROWS:
            raise RuleBroken("list_too_long", most=MOST_ROWS)
        values = {c.name: _cell(number, cells, c, where, reading) for c in columns}
        for name, before in seen.items():
            _unique(number, name, values[name], before, columns, reading)
        reading.rows.append(Row(number, values))
        if len(reading.problems) >= MOST_PROBLEMS:
            return


def _cell(number: int, cells: Sequence[str], column: Column, where: dict[str, int], reading: Reading) -> Any:
    position = where.get(column.name, len(cells))
    text = cells[position].strip() if position < len(cells) else ""
    if not text:
        if column.required:
            reading.note(number, column.label, "cell_empty")
        return column.default
    try:
        if len(text) > CELL_LIMIT or any(unicodedata.category(c) == "Cc" and c not in "\n\t" for c in text):
            raise Misread("cell_not_text")
        return column.parse(text)
    except Misread as misread:
        reading.note(number, column.label, misread.code, value=text[:60], **misread.values)
        return None


def _unique(
    number: int, name: str, value: Any, before: dict[str, int], columns: Sequence[Column], reading: Reading
) -> None:
    if value in (None, ""):
        return
    key = str(value).casefold()
    if key in before:
        label = next(c.label for c in columns if c.name == name)
        reading.note(number, label, "cell_repeated", value=str(value)[:60], first_row=before[key])
    before.setdefault(key, number)

"""From a file to lines of cells: CSV as spreadsheets write it, or the first sheet of a workbook."""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from strate.workshop.journal.refusals import RuleBroken

# A workbook is a zip: what it may swell to once unpacked, and how much more than it weighs.
MOST_UNPACKED = 200 * 1024 * 1024
MOST_RATIO = 200
# How a damaged workbook shows itself, from the zip to the cells.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)


def lines(content: bytes) -> Iterator[list[str]]:
    """The lines of a file, each a list of texts."""
    return _workbook(content) if content[:4] == b"PK\x03\x04" else _comma_separated(content)


def _comma_separated(content: bytes) -> Iterator[list[str]]:
    text = _decoded(content)
    if "\x00" in text:
        raise RuleBroken("list_not_readable")
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(";,\t", key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error:
        raise RuleBroken("list_not_readable") from None


def _decoded(content: bytes) -> str:
    """UTF-8 with or without its mark, else what older spreadsheets write."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RuleBroken("list_not_readable")


def _workbook(content: bytes) -> Iterator[list[str]]:
    # A tenth of the time every start takes, for what a site does a few times in its life.
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            _harmless(packed, len(content))
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        if not book.worksheets:
            raise RuleBroken("list_empty")
        for cells in book.worksheets[0].iter_rows(values_only=True):
            yield [_as_text(c) for c in cells]
    except (*BROKEN, InvalidFileException):
        raise RuleBroken("list_not_readable") from None


def _harmless(packed: zipfile.ZipFile, size: int) -> None:
    """Neither a file that swells beyond reason, nor one that declares entities (no spreadsheet does)."""
    unpacked = sum(part.file_size for part in packed.infolist())
    if unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * max(size, 1):
        raise RuleBroken("list_not_readable")
    for part in packed.infolist():
        with packed.open(part) as opened:
            head = opened.read(2048)
        if b"<!DOCTYPE" in head or head[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise RuleBroken("list_not_readable")


def _as_text(cell: Any) -> str:
    """What the person sees in the cell: 12.0 is 12, a date is a date."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return str(cell)

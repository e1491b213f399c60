"""A table for a spreadsheet of the office: in the reader's language, and with no cell that would run as a formula."""

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import tzinfo
from typing import Any

from django.http import StreamingHttpResponse
from django.utils import timezone, translation

BYTE_ORDER = "\ufeff"
RUNS = ("=", "+", "-", "@", "\t", "\r")
# What was taken back from a register is below zero: it is summed like any other figure.
FIGURE = re.compile(r"-\d+(?:[.,]\d+)?", re.ASCII)


class _Echo:
    """A file that gives back each line instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def spreadsheet(name: str, rows: Iterable[Iterable[Any]]) -> StreamingHttpResponse:
    """`rows` as `name`.csv, line by line: semicolons and a mark of UTF-8, as a French spreadsheet opens it."""
    lines = _lines(iter(rows), translation.get_language() or "fr", timezone.get_current_timezone())
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def plain(cell: Any) -> str:
    """What a spreadsheet would take for a formula stays a text."""
    text = str(cell)
    return f"'{text}" if text.startswith(RUNS) and not FIGURE.fullmatch(text) else text


def _lines(rows: Iterator[Iterable[Any]], language: str, zone: tzinfo) -> Iterator[str]:
    """The lines are drawn after the page was answered: each in the language and on the clock it was asked in."""
    writer = csv.writer(_Echo(), delimiter=";")
    yield BYTE_ORDER
    more = True
    while more:
        with translation.override(language), timezone.override(zone):
            row = next(rows, None)
            line = "" if row is None else writer.writerow([plain(cell) for cell in row])
        more = row is not None
        yield line

"""Lists made elsewhere (CSV or a workbook): a dry run names every problem, and nothing is half imported."""

from strate.workshop.site.importing.cells import Misread, choice, code, day, decimal, several, text, whole
from strate.workshop.site.importing.reading import Column, Problem, Reading, Row, read

__all__ = [
    "Column",
    "Misread",
    "Problem",
    "Reading",
    "Row",
    "choice",
    "code",
    "day",
    "decimal",
    "read",
    "several",
    "text",
    "whole",
]

"""Lists made elsewhere (CSV or a workbook): a dry run names every problem, and nothing is half imported."""

from strate.workshop.site.importing.cells import Misread, choice, code, day, decimal, several, text, whole
from strate.workshop.site.importing.reading import Column, Lines, Problem, Reading, Row, Unfold, read

__all__ = [
    "Column",
    "Lines",
    "Misread",
    "Problem",
    "Reading",
    "Row",
    "Unfold",
    "choice",
    "code",
    "day",
    "decimal",
    "read",
    "several",
    "text",
    "whole",
]

"""How the cells of a list are understood: texts, numbers with a comma, days, words of either language."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any


class Misread(ValueError):
    """A cell that is not what its column holds; `code` finds the sentence."""

    def __init__(self, code: str, **values: Any) -> None:
        self.code, self.values = code, values
        super().__init__(code)


def plain(heading: str) -> str:
    """A heading without what people vary: « N° de lot » and « n de lot » are the same column."""
    text = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", " ", text).strip()


def text(most: int = 120) -> Callable[[str], str]:
    """A text no longer than its place in the database."""

    def parse(cell: str) -> str:
        if len(cell) > most:
            raise Misread("cell_too_long", most=most)
        return cell

    return parse


def code(cell: str) -> str:
    """A short code that stands in an address and on a label: letters, digits, dashes."""
    if not re.fullmatch(r"[-a-zA-Z0-9_]{1,40}", cell):
        raise Misread("cell_not_code")
    return cell


def decimal(least: Decimal | None = None, most: Decimal | None = None) -> Callable[[str], Decimal]:
    """A number, with the decimal comma or point; never a thousands sign that could be read as one."""

    def parse(cell: str) -> Decimal:
        compact = cell.replace("\u202f", "").replace("\xa0", "").replace(" ", "").replace("\u2212", "-")
        if not re.fullmatch(r"[+-]?\d+([.,]\d+)?", compact):
            raise Misread("cell_not_number")
        try:
            value = Decimal(compact.replace(",", "."))
        except InvalidOperation:
            raise Misread("cell_not_number") from None
        if (least is not None and value < least) or (most is not None and value > most):
            raise Misread("cell_out_of_bounds", least=least, most=most)
        return value

    return parse


def whole(least: int | None = None, most: int | None = None) -> Callable[[str], int]:
    """A whole number."""
    bounds = (Decimal(least) if least is not None else None, Decimal(most) if most is not None else None)
    number = decimal(*bounds)

    def parse(cell: str) -> int:
        value = number(cell)
        if value != value.to_integral_value():
            raise Misread("cell_not_whole")
        return int(value)

    return parse


def day(cell: str) -> date:
    """A day written 2026-11-23 or 23/11/2026."""
    for pattern in ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"):
        try:
            return datetime.strptime(cell, pattern).date()  # noqa: DTZ007  a day has no time zone
        except ValueError:
            continue
    raise Misread("cell_not_day")


def choice(words: dict[str, str]) -> Callable[[str], str]:
    """One of a few words, in either language: {"opérateur": "operator", "operator": "operator"}."""
    known = {plain(word): value for word, value in words.items()}

    def parse(cell: str) -> str:
        if plain(cell) not in known:
            raise Misread("cell_not_choice", choices=", ".join(list(words)[:12]))
        return known[plain(cell)]

    return parse


def several(one: Callable[[str], Any]) -> Callable[[str], tuple[Any, ...]]:
    """Several values in one cell, separated by + / or |."""

    def parse(cell: str) -> tuple[Any, ...]:
        return tuple(dict.fromkeys(one(part.strip()) for part in re.split(r"[+/|]", cell) if part.strip()))

    return parse

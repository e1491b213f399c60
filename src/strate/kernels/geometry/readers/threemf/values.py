"""The written values of a 3MF model: numbers, indices, colours, transforms; anything else is refused."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_MATRIX = re.compile(rf"{NUMBER.pattern}(?:[ \t\r\n]+{NUMBER.pattern}){{11}}")
_INTEGER = re.compile(r"\+?[0-9]+")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}(?:[0-9A-Fa-f]{2})?")
_UUID = re.compile(r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}")
_LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*")
_BLANKS = " \t\r\n"
_LARGEST = 2**31
Read = Callable[[str], Any]
Matrix = tuple[float, ...]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0)


def string(text: str) -> str:
    return text


def number(text: str) -> float:
    text = text.strip(_BLANKS)
    if not NUMBER.fullmatch(text):
        raise ValueError
    value = float(text)
    if not math.isfinite(value):
        raise ValueError
    return value


def positive(text: str) -> float:
    value = number(text)
    if value < 0 or text.strip(_BLANKS).startswith("-"):
        raise ValueError
    return value


def fraction(text: str) -> float:
    value = number(text)
    if not 0 <= value <= 1:
        raise ValueError
    return value


def index(text: str) -> int:
    text = text.strip(_BLANKS)
    if not _INTEGER.fullmatch(text) or len(text) > 20:
        raise ValueError
    value = int(text)
    if value >= _LARGEST:
        raise ValueError
    return value


def resource(text: str) -> int:
    value = index(text)
    if value < 1:
        raise ValueError
    return value


def indices(text: str) -> tuple[int, ...]:
    return _several(text, index)


def resources(text: str) -> tuple[int, ...]:
    return _several(text, resource)


def fractions(text: str) -> tuple[float, ...]:
    return _several(text, fraction)


def words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _several(text: str, read: Read) -> tuple[Any, ...]:
    found = tuple(read(word) for word in text.split())
    if not found:
        raise ValueError
    return found


def colour(text: str) -> str:
    if not _COLOUR.fullmatch(text):
        raise ValueError
    return text


def uuid(text: str) -> str:
    if not _UUID.fullmatch(text):
        raise ValueError
    return text.lower()


def path(text: str) -> str:
    if not text.startswith("/") or text == "/" or "#" in text or "?" in text:
        raise ValueError
    return text


def language(text: str) -> str:
    if not _LANGUAGE.fullmatch(text):
        raise ValueError
    return text


def boolean(text: str) -> bool:
    text = text.strip(_BLANKS)
    if text not in ("0", "1", "true", "false"):
        raise ValueError
    return text in ("1", "true")


def one_of(*allowed: str) -> Read:
    def read(text: str) -> str:
        if text not in allowed:
            raise ValueError
        return text

    return read


def matrix(text: str) -> Matrix:
    """Twelve numbers, row by row: three axes, then the shift."""
    text = text.strip(_BLANKS)
    if not _MATRIX.fullmatch(text):
        raise ValueError
    found = tuple(map(float, text.split()))
    if not all(map(math.isfinite, found)):
        raise ValueError
    return found


def determinant(m: Matrix) -> float:
    """Of the three axes, each brought to length 1: 0 is flat, negative is mirrored, whatever the scale."""
    rows = []
    for row in (m[0:3], m[3:6], m[6:9]):
        largest = max(abs(value) for value in row)
        if largest == 0:
            return 0.0
        shrunk = [value / largest for value in row]
        length = math.sqrt(sum(value * value for value in shrunk))
        rows.append([value / length for value in shrunk])
    (a, b, c), (d, e, f), (g, h, i) = rows
    return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)


def then(first: Matrix, second: Matrix) -> Matrix:
    """The transform that does `first`, then `second` (row vectors: p · first · second)."""
    out = []
    for row in range(4):
        x, y, z = first[3 * row : 3 * row + 3]
        for column in range(3):
            value = x * second[column] + y * second[3 + column] + z * second[6 + column]
            out.append(value + (second[9 + column] if row == 3 else 0.0))
    return tuple(out)

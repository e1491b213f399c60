"""What the readers of texts share: numbers in bulk, and the line to blame when one is none."""

from __future__ import annotations

import math
import re
import warnings
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.refusal import FileRefused

_NEW_LINE = re.compile(rb"\r\n|\r|\n")


def numbers(text: bytes) -> tuple[NDArray[np.float64], bool]:
    """The numbers of a text up to the first thing that is none, and whether that was the end."""
    if not text.strip():
        return np.empty(0), True
    with warnings.catch_warnings():
        warnings.simplefilter("error", DeprecationWarning)
        try:
            return np.fromstring(text, sep=" "), True
        except (ValueError, DeprecationWarning):
            return np.empty(0), False


def indices(text: bytes, count: int) -> NDArray[np.int64] | None:
    """So many plain whole numbers, read at one go; None when that is not all the text holds."""
    if not count:
        return np.empty(0, np.int64)
    with warnings.catch_warnings():
        warnings.simplefilter("error", DeprecationWarning)
        try:
            found = np.fromstring(text, np.int64, sep=" ")
        except (ValueError, OverflowError, DeprecationWarning):
            return None
    # Beyond eighteen digits the number may have been cut off silently.
    plain = len(found) == count and int(found.min()) > -(10**18) and int(found.max()) < 10**18
    return found if plain else None


def real(word: bytes) -> float:
    """One number as a file may write it; Python would let « 1_0 » pass for ten."""
    if b"_" in word:
        raise ValueError(word)
    return float(word)


def whole(word: bytes) -> int:
    """One whole number, likewise."""
    if b"_" in word:
        raise ValueError(word)
    return int(word)


def finite(word: bytes) -> float:
    """One number that is a place or a size."""
    number = real(word)
    if not math.isfinite(number):
        raise ValueError(word)
    return number


def table(lines: Sequence[bytes], at: Sequence[int], columns: int) -> NDArray[np.float64]:
    """The first columns of lines that each hold at least that many numbers; `at` are their line numbers."""
    if not lines:
        return np.empty((0, columns))
    if {len(line.split()) for line in lines} == {columns}:
        found, complete = numbers(b" ".join(lines))
        if complete and len(found) == columns * len(lines):
            return found.reshape(-1, columns)
    return np.array([row(line, number, columns) for line, number in zip(lines, at, strict=True)])


def row(line: bytes, number: int, columns: int) -> list[float]:
    """The numbers of one line, or the refusal that names the line."""
    words = line.split()
    try:
        found = [real(word) for word in words[:columns]]
    except ValueError as error:
        raise broken_line(line, number) from error
    if len(found) < columns:
        raise broken_line(line, number)
    return found


def broken_line(line: bytes, number: int) -> FileRefused:
    """A line that cannot be understood; decimal commas are told apart, for they are the usual reason."""
    comma = any(part.count(b",") == 1 and part.replace(b",", b"").strip(b"+-.eE0123456789") == b""
                for part in line.split())  # fmt: skip
    return FileRefused("line_with_commas" if comma else "line_broken", line=number)


def first_broken_line(text: bytes, first: int) -> FileRefused:
    """The refusal of the first line, from number `first`, that holds anything but numbers."""
    for number, line in enumerate(_NEW_LINE.split(text), first):
        for word in line.split():
            if not _is_number(word):
                return broken_line(line, number)
    return FileRefused("line_broken", line=first)


def _is_number(word: bytes) -> bool:
    try:
        real(word)
    except ValueError:
        return False
    return True


def shown(raw: bytes, length: int = 80) -> str:
    """A name from a file, made fit to be shown: no control signs, not too long."""
    text = raw.decode("utf-8", "replace").strip()
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in text)[:length]

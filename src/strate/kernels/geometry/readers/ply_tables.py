"""The tables of a PLY file: rows of numbers and of lists, text or binary, each checked to be there whole."""

from __future__ import annotations

import struct

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.refusal import FileRefused

# Values of a column, end to end; for lists also how many belong to each row.
Columns = dict[str, tuple[NDArray[np.generic], NDArray[np.int64] | None]]
Layout = list[tuple[str, str, str | None]]


def binary_table(data: bytes, at: int, rows: int, layout: Layout, order: str) -> tuple[Columns, int]:
    """One table from `at`; gives it and where the next one begins."""
    least = sum(np.dtype(counter or kind).itemsize for _, kind, counter in layout)
    _check_room(data, at, rows * least)
    if not rows or not layout:
        return {name: _nothing(kind, counter) for name, kind, counter in layout}, at
    lengths = _first_lengths(data, at, layout, order)
    row = _row_type(layout, lengths, order)
    if at + rows * row.itemsize <= len(data):
        table = np.frombuffer(data, row, rows, at)
        if all((table[f"n{i}"] == length).all() for i, length in enumerate(lengths) if length is not None):
            return _even(table, layout, lengths), at + rows * row.itemsize
    return _uneven_binary(data, at, rows, layout, order)


def _check_room(data: bytes, at: int, needed: int) -> None:
    if at + needed > len(data):
        raise FileRefused("cut_bytes", needed=at + needed, present=len(data))


def _nothing(kind: str, counter: str | None) -> tuple[NDArray[np.generic], NDArray[np.int64] | None]:
    return np.empty(0, kind), np.empty(0, np.int64) if counter else None


def _first_lengths(data: bytes, at: int, layout: Layout, order: str) -> list[int | None]:
    """How long the lists of the first row are: most files repeat that in every row."""
    lengths: list[int | None] = []
    for _, kind, counter in layout:
        length = None
        if counter:
            _check_room(data, at, np.dtype(counter).itemsize)
            length = int(np.frombuffer(data, order + counter, 1, at)[0])
            at += np.dtype(counter).itemsize
            _check_room(data, at, max(length, 0) * np.dtype(kind).itemsize)
            if length < 0:
                raise FileRefused("list_of_negative_length", length=length)
        lengths.append(length)
        at += np.dtype(kind).itemsize * (1 if length is None else length)
    return lengths


def _row_type(layout: Layout, lengths: list[int | None], order: str) -> np.dtype[np.void]:
    fields: list[tuple[str, str, tuple[int, ...]]] = []
    for i, ((_, kind, counter), length) in enumerate(zip(layout, lengths, strict=True)):
        if counter and length is not None:
            fields.append((f"n{i}", order + counter, ()))
            fields.append((f"c{i}", order + kind, (length,)))
        else:
            fields.append((f"c{i}", order + kind, ()))
    return np.dtype(fields)


def _even(table: NDArray[np.void], layout: Layout, lengths: list[int | None]) -> Columns:
    found: Columns = {}
    for i, ((name, kind, _), length) in enumerate(zip(layout, lengths, strict=True)):
        counts = None if length is None else np.full(len(table), length, np.int64)
        found[name] = (table[f"c{i}"].astype(kind).reshape(-1), counts)
    return found


def _uneven_binary(data: bytes, at: int, rows: int, layout: Layout, order: str) -> tuple[Columns, int]:
    """Row by row, for tables whose lists differ in length."""
    pieces: list[list[bytes]] = [[] for _ in layout]
    counts: list[list[int]] = [[] for _ in layout]
    steps = [
        (np.dtype(kind).itemsize, struct.Struct((order or "<") + np.dtype(counter).char) if counter else None)
        for _, kind, counter in layout
    ]
    end = len(data)
    for _ in range(rows):
        for column, (size, counter) in enumerate(steps):
            length = 1
            if counter:
                if at + counter.size > end:
                    raise FileRefused("cut_bytes", needed=at + counter.size, present=end)
                (length,) = counter.unpack_from(data, at)
                at += counter.size
                counts[column].append(length)
            if length < 0:
                raise FileRefused("list_of_negative_length", length=length)
            if at + length * size > end:
                raise FileRefused("cut_bytes", needed=at + length * size, present=end)
            pieces[column].append(data[at : at + length * size])
            at += length * size
    found: Columns = {}
    for column, (name, kind, counter_type) in enumerate(layout):
        values = np.frombuffer(b"".join(pieces[column]), order + kind).astype(kind)
        found[name] = (values, np.array(counts[column], np.int64) if counter_type else None)
    return found, at


def text_table(text: NDArray[np.float64], at: int, rows: int, layout: Layout) -> tuple[Columns, int]:
    """The same from the numbers of a text."""
    _check_numbers_left(text, at, rows * len(layout))
    if not rows or not layout:
        return {name: _nothing("f8", counter) for name, _, counter in layout}, at
    lengths, width = _text_lengths(text, at, layout)
    if at + rows * width <= len(text):
        table = text[at : at + rows * width].reshape(rows, width)
        even, column = True, 0
        found: Columns = {}
        for (name, _, _), length in zip(layout, lengths, strict=True):
            if length is None:
                found[name] = (table[:, column], None)
                column += 1
                continue
            even &= bool((table[:, column] == length).all())
            values = table[:, column + 1 : column + 1 + length].reshape(-1)
            found[name] = (values, np.full(rows, length, np.int64))
            column += 1 + length
        if even:
            return found, at + rows * width
    return _uneven_text(text, at, rows, layout)


def _check_numbers_left(text: NDArray[np.float64], at: int, needed: int) -> None:
    if at + needed > len(text):
        raise FileRefused("cut_numbers", needed=at + needed, present=len(text))


def _text_lengths(text: NDArray[np.float64], at: int, layout: Layout) -> tuple[list[int | None], int]:
    begin, lengths = at, []
    for _, _, counter in layout:
        length = None
        if counter:
            _check_numbers_left(text, at, 1)
            length = _length(float(text[at]))
            _check_numbers_left(text, at, 1 + length)
        lengths.append(length)
        at += 1 if length is None else 1 + length
    return lengths, at - begin


def _length(value: float) -> int:
    if not (0 <= value < 2**31 and value == int(value)):
        raise FileRefused("list_of_negative_length", length=value if value == value else "nan")
    return int(value)


def _uneven_text(text: NDArray[np.float64], at: int, rows: int, layout: Layout) -> tuple[Columns, int]:
    flat = text.tolist()
    values: list[list[float]] = [[] for _ in layout]
    counts: list[list[int]] = [[] for _ in layout]
    for _ in range(rows):
        for column, (_, _, counter) in enumerate(layout):
            _check_numbers_left(text, at, 1)
            length = 1
            if counter:
                length = _length(flat[at])
                counts[column].append(length)
                at += 1
                _check_numbers_left(text, at, length)
            values[column] += flat[at : at + length]
            at += length
    found: Columns = {}
    for column, (name, _, counter) in enumerate(layout):
        array = np.array(values[column], np.float64)
        found[name] = (array, np.array(counts[column], np.int64) if counter else None)
    return found, at


def line_table(rows: list[list[float]], layout: Layout) -> tuple[Columns, int]:
    """A table from its lines, one row each; also how many lines hold more than was announced."""
    values: list[list[float]] = [[] for _ in layout]
    counts: list[list[int]] = [[] for _ in layout]
    longer = 0
    for row in rows:
        at = 0
        for column, (_, _, counter) in enumerate(layout):
            if counter:
                counts[column].append(_length(row[at]) if at < len(row) else 0)
                at += 1
            length = counts[column][-1] if counter else 1
            if at + length > len(row):
                raise FileRefused("cut_numbers", needed=at + length, present=len(row))
            values[column] += row[at : at + length]
            at += length
        longer += at < len(row)
    found: Columns = {}
    for column, (name, _, counter) in enumerate(layout):
        lengths = np.array(counts[column], np.int64) if counter else None
        found[name] = (np.array(values[column], np.float64), lengths)
    return found, longer

"""Walks protobuf messages by hand: fields by number, every length checked before it is followed."""

from __future__ import annotations

import struct
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.refusal import FileRefused

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5
_LONGEST_VARINT = 10
Field = tuple[int, int, int | memoryview]


def broken(at: int) -> FileRefused:
    return FileRefused("message_broken", byte=at)


def varint(data: memoryview, at: int) -> tuple[int, int]:
    """A number and where the next thing begins."""
    value = 0
    for shift in range(0, 7 * _LONGEST_VARINT, 7):
        if at >= len(data):
            raise broken(at)
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
    raise broken(at)


def delimited(data: memoryview, at: int) -> tuple[memoryview, int]:
    """A message preceded by its length, and where it ends."""
    if not 0 <= at < len(data):
        raise broken(at)
    length, at = varint(data, at)
    if at + length > len(data):
        raise broken(at)
    return data[at : at + length], at + length


def fields(message: memoryview) -> Iterator[Field]:
    """Every field of a message: its number, how it is written, its value (whole or as bytes)."""
    at = 0
    while at < len(message):
        key, at = varint(message, at)
        number, wire = key >> 3, key & 7
        value: int | memoryview
        if wire == VARINT:
            value, at = varint(message, at)
        elif wire == BYTES:
            value, at = delimited(message, at)
        elif wire in (FIXED32, FIXED64):
            size = 4 if wire == FIXED32 else 8
            if at + size > len(message):
                raise broken(at)
            value, at = message[at : at + size], at + size
        else:
            raise broken(at)
        if number == 0:
            raise broken(at)
        yield number, wire, value


def longs(wire: int, value: int | memoryview) -> list[int]:
    """The numbers of a repeated field, packed or one by one."""
    if isinstance(value, int):
        return [value]
    if wire != BYTES:
        return [int.from_bytes(value, "little")]
    found, at = [], 0
    while at < len(value):
        number, at = varint(value, at)
        found.append(number)
    return found


def floats(wire: int, value: int | memoryview) -> NDArray[np.float32]:
    """The same for numbers of 32 bits."""
    if isinstance(value, int) or wire not in (BYTES, FIXED32) or len(value) % 4:
        raise broken(0)
    return np.frombuffer(value, "<f4")


def one_float(wire: int, value: int | memoryview) -> float:
    if isinstance(value, int) or wire not in (FIXED32, FIXED64):
        raise broken(0)
    return float(struct.unpack("<f" if wire == FIXED32 else "<d", value)[0])


def whole(value: int | memoryview) -> int:
    """A number of a field that holds one; negative ones take ten bytes."""
    if not isinstance(value, int):
        raise broken(0)
    return value - (1 << 64) if value >= 1 << 63 else value


def text(value: int | memoryview) -> bytes:
    if isinstance(value, int):
        raise broken(0)
    return bytes(value)

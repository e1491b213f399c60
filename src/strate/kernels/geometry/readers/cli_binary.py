"""The binary body of a CLI file: command after command, every byte accounted for."""

from __future__ import annotations

import struct
from typing import Any

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.readers.layering import Layering
from strate.kernels.geometry.refusal import FileRefused

_LAYER_LONG, _LAYER_SHORT = 127, 128
_LINE_SHORT, _LINE_LONG, _HATCH_SHORT, _HATCH_LONG = 129, 130, 131, 132
_COMMANDS = range(_LAYER_LONG, _HATCH_LONG + 1)
_COMMAND = struct.Struct("<H")
_HEIGHT = {_LAYER_LONG: struct.Struct("<f"), _LAYER_SHORT: struct.Struct("<H")}
_OPENING = {
    _LINE_SHORT: struct.Struct("<3H"),
    _LINE_LONG: struct.Struct("<3i"),
    _HATCH_SHORT: struct.Struct("<2H"),
    _HATCH_LONG: struct.Struct("<2i"),
}


def read_binary(
    data: bytes, at: int, layering: Layering, *, signed: bool, aligned: bool, watched: bool
) -> tuple[int, bool]:
    """Every layer and line from `at` on; gives where it stopped and whether a short number is, or may be, negative.

    That is looked for only where it is `watched`.
    """
    step, high = (4 if aligned else 2), False
    short = np.dtype("<i2") if signed else np.dtype("<u2")
    long = np.dtype("<f4")
    while at + step <= len(data):
        (command,) = _COMMAND.unpack_from(data, at)
        if command not in _COMMANDS:
            return _stopped(data, at, command, len(layering)), high
        if (height := _HEIGHT.get(command)) is not None:
            _check_room(data, at, step + height.size, layering)
            layering.begin(height.unpack_from(data, at + step)[0])
            at += step + (4 if aligned else height.size)
            continue
        opening = _OPENING[command]
        _check_room(data, at, step + opening.size, layering)
        *what, count = opening.unpack_from(data, at + step)
        at += step + opening.size
        each = 2 if command in (_LINE_SHORT, _LINE_LONG) else 4
        kind = short if command in (_LINE_SHORT, _HATCH_SHORT) else long
        if count < 0:
            raise FileRefused("list_of_negative_length", length=count)
        size = count * each * kind.itemsize
        _check_room(data, at, size, layering)
        raw = np.frombuffer(data, kind, count * each, at)
        if watched and kind is short and not high and count:
            high = int(raw.min()) < 0 if signed else int(raw.max()) > 32767
        _draw(layering, raw, what)
        at += size
        if aligned and at % 4 != 0:
            at = _padded(at, opening.size + size)
    return at, high


def _draw(layering: Layering, raw: NDArray[Any], what: list[int]) -> None:
    """Hatches have a part alone; a line has a direction too."""
    if len(what) == 1:
        layering.strokes(raw)
    elif what[1] in (0, 1, 2):
        layering.line(raw, what[1])
    else:
        raise FileRefused("direction_unknown", direction=what[1], layer=len(layering))


def _padded(at: int, size: int) -> int:
    """Where the next command begins when every command fills whole groups of four bytes."""
    return at + (-size) % 4


def _stopped(data: bytes, at: int, command: int, layers: int) -> int:
    """Zeros at the end are filling; anything else is no command."""
    if not data[at:].strip(b"\0\r\n\x1a"):
        return at
    raise FileRefused("command_unknown", command=command, byte=at, layer=layers)


def _check_room(data: bytes, at: int, needed: int, layering: Layering) -> None:
    if at + needed > len(data):
        raise FileRefused("cut_in_layer", layer=len(layering), needed=at + needed, present=len(data))

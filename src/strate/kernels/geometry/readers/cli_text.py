"""The written body of a CLI file: $$LAYER, $$POLYLINE, $$HATCHES, and the powers and speeds between them."""

from __future__ import annotations

import re
import warnings

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.readers.layering import Layering
from strate.kernels.geometry.readers.texts import real, shown
from strate.kernels.geometry.refusal import FileRefused

_COMMENT = re.compile(rb"//.*?//", re.DOTALL)
_WORD = re.compile(rb"([A-Za-z][A-Za-z0-9_+.-]*)[ \t]*/?")


def read_text(data: bytes, at: int, layering: Layering) -> tuple[int, list[str], set[float]]:
    """Every layer and line; gives the bytes left over, the words not understood and the focus values."""
    body = data[at:]
    if b"//" in body:
        body = _COMMENT.sub(b" ", body)
    pieces = body.split(b"$$")
    if pieces[0].strip():
        raise FileRefused("text_before_geometry")
    unknown: dict[str, None] = {}
    focus: set[float] = set()
    names: dict[bytes, str] = {}
    begun = ended = False
    left = 0
    with warnings.catch_warnings():
        # A text that is no list of numbers must stop the reading, not shorten it.
        warnings.simplefilter("error", DeprecationWarning)
        for piece in pieces[1:]:
            word = _WORD.match(piece)
            said = word.group(1) if word else b""
            if (name := names.get(said)) is None:
                name = names[said] = said.decode("ascii").upper()
            value = piece[word.end() :] if word else piece
            if ended:
                left += len(piece) + 2
            elif name == "GEOMETRYSTART":
                begun = True
            elif name == "GEOMETRYEND":
                ended, left = True, len(value.strip())
            elif not begun:
                raise FileRefused("text_before_geometry")
            else:
                _command(name, value, layering, unknown, focus)
    if not ended:
        raise FileRefused("geometry_without_end", layers=len(layering))
    return left, list(unknown), focus


def _command(
    name: str, value: bytes, layering: Layering, unknown: dict[str, None], focus: set[float]
) -> None:
    match name:
        case "POLYLINE":
            numbers = _numbers(name, value, layering)
            points = _counted(name, numbers, 3, 2, layering)
            direction = numbers.item(1)
            if direction not in (0, 1, 2):
                raise FileRefused("direction_unknown", direction=direction, layer=len(layering))
            layering.line(points, int(direction))
        case "HATCHES":
            layering.strokes(_counted(name, _numbers(name, value, layering), 2, 4, layering))
        case "LAYER":
            layering.begin(_one(name, value, layering))
        case "POWER":
            layering.beam = (_beam(name, value, layering), layering.beam[1])
        case "SPEED":
            layering.beam = (layering.beam[0], _beam(name, value, layering))
        case "FOCUS":
            focus.add(_one(name, value, layering))
        case _:
            unknown[name or shown(value, 20)] = None


def _numbers(name: str, value: bytes, layering: Layering) -> NDArray[np.float64]:
    try:
        return np.fromstring(value, sep=",")
    except (ValueError, DeprecationWarning) as error:
        raise FileRefused("command_broken", word=name, layer=len(layering)) from error


def _counted(
    name: str, numbers: NDArray[np.float64], opening: int, each: int, layering: Layering
) -> NDArray[np.float64]:
    """The numbers behind the count, which must be as many as it says."""
    size = numbers.size
    if size >= opening:
        number, count = numbers.item(0), numbers.item(opening - 1)
        if number.is_integer() and count >= 0 and opening + each * count == size:
            return numbers[opening:]
    raise FileRefused("command_broken", word=name, layer=len(layering))


def _one(name: str, value: bytes, layering: Layering) -> float:
    try:
        number = real(value)
    except ValueError as error:
        raise FileRefused("command_broken", word=name, layer=len(layering)) from error
    if not abs(number) < 1e12:
        raise FileRefused("command_broken", word=name, layer=len(layering))
    return number


def _beam(name: str, value: bytes, layering: Layering) -> float:
    """A power or a speed: no laser has one below nothing."""
    number = _one(name, value, layering)
    if number < 0:
        raise FileRefused("command_broken", word=name, layer=len(layering))
    return number

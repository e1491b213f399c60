"""Reads an OVF file: planes of vector blocks with the parameters each is drawn with; every byte is accounted for."""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.readers import LayerReading
from strate.kernels.geometry.readers.layering import MOST_LAYERS, Beam, Layering
from strate.kernels.geometry.readers.protobuf import (
    delimited,
    fields,
    floats,
    longs,
    one_float,
    text,
    whole,
)
from strate.kernels.geometry.readers.texts import shown
from strate.kernels.geometry.refusal import FileRefused, Finding, Limits

MAGIC = b"LVF!"
_POINTER = 8
# What a block may draw, by its field number; the others are announced.
_LINES, _HATCHES = 1, 2
_SHAPES = {
    3: "PointSequence", 4: "Arcs", 5: "Ellipses", 6: "LineSequence3D", 7: "Hatches3D", 8: "PointSequence3D",
    9: "Arcs3D", 11: "LineSequenceParaAdapt", 12: "HatchesParaAdapt",
}  # fmt: skip
_SILENT = (10, 13)
_CONTOUR = 1


class _Reader:
    """The file with what was read of it: no byte twice, none left over unsaid."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self.data, self.layering = memoryview(data), Layering(limits)
        self.read: list[tuple[int, int]] = [(0, len(MAGIC) + _POINTER)]
        self.beams: dict[int, Beam] = {}
        self.names: list[str] = []
        self.said: list[tuple[str, str]] = []
        self.announced: int | None = None
        self.unknown: Counter[str] = Counter()

    def message(self, at: int) -> memoryview:
        found, end = delimited(self.data, at)
        self.read.append((at, end))
        return found

    def pointer(self, at: int) -> int:
        if not 0 <= at <= len(self.data) - _POINTER:
            raise FileRefused("message_broken", byte=at)
        return int.from_bytes(self.data[at : at + _POINTER], "little", signed=True)

    def table(self, at: int) -> tuple[int, list[int]]:
        """A table of places: that of the shell, and those of what it holds."""
        shell, places = 0, []
        for number, wire, value in fields(self.message(at)):
            if number == 1:
                shell = whole(value)
            elif number == 2:
                places += longs(wire, value)
        return shell, places


def read_ovf(data: bytes, limits: Limits = Limits()) -> LayerReading:
    """All planes of the job, in the order of its table."""
    reader = _Reader(data, limits)
    if not data.startswith(MAGIC):
        raise FileRefused("message_broken", byte=0)
    shell, planes = reader.table(reader.pointer(len(MAGIC)))
    if not planes:
        raise FileRefused("no_layers")
    if len(planes) > MOST_LAYERS:
        raise FileRefused("too_many_layers", layers=len(planes), limit=MOST_LAYERS)
    _job(reader, reader.message(shell))
    for at in planes:
        reader.read.append((at, at + _POINTER))
        _plane(reader, *reader.table(reader.pointer(at)))
    layers = reader.layering.layers()
    findings = [*reader.layering.findings(), *_findings(reader, len(data), len(layers))]
    not_understood = tuple(reader.unknown)
    return LayerReading(
        "ovf", layers, "mm", tuple(reader.names[:100]), tuple(findings), tuple(reader.said), not_understood
    )


def _job(reader: _Reader, job: memoryview) -> None:
    """What holds for all planes: names, laser parameters, how many planes there should be."""
    for number, _, value in fields(job):
        if number == 2:
            for field, _, inner in fields(_bytes(value)):
                if field in (3, 4, 5) and (said := shown(text(inner), 120)):
                    reader.said.append((("name", "author", "description")[field - 3], said))
        elif number == 3:
            key, message = _entry(_bytes(value))
            reader.beams[key] = _beam(message)
        elif number == 4:
            _, message = _entry(_bytes(value))
            reader.names += [shown(text(inner)) for field, _, inner in fields(message) if field == 1]
        elif number == 6:
            reader.announced = whole(value)


def _beam(message: memoryview) -> tuple[float | None, float | None]:
    """The power (W) and the speed (mm/s) of one set of laser parameters, where the job tells them."""
    power = speed = None
    for field, wire, inner in fields(message):
        if field in (1, 2):
            amount = one_float(wire, inner)
            if not 0 <= amount < 1e9:
                raise FileRefused("message_broken", byte=0)
            power, speed = (amount, speed) if field == 1 else (power, amount)
    return power, speed


def _entry(message: memoryview) -> tuple[int, memoryview]:
    """A row of a map: its key and what is kept under it."""
    key, kept = 0, memoryview(b"")
    for number, _, value in fields(message):
        if number == 1:
            key = whole(value)
        elif number == 2:
            kept = _bytes(value)
    return key, kept


def _plane(reader: _Reader, shell: int, blocks: list[int]) -> None:
    z_mm, repeats = 0.0, 0
    for number, wire, value in fields(reader.message(shell)):
        if number == 4:
            z_mm = one_float(wire, value)
        elif number in (2, 3, 5, 6, 7) and one_float(wire, value) != 0:
            reader.unknown["WorkPlane.pos/rot"] += 1
        elif number == 9:
            repeats = whole(value)
    if repeats:
        reader.unknown["WorkPlane.repeats"] += 1
    reader.layering.begin(z_mm)
    for at in blocks:
        _block(reader, reader.message(at))


def _block(reader: _Reader, block: memoryview) -> None:
    """One run of lines or strokes; a closed line of the contour is an outline or another pass of it."""
    shape, drawn, key, area = 0, memoryview(b""), 0, 0
    for number, _, value in fields(block):
        if number in (_LINES, _HATCHES, *_SHAPES, *_SILENT):
            shape, drawn = number, _bytes(value)
        elif number == 50:
            key = whole(value)
        elif number == 54 and whole(value):
            reader.unknown["VectorBlock.repeats"] += 1
        elif number == 101:
            area = next((whole(inner) for field, _, inner in fields(_bytes(value)) if field == 1), 0)
    reader.layering.beam = reader.beams.get(key, (None, None))
    if shape in _SHAPES:
        reader.unknown[_SHAPES[shape]] += 1
    elif shape == _HATCHES:
        reader.layering.strokes(_points(drawn, 4))
    elif shape == _LINES:
        points = _points(drawn, 2)
        if area == _CONTOUR and len(points) > 6 and (points[:2] == points[-2:]).all():
            reader.layering.ring(points)
        else:
            reader.layering.line(points, 2)


def _points(message: memoryview, at_once: int) -> NDArray[np.float32]:
    """Coordinates, x y x y …; two make a point of a line, four a stroke, and none may be left over."""
    pieces = [floats(wire, value) for number, wire, value in fields(message) if number == 1]
    points = np.concatenate(pieces) if pieces else np.empty(0, np.float32)
    if len(points) % at_once:
        raise FileRefused("message_broken", byte=0)
    return points


def _bytes(value: int | memoryview) -> memoryview:
    if isinstance(value, int):
        raise FileRefused("message_broken", byte=0)
    return value


def _findings(reader: _Reader, size: int, layers: int) -> list[Finding]:
    found = []
    if reader.announced is not None and reader.announced not in (0, layers):
        values = {"announced": reader.announced, "present": layers}
        fewer = layers < reader.announced
        found.append(
            Finding("fewer_layers" if fewer else "more_layers", "refuse" if fewer else "warn", values)
        )
    if reader.unknown:
        words = ", ".join(f"{name} ({count})" for name, count in sorted(reader.unknown.items()))
        found.append(Finding("shapes_not_read", "refuse", {"words": words}))
    left, reached = 0, 0
    for begin, end in sorted(reader.read):
        left += max(0, begin - reached)
        reached = max(reached, end)
    left += size - reached
    if left:
        found.append(Finding("trailing_bytes_in_layers", "warn", {"count": left}))
    return found

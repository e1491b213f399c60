"""Measures what the layers of a file draw: areas, lengths of lines and strokes, with which power and speed."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.judging.layer_verdict import Beam
from strate.kernels.geometry.readers import FileLayer
from strate.kernels.geometry.readers.layering import blocks_of

Numbers = NDArray[np.float64]
Ints = NDArray[np.int64]
Key = tuple[float | None, float | None]


@dataclass
class Measures:
    """What all the layers draw together; areas (holes taken off) and open lines of each."""

    areas_mm2: Numbers
    open_counts: Ints
    contour_mm: float = 0.0
    open_mm: float = 0.0
    hatch_mm: float = 0.0
    jump_mm: float = 0.0
    beams: dict[Key, float] = field(default_factory=dict)

    def most_used(self) -> list[Beam]:
        """How much is drawn with each power and speed, the most used first."""
        most = sorted(self.beams.items(), key=lambda beam: -beam[1])
        return [Beam(power, speed, round(float(length), 6)) for (power, speed), length in most]


def measured(layers: tuple[FileLayer, ...]) -> Measures:
    """All that is drawn, many layers at a time."""
    found = Measures(np.zeros(len(layers)), np.zeros(len(layers), np.int64))
    begin = 0
    for block in blocks_of(layers):
        here = slice(begin, begin + len(block))
        found.areas_mm2[here], contours = _contours(block)
        found.open_counts[here], opened = _open_lines(block)
        strokes, jumps = _strokes(block)
        found.contour_mm += float(contours.sum())
        found.open_mm += float(opened.sum())
        found.hatch_mm += float(strokes.sum())
        found.jump_mm += jumps
        _add_beams(found.beams, block, (contours, opened, strokes))
        begin = here.stop
    return found


def areas_mm2(layers: tuple[FileLayer, ...]) -> Numbers:
    """The area inside the contours of each layer, holes taken off."""
    return np.concatenate([np.empty(0), *(_contours(block)[0] for block in blocks_of(layers))])


def _contours(block: list[FileLayer]) -> tuple[Numbers, Numbers]:
    """The area of each layer, and the length of each contour."""
    rings = [ring for layer in block for ring in layer.contours]
    if not rings:
        return np.zeros(len(block)), np.empty(0)
    points, sizes = np.concatenate(rings), np.array([len(ring) for ring in rings])
    begins = np.cumsum(sizes) - sizes
    nexts = np.arange(1, len(points) + 1)
    nexts[begins + sizes - 1] = begins
    x, y = (points - np.repeat(points[begins], sizes, axis=0)).T
    doubled = np.add.reduceat(x * y[nexts] - x[nexts] * y, begins)
    lengths = np.add.reduceat(np.hypot(*(points[nexts] - points).T), begins)
    owners = np.repeat(np.arange(len(block)), [len(layer.contours) for layer in block])
    areas: Numbers = np.bincount(owners, doubled / 2, len(block)).astype(np.float64)
    return areas, np.asarray(lengths)


def _open_lines(block: list[FileLayer]) -> tuple[Ints, Numbers]:
    """How many lines of each layer do not come back to where they began, as a second pass of an outline does; the
    length of each line."""
    lines = [line for layer in block for line in layer.open_lines]
    lengths, back = np.zeros(len(lines)), np.zeros(len(lines), bool)
    sizes = np.array([len(line) for line in lines], np.int64)
    if (some := sizes > 0).any():
        points, ends = np.concatenate(lines), np.cumsum(sizes)[some]
        begins = ends - sizes[some]
        steps = np.append(np.hypot(*np.diff(points, axis=0).T), 0.0)
        steps[ends - 1] = 0.0
        lengths[some] = np.add.reduceat(steps, begins)
        back[some] = (points[begins] == points[ends - 1]).all(axis=1)
    owners = np.repeat(np.arange(len(block)), [len(layer.open_lines) for layer in block])
    return np.bincount(owners[~back], minlength=len(block)), lengths


def _strokes(block: list[FileLayer]) -> tuple[Numbers, float]:
    """The length of each stroke, and of all the ways from one to the next of its layer."""
    groups = [layer.hatches for layer in block if layer.hatches is not None and len(layer.hatches)]
    if not groups:
        return np.empty(0), 0.0
    strokes = np.concatenate(groups)
    jumps = np.hypot(*(strokes[1:, :2] - strokes[:-1, 2:]).T)
    jumps[np.cumsum([len(group) for group in groups])[:-1] - 1] = 0.0
    return np.hypot(*(strokes[:, 2:] - strokes[:, :2]).T), float(jumps.sum())


def _add_beams(beams: dict[Key, float], block: list[FileLayer], lengths: tuple[Numbers, ...]) -> None:
    """How much each power and speed draws: of each layer its contours, its open lines, its strokes, in this order."""
    at = [0, 0, 0]
    for layer in block:
        hatches = 0 if layer.hatches is None else len(layer.hatches)
        each: list[float] = []
        for kind, count in enumerate((len(layer.contours), len(layer.open_lines), hatches)):
            each += lengths[kind][at[kind] : at[kind] + count].tolist() if count else []
            at[kind] += count
        powers = layer.power_w or (None,) * len(each)
        speeds = layer.speed_mm_s or (None,) * len(each)
        for power, speed, length in zip(powers, speeds, each, strict=True):
            beams[power, speed] = beams.get((power, speed), 0.0) + length

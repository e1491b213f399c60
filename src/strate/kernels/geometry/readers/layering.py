"""Gathers the lines of a layer file as it is read: each layer at its height, each line turned as it says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.readers import FileLayer
from strate.kernels.geometry.readers.outlines import OUTER, PASS, Rule, roles, turns_left
from strate.kernels.geometry.refusal import FileRefused, Finding, Limits, Point, Severity

Lines = NDArray[np.float64]
Raw = NDArray[np.generic]
Beam = tuple[float | None, float | None]
"""Power (W) and speed (mm/s), each if the file says it."""

MOST_LAYERS = 200_000
OPEN = 2
_NOTES: dict[str, Severity] = {"unclosed_lines": "warn", "turned_lines": "info", "tiny_lines": "info"}


@dataclass
class _Layer:
    """The lines of one layer as the file gives them, in its own unit."""

    top_mm: float
    lines: list[Raw] = field(default_factory=list)
    turns: list[int] = field(default_factory=list)
    beams: list[Beam] = field(default_factory=list)
    rings: dict[int, list[tuple[Lines, Beam]]] = field(default_factory=dict)
    strokes: list[Raw] = field(default_factory=list)
    stroke_beams: list[Beam] = field(default_factory=list)


class Layering:
    """Give it the layers and lines in the order of the file; it counts the oddities with their first place."""

    def __init__(self, limits: Limits, unit_mm: float = 1.0, rule: Rule = "winding") -> None:
        self._limits, self._unit_mm, self._rule = limits, unit_mm, rule
        self._layers: list[FileLayer] = []
        self._open: _Layer | None = None
        self._seen: dict[str, tuple[int, Point]] = {}
        self._numbers = 0
        self.beam: Beam = (None, None)

    def __len__(self) -> int:
        return len(self._layers) + (self._open is not None)

    def begin(self, top: float) -> None:
        """A layer whose upper surface is at that height, in the unit of the file."""
        top_mm = top * self._unit_mm
        if not abs(top_mm) <= self._limits.max_coordinate_mm:
            raise FileRefused("layer_height_not_usable", layer=len(self) + 1, value=str(top_mm))
        if len(self) >= MOST_LAYERS:
            raise FileRefused("too_many_layers", layers=len(self) + 1, limit=MOST_LAYERS)
        self._end()
        # Heights are written with the digits of 32 bits: what is behind the nanometre is noise.
        self._open = _Layer(round(top_mm, 6))

    def line(self, points: Raw, turn: int) -> None:
        """A line of the current layer, x y x y…: 0 inner (clockwise), 1 outer (counter-clockwise), 2 open."""
        layer = self._current(points)
        layer.lines.append(points)
        layer.turns.append(turn)
        layer.beams.append(self.beam)

    def ring(self, points: Raw, group: int = 0) -> None:
        """A closed line of the current layer, x y x y…, of which nobody says whether it is an outline."""
        layer = self._current(points)
        layer.rings.setdefault(group, []).append((points.reshape(-1, 2).astype(np.float64), self.beam))

    def strokes(self, hatches: Raw) -> None:
        """Separate strokes of the current layer: four numbers each."""
        layer = self._current(hatches)
        layer.strokes.append(hatches)
        layer.stroke_beams.append(self.beam)

    def layers(self) -> tuple[FileLayer, ...]:
        self._end()
        return tuple(self._layers)

    def findings(self) -> list[Finding]:
        self._end()
        return [Finding(code, _NOTES[code], {"count": n}, place) for code, (n, place) in self._seen.items()]

    def _current(self, numbers: Raw) -> _Layer:
        if self._open is None:
            raise FileRefused("line_before_layer")
        self._numbers += numbers.size
        if self._numbers > 12 * self._limits.max_triangles:
            raise FileRefused("too_many_rows", rows=self._numbers, limit=12 * self._limits.max_triangles)
        return self._open

    def _end(self) -> None:
        """Close the layer: scale its lines and turn them the way they say."""
        if (layer := self._open) is None:
            return
        self._open = None
        closed, opened, beams, opened_beams = self._turned(layer)
        for group in layer.rings.values():
            self._sort_rings(group, closed, opened, beams, opened_beams)
        hatches = self._scaled(layer.strokes, 4) if layer.strokes else None
        lengths = [numbers.size // 4 for numbers in layer.strokes]
        strokes = [beam for beam, n in zip(layer.stroke_beams, lengths, strict=True) for _ in range(n)]
        every = [*beams, *opened_beams, *strokes]
        powers = tuple(power for power, _ in every) if any(power is not None for power, _ in every) else ()
        speeds = tuple(speed for _, speed in every) if any(speed is not None for _, speed in every) else ()
        self._layers.append(FileLayer(layer.top_mm, tuple(closed), tuple(opened), hatches, powers, speeds))

    def _scaled(self, pieces: list[Raw], each: int) -> Lines:
        """The numbers in mm; none may be lost or out of all reach."""
        numbers = np.concatenate([piece.reshape(-1) for piece in pieces]).astype(np.float64) * self._unit_mm
        reach = self._limits.max_coordinate_mm
        if numbers.size and not (float(numbers.min()) >= -reach and float(numbers.max()) <= reach):
            raise FileRefused("line_not_usable", layer=len(self._layers) + 1, limit_mm=reach)
        return numbers.reshape(-1, each)

    def _turned(self, layer: _Layer) -> tuple[list[Lines], list[Lines], list[Beam], list[Beam]]:
        closed: list[Lines] = []
        opened: list[Lines] = []
        beams: list[Beam] = []
        opened_beams: list[Beam] = []
        if not layer.lines:
            return closed, opened, beams, opened_beams
        points = self._scaled(layer.lines, 2)
        ends = np.cumsum([piece.size // 2 for piece in layer.lines])
        repeats, lefts = _shapes(points, ends, 1.01 * self._unit_mm)
        begin = 0
        for end, repeat, left, turn, beam in zip(
            ends.tolist(), repeats, lefts, layer.turns, layer.beams, strict=True
        ):
            line = points[begin : end - (repeat and turn != OPEN)]
            begin = end
            if turn == OPEN or len(line) < 3:
                if len(line) < 2 or turn != OPEN:
                    self._note("tiny_lines", line, layer)
                opened.append(line)
                opened_beams.append(beam)
                continue
            if not repeat:
                self._note("unclosed_lines", line, layer)
            if left != 0 and (left > 0) != (turn == 1):
                self._note("turned_lines", line, layer)
                line = line[::-1]
            closed.append(line)
            beams.append(beam)
        return closed, opened, beams, opened_beams

    def _sort_rings(
        self,
        group: list[tuple[Lines, Beam]],
        closed: list[Lines],
        opened: list[Lines],
        beams: list[Beam],
        opened_beams: list[Beam],
    ) -> None:
        """Outlines are turned as outlines; the other passes stay lines, drawn back to where they began."""
        scaled = [self._scaled([points], 2) for points, _ in group]
        rings = [ring[:-1] if len(ring) > 1 and (ring[0] == ring[-1]).all() else ring for ring in scaled]
        drawn = [k for k, ring in enumerate(rings) if len(ring) >= 3]
        for k, role in zip(drawn, roles([rings[k] for k in drawn], self._rule), strict=True):
            ring = rings[k]
            if role == PASS:
                opened.append(np.concatenate([ring, ring[:1]]))
                opened_beams.append(group[k][1])
                continue
            closed.append(ring if turns_left(ring) == (role == OUTER) else ring[::-1])
            beams.append(group[k][1])
        for k in sorted(set(range(len(rings))) - set(drawn)):
            opened.append(scaled[k])
            opened_beams.append(group[k][1])

    def _note(self, code: str, line: Lines, layer: _Layer) -> None:
        x, y = line[0].tolist() if len(line) else (0.0, 0.0)
        count, place = self._seen.get(code, (0, (x, y, layer.top_mm)))
        self._seen[code] = (count + 1, place)


def _shapes(points: Lines, ends: NDArray[np.int64], near_mm: float) -> tuple[list[bool], list[float]]:
    """For each line: does it end where it begins, and twice its area (positive when it turns left)?"""
    sizes = np.diff(ends, prepend=0)
    drawn = np.flatnonzero(sizes > 1)
    repeats, lefts = np.zeros(len(ends), bool), np.zeros(len(ends))
    if len(drawn):
        first, last = (ends - sizes)[drawn], ends[drawn] - 1
        repeats[drawn] = np.abs(points[first] - points[last]).max(axis=1) <= near_mm
        x, y = (points - np.repeat(points[np.minimum(ends - sizes, len(points) - 1)], sizes, axis=0)).T
        cross = np.append(x[:-1] * y[1:] - x[1:] * y[:-1], 0.0)
        cross[ends[sizes > 0] - 1] = 0.0
        total = np.append(0.0, np.cumsum(cross))
        lefts[drawn] = total[last + 1] - total[first]
    return repeats.tolist(), lefts.tolist()


def box_of_lines(layers: Iterable[FileLayer]) -> tuple[Point, Point] | None:
    """The box around all lines, at the heights of the upper surfaces; None when nothing is drawn."""
    low, high = np.full(3, np.inf), np.full(3, -np.inf)
    for layer in layers:
        if lines := drawn(layer):
            points = np.concatenate(lines)
            low[:2] = np.minimum(low[:2], points.min(axis=0))
            high[:2] = np.maximum(high[:2], points.max(axis=0))
            low[2], high[2] = min(low[2], layer.top_mm), max(high[2], layer.top_mm)
    if not np.isfinite(low).all():
        return None
    return _point(low), _point(high)


def drawn(layer: FileLayer) -> list[Lines]:
    """Everything a layer draws, as lists of points."""
    strokes = [] if layer.hatches is None or not len(layer.hatches) else [layer.hatches.reshape(-1, 2)]
    return [points for points in (*layer.contours, *layer.open_lines) if len(points)] + strokes


def _point(corner: NDArray[np.float64]) -> Point:
    return float(corner[0]), float(corner[1]), float(corner[2])

"""Gathers the lines of a layer file as it is read: each layer at its height, each line turned as it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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

MOST_LAYERS = 100_000
_BLOCK = 200_000
"""So many numbers are looked at together: a layer of one line costs as much by itself as a thousand together."""
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


@dataclass
class _Drawn:
    """The lines of one layer in mm, sorted: those that close, those that do not, each with its power and speed."""

    closed: list[Lines] = field(default_factory=list)
    opened: list[Lines] = field(default_factory=list)
    beams: list[Beam] = field(default_factory=list)
    opened_beams: list[Beam] = field(default_factory=list)


class Layering:
    """Give it the layers and lines in the order of the file; it counts the oddities with their first place."""

    def __init__(self, limits: Limits, unit_mm: float = 1.0, rule: Rule = "winding") -> None:
        self._limits, self._unit_mm, self._rule = limits, unit_mm, rule
        self._layers: list[FileLayer] = []
        self._open: _Layer | None = None
        self._waiting: list[_Layer] = []
        self._held = 0
        self._seen: dict[str, tuple[int, Point]] = {}
        self._numbers = 0
        self.beam: Beam = (None, None)

    def __len__(self) -> int:
        return len(self._layers) + len(self._waiting) + (self._open is not None)

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
        self._finish()
        return tuple(self._layers)

    def findings(self) -> list[Finding]:
        self._finish()
        return [Finding(code, _NOTES[code], {"count": n}, place) for code, (n, place) in self._seen.items()]

    def _current(self, numbers: Raw) -> _Layer:
        if self._open is None:
            raise FileRefused("line_before_layer")
        self._numbers += numbers.size
        self._held += numbers.size
        if self._numbers > 12 * self._limits.max_triangles:
            raise FileRefused("too_many_rows", rows=self._numbers, limit=12 * self._limits.max_triangles)
        return self._open

    def _end(self) -> None:
        """The layer is whole; when much waits, all of it is drawn."""
        if self._open is not None:
            self._waiting.append(self._open)
            self._open = None
            self._held += 1
        if self._held >= _BLOCK:
            self._draw()

    def _finish(self) -> None:
        self._end()
        self._draw()

    def _draw(self) -> None:
        """Draw the layers that wait, all together: scale their lines and turn them the way they say."""
        batch, self._waiting, self._held = self._waiting, [], 0
        first = len(self._layers) + 1
        drawn = zip(batch, self._turned(batch, first), self._hatched(batch, first), strict=True)
        for layer, found, hatches in drawn:
            for group in layer.rings.values():
                self._sort_rings(group, found)
            lengths = [numbers.size // 4 for numbers in layer.strokes]
            strokes = [beam for beam, n in zip(layer.stroke_beams, lengths, strict=True) for _ in range(n)]
            every = [*found.beams, *found.opened_beams, *strokes]
            said = _if_any([power for power, _ in every]), _if_any([speed for _, speed in every])
            lines = tuple(found.closed), tuple(found.opened)
            self._layers.append(FileLayer(layer.top_mm, *lines, hatches, *said))

    def _scaled(self, pieces: Sequence[Raw], each: int, layers: Sequence[int]) -> Lines:
        """The numbers in mm; none may be lost or out of all reach. `layers`: in which layer each piece stands."""
        numbers = np.concatenate([piece.reshape(-1) for piece in pieces]).astype(np.float64) * self._unit_mm
        reach = self._limits.max_coordinate_mm
        if numbers.size and not (float(numbers.min()) >= -reach and float(numbers.max()) <= reach):
            lost = int(np.argmin(np.abs(numbers) <= reach))
            piece = int(np.searchsorted(np.cumsum([piece.size for piece in pieces]), lost, "right"))
            raise FileRefused("line_not_usable", layer=layers[piece], limit_mm=reach)
        return numbers.reshape(-1, each)

    def _hatched(self, batch: list[_Layer], first: int) -> list[Lines | None]:
        """The strokes of each layer in mm; None where it has none."""
        found: list[Lines | None] = [None] * len(batch)
        owners = [k for k, layer in enumerate(batch) if layer.strokes]
        if owners:
            pieces = [np.concatenate([raw.reshape(-1) for raw in batch[k].strokes]) for k in owners]
            strokes = self._scaled(pieces, 4, [first + k for k in owners])
            ends = np.cumsum([piece.size // 4 for piece in pieces])
            for k, each in zip(owners, np.split(strokes, ends[:-1]), strict=True):
                found[k] = each
        return found

    def _turned(self, batch: list[_Layer], first: int) -> list[_Drawn]:
        """The lines of each layer whose turn is said, as they say it."""
        found = [_Drawn() for _ in batch]
        owners = [k for k, layer in enumerate(batch) for _ in layer.lines]
        if not owners:
            return found
        pieces = [piece for layer in batch for piece in layer.lines]
        points = self._scaled(pieces, 2, [first + k for k in owners])
        sizes = np.array([piece.size // 2 for piece in pieces])
        shapes = _shapes(points, sizes, 1.01 * self._unit_mm)
        said = [each for layer in batch for each in zip(layer.turns, layer.beams, strict=True)]
        begin = 0
        for k, size, shape, (turn, beam) in zip(owners, sizes.tolist(), shapes, said, strict=True):
            self._sort_line(batch[k], found[k], points[begin : begin + size], shape, turn, beam)
            begin += size
        return found

    def _sort_line(
        self, layer: _Layer, found: _Drawn, line: Lines, shape: tuple[bool, float], turn: int, beam: Beam
    ) -> None:
        repeat, left = shape
        if repeat and turn != OPEN:
            line = line[:-1]
        if turn == OPEN or len(line) < 3:
            if len(line) < 2 or turn != OPEN:
                self._note("tiny_lines", line, layer)
            found.opened.append(line)
            found.opened_beams.append(beam)
            return
        if not repeat:
            self._note("unclosed_lines", line, layer)
        if left != 0 and (left > 0) != (turn == 1):
            self._note("turned_lines", line, layer)
            line = line[::-1]
        found.closed.append(line)
        found.beams.append(beam)

    def _sort_rings(self, group: list[tuple[Lines, Beam]], found: _Drawn) -> None:
        """Outlines are turned as outlines; the other passes stay lines, drawn back to where they began."""
        here = [len(self._layers) + 1] * len(group)
        whole = self._scaled([points for points, _ in group], 2, here)
        ends = np.cumsum([len(points) for points, _ in group]).tolist()
        scaled = [whole[a:b] for a, b in zip([0, *ends], ends, strict=False)]
        rings = [ring[:-1] if len(ring) > 1 and (ring[0] == ring[-1]).all() else ring for ring in scaled]
        drawn = [k for k, ring in enumerate(rings) if len(ring) >= 3]
        for k, role in zip(drawn, roles([rings[k] for k in drawn], self._rule), strict=True):
            ring = rings[k]
            if role == PASS:
                found.opened.append(np.concatenate([ring, ring[:1]]))
                found.opened_beams.append(group[k][1])
                continue
            found.closed.append(ring if turns_left(ring) == (role == OUTER) else ring[::-1])
            found.beams.append(group[k][1])
        for k in sorted(set(range(len(rings))) - set(drawn)):
            found.opened.append(scaled[k])
            found.opened_beams.append(group[k][1])

    def _note(self, code: str, line: Lines, layer: _Layer) -> None:
        x, y = line[0].tolist() if len(line) else (0.0, 0.0)
        count, place = self._seen.get(code, (0, (x, y, layer.top_mm)))
        self._seen[code] = (count + 1, place)


def _if_any(said: list[float | None]) -> tuple[float | None, ...]:
    return tuple(said) if any(each is not None for each in said) else ()


def _shapes(points: Lines, sizes: NDArray[np.int64], near_mm: float) -> list[tuple[bool, float]]:
    """For each line: does it end where it begins, and twice its area (positive when it turns left)?"""
    repeats, lefts = np.zeros(len(sizes), bool), np.zeros(len(sizes))
    ends, some = np.cumsum(sizes), sizes > 0
    if some.any():
        first, last = (ends - sizes)[some], ends[some] - 1
        repeats[some] = (np.abs(points[first] - points[last]).max(axis=1) <= near_mm) & (sizes[some] > 1)
        x, y = (points - np.repeat(points[first], sizes[some], axis=0)).T
        cross = np.append(x[:-1] * y[1:] - x[1:] * y[:-1], 0.0)
        cross[last] = 0.0
        lefts[some] = np.add.reduceat(cross, first)
    return list(zip(repeats.tolist(), lefts.tolist(), strict=True))


def blocks_of(layers: Iterable[FileLayer]) -> Iterator[list[FileLayer]]:
    """The layers, so many at a time that they are reckoned together without being copied as a whole."""
    block, held = list[FileLayer](), 0
    for layer in layers:
        block.append(layer)
        held += 1 + 2 * sum(map(len, layer.contours)) + 2 * sum(map(len, layer.open_lines))
        held += 0 if layer.hatches is None else layer.hatches.size
        if held >= _BLOCK:
            yield block
            block, held = [], 0
    if block:
        yield block


def box_of_lines(layers: Iterable[FileLayer]) -> tuple[Point, Point] | None:
    """The box around all lines, at the heights of the upper surfaces; None when nothing is drawn."""
    low, high = np.full(3, np.inf), np.full(3, -np.inf)
    for block in blocks_of(layers):
        told = [(layer.top_mm, lines) for layer in block if (lines := drawn(layer))]
        if told:
            points = np.concatenate([line for _, lines in told for line in lines])
            tops = [top for top, _ in told]
            low = np.minimum(low, [*points.min(axis=0), min(tops)])
            high = np.maximum(high, [*points.max(axis=0), max(tops)])
    if not np.isfinite(low).all():
        return None
    return _point(low), _point(high)


def drawn(layer: FileLayer) -> list[Lines]:
    """Everything a layer draws, as lists of points."""
    strokes = [] if layer.hatches is None or not len(layer.hatches) else [layer.hatches.reshape(-1, 2)]
    return [points for points in (*layer.contours, *layer.open_lines) if len(points)] + strokes


def _point(corner: NDArray[np.float64]) -> Point:
    return float(corner[0]), float(corner[1]), float(corner[2])

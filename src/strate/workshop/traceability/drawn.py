"""The graph of a trace laid out to be read: time from left to right, each step a column, what is too much gathered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 184, 56
GAP_X, GAP_Y, MARGIN = 48, 14, 12
SWEEPS = 4
LONGEST = 21


@dataclass
class Knot:
    """A box of the drawing: a lot, a build, the parts of an order, or all that was gathered into one box."""

    key: str
    kind: str
    column: int
    title: str
    said: str = ""
    url: str = ""
    name: str = ""
    held: bool = False
    here: bool = False
    weight: float = 0.0
    x: int = 0
    y: int = 0

    @property
    def short(self) -> str:
        return self.title if len(self.title) <= LONGEST else f"{self.title[: LONGEST - 1]}…"

    @property
    def short_said(self) -> str:
        return self.said if len(self.said) <= LONGEST + 4 else f"{self.said[: LONGEST + 3]}…"


@dataclass(frozen=True)
class Thread:
    """A line of the drawing, from one box to another."""

    path: str
    thick: int


@dataclass
class Drawing:
    """What the page draws, in its own units."""

    width: int = 0
    height: int = 0
    knots: list[Knot] = field(default_factory=list)
    threads: list[Thread] = field(default_factory=list)


Link = tuple[str, str, int]


def draw(knots: Iterable[Knot], links: Sequence[Link]) -> Drawing:
    """Place the boxes: columns that hold nothing close up, boxes stand near what they are joined to."""
    by_key = {knot.key: knot for knot in knots}
    joined = [(a, b, mass) for a, b, mass in links if a in by_key and b in by_key and a != b]
    columns = _columns(by_key.values())
    _order(columns, joined)
    tallest = max((len(column) for column in columns), default=0)
    for number, column in enumerate(columns):
        top = (tallest - len(column)) * (HEIGHT + GAP_Y) // 2
        for row, knot in enumerate(column):
            knot.x = MARGIN + number * (WIDTH + GAP_X)
            knot.y = MARGIN + top + row * (HEIGHT + GAP_Y)
    return Drawing(
        width=2 * MARGIN + len(columns) * (WIDTH + GAP_X) - GAP_X if columns else 0,
        height=2 * MARGIN + tallest * (HEIGHT + GAP_Y) - GAP_Y,
        knots=[knot for column in columns for knot in column],
        threads=_threads(by_key, joined),
    )


def _columns(knots: Iterable[Knot]) -> list[list[Knot]]:
    """Left to right; in each, what weighs most first."""
    by_column: dict[int, list[Knot]] = defaultdict(list)
    for knot in knots:
        by_column[knot.column].append(knot)
    return [
        sorted(by_column[n], key=lambda k: (k.kind == "more", -k.weight, k.title)) for n in sorted(by_column)
    ]


def _order(columns: list[list[Knot]], links: Sequence[Link]) -> None:
    """Each box at the mean height of its neighbours, swept to and fro: fewer lines cross."""
    near: dict[str, list[str]] = defaultdict(list)
    for a, b, _mass in links:
        near[a].append(b)
        near[b].append(a)
    height = {knot.key: row - len(column) / 2 for column in columns for row, knot in enumerate(column)}
    for sweep in range(SWEEPS):
        for column in columns if sweep % 2 == 0 else reversed(columns):
            wanted = {k.key: _mean([height[n] for n in near[k.key]], height[k.key]) for k in column}
            column.sort(key=lambda k: (k.kind == "more", wanted[k.key], k.title))
            height.update({knot.key: row - len(column) / 2 for row, knot in enumerate(column)})


def _mean(heights: list[float], own: float) -> float:
    return sum(heights) / len(heights) if heights else own


def _threads(by_key: dict[str, Knot], links: Sequence[Link]) -> list[Thread]:
    """Curves from the right side of a box to the left side of the next; the more matter, the thicker."""
    most = max((mass for _a, _b, mass in links), default=0) or 1
    drawn = []
    for a, b, mass in links:
        one, other = by_key[a], by_key[b]
        x1, y1 = one.x + WIDTH, one.y + HEIGHT // 2
        x2, y2 = other.x, other.y + HEIGHT // 2
        bend = max((x2 - x1) // 2, GAP_X // 2)
        path = f"M{x1} {y1}C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}"
        drawn.append(Thread(path, 1 + round(4 * mass / most)))
    return drawn

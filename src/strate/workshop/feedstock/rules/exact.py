"""Whole numbers under a few linear limits: the first choice served as far as possible, exactly, or proof of none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

ZERO, ONE = Fraction(0), Fraction(1)
# A shop's stock is settled in a few dozen steps; beyond this the question is not one of a shop.
MOST_STEPS = 4000


class TooHard(Exception):
    """The question needs more steps than a screen may wait for; nothing is proposed rather than something wrong."""


@dataclass(frozen=True)
class Row:
    """Σ factor·x ≤ bound."""

    factors: tuple[Fraction, ...]
    bound: Fraction


@dataclass
class _Steps:
    left: int = MOST_STEPS

    def take(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise TooHard


def first_choice(most: Sequence[int], total: int, rows: Sequence[Row]) -> list[int] | None:
    """Whole x between 0 and `most` that sum to `total` and keep every row: x₁ as large as can be, then x₂...

    None when there is none: an exact search, its branches cut by exact linear programming.
    """
    return _search(list(most), total, list(rows), _Steps())


def least_sum(most: Sequence[int], total: int, rows: Sequence[Row], among: Sequence[int]) -> int | None:
    """The smallest whole Σ x over `among`, in some solution; None when there is no solution at all."""
    aim = tuple(Fraction(-1) if i in set(among) else ZERO for i in range(len(most)))
    best = _maximum(most, total, rows, aim)
    return None if best is None else ceil(-best)


def _search(most: list[int], total: int, rows: list[Row], steps: _Steps) -> list[int] | None:
    steps.take()
    if not most:
        return [] if total == 0 and all(row.bound >= 0 for row in rows) else None
    aim = (ONE, *(ZERO for _ in most[1:]))
    highest = _maximum(most, total, rows, aim)
    if highest is None:
        return None
    value, lowest = floor(highest), None
    while lowest is None or value >= lowest:
        if value < 0:
            return None
        rest = [Row(row.factors[1:], row.bound - row.factors[0] * value) for row in rows]
        found = _search(most[1:], total - value, rest, steps)
        if found is not None:
            return [value, *found]
        if lowest is None:
            least = _maximum(most, total, rows, (-ONE, *aim[1:]))
            assert least is not None, "a maximum without a minimum"
            lowest = ceil(-least)
        value -= 1
    return None


def _maximum(
    most: Sequence[int], total: int, rows: Sequence[Row], aim: Sequence[Fraction]
) -> Fraction | None:
    """The maximum of Σ aim·x over real x, as an exact fraction; None when nothing keeps the rows."""
    table = _Table(most, total, rows)
    return table.maximise(aim) if table.feasible() else None


class _Table:
    """The simplex method with bounded variables, in exact fractions; Bland's rule, so that it always ends.

    Columns: the unknowns, one slack for each row, one artificial for each line that needs it. A variable that
    stands at its upper bound is written as what it lacks of it (`flipped`).
    """

    def __init__(self, most: Sequence[int], total: int, rows: Sequence[Row]) -> None:
        self.n, slacks = len(most), len(rows)
        self.upper: list[Fraction | None] = [Fraction(m) for m in most] + [None] * slacks
        self.lines: list[list[Fraction]] = []
        self.right: list[Fraction] = []
        self.basis: list[int] = []
        self.artificial: list[int] = []
        self.flipped: set[int] = set()
        self._line([ONE] * self.n + [ZERO] * slacks, Fraction(total), None)
        for j, row in enumerate(rows):
            slack = [ONE if k == j else ZERO for k in range(slacks)]
            self._line([*row.factors, *slack], row.bound, self.n + j)

    def _line(self, factors: list[Fraction], right: Fraction, slack: int | None) -> None:
        if right < 0:
            factors, right, slack = [-f for f in factors], -right, None
        width = len(self.upper)
        factors += [ZERO] * (width - len(factors))
        if slack is None:
            for line in self.lines:
                line.append(ZERO)
            self.upper.append(None)
            factors.append(ONE)
            slack = width
            self.artificial.append(slack)
        self.lines.append(factors)
        self.right.append(right)
        self.basis.append(slack)

    def feasible(self) -> bool:
        """Drive the artificial variables to nought; then they are not used again."""
        aim = [ZERO] * len(self.upper)
        for j in self.artificial:
            aim[j] = -ONE
        if self._climb(aim) < 0:
            return False
        for j in self.artificial:
            self.upper[j] = ZERO
        return True

    def maximise(self, aim: Sequence[Fraction]) -> Fraction:
        return self._climb([*aim, *[ZERO] * (len(self.upper) - self.n)])

    def _climb(self, aim: list[Fraction]) -> Fraction:
        while (entering := self._entering(aim)) is not None:
            self._enter(entering)
        return self._worth(aim)

    def _worth(self, aim: list[Fraction]) -> Fraction:
        value = dict(zip(self.basis, self.right, strict=True))
        worth = ZERO
        for j, gain in enumerate(aim):
            if gain:
                at = value.get(j, ZERO)
                worth += gain * (self._top(j) - at if j in self.flipped else at)
        return worth

    def _top(self, j: int) -> Fraction:
        top = self.upper[j]
        assert top is not None, "only a bounded variable stands at its upper bound"
        return top

    def _signed(self, aim: list[Fraction], j: int) -> Fraction:
        return -aim[j] if j in self.flipped else aim[j]

    def _entering(self, aim: list[Fraction]) -> int | None:
        """The first column that still gains; a variable without room (an artificial, later) never enters."""
        inside = set(self.basis)
        for j in range(len(self.upper)):
            if j in inside or self.upper[j] == 0:
                continue
            cost = sum(
                (self._signed(aim, b) * line[j] for b, line in zip(self.basis, self.lines, strict=True)), ZERO
            )
            if self._signed(aim, j) - cost > 0:
                return j
        return None

    def _enter(self, j: int) -> None:
        """Raise column j until it, or a basic variable, meets a bound."""
        step, leaving, at_top = self.upper[j], None, False
        for i, line in enumerate(self.lines):
            factor, top = line[j], self.upper[self.basis[i]]
            if factor > 0:
                room, high = self.right[i] / factor, False
            elif factor < 0 and top is not None:
                room, high = (top - self.right[i]) / -factor, True
            else:
                continue
            earlier = leaving is not None and room == step and self.basis[i] < self.basis[leaving]
            if step is None or room < step or earlier:
                step, leaving, at_top = room, i, high
        if leaving is None:
            self._flip_column(j)
            return
        if at_top:
            self._flip_line(leaving)
        self._pivot(leaving, j)

    def _flip_column(self, j: int) -> None:
        top = self._top(j)
        for i, line in enumerate(self.lines):
            self.right[i] -= line[j] * top
            line[j] = -line[j]
        self.flipped ^= {j}

    def _flip_line(self, i: int) -> None:
        basic = self.basis[i]
        self.lines[i] = [-f for f in self.lines[i]]
        self.lines[i][basic] = ONE
        self.right[i] = self._top(basic) - self.right[i]
        self.flipped ^= {basic}

    def _pivot(self, i: int, j: int) -> None:
        by = self.lines[i][j]
        self.lines[i] = [f / by for f in self.lines[i]]
        self.right[i] /= by
        chosen = self.lines[i]
        for k, line in enumerate(self.lines):
            if k != i and line[j]:
                times = line[j]
                self.lines[k] = [f - times * c if c else f for f, c in zip(line, chosen, strict=True)]
                self.right[k] -= times * self.right[i]
        self.basis[i] = j

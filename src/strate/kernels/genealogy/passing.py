"""Shares handed from lot to lot by the loops in C: whole numbers of 256 bits, exact to the last."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from strate.kernels.compiled import INT32, INT64, array, indices_within
from strate.kernels.genealogy.graph import Numbers
from strate.kernels.genealogy.native import function
from strate.kernels.genealogy.shares import GUARD_BITS, GUARDED_ONE

# One row of four for each node, the least significant 64 bits first. A share has 150 bits, the heaviest lot 63.
Wide = NDArray[np.uint64]
PARTS = 4

_NUMBERS, _WIDE = array(np.int64), array(np.uint64)
_WAY = (INT64, _NUMBERS, _NUMBERS, _NUMBERS, _NUMBERS, _NUMBERS, _WIDE)
_passed_back = function("strate_passed_back", None, *_WAY)
_passed_on = function("strate_passed_on", None, *_WAY)
_told = function("strate_told", None, INT64, INT32, _WIDE, _WIDE)


@dataclass(frozen=True)
class Poured:
    """What was poured into each node: rows `first[node]` to `first[node + 1]`; a parent outside is −1."""

    first: Numbers
    parent: Numbers
    mass_mg: Numbers
    whole_mg: Numbers

    def __len__(self) -> int:
        return len(self.whole_mg)

    def back(self, order: Numbers, shares: Wide) -> None:
        """Each node, in this order, passes what it received on to its parents by their masses."""
        self._check(order, shares, 0)
        _passed_back(len(order), order, self.first, self.whole_mg, self.parent, self.mass_mg, shares)

    def on(self, order: Numbers, shares: Wide) -> None:
        """Each node something was poured into is worth, in this order, the mean by mass of its parents."""
        self._check(order, shares, -1)
        _passed_on(len(order), order, self.first, self.whole_mg, self.parent, self.mass_mg, shares)

    def _check(self, order: Numbers, shares: Wide, least: int) -> None:
        """The loops trust what they are given: nothing is passed to a place that is not there."""
        count, first = len(self), self.first
        sizes = len(first) == count + 1 and len(self.parent) == len(self.mass_mg)
        rows = sizes and first[0] == 0 and first[-1] == len(self.parent) and bool((np.diff(first) >= 0).all())
        places = indices_within(order, count) and indices_within(self.parent, count, least)
        if not (rows and places and shares.shape == (count, PARTS)):
            raise ValueError("the lines of a family tree and its nodes do not agree")
        if self.mass_mg.min(initial=0) < 0:
            raise ValueError("a mass poured is not negative")


def nothing(count: int) -> Wide:
    return np.zeros((count, PARTS), dtype=np.uint64)


def one(finer: int = 0) -> Wide:
    """A whole, with so many bits more than the guard bits of every share."""
    return np.frombuffer((GUARDED_ONE << finer).to_bytes(8 * PARTS, "little"), dtype="<u8").astype(np.uint64)


def guarded(share: Wide) -> int:
    """One share with all its bits."""
    return int.from_bytes(share.astype("<u8").tobytes(), "little")


def told(shares: Wide, finer: int = 0) -> list[int]:
    """Shares in units of `ONE`: rounded in their last decimal, half of it upwards."""
    rounded = np.empty((len(shares), 2), dtype=np.uint64)
    _told(len(shares), GUARD_BITS + finer, shares, rounded)
    # Two columns, not a list for each row: the collector of garbage would be called for by thousands of them.
    return [high << 64 | low for low, high in zip(*rounded.T.tolist(), strict=True)]

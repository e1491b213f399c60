"""What powder carries along its family tree: how used and how old it is, hours at temperature, its oxygen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from strate.kernels.genealogy.closure import Closure
from strate.kernels.genealogy.order import Loop, rounds
from strate.kernels.genealogy.shares import ONE, apportion

Parent = tuple[int, "Carried"]


@dataclass(frozen=True)
class Own:
    """What is known of one node by itself; numbers that are no counts are in units of `ONE`.

    `builds` and `hours` are what it went through in becoming what it is; `older`: how much its mean age grew, when
    not by whole builds (what only passed over the bed). `ages`, `mean_before`, `hours_before`, `properties`: of an
    origin, as it came in. `measured` stands instead of what would be predicted, there and for all made of it.
    """

    builds: int = 0
    older: int | None = None
    hours: int = 0
    ages: tuple[int, ...] = (ONE,)
    mean_before: int | None = None
    hours_before: int = 0
    properties: Mapping[str, int] = field(default_factory=dict)
    measured: Mapping[str, int] = field(default_factory=dict)

    @property
    def aged(self) -> int:
        """How much its mean age grew."""
        return self.builds * ONE if self.older is None else self.older


@dataclass(frozen=True)
class Carried:
    """What a node is worth: `ages[n]` is the share that has seen n builds, exactly one together.

    `used` is the share that has been through a machine. `age_mean` and `hours` are means by mass, `hours_max` that
    of the powder which saw most. `properties` holds what is known of it, `measured` which of them were measured on
    itself rather than predicted.
    """

    ages: tuple[int, ...]
    used: int
    age_mean: int
    hours: int
    hours_max: int
    properties: Mapping[str, int]
    measured: frozenset[str]

    @property
    def age_max(self) -> int:
        """The cautious convention: the age of the oldest powder in it."""
        return max(age for age, share in enumerate(self.ages) if share)


def mixed(values: Sequence[int], masses_mg: Sequence[int]) -> int:
    """The mean by mass of an additive value, rounded half to even. Never for flow or viscosity."""
    total = sum(masses_mg)
    units, rest = divmod(sum(value * mass for value, mass in zip(values, masses_mg, strict=True)), total)
    return units + (2 * rest > total or (2 * rest == total and units & 1))


def of_origin(own: Own) -> Carried:
    """Powder as it came in."""
    known = {**own.properties, **own.measured}
    hours = own.hours_before + own.hours
    mean = sum(age * share for age, share in enumerate(own.ages))
    return Carried(
        _older(own.ages, own.builds),
        ONE if _went_through(own) else ONE - own.ages[0],
        (mean if own.mean_before is None else own.mean_before) + own.aged,
        hours,
        hours,
        known,
        frozenset(own.measured),
    )


def of_mixture(parents: Sequence[Parent], own: Own) -> Carried:
    """A perfect mixture of its parents, then what it went through itself; an unknown parent makes it unknown."""
    masses = [mass for mass, _ in parents]
    longest = max(len(each.ages) for _, each in parents)
    weights = [
        sum(mass * (each.ages[age] if age < len(each.ages) else 0) for mass, each in parents)
        for age in range(longest)
    ]
    everywhere = set.intersection(*(set(each.properties) for _, each in parents))
    predicted = {name: mixed([each.properties[name] for _, each in parents], masses) for name in everywhere}
    return Carried(
        _older(tuple(apportion(weights)), own.builds),
        ONE if _went_through(own) else mixed([each.used for _, each in parents], masses),
        mixed([each.age_mean for _, each in parents], masses) + own.aged,
        mixed([each.hours for _, each in parents], masses) + own.hours,
        max(each.hours_max for _, each in parents) + own.hours,
        {**predicted, **own.measured},
        frozenset(own.measured),
    )


def _went_through(own: Own) -> bool:
    """Powder that was in a machine is used, even what only passed over the bed and is no older for it."""
    return bool(own.builds) or own.older is not None


def _older(ages: tuple[int, ...], builds: int) -> tuple[int, ...]:
    return (0,) * builds + ages


def carry(closure: Closure, own: Mapping[int, Own]) -> dict[int, Carried]:
    """What each node of a backward closure is worth, parents first."""
    nodes = closure.nodes.tolist()
    parents: dict[int, list[tuple[int, int]]] = {node: [] for node in nodes}
    edges = closure.edges
    for parent, child, mass in zip(
        edges.parent.tolist(), edges.child.tolist(), edges.mass_mg.tolist(), strict=True
    ):
        parents[child].append((parent, mass))
    found: dict[int, Carried] = {}
    for node in _parents_first(closure, nodes):
        mine = own.get(node, Own())
        made = [(mass, found[parent]) for parent, mass in parents[node]]
        found[node] = of_mixture(made, mine) if made else of_origin(mine)
    return found


def _parents_first(closure: Closure, nodes: list[int]) -> list[int]:
    before = np.searchsorted(closure.nodes, closure.edges.parent).astype(np.int64)
    after = np.searchsorted(closure.nodes, closure.edges.child).astype(np.int64)
    try:
        return [nodes[at] for ready in rounds(len(nodes), before, after) for at in ready.tolist()]
    except Loop as loop:
        raise Loop(nodes[int(str(at))] for at in loop.nodes) from None

"""What powder carries along its tree: how used and old it is, its hours at temperature, its properties."""

from __future__ import annotations

from dataclasses import dataclass

from strate.kernels.genealogy import ONE, Own, Trace, carry, mixed
from strate.workshop.feedstock import genealogy
from strate.workshop.feedstock import queries as feedstock
from strate.workshop.feedstock.rules import Share, properties
from strate.workshop.feedstock.rules.properties import PREDICTED, Known
from strate.workshop.traceability.queries.subject import Subject

# Beyond so many lots the page would wait for it; each lot keeps its own age anyway.
MOST = 2_000
# Stored means are rounded in their 38th decimal and masses to the milligram: less than this was no stay in a build.
NO_TIME = ONE // 1000
# Weights of overflow are typed with a few decimals.
FINEST_WEIGHT = ONE // 10**9


@dataclass(frozen=True)
class Property:
    """One property: as it is known (None: unknown), and what mixing alone would predict."""

    code: str
    known: Known | None
    predicted: Known | None

    @property
    def basis(self) -> str:
        return self.known.basis if self.known else "unknown"


@dataclass(frozen=True)
class Borne:
    """What the powder is worth as it was poured: that of a build before the build made it one older.

    `silent`: the builds on its way of which nobody noted the hours; `declared`: its ancestors known by word only.
    """

    ages: tuple[int, ...]
    used: int
    age_max: int
    age_mean: Share
    hours_mean: int
    hours_max: int
    properties: list[Property]
    silent: list[str]
    declared: list[str]

    @property
    def hours_known(self) -> bool:
        """Whether any build on its way told its hours, or none was needed."""
        return bool(self.hours_max) or not self.silent


@dataclass(frozen=True)
class _Stored:
    """What the ledger keeps of one lot, in units of `ONE`."""

    code: str
    origin: str
    build: str
    used: int
    age: int
    age_mean: int
    hours: int


def borne(of: Subject, back: Trace | None) -> Borne | None:
    """What the subject carries; None when it holds no powder or its tree is too wide to wait for."""
    if back is None or len(back.nodes) > MOST:
        return None
    stored = _stored(back.nodes.tolist())
    parents = _parents(back)
    own = {pk: _own(each, parents.get(pk, []), stored) for pk, each in stored.items()}
    worth = carry(back.closure, own)[back.closure.starts[0]]
    return Borne(
        worth.ages,
        worth.used,
        worth.age_max,
        Share(worth.age_mean),
        worth.hours,
        worth.hours_max,
        _properties(of, parents, back),
        _silent(stored, own),
        sorted(each.code for each in stored.values() if each.origin == "declared"),
    )


def _stored(numbers: list[int]) -> dict[int, _Stored]:
    names = ["id", "code", "origin", "build", "used_share", "age_max", "age_mean", "hours_mean"]
    return {
        pk: _Stored(code, origin, build, int(used), age, int(mean), int(hours))
        for pk, code, origin, build, used, age, mean, hours in genealogy.rows(names, numbers)
    }


def _parents(back: Trace) -> dict[int, list[tuple[int, int]]]:
    """(mass, parent) of each lot of the trace."""
    edges = back.closure.edges
    found: dict[int, list[tuple[int, int]]] = {}
    for parent, child, mass in zip(
        edges.parent.tolist(), edges.child.tolist(), edges.mass_mg.tolist(), strict=True
    ):
        found.setdefault(child, []).append((mass, parent))
    return found


def _own(each: _Stored, parents: list[tuple[int, int]], stored: dict[int, _Stored]) -> Own:
    """What a lot went through itself: as it came in, or what it gained over what it was made of."""
    if not parents:
        return Own(ages=_ages(each), mean_before=each.age_mean, hours_before=each.hours)
    if each.origin != "recovered" or not each.build:
        return Own()
    masses = [mass for mass, _pk in parents]
    hours = each.hours - mixed([stored[pk].hours for _mass, pk in parents], masses)
    older = each.age_mean - mixed([stored[pk].age_mean for _mass, pk in parents], masses)
    # What only passed over the bed is older by less than a build: by how much was decided when it was weighed.
    weight = (older + FINEST_WEIGHT // 2) // FINEST_WEIGHT * FINEST_WEIGHT
    return Own(int(weight > 0), min(max(weight, 0), ONE), hours if hours >= NO_TIME else 0)


def _ages(each: _Stored) -> tuple[int, ...]:
    """The share of an origin that has seen so many builds: powder that was used has seen one at least."""
    if not each.used and not each.age:
        return (ONE,)
    age, used = max(each.age, 1), each.used or ONE
    return (ONE - used, *(0,) * (age - 1), used)


def _silent(through: dict[int, _Stored], own: dict[int, Own]) -> list[str]:
    return sorted({each.build for pk, each in through.items() if own[pk].builds and not own[pk].hours})


def _properties(of: Subject, parents: dict[int, list[tuple[int, int]]], back: Trace) -> list[Property]:
    """What is known of the powder, and of all it is made of though it cannot be told of the mixture."""
    alone = next(iter(of.parts)) if len(of.parts) == 1 else None
    poured = parents.get(alone, []) if alone is not None else [(mass, pk) for pk, mass in of.parts.items()]
    origins = list(back.by_origin())
    cards = genealogy.cards({*of.parts, *(pk for _mass, pk in poured), *origins})
    known = feedstock.known_of_many(cards.values())
    of = {pk: known[card.code] for pk, card in cards.items()}
    predicted = properties.mixed([(mass, of[pk]) for mass, pk in poured])
    mine = of[alone] if alone is not None else properties.with_derived(predicted)
    hoped = {code for pk in origins for code in of[pk]} & set(properties.ADDITIVE)
    codes = [code for code in properties.VOCABULARY if code in mine or code in hoped]
    return [Property(code, mine.get(code), predicted.get(code)) for code in codes]


def told(each: Borne | None) -> dict[str, object] | None:
    """The same as a program reads it."""
    if each is None:
        return None
    return {
        "used_share": str(Share(each.used)),
        "age_max": each.age_max,
        "age_mean": str(each.age_mean),
        "hours_mean": str(Share(each.hours_mean)) if each.hours_known else None,
        "hours_max": str(Share(each.hours_max)) if each.hours_known else None,
        "hours_basis": PREDICTED if each.hours_known else "unknown",
        "builds_without_hours": each.silent,
        "declared": [f"lot:{code}" for code in each.declared],
        "properties": [_row(row) for row in each.properties],
    }


def _row(each: Property) -> dict[str, str]:
    return {
        "code": each.code,
        "basis": each.basis,
        "value": _value(each.known),
        "unit": properties.VOCABULARY[each.code].unit,
        "predicted": _value(each.predicted),
    }


def _value(known: Known | None) -> str:
    if known is None:
        return ""
    return f"{known.bound}{format(known.value, 'f')}" if known.value is not None else known.word

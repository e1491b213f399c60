"""The builds that powder went through, what was made in them, for whom, and where it is now."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from django.db.models import Count

from strate.kernels.genealogy import Trace, mixed
from strate.workshop.builds import queries as book
from strate.workshop.feedstock import genealogy
from strate.workshop.inspection import queries as inspection
from strate.workshop.orders import queries as orders
from strate.workshop.traceability.queries import tree

# More codes than this in one question are asked in several.
AT_ONCE = 5_000


@dataclass(frozen=True)
class Went:
    """A build that powder went through, with its exact share; `inside`: its lots in the machine now, with masses."""

    build: str
    share: int
    inside: tuple[tuple[int, int], ...] = ()

    @property
    def ref(self) -> str:
        return f"build:{self.build}"


@dataclass(frozen=True)
class Made:
    """Parts of one order on one build: how many are numbered, in which state; how many stand on the plate."""

    build: str
    order: str
    part: str
    customer: str
    quantity: int
    states: tuple[tuple[str, int], ...] = ()


def behind(back: Trace) -> list[Went]:
    """The builds a subject's powder went through, the largest share first: how much of it each build saw."""
    shares = back.by_node()
    build_of = {pk: build for pk, _code, build in tree.recovered(back.nodes.tolist())}
    whole, again = Counter[int](), Counter[int]()
    for parent, child, mass in _poured_into(back, build_of):
        whole[child] += mass
        again[child] += mass if build_of.get(parent) == build_of[child] else 0
    seen = Counter[str]()
    for lot, build in build_of.items():
        # Weighed back twice, what came out first is in what came out last: it saw the build once.
        seen[build] += shares[lot] - (shares[lot] * again[lot] // whole[lot] if again[lot] else 0)
    return _largest_first(seen.items())


def ahead(forth: Trace, among: Iterable[tree.Named] | None = None) -> list[Went]:
    """The builds it went into, the largest share first: how much of what each was made of came from it.

    `among` are the lots of the trace when they are known already.
    """
    named = tree.recovered(forth.nodes.tolist()) if among is None else among
    starts, shares = set(forth.closure.starts), forth.by_node()
    build_of = {pk: build for pk, _code, build in named if build and pk not in starts}
    charge: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for parent, child, mass in _poured_into(forth, build_of):
        if build_of.get(parent) != build_of[child]:
            charge[build_of[child]].append((shares.get(parent, 0), mass))
    return _largest_first((build, mixed(*zip(*poured, strict=True))) for build, poured in charge.items())


def _poured_into(trace: Trace, lots: Collection[int]) -> Iterator[tuple[int, int, int]]:
    """The lines poured into these lots of a trace."""
    edges = trace.closure.edges
    kept = np.isin(edges.child, np.fromiter(lots, dtype=np.int64))
    return zip(
        edges.parent[kept].tolist(), edges.child[kept].tolist(), edges.mass_mg[kept].tolist(), strict=True
    )


def _largest_first(seen: Iterable[tuple[str, int]]) -> list[Went]:
    return sorted((Went(build, share) for build, share in seen), key=lambda each: (-each.share, each.build))


def in_machines_now(trace: Trace) -> list[Went]:
    """The builds that stand on machines with some of it inside, not weighed back yet."""
    shares = trace.by_node()
    inside: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for lot, place, mass in genealogy.lying(machines=True):
        inside[place].append((lot, mass))
    ours = {place: tuple(each for each in held if each[0] in shares) for place, held in inside.items()}
    machines = [place.removeprefix("machine:") for place, held in ours.items() if held]
    return [
        Went(each.code, _share_of(inside[each.machine_ref], shares), ours[each.machine_ref])
        for each in book.standing_on(machines)
    ]


def _share_of(held: list[tuple[int, int]], shares: dict[int, int]) -> int:
    """How much of this mixture is what is traced."""
    return mixed([shares.get(lot, 0) for lot, _mass in held], [mass for _lot, mass in held])


def made_in(codes: Collection[str]) -> list[Made]:
    """What was made in these builds, by order."""
    states: dict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
    rows: list[tuple[str, str, str, int]] = []
    for some in some_of(codes):
        counted = inspection.pieces_of(some).order_by("build", "order", "state")
        for build, order, state, count in counted.values_list("build", "order", "state").annotate(
            n=Count("pk")
        ):
            states[build, order].append((state, count))
        rows += book.on_plates(some).values_list("build__code", "order", "part", "quantity")
    customers = _customers({order for _build, order, _part, _quantity in rows})
    return [
        Made(build, order, part, customers.get(order, ""), quantity, tuple(states[build, order]))
        for build, order, part, quantity in rows
    ]


def _customers(codes: set[str]) -> dict[str, str]:
    return {
        code: customer
        for some in some_of(codes)
        for code, customer in orders.among(some).values_list("code", "customer")
    }


def some_of(codes: Iterable[str]) -> Iterator[list[str]]:
    """These codes in order, as many as one question takes."""
    every = sorted(codes)
    return (every[i : i + AT_ONCE] for i in range(0, len(every), AT_ONCE))

"""The builds that powder went through, what was made in them, for whom, and where it is now."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Count

from strate.kernels.genealogy import Trace
from strate.workshop.builds import queries as book
from strate.workshop.feedstock import genealogy
from strate.workshop.inspection import queries as inspection
from strate.workshop.orders import queries as orders
from strate.workshop.traceability.queries import tree

# More codes than this in one question are asked in several.
AT_ONCE = 5_000


@dataclass(frozen=True)
class Went:
    """A build that powder went through, with its exact share, and the lot that came out of it (0: not weighed yet)."""

    build: str
    share: int
    lot: int = 0

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


def went_through(
    trace: Trace, *, but: int | None = None, among: Iterable[tree.Named] | None = None
) -> list[Went]:
    """The builds on the way, the largest share first; `but` is the lot the question began with.

    `among` are the lots of the trace when they are known already.
    """
    found = tree.recovered(trace.nodes.tolist()) if among is None else among
    shares = trace.by_node()
    through = [Went(row.made_in, shares[row.pk], row.pk) for row in found if row.made_in and row.pk != but]
    return sorted(through, key=lambda each: (-each.share, each.build))


def in_machines_now(trace: Trace) -> list[Went]:
    """The builds that stand on machines with some of it inside, not weighed back yet."""
    shares = trace.by_node()
    inside: dict[str, list[tuple[int, int]]] = defaultdict(list)
    touched = set()
    for lot, place, mass in genealogy.lying(machines=True):
        inside[place].append((shares.get(lot, 0), mass))
        touched |= {place} if lot in shares else set()
    machines = [place.removeprefix("machine:") for place in touched]
    mixed = {place: sum(s * m for s, m in held) // sum(m for _, m in held) for place, held in inside.items()}
    return [Went(build.code, mixed[build.machine_ref]) for build in book.standing_on(machines)]


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

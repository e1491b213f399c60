"""What a recall concerns: the lots made of the one recalled, the builds, the parts, whose they are, where they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from strate.workshop.builds import queries as book
from strate.workshop.feedstock.genealogy import Lot
from strate.workshop.holds import queries as held
from strate.workshop.holds.queries import PLACED
from strate.workshop.inspection import queries as inspection
from strate.workshop.journal.refusals import NotFound
from strate.workshop.orders import queries as orders
from strate.workshop.traceability.models import Recall
from strate.workshop.traceability.queries import builds, marks, tree


@dataclass
class Concerned:
    """Everything made of a lot; `lots` are those of which something is left, the lot itself among them."""

    lot: Lot
    lots: list[str] = field(default_factory=list)
    lots_all: int = 0
    builds: list[builds.Went] = field(default_factory=list)
    made: list[builds.Made] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    places: list[tuple[str, str, int]] = field(default_factory=list)

    def things(self, *kinds: str) -> list[str]:
        """The references that a recall stops."""
        # A build from before Strate is told, not held: nothing of it can be done here.
        known = {code for some in builds.some_of(each.build for each in self.builds) for code in _known(some)}
        held = [each.ref for each in self.builds if each.build in known]
        refs = {"lots": self.lots, "builds": held, "pieces": self.pieces}
        return [ref for kind in kinds for ref in refs[kind]]

    @property
    def parts(self) -> int:
        """Numbered pieces, and those that still stand on a plate."""
        return sum(sum(n for _s, n in each.states) or each.quantity for each in self.made)


def _known(codes: list[str]) -> Iterator[str]:
    yield from book.among(codes).values_list("code", flat=True)


def concerned(lot: Lot) -> Concerned:
    """All that a recall of this lot concerns, as the ledger stands now."""
    forth = tree.down(lot.pk)
    names = tree.named(forth.nodes.tolist())
    later = builds.ahead(forth, names)
    known = {each.build for each in later}
    through = [*later, *(w for w in builds.in_machines_now(forth) if w.build not in known)]
    codes = {pk: code for pk, code, _made_in in names}
    lying = marks.lying(codes)
    left = {pk for pk, _place, _mass in lying} | {lot.pk}
    return Concerned(
        lot,
        lots=[f"lot:{codes[pk]}" for pk in sorted(left)],
        lots_all=len(codes),
        builds=through,
        made=builds.made_in([each.build for each in through]),
        pieces=[f"piece:{serial}" for serial in serials([each.build for each in through])],
        places=[(f"lot:{codes[pk]}", place, mass) for pk, place, mass in lying],
    )


def serials(codes: list[str]) -> Iterator[str]:
    for some in builds.some_of(codes):
        yield from inspection.pieces_of(some).order_by("serial").values_list("serial", flat=True)


def stopped_already(lot: Lot) -> set[str]:
    """What the recalls of this lot hold now."""
    origins = [recall.ref for recall in Recall.objects.filter(lot=lot.code)]
    return set(held.caused_by(*origins).filter(state=PLACED).values_list("about", flat=True))


@dataclass(frozen=True)
class Called:
    """A part on the list of a recall."""

    serial: str
    build: str
    order: str
    part: str
    revision: str
    customer: str
    state: str
    build_state: str
    machine: str
    share: int


def parts_called(of: Concerned) -> Iterator[Called]:
    """Every numbered part made of the lot, with its customer and where it is; by build and serial."""
    shares = {each.build: each.share for each in of.builds}
    for some in builds.some_of(shares):
        states = {b.code: (b.state, b.machine) for b in book.among(some)}
        pieces = inspection.pieces_of(some)
        known = {each.code: each for each in orders.among({made.order for made in of.made})}
        for piece in pieces.iterator(chunk_size=2000):
            order, (build_state, machine) = known.get(piece.order), states[piece.build]
            yield Called(
                piece.serial,
                piece.build,
                piece.order,
                piece.part,
                piece.revision,
                order.customer if order else "",
                piece.state,
                build_state,
                machine,
                shares[piece.build],
            )


def recall(number: str) -> Recall:
    """A recall by its number (« R-2 »)."""
    digits = number.removeprefix("recall:").upper().removeprefix("R-")
    found = Recall.objects.filter(pk=int(digits)).first() if digits.isdecimal() and len(digits) < 18 else None
    if not found:
        raise NotFound("no_such_recall", recall=number)
    return found


def recalls(lot: str = "") -> list[tuple[Recall, Counter[str]]]:
    """The recalls, latest first, with how many of their holds stand and how many were lifted."""
    rows = Recall.objects.filter(lot=lot) if lot else Recall.objects.all()
    return [(each, counted(each)) for each in rows[:100]]


def counted(each: Recall) -> Counter[str]:
    states = Counter(held.caused_by(each.ref).values_list("state", flat=True))
    return Counter({"placed": states[PLACED], "lifted": states.total() - states[PLACED]})

"""What is being traced: a lot, a build, a piece, or the powder that a container or a machine holds now."""

from dataclasses import dataclass, field

from strate.workshop.builds import queries as builds
from strate.workshop.builds import rules as build_rules
from strate.workshop.feedstock import genealogy
from strate.workshop.feedstock import queries as feedstock
from strate.workshop.inspection import queries as inspection
from strate.workshop.journal.refusals import RuleBroken
from strate.workshop.orders import queries as orders
from strate.workshop.things import registry

PLACES = ("container", "machine", "silo")


@dataclass(frozen=True)
class Subject:
    """`parts` are the lots (by number) it is made of with their masses; `became` those whose future is followed.

    A lot is both; what was spread in a build became the lots weighed back, the cake's and that of the overflow.
    """

    ref: str
    parts: dict[int, int] = field(default_factory=dict)
    became: dict[int, int] = field(default_factory=dict)
    build: str = ""
    piece: str = ""
    # Where the powder was read, when it is what lies there now rather than what a build was weighed out of.
    place: str = ""

    @property
    def kind(self) -> str:
        return self.ref.partition(":")[0]

    @property
    def lot(self) -> int | None:
        """The lot it is, when it is one; all else is a mixture that has no lot of its own."""
        return next(iter(self.parts)) if self.kind == "lot" else None


def subject(ref: str) -> Subject:
    """The subject a reference names; refused when it has nothing to do with powder."""
    kind, _sep, code = ref.partition(":")
    if kind == "lot":
        found = feedstock.lot(code)
        return Subject(found.ref, {found.pk: 1}, {found.pk: 1})
    if kind == "piece":
        piece = inspection.piece(code)
        of = _of_build(piece.build)
        return Subject(piece.ref, of.parts, {}, piece.build, piece.serial, of.place)
    if kind == "build":
        return _of_build(code if only_in_the_ledger(ref) else builds.build(code).code)
    if kind in PLACES:
        registry.find(ref)
        return Subject(ref, genealogy.inside(ref), place=ref)
    raise RuleBroken("not_traceable", thing=ref)


def only_in_the_ledger(ref: str) -> bool:
    """A build that powder went through before its shop had Strate: the ledger names it, nobody prepared it here."""
    code = ref.removeprefix("build:")
    return builds.find(code) is None and genealogy.names_a_build(f"build:{code}")


def _of_build(code: str) -> Subject:
    """The powder a build was made of: what was spread, or what lies in its machine while it has not been weighed."""
    ref = f"build:{code}"
    spread, became = genealogy.spread_in(ref)
    if spread:
        return Subject(ref, spread, became, code)
    found = builds.find(code)
    if found is None or found.state not in build_rules.ON_THE_MACHINE:
        return Subject(ref, build=code)
    return Subject(ref, genealogy.inside(found.machine_ref), build=code, place=found.machine_ref)


def builds_behind(ref: str) -> list[str]:
    """The builds in which an order or a part was made, latest first: each is traced by itself."""
    kind, _sep, code = ref.partition(":")
    rows = builds.builds().order_by("-prepared_at")
    if kind == "order":
        rows = rows.filter(orders__order=orders.order(code).code)
    elif kind == "part":
        rows = rows.filter(orders__part=code)
    else:
        return []
    return [build.ref for build in rows.distinct()]

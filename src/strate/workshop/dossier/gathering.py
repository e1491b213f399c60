"""The gathering: every fact that speaks of one order, and nothing that belongs to another customer."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from strate.workshop.anomalies import queries as anomalies
from strate.workshop.builds import queries as builds
from strate.workshop.builds import rules as build_rules
from strate.workshop.builds.queries import Build
from strate.workshop.dossier import rules
from strate.workshop.feedstock import queries as feedstock
from strate.workshop.holds import queries as holds
from strate.workshop.inspection import queries as inspection
from strate.workshop.inspection.queries import Piece
from strate.workshop.journal import queries as journal
from strate.workshop.journal.queries import Fact
from strate.workshop.orders import queries as orders
from strate.workshop.orders.queries import Order
from strate.workshop.parts import queries as parts
from strate.workshop.procedures import queries as procedures
from strate.workshop.safety import queries as safety

LOT_LIFE = (
    "feedstock.announced",
    "feedstock.received",
    "feedstock.checked",
    "feedstock.found_wrong",
    "feedstock.released",
    "feedstock.opened",
    "feedstock.sieved",
    "feedstock.blended",
    "feedstock.weighed_again",
)
GRANTED = ("people.authorised", "people.authorisation_suspended", "people.authorisation_reinstated")
LEAST_NAME = 3


@dataclass
class Gathered:
    """An order with all that was made for it, and the facts to be told in full, by their number."""

    order: Order
    builds: list[Build]
    pieces: list[Piece]
    foreign: rules.Foreign
    until: int
    # The lots that were in the machine, and the supplier lots those were made of.
    lots: list[str] = field(default_factory=list)
    ancestry: list[str] = field(default_factory=list)
    facts: dict[int, Fact] = field(default_factory=dict)
    told: dict[int, dict[str, Any]] = field(default_factory=dict)
    windows: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def made(self) -> list[Build]:
        """The builds that were not given up before their launch."""
        return [build for build in self.builds if build.state != build_rules.ABANDONED]

    @property
    def things(self) -> list[str]:
        """What an anomaly or a hold could be about: the order, its plates, pieces, powder and file."""
        refs = [self.order.ref, *(b.ref for b in self.builds), *(p.ref for p in self.pieces)]
        refs += [f"lot:{lot}" for lot in self.lots]
        return refs + sorted({f"file:{b.file_digest}" for b in self.builds if b.file_digest})

    def in_order(self) -> list[tuple[Fact, dict[str, Any]]]:
        """The facts with what they tell, as they followed one another."""
        return [(self.facts[seq], self.told[seq]) for seq in sorted(self.facts)]

    def of_kind(self, *kinds: str) -> list[tuple[Fact, dict[str, Any]]]:
        return [(fact, told) for fact, told in self.in_order() if fact.what in kinds]

    def take(self, facts: Iterable[Fact], keep: Callable[[Fact, dict[str, Any]], bool] | None = None) -> None:
        """Add facts, but for those of another build or another customer, or written after the seal."""
        mine = [build.ref for build in self.builds]
        for fact in facts:
            if fact.seq in self.facts or fact.seq > self.until:
                continue
            told = journal.told(fact)
            if keep is not None and not keep(fact, told):
                continue
            if rules.another_build(told["things"], mine) or self._of_another(fact, told):
                continue
            self.facts[fact.seq], self.told[fact.seq] = fact, told

    def _of_another(self, fact: Fact, told: dict[str, Any]) -> bool:
        said = [told["things"], told["data"], told["reason"]]
        if fact.what in rules.COMMON:
            return rules.names_a_customer(said, self.foreign)
        return rules.names_another(said, self.foreign)


def gather(order: str, *, until: int | None = None) -> Gathered:
    """Everything that is to be told of an order, up to a fact of the chain (now, when none is given)."""
    found = orders.order(order)
    made = list(builds.builds().filter(orders__order=found.code).order_by("prepared_at"))
    pieces = [p for b in made for p in inspection.pieces(b.code)]
    head = journal.head()
    last = until if until is not None else head.seq if head else 0
    mine = [p for p in pieces if p.order == found.code]
    gathered = Gathered(found, made, mine, _foreign(found, pieces), last)
    gathered.take(journal.of(found.ref, *(b.ref for b in made), *(p.ref for p in mine), last_=last))
    _windows(gathered)
    _design(gathered)
    _machines(gathered)
    _powder(gathered)
    _gestures(gathered)
    _people(gathered)
    _trouble(gathered)
    _corrections(gathered)
    return gathered


def _foreign(order: Order, pieces: list[Piece]) -> rules.Foreign:
    """All that is not this customer's; their names as they may stand in somebody's text."""
    others = orders.orders().exclude(code=order.code).values_list("code", "customer")
    owners = {customer for _code, customer in others} | set(parts.parts().values_list("customer", flat=True))
    mine = order.customer.casefold()
    names = {name.strip().casefold() for name in owners if len(name.strip()) >= LEAST_NAME}
    serials = {piece.serial for piece in pieces if piece.order != order.code}
    codes = frozenset(code for code, _customer in others)
    return rules.Foreign(codes, frozenset(serials), frozenset(n for n in names if n not in mine))


def _windows(gathered: Gathered) -> None:
    """While a build occupied its machine: from its preparation to its closing (or to now)."""
    for build in gathered.builds:
        begun = [f.seq for f, t in gathered.of_kind("builds.prepared") if build.ref in t["things"]]
        ends = gathered.of_kind("builds.closed", "builds.abandoned")
        over = [f.seq for f, t in ends if build.ref in t["things"]]
        if begun:
            gathered.windows[build.code] = (begun[0], over[0] if over else gathered.until)


def _design(gathered: Gathered) -> None:
    """The routing as it was approved, and the exchange file as it was verified and approved."""
    order = gathered.order
    gathered.take(
        journal.of(f"routing:{order.routing_code}/{order.routing_number}", last_=gathered.until), _routing
    )
    digests = {order.file_digest, *(b.file_digest for b in gathered.builds)} - {""}
    for digest in sorted(digests):
        gathered.take(journal.of(f"file:{digest}"), lambda fact, _told: fact.what.startswith("parts."))


def _routing(fact: Fact, _told: dict[str, Any]) -> bool:
    return fact.what.startswith("routings.")


def _machines(gathered: Gathered) -> None:
    """What was done on the machine while the build occupied it, and the note left after it ended."""
    for build in gathered.builds:
        first, last = gathered.windows.get(build.code, (1, 0))
        gathered.take(journal.of(build.machine_ref, first=first, last_=last))
        ended = [
            f.seq for f, t in gathered.of_kind("builds.ended", "builds.aborted") if build.ref in t["things"]
        ]
        if ended:
            notes = journal.of(
                build.machine_ref, what="handover.written", first=ended[-1], last_=gathered.until
            )
            gathered.take(notes[:1])


def _powder(gathered: Gathered) -> None:
    """The lots that were in the machine, those they were made of, how each came in and was released."""
    lots: dict[str, None] = {}
    for build in gathered.builds:
        first, last = gathered.windows.get(build.code, (1, 0))
        launched = [(f, t) for f, t in gathered.of_kind("builds.launched") if build.ref in t["things"]]
        inside = [str(lot) for _f, t in launched for lot in t["data"].get("lots", [])]
        loads = journal.of(build.machine_ref, what="feedstock.loaded", last_=last)
        since = _emptied(build.machine_ref, first)
        mine = [f for f in loads if f.seq > since and (f.seq >= first or _lot(f) in inside)]
        gathered.take(mine)
        lots |= dict.fromkeys([*inside, *(_lot(f) for f in mine)])
    gathered.lots = sorted(lots)
    gathered.ancestry = sorted({parent for lot in lots for parent in [lot, *feedstock.composition(lot)]})
    until = max((f.seq for f, _t in gathered.of_kind("builds.launched")), default=gathered.until)
    if gathered.ancestry:
        refs = [f"lot:{lot}" for lot in gathered.ancestry]
        gathered.take(journal.of(*refs, last_=until), lambda fact, _told: fact.what in LOT_LIFE)


def _lot(fact: Fact) -> str:
    return str(journal.told(fact)["data"].get("lot", "")).removeprefix("lot:")


def _emptied(machine: str, before: int) -> int:
    """The last time that the powder of a machine was weighed out before a build."""
    outs = [
        fact.seq
        for what in ("feedstock.weighed_back", "feedstock.unloaded")
        for fact in journal.of(machine, what=what, last_=before - 1)
    ]
    return max(outs, default=0)


def _gestures(gathered: Gathered) -> None:
    """Each procedure followed about a build, step by step."""
    runs = [run for build in gathered.builds for run in procedures.runs_about(build.ref)]
    if runs:
        gathered.take(journal.of(*(run.ref for run in runs), last_=gathered.until))


def _people(gathered: Gathered) -> None:
    """Of those who acted: what they were authorised for, had read and wore."""
    actors = sorted({fact.by for fact in gathered.facts.values() if fact.by})
    launched = [f.seq for f, _t in gathered.of_kind("builds.launched")]
    until = max(launched, default=gathered.until)
    machines = {build.machine_ref for build in gathered.builds}
    materials = {f"material:{build.material}" for build in gathered.builds}
    # An authorisation without a scope is for every machine, every material.
    scopes = {"", *(ref.partition(":")[2] for ref in machines | materials)}
    gathered.take(
        journal.of(*(f"person:{each}" for each in actors), last_=until),
        lambda fact, told: fact.what in GRANTED and _scope(told) in scopes,
    )
    documents = [document.ref for document in safety.documents()]
    read = ("safety.sheet_read", "safety.document_read")
    published = ("safety.sheet_reviewed", "safety.document_published")
    gathered.take(
        journal.of(*materials, *documents, last_=until),
        lambda fact, _told: fact.what in published or (fact.what in read and fact.by in actors),
    )
    worn = {
        f.by: f for machine in machines for f in journal.of(machine, what="safety.ppe_confirmed", last_=until)
    }
    gathered.take(fact for person, fact in worn.items() if person in actors)


def _scope(told: dict[str, Any]) -> str:
    scope = str(told["data"].get("scope") or "")
    return scope.partition(":")[2] or scope


def _trouble(gathered: Gathered) -> None:
    """The anomalies and holds on anything of the order."""
    about = [a.ref for a in anomalies.on(*gathered.things, also_closed=True)]
    about += [hold.ref for ref in gathered.things for hold in holds.history(ref)]
    if about:
        gathered.take(journal.of(*about, last_=gathered.until))


def _corrections(gathered: Gathered) -> None:
    """What was corrected since, even the correction of a correction."""
    for _depth in range(5):
        known = len(gathered.facts)
        gathered.take(_later([str(fact.event) for fact in gathered.facts.values()]))
        if len(gathered.facts) == known:
            return


def _later(events: list[str]) -> Iterator[Fact]:
    for start in range(0, len(events), 500):
        for facts in journal.corrections_of(events[start : start + 500]).values():
            yield from facts

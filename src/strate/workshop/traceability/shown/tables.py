"""The tables beside the drawing: every origin, every lot and build on the way, with what is written on them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from strate.kernels.genealogy import ONE, Trace
from strate.workshop.doors.hooks import hooks
from strate.workshop.feedstock import shown as feedstock
from strate.workshop.traceability.queries import builds, gestures, marks, tree
from strate.workshop.traceability.queries.gestures import Entry
from strate.workshop.traceability.queries.marks import Anomaly, Hold, Lot, LotProperty
from strate.workshop.traceability.queries.subject import Subject
from strate.workshop.traceability.shown import words

# Rows of a table on the page; the exports have them all.
SHOWN = 200


@dataclass
class Row:
    """A lot in a table."""

    row: tree.LotRow
    share: int
    card: Lot
    tests: list[LotProperty]
    holds: list[Hold]
    anomalies: list[Anomaly]
    places: list[tuple[str, int]]

    @property
    def percent(self) -> str:
        return words.percent(self.share)

    @property
    def said(self) -> str:
        return words.what_it_is(self.row)

    @property
    def state(self) -> dict[str, Any]:
        return feedstock.state(self.card)

    @property
    def tested(self) -> list[tuple[str, list[str]]]:
        return words.tests(self.tests)

    @property
    def people(self) -> list[str]:
        """Who received, checked and released it, each once, by name."""
        who = (self.card.received_by, self.card.checked_by, self.card.released_by)
        return [str(hooks.name_of(each)) for each in dict.fromkeys(who) if each]


@dataclass
class Went:
    """A build in a table, with what was made in it."""

    went: builds.Went
    made: list[builds.Made]
    holds: list[Hold]
    anomalies: list[Anomaly]

    @property
    def percent(self) -> str:
        return words.percent(self.went.share)


@dataclass
class Tables:
    """What the page says beside the drawing; `more_…` are how many rows only the exports have."""

    origins: list[Row] = field(default_factory=list)
    sum: str = ""
    between: list[Row] = field(default_factory=list)
    back_builds: list[Went] = field(default_factory=list)
    used: list[Row] = field(default_factory=list)
    builds: list[Went] = field(default_factory=list)
    own: list[builds.Made] = field(default_factory=list)
    lots_used: int = 0
    lots_between: int = 0
    origins_all: int = 0
    gestures: list[Entry] = field(default_factory=list)

    @property
    def parts(self) -> int:
        """How many parts were made of it, or stand on a plate with it."""
        made = [each for went in self.builds for each in went.made] + self.own
        return sum(sum(n for _s, n in each.states) or each.quantity for each in made)


def tables(
    of: Subject, back: Trace | None, forth: Trace | None, *, text: str = "", held: bool = False
) -> Tables:
    """All the tables of a trace; `text` and `held` keep the rows that hold these words, that something stops."""
    shown = Tables()
    if back is not None:
        _back(shown, of, back)
    if forth is not None:
        _forth(shown, of, forth)
    if of.build and not of.piece:
        shown.own = builds.made_in([of.build])
    if text or held:
        _keep(shown, text.casefold(), held)
    return shown


def _back(shown: Tables, of: Subject, back: Trace) -> None:
    shares = back.by_node()
    origins = back.by_origin()
    alone = len(shares) == 1
    shown.sum = words.percent(sum(origins.values()))
    shown.origins = [] if alone else rows(_heaviest(origins))
    shown.origins_all = 0 if alone else len(origins)
    between = {pk: s for pk, s in shares.items() if pk not in origins and pk not in back.closure.starts}
    shown.between, shown.lots_between = rows(_heaviest(between)), len(between)
    shown.back_builds = went(builds.behind(back))
    lots = {row.row.ref for row in (*shown.origins, *shown.between)} | (
        {of.ref} if of.lot is not None else set()
    )
    shown.gestures = gestures.done_to(lots)


def _forth(shown: Tables, of: Subject, forth: Trace) -> None:
    used = {pk: share for pk, share in forth.by_node().items() if pk != of.lot}
    shown.used, shown.lots_used = rows(_heaviest(used)), len(used)
    later = builds.ahead(forth)
    known = {each.build for each in later}
    now = [each for each in builds.in_machines_now(forth) if each.build not in known]
    shown.builds = went([*later, *now])


def _heaviest(shares: dict[int, int]) -> dict[int, int]:
    kept = sorted(shares.items(), key=lambda each: (-each[1], each[0]))[:SHOWN]
    return dict(kept)


def rows(shares: dict[int, int]) -> list[Row]:
    """These lots with what is written on them, the largest share first."""
    seen, cards, tests = tree.rows(list(shares)), marks.cards(shares), marks.tests(shares)
    refs = {row.ref for row in seen.values()}
    holds, anomalies = marks.stopped(refs), marks.reported(refs)
    places: dict[int, list[tuple[str, int]]] = {}
    for lot, place, mass in marks.lying(shares):
        places.setdefault(lot, []).append((feedstock.place(place), mass))
    return [
        Row(
            seen[pk],
            share,
            cards[pk],
            tests.get(pk, []),
            holds.get(seen[pk].ref, []),
            anomalies.get(seen[pk].ref, []),
            places.get(pk, []),
        )
        for pk, share in shares.items()
        if pk in seen
    ]


def went(through: Sequence[builds.Went]) -> list[Went]:
    refs = [each.ref for each in through]
    holds, anomalies = marks.stopped(refs), marks.reported(refs)
    by_build: dict[str, list[builds.Made]] = {}
    for made in builds.made_in([each.build for each in through]):
        by_build.setdefault(made.build, []).append(made)
    return [
        Went(each, by_build.get(each.build, []), holds.get(each.ref, []), anomalies.get(each.ref, []))
        for each in through
    ]


def _keep(shown: Tables, text: str, held: bool) -> None:
    """Only the rows that answer the filters."""
    shown.origins = [r for r in shown.origins if _says(_of_lot(r), text) and (r.holds or not held)]
    shown.between = [r for r in shown.between if _says(_of_lot(r), text) and (r.holds or not held)]
    shown.used = [r for r in shown.used if _says(_of_lot(r), text) and (r.holds or not held)]
    shown.gestures = [g for g in shown.gestures if not held and _says([g.what, g.who], text)]
    shown.builds = [w for w in shown.builds if _says(_of_build(w), text) and (w.holds or not held)]
    shown.back_builds = [w for w in shown.back_builds if _says(_of_build(w), text) and (w.holds or not held)]


def _of_lot(row: Row) -> Iterable[str]:
    return row.row.code, row.row.supplier, row.row.supplier_lot, row.row.heat, row.said, *row.people


def _of_build(each: Went) -> Iterable[str]:
    return each.went.build, *(word for made in each.made for word in (made.order, made.part, made.customer))


def _says(told: Iterable[str], text: str) -> bool:
    return not text or any(text in word.casefold() for word in told)


__all__ = ["ONE", "Tables", "tables"]

"""What is written on the things of a trace: holds, anomalies, tests, where they lie."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import TypeVar

from strate.workshop.anomalies.models import CLOSED, Anomaly, AnomalyThing
from strate.workshop.feedstock.models import Lot, LotProperty, PowderPortion
from strate.workshop.holds.models import PLACED, Hold

# Beyond this many things it is quicker to read all that is open and keep what concerns them.
FEW = 2_000
Each = TypeVar("Each")


def stopped(refs: Collection[str]) -> dict[str, list[Hold]]:
    """The holds that stand on these things."""
    found = Hold.objects.filter(state=PLACED).order_by("pk")
    if len(refs) <= FEW:
        found = found.filter(about__in=list(refs))
    return _by_thing(((hold.about, hold) for hold in found), refs)


def reported(refs: Collection[str]) -> dict[str, list[Anomaly]]:
    """The anomalies on these things that are not closed."""
    found = AnomalyThing.objects.select_related("anomaly").exclude(anomaly__state=CLOSED).order_by("pk")
    if len(refs) <= FEW:
        found = found.filter(ref__in=list(refs))
    return _by_thing(((row.ref, row.anomaly) for row in found), refs)


def tests(lots: Collection[int]) -> dict[int, list[LotProperty]]:
    """What was measured on these lots or certified of them, as it counts today."""
    found: dict[int, list[LotProperty]] = defaultdict(list)
    for some in _few(lots):
        rows = LotProperty.objects.filter(lot__in=some, superseded_by__isnull=True).exclude(basis="predicted")
        for row in rows.order_by("lot_id", "code", "pk"):
            found[row.lot_id].append(row)
    return dict(found)


def cards(lots: Collection[int]) -> dict[int, Lot]:
    """These lots whole, for what is shown of them."""
    rows = (
        each for some in _few(lots) for each in Lot.objects.select_related("material").filter(pk__in=some)
    )
    return {each.pk: each for each in rows}


def lying(lots: Collection[int]) -> list[tuple[int, str, int]]:
    """Where these lots lie now: lot, place, mass."""
    wanted = set(lots)
    rows = PowderPortion.objects.filter(mass_mg__gt=0).order_by("place", "lot_id")
    if len(wanted) <= FEW:
        rows = rows.filter(lot__in=wanted)
    return [row for row in rows.values_list("lot_id", "place", "mass_mg") if row[0] in wanted]


def _few(numbers: Collection[int]) -> Iterable[list[int]]:
    every = sorted(numbers)
    return (every[i : i + FEW] for i in range(0, len(every), FEW))


def _by_thing(pairs: Iterable[tuple[str, Each]], refs: Collection[str]) -> dict[str, list[Each]]:
    wanted = set(refs)
    found: dict[str, list[Each]] = defaultdict(list)
    for ref, each in pairs:
        if ref in wanted:
            found[ref].append(each)
    return dict(found)

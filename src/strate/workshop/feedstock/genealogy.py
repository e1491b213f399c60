"""The family tree of powder as the ledger holds it: one closure question each way, never one walk for each path."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import Q

from strate.kernels.genealogy import Closure, Loop, Trace, closure_of
from strate.kernels.genealogy.graph import Edges, Numbers, merged
from strate.workshop.feedstock.models import Lot, LotProperty, Material, PowderMovement, PowderPortion
from strate.workshop.journal.refusals import RuleBroken

LEDGER, LOTS = PowderMovement._meta.db_table, Lot._meta.db_table
# A union (not a union of all) meets each lot once: 757,000 paths at depth 14 are 27,600 lines.
ANCESTORS = (
    f"WITH RECURSIVE up(id) AS (SELECT id FROM {LOTS} WHERE {{id}} UNION "
    f"SELECT m.lot_id FROM up JOIN {LEDGER} m ON m.becomes_id = up.id) "
    f"SELECT {{lines}} FROM up JOIN {LEDGER} m ON m.becomes_id = up.id"
)
DESCENDANTS = (
    f"WITH RECURSIVE down(id) AS (SELECT id FROM {LOTS} WHERE {{id}} UNION "
    f"SELECT m.becomes_id FROM down JOIN {LEDGER} m ON m.lot_id = down.id AND m.becomes_id IS NOT NULL) "
    f"SELECT {{lines}} FROM down JOIN {LEDGER} m ON m.becomes_id = down.id"
)
AT_ONCE = 50_000
# Lots named one by one in a question; beyond, all is read and what concerns them is kept.
FEW = 2_000


def lines_up(lots: Sequence[int]) -> Edges:
    """All that was poured into these lots (by their numbers in the database) and into what they are made of."""
    return _edges(ANCESTORS, lots)


def lines_down(lots: Sequence[int]) -> Edges:
    """All that was poured into what is made of these lots; and into these lots themselves."""
    return _edges(DESCENDANTS, lots)


def ancestors(lot: int) -> Closure:
    """All that a lot is made of."""
    return closure_of(lot, lines_up([lot]))


def _edges(question: str, lots: Sequence[int]) -> Edges:
    condition, value = among("id", lots)
    lines = ", ".join(listed(name) for name in ("m.lot_id", "m.becomes_id", "m.mass_mg"))
    with connection.cursor() as cursor:
        cursor.execute(question.format(id=condition, lines=lines), [value])
        return merged(*(whole_numbers(told) for told in cursor.fetchone()))


def among(column: str, numbers: Iterable[int]) -> tuple[str, str]:
    """« column is one of these », however many: the words for this database, and the one value to give."""
    told = json.dumps(list(numbers), separators=(",", ":"))
    if connection.vendor == "postgresql":
        return f"{column} = ANY(%s::bigint[])", f"{{{told[1:-1]}}}"
    return f"{column} IN (SELECT value FROM json_each(%s))", told


def listed(column: str) -> str:
    """A column of whole numbers told in one text: ten thousand rows cost more to take over than to look up."""
    return (
        f"STRING_AGG({column}::text, ',')" if connection.vendor == "postgresql" else f"GROUP_CONCAT({column})"
    )


def whole_numbers(told: str | None) -> Numbers:
    """What `listed` tells; nothing when there was no row."""
    return np.fromstring(told or "", dtype=np.int64, sep=",")


def columns(rows: Iterable[tuple[int, ...]], width: int = 3) -> Numbers:
    """Rows of whole numbers as a table."""
    return np.fromiter(chain.from_iterable(rows), dtype=np.int64).reshape(-1, width)


def streamed(question: str, values: list[Any]) -> Iterator[list[tuple[Any, ...]]]:
    """The rows of a long answer, some at a time, all as they were at one moment."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(question, values)
        while rows := cursor.fetchmany(AT_ONCE):
            yield rows


def traced(trace: Callable[[Closure], Trace], closure: Closure) -> Trace:
    """`traced(made_of, closure)`: a circle in the tree is refused with the lots it goes through."""
    try:
        return trace(closure)
    except Loop as loop:
        raise goes_round(loop) from loop


def goes_round(loop: Loop) -> RuleBroken:
    """The refusal of a circle: its lots by name, the first one again at the end."""
    numbers = [int(str(node)) for node in loop.nodes]
    codes = dict(Lot.objects.filter(pk__in=numbers).values_list("pk", "code"))
    names = [f"lot:{codes.get(number, number)}" for number in numbers]
    return RuleBroken("matter_goes_round", lots=[*names, names[0]])


def rows(names: Sequence[str], numbers: Iterable[int], where: str = "") -> list[Any]:
    """These columns of these lots as tuples, however many, in one question."""
    condition, value = among("id", numbers)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(names)} FROM {LOTS} WHERE {condition}{where}", [value])
        return list(cursor.fetchall())


def words(names: Sequence[str], numbers: Iterable[int]) -> list[tuple[Any, ...]]:
    """The number of each of these lots and these columns of words, as tuples; ten thousand in one text of each."""
    condition, value = among("id", numbers)
    as_json = "JSON_AGG({})::text" if connection.vendor == "postgresql" else "JSON_GROUP_ARRAY({})"
    told = ", ".join(as_json.format(name) for name in ("id", *names))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {told} FROM {LOTS} WHERE {condition}", [value])
        return list(zip(*(json.loads(column or "[]") for column in cursor.fetchone()), strict=True))


def material_codes() -> dict[int, str]:
    return dict(Material.objects.values_list("pk", "code"))


def cards(numbers: Iterable[int]) -> dict[int, Lot]:
    """These lots whole, for what is shown of them."""
    found = Lot.objects.select_related("material").filter(pk__in=list(numbers))
    return {each.pk: each for each in found}


def lock(lot: Lot) -> Lot:
    """The same lot inside an act, as it is now: who wants it too waits."""
    return Lot.objects.select_for_update().get(pk=lot.pk)


def last_lot() -> int:
    """The largest number a lot bears."""
    return Lot.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def last_line() -> int:
    """The number of the last line of the ledger: there are no more lines than that."""
    return PowderMovement.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def spread_in(build: str) -> tuple[dict[int, int], dict[int, int]]:
    """What was spread in a build, lots with their masses; and the lots it became when it was weighed back."""
    lines = PowderMovement.objects.filter(build=build, kind="spread", becomes__isnull=False).order_by("pk")
    pours = list(lines.values_list("lot_id", "becomes_id", "mass_mg"))
    spread, became = Counter[int](), Counter[int]()
    for _lot, child, mass in pours:
        became[child] += mass
    for lot, _child, mass in pours:
        # Weighed back twice, what came out first went in with the rest: it is not counted again.
        if lot not in became:
            spread[lot] += mass
    return dict(spread), dict(became)


def names_a_build(ref: str) -> bool:
    return PowderMovement.objects.filter(build=ref).exists()


def inside(place: str) -> dict[int, int]:
    """What a place holds now: lots by number, with their masses."""
    found = PowderPortion.objects.filter(place=place, mass_mg__gt=0).order_by("pk")
    return dict(found.values_list("lot_id", "mass_mg"))


def lying(numbers: Iterable[int] | None = None, *, machines: bool = False) -> list[tuple[int, str, int]]:
    """Where powder lies now (lot, place, mass): that of these lots, or all of it; `machines` for them alone."""
    found = PowderPortion.objects.filter(mass_mg__gt=0).order_by("place", "lot_id")
    found = found.filter(place__startswith="machine:") if machines else found
    wanted = None if numbers is None else set(numbers)
    found = found.filter(lot__in=wanted) if wanted is not None and len(wanted) <= FEW else found
    lines = found.values_list("lot_id", "place", "mass_mg")
    return [line for line in lines if wanted is None or line[0] in wanted]


def tests(numbers: Iterable[int]) -> dict[int, list[LotProperty]]:
    """What was measured on these lots or certified of them, as it counts today."""
    found = LotProperty.objects.filter(lot__in=list(numbers), superseded_by__isnull=True)
    by_lot: dict[int, list[LotProperty]] = {}
    for row in found.exclude(basis="predicted").order_by("lot_id", "code", "pk"):
        by_lot.setdefault(row.lot_id, []).append(row)
    return by_lot


def bought_as(text: str) -> list[str]:
    """The lots that came under this supplier lot or heat, written exactly so: what a recall letter names."""
    same = Lot.objects.filter(Q(supplier_lot__iexact=text) | Q(heat__iexact=text)).order_by("pk")
    return [lot.ref for lot in same[:50]]

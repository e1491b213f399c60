"""The family tree of powder as the ledger holds it: one closure question each way, never one walk for each path."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any

import numpy as np
from django.db import connection

from strate.kernels.genealogy import Closure, Loop, Trace, closure_of, descendants_of
from strate.kernels.genealogy.graph import Edges, Numbers, merged
from strate.workshop.feedstock.models import Lot, PowderMovement
from strate.workshop.journal.refusals import RuleBroken

LEDGER = PowderMovement._meta.db_table
# A union (not a union of all) meets each lot once: 757,000 paths at depth 14 are 27,600 lines.
ANCESTORS = (
    f"WITH RECURSIVE up(id) AS (SELECT CAST(%s AS bigint) UNION "
    f"SELECT m.lot_id FROM up JOIN {LEDGER} m ON m.becomes_id = up.id) "
    f"SELECT m.lot_id, m.becomes_id, m.mass_mg FROM up JOIN {LEDGER} m ON m.becomes_id = up.id"
)
DESCENDANTS = (
    f"WITH RECURSIVE down(id) AS (SELECT CAST(%s AS bigint) UNION "
    f"SELECT m.becomes_id FROM down JOIN {LEDGER} m ON m.lot_id = down.id AND m.becomes_id IS NOT NULL) "
    f"SELECT m.lot_id, m.becomes_id, m.mass_mg FROM down JOIN {LEDGER} m ON m.becomes_id = down.id "
    f"WHERE down.id <> %s"
)
AT_ONCE = 50_000


def ancestors(lot: int) -> Closure:
    """All that a lot (by its number in the database) is made of."""
    return closure_of(lot, _edges(ANCESTORS, [lot]))


def descendants(lot: int) -> Closure:
    """All that is made of a lot."""
    return descendants_of(lot, _edges(DESCENDANTS, [lot, lot]))


def _edges(question: str, values: list[Any]) -> Edges:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return merged(*columns(cursor.fetchall()).T)


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

"""The family tree of powder as the ledger holds it: one closure question each way, never one walk for each path."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

import numpy as np
from django.db import connection

from strate.kernels.genealogy import Closure, Loop, Trace, closure_of
from strate.kernels.genealogy.graph import Edges, Numbers, merged
from strate.workshop.feedstock.models import Lot, PowderMovement
from strate.workshop.journal.refusals import RuleBroken

LEDGER, LOTS = PowderMovement._meta.db_table, Lot._meta.db_table
# A union (not a union of all) meets each lot once: 757,000 paths at depth 14 are 27,600 lines.
ANCESTORS = (
    f"WITH RECURSIVE up(id) AS (SELECT id FROM {LOTS} WHERE {{id}} UNION "
    f"SELECT m.lot_id FROM up JOIN {LEDGER} m ON m.becomes_id = up.id) "
    f"SELECT m.lot_id, m.becomes_id, m.mass_mg FROM up JOIN {LEDGER} m ON m.becomes_id = up.id"
)
DESCENDANTS = (
    f"WITH RECURSIVE down(id) AS (SELECT id FROM {LOTS} WHERE {{id}} UNION "
    f"SELECT m.becomes_id FROM down JOIN {LEDGER} m ON m.lot_id = down.id AND m.becomes_id IS NOT NULL) "
    f"SELECT m.lot_id, m.becomes_id, m.mass_mg FROM down JOIN {LEDGER} m ON m.becomes_id = down.id"
)
AT_ONCE = 50_000


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
    with connection.cursor() as cursor:
        cursor.execute(question.format(id=condition), [value])
        return merged(*columns(cursor.fetchall()).T)


def among(column: str, numbers: Sequence[int]) -> tuple[str, Any]:
    """« column is one of these », however many: the words for this database, and the one value to give."""
    if connection.vendor == "postgresql":
        return f"{column} = ANY(%s)", list(numbers)
    return f"{column} IN (SELECT value FROM json_each(%s))", json.dumps(list(numbers))


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

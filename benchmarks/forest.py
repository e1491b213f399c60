"""A million lots in the database of a benchmark, blended of two to four parents, fifty deep (a process of its own).

Rows are written in large batches, under one fact of one act: what is measured is the reading, not the planting.
"""

import itertools
import os
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np

# How many children a batch writes at once, and how far apart the parents of a blend lie.
BATCH, REACH = 5_000, 7
ADDITIONAL = (0.6, 0.3)
SEED = 7


def plant(lots: int, depth: int, seed: int = SEED) -> tuple[int, int]:
    """Makes the lots and their pours; the number of the first lot, and how many pours there are."""
    from strate.workshop.feedstock.models import Lot
    from strate.workshop.journal.actions import act
    from strate.workshop.journal.actor import SYSTEM

    first = 1 + (Lot.objects.order_by("-pk").values_list("pk", flat=True).first() or 0)
    with act("feedstock.received", by=SYSTEM) as done:
        _lots(first, lots, lots // depth)
        lines = _pours(first, lots, lots // depth, done, seed)
        done.tell("lot:bench", lot="lot:bench", mass_mg=0)
    look_at_the_tables()
    return first, lines


def _lots(first: int, lots: int, width: int) -> None:
    """One lot written as the product would, then the same row for all of them, but for what differs."""
    from strate.workshop.feedstock.models import Lot, Material

    model = Lot(code="BENCH-MODEL", material=Material.objects.order_by("pk")[0], state="open")
    bought = {False: ("blend", "", ""), True: ("supplier", "Poudres Imaginaires SA", "PI-{:07d}")}
    rows = (
        (first + number, f"B-{number:07d}", origin, supplier, of.format(number))
        for number in range(lots)
        for origin, supplier, of in (bought[number < width],)
    )
    insert_like(model, ("id", "code", "origin", "supplier", "supplier_lot"), rows)


def _pours(first: int, lots: int, width: int, done: Any, seed: int) -> int:
    """Every lot below the first layer is made of two to four lots of the layer above it, near its own place."""
    from strate.workshop.feedstock.models import PowderMovement

    model = PowderMovement(
        source="bench:", target="bench:", kind="blended", event=done.event, at=done.happened_at
    )
    rows = ((first + parent, first + child, mass) for child, parent, mass in edges(lots, width, seed))
    return insert_like(model, ("lot_id", "becomes_id", "mass_mg"), rows)


def edges(lots: int, width: int, seed: int = SEED) -> Iterator[tuple[int, int, int]]:
    """Child, parent and mass, layer by layer; the same for the same seed."""
    dice = np.random.default_rng(seed)
    for layer in range(1, lots // width):
        more = dice.random((width, 2)) < ADDITIONAL
        offsets = dice.permuted(np.tile(np.arange(-REACH, REACH + 1), (width, 1)), axis=1)[:, :4]
        masses = dice.integers(1_000_000, 40_000_000, (width, 4))
        for here in range(width):
            parents = 2 + int(more[here, 0]) + int(more[here, 0] and more[here, 1])
            for way in range(parents):
                there = (here + int(offsets[here, way])) % width
                yield layer * width + here, (layer - 1) * width + there, int(masses[here, way])


def insert_like(model: Any, names: tuple[str, ...], rows: Iterator[tuple[Any, ...]]) -> int:
    """These columns from the rows, all others as in the model, through a table of the few; how many there are."""
    from django.db import connection

    fields = [f for f in model._meta.concrete_fields if f.column not in (*names, "id")]
    others = [f.get_db_prep_save(f.pre_save(model, True), connection) for f in fields]
    columns = ", ".join(f'"{name}"' for name in (*names, *(f.column for f in fields)))
    table = model._meta.db_table
    with connection.cursor() as cursor:
        few = ", ".join(f'"{name}"' for name in names)
        cursor.execute(f'CREATE TEMPORARY TABLE planted AS SELECT {few} FROM "{table}" WHERE 1 = 0')
        _fill(cursor, few, rows, len(names))
        values = ", ".join([few, *["%s"] * len(others)])
        cursor.execute(f'INSERT INTO "{table}" ({columns}) SELECT {values} FROM planted', others)
        written = cursor.rowcount
        cursor.execute("DROP TABLE planted")
    return int(written)


def _fill(cursor: Any, few: str, rows: Iterator[tuple[Any, ...]], width: int) -> None:
    """COPY on PostgreSQL, prepared batches on SQLite."""
    if cursor.db.vendor == "postgresql":
        with cursor.cursor.copy(f"COPY planted ({few}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    marks = ", ".join(["%s"] * width)
    while some := list(itertools.islice(rows, BATCH)):
        cursor.executemany(f"INSERT INTO planted ({few}) VALUES ({marks})", some)


def look_at_the_tables() -> None:
    """The database counts its rows and notes which pages are settled, as it does by itself; numbers go on after ours.

    PostgreSQL would do so a minute or two after the planting, in the middle of what is measured.
    """
    from django.core.management.color import no_style
    from django.db import connection

    from strate.workshop.feedstock.models import Lot

    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), [Lot]):
            cursor.execute(sql)
        # Not within a transaction, where PostgreSQL would refuse it: the tests of the planting roll theirs back.
        settled = connection.vendor == "postgresql" and not connection.in_atomic_block
        cursor.execute("VACUUM ANALYZE" if settled else "ANALYZE")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "strate.web.settings")
    import django

    django.setup()
    first, lines = plant(int(sys.argv[1]), int(sys.argv[2]))
    print(f"{first} {lines}")


if __name__ == "__main__":
    main()

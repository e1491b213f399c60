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


def plant(lots: int, depth: int, seed: int = 7) -> tuple[int, int]:
    """Makes the lots and their pours; the number of the first lot, and how many pours there are."""
    from strate.workshop.feedstock.models import Lot
    from strate.workshop.journal.actions import act
    from strate.workshop.journal.actor import SYSTEM

    first = 1 + (Lot.objects.order_by("-pk").values_list("pk", flat=True).first() or 0)
    with act("feedstock.received", by=SYSTEM) as done:
        _lots(first, lots, lots // depth)
        lines = _pours(first, lots, lots // depth, done, np.random.default_rng(seed))
        done.tell("lot:bench", lot="lot:bench", mass_mg=0)
    _look_at_the_tables()
    return first, lines


def _lots(first: int, lots: int, width: int) -> None:
    from django.db import connection

    from strate.workshop.feedstock.models import Lot, Material

    # One lot written as the product would, then the same row for all of them.
    model = Lot(code="BENCH-MODEL", material=Material.objects.order_by("pk")[0], state="open")
    names = [each.column for each in Lot._meta.concrete_fields]
    row = [
        each.get_db_prep_save(each.pre_save(model, True), connection) for each in Lot._meta.concrete_fields
    ]
    at = {name: names.index(name) for name in ("id", "code", "origin", "supplier", "supplier_lot")}
    rows: Iterator[list[Any]] = (_row(row, at, first, number, width) for number in range(lots))
    _insert(Lot._meta.db_table, names, rows)


def _row(row: list[Any], at: dict[str, int], first: int, number: int, width: int) -> list[Any]:
    bought = number < width
    mine = list(row)
    mine[at["id"]], mine[at["code"]] = first + number, f"B-{number:07d}"
    mine[at["origin"]] = "supplier" if bought else "blend"
    mine[at["supplier"]] = "Poudres Imaginaires SA" if bought else ""
    mine[at["supplier_lot"]] = f"PI-{number:07d}" if bought else ""
    return mine


def _pours(first: int, lots: int, width: int, done: Any, dice: np.random.Generator) -> int:
    """Every lot below the first layer is made of two to four lots of the layer above it, near its own place."""
    from django.db import connection

    from strate.workshop.feedstock.models import PowderMovement

    fields = PowderMovement._meta.concrete_fields
    model = PowderMovement(
        source="bench:", target="bench:", kind="blended", event=done.event, at=done.happened_at
    )
    names = [each.column for each in fields if each.column != "id"]
    row = [
        each.get_db_prep_save(getattr(model, each.attname), connection)
        for each in fields
        if each.column != "id"
    ]
    at = {name: names.index(name) for name in ("lot_id", "becomes_id", "mass_mg")}
    count = itertools.count()

    def rows() -> Iterator[list[Any]]:
        for child, parent, mass in _edges(lots, width, dice):
            mine = list(row)
            mine[at["lot_id"]], mine[at["becomes_id"]], mine[at["mass_mg"]] = (
                first + parent,
                first + child,
                mass,
            )
            next(count)
            yield mine

    _insert(PowderMovement._meta.db_table, names, rows())
    return next(count)


def _edges(lots: int, width: int, dice: np.random.Generator) -> Iterator[tuple[int, int, int]]:
    for layer in range(1, lots // width):
        more = dice.random((width, 2)) < ADDITIONAL
        offsets = dice.permuted(np.tile(np.arange(-REACH, REACH + 1), (width, 1)), axis=1)[:, :4]
        masses = dice.integers(1_000_000, 40_000_000, (width, 4))
        for here in range(width):
            parents = 2 + int(more[here, 0]) + int(more[here, 0] and more[here, 1])
            for way in range(parents):
                there = (here + int(offsets[here, way])) % width
                yield layer * width + here, (layer - 1) * width + there, int(masses[here, way])


def _insert(table: str, names: list[str], rows: Iterator[list[Any]]) -> None:
    """COPY on PostgreSQL, prepared batches on SQLite."""
    from django.db import connection

    columns = ", ".join(f'"{name}"' for name in names)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(names))
        while some := list(itertools.islice(rows, BATCH)):
            cursor.executemany(f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', some)


def _look_at_the_tables() -> None:
    """The database counts its rows, as it does by itself on a site of this size; numbers go on after ours."""
    from django.core.management.color import no_style
    from django.db import connection

    from strate.workshop.feedstock.models import Lot

    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), [Lot]):
            cursor.execute(sql)
        cursor.execute("ANALYZE")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "strate.web.settings")
    import django

    django.setup()
    first, lines = plant(int(sys.argv[1]), int(sys.argv[2]))
    print(f"{first} {lines}")


if __name__ == "__main__":
    main()

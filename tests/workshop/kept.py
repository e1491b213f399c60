"""What was done once before a file of tests, put back in the tables before the next file instead of done again."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection

from strate.workshop.journal import guard

T = TypeVar("T")
# By table: its rows, as tuples (SQLite) or as lines of COPY (PostgreSQL).
Rows = dict[str, list[Any]]


class Kept(Generic[T]):
    """A beginning that takes seconds to make and none to put back."""

    def __init__(self, make: Callable[[], T]) -> None:
        self.make = make
        self.rows: Rows = {}
        self.told: list[T] = []

    def again(self) -> T:
        """Inside a transaction that will be undone: the tables as `make` left them, and what it returned."""
        if self.told:
            with guard.lifted(), connection.cursor() as cursor:
                for table, rows in self.rows.items():
                    _write(cursor, table, rows)
                # PostgreSQL counts on from the rows put back: a test that committed may have set its counters to one.
                for sql in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
                    cursor.execute(sql)
        else:
            before = _everything()
            self.told.append(self.make())
            self.rows = {table: _added(before[table], rows) for table, rows in _everything().items()}
        return self.told[0]


def _added(before: list[Any], after: list[Any]) -> list[Any]:
    known = set(before)
    assert known <= set(after), "only what was added can be put back"
    return [row for row in after if row not in known]


def _everything() -> Rows:
    with connection.cursor() as cursor:
        return {table: _read(cursor, table) for table in connection.introspection.table_names(cursor)}


def _read(cursor: Any, table: str) -> list[Any]:
    if connection.vendor == "postgresql":
        with cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
            return b"".join(bytes(part) for part in copy).splitlines(keepends=True)
    # A plus sign before its name: the value as it is stored, which no converter has read.
    stored = ", ".join(f'+"{name}"' for name in _columns(cursor, table))
    return list(cursor.execute(f'SELECT {stored} FROM "{table}"').fetchall())


def _write(cursor: Any, table: str, rows: list[Any]) -> None:
    if not rows:
        return
    if connection.vendor == "postgresql":
        with cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
            copy.write(b"".join(rows))
        return
    names = _columns(cursor, table)
    quoted = ", ".join(f'"{name}"' for name in names)
    cursor.executemany(f'INSERT INTO "{table}" ({quoted}) VALUES ({", ".join(["%s"] * len(names))})', rows)


def _columns(cursor: Any, table: str) -> list[str]:
    return [one.name for one in connection.introspection.get_table_description(cursor, table)]

"""Rows written by every gesture: said to the database once, without Django working out the words each time."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import AutoField, Field, Model

# SQLite takes 32 766 values in a statement.
MOST_VALUES = 30_000


def insert(row: Model, *, unless_there: bool = False) -> bool:
    """Write a new row, whole as it is; with `unless_there`, waits for a twin and says whether it was written."""
    return insert_all([row], unless_there=unless_there)


def insert_all(rows: Sequence[Model], *, unless_there: bool = False) -> bool:
    """The same for several rows of one table, in one statement; each is told its number."""
    if not rows:
        return False
    fields, number = _columns(type(rows[0]))
    if len(rows) > (most := MOST_VALUES // len(fields)):
        # In bites that every database swallows; whether a twin was there is only asked of one row.
        for first in range(0, len(rows), most):
            insert_all(rows[first : first + most])
        return True
    values = [
        each.get_db_prep_save(each.pre_save(row, add=True), connection) for row in rows for each in fields
    ]
    with connection.cursor() as cursor:
        cursor.execute(_words(type(rows[0]), len(rows), unless_there), values)
        if number is None:
            return bool(cursor.rowcount)
        for row, told in zip(rows, cursor.fetchall(), strict=True):
            setattr(row, number.attname, told[0])
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias
    return True


def update(row: Model, *names: str) -> None:
    """Write these fields of a row that exists, as they are now."""
    kind = type(row)
    fields = [kind._meta.get_field(name) for name in names]
    values = [each.get_db_prep_save(getattr(row, each.attname), connection) for each in fields]
    with connection.cursor() as cursor:
        cursor.execute(_change(kind, names), [*values, row.pk])


@cache
def _change(kind: type[Model], names: tuple[str, ...]) -> str:
    quote, meta = connection.ops.quote_name, kind._meta
    changed = ", ".join(f"{quote(meta.get_field(name).column)} = %s" for name in names)
    return f"UPDATE {quote(meta.db_table)} SET {changed} WHERE {quote(meta.pk.column)} = %s"


@cache
def _columns(kind: type[Model]) -> "tuple[list[Field[Any, Any]], AutoField[Any, Any] | None]":
    """The fields that are written, and the one the database counts by itself, if any."""
    fields = list(kind._meta.concrete_fields)
    number = next((each for each in fields if isinstance(each, AutoField)), None)
    return [each for each in fields if each is not number], number


@cache
def _words(kind: type[Model], rows: int, unless_there: bool) -> str:
    fields, number = _columns(kind)
    quote = connection.ops.quote_name
    names, marks = ", ".join(quote(each.column) for each in fields), ", ".join(["%s"] * len(fields))
    insert = f"INSERT INTO {quote(kind._meta.db_table)} ({names}) VALUES {', '.join([f'({marks})'] * rows)}"
    # One statement that waits for a twin instead of failing: no savepoint to open and close on every act.
    insert += " ON CONFLICT DO NOTHING" if unless_there else ""
    return insert + (f" RETURNING {quote(number.column)}" if number else "")

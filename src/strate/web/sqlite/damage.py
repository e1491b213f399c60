"""Reading a database somebody damaged: what is no text any more is shown as such, so that its fact can be named."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


def as_it_stands(raw: bytes) -> str:
    """A text whose bytes were damaged, a sign in place of each that cannot be read."""
    return raw.decode("utf-8", "replace")


def read_as_it_stands(database: sqlite3.Connection) -> sqlite3.Connection:
    """SQLite would rather give up at the first damaged text: it then says neither which fact nor how many."""
    database.text_factory = as_it_stands
    return database


@contextmanager
def damaged_text_is_read() -> Iterator[None]:
    """What is read meanwhile from the embedded database is read as it stands."""
    connection.ensure_connection()
    if connection.vendor != "sqlite":
        yield
        return
    before = connection.connection.text_factory
    read_as_it_stands(connection.connection)
    try:
        yield
    finally:
        connection.connection.text_factory = before

"""Changing a table of the embedded database means copying its rows into a new one: nobody's act, so no fact."""

from typing import Any

from django.db.backends.sqlite3 import schema

from strate.workshop.journal import guard


class SchemaEditor(schema.DatabaseSchemaEditor):
    """Migrations move rows between tables as they are; the guard at the door is lifted for that alone."""

    def execute(self, sql: Any, params: Any = ()) -> None:
        with guard.lifted():
            super().execute(sql, params)

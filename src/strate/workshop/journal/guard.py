"""The guard at the door: a row changes only inside an act, and facts never change at all."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.backends.signals import connection_created
from django.db.utils import DEFAULT_DB_ALIAS

WRITE = re.compile(r"^\s*(?:/\*.*?\*/\s*)?(INSERT|UPDATE|DELETE|REPLACE|TRUNCATE)\b(.*)", re.I | re.S)
TABLE = re.compile(r"[\"`]?(strate_[a-z_0-9]+)[\"`]?", re.I)

# Not acts of a person: samples of a machine, leases of the work queue, sign-in attempts and sessions, screen state.
# Each is rebuilt, expires or is itself named by a digest in a fact.
UNGOVERNED: set[str] = set()

open_acts: ContextVar[int] = ContextVar("open_acts", default=0)


class WrittenOutsideAnAct(RuntimeError):
    """A programming error: a table of the workshop was written without leaving a trace."""


def leave_ungoverned(*tables: str) -> None:
    """Called by a room's `plugs` for tables that hold no facts (see `UNGOVERNED`)."""
    UNGOVERNED.update(tables)


def _watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    if open_acts.get() == 0 and (match := WRITE.match(sql)) and (table := TABLE.search(match.group(2))):
        name = table.group(1).lower()
        if name not in UNGOVERNED:
            raise WrittenOutsideAnAct(f"{match.group(1).upper()} on {name} outside an act")
    return execute(sql, params, many, context)


def watch_every_connection() -> None:
    """Install the guard on each database connection as it opens."""
    connection_created.connect(_install, dispatch_uid="strate-guard")


def _install(connection: Any, **_: Any) -> None:
    if connection.alias == DEFAULT_DB_ALIAS and _watch not in connection.execute_wrappers:
        connection.execute_wrappers.append(_watch)


@contextmanager
def lifted() -> Iterator[None]:
    """For migrations and the test database's own cleaning only."""
    token = open_acts.set(open_acts.get() + 1)
    try:
        yield
    finally:
        open_acts.reset(token)


FROZEN_TABLES = ("strate_fact", "strate_factthing", "strate_checkpoint", "strate_command")


def freeze_sql(vendor: str) -> list[str]:
    """Triggers that refuse UPDATE and DELETE on what may never change (the database refuses even this program)."""
    statements = []
    if vendor == "postgresql":
        statements.append(
            "CREATE OR REPLACE FUNCTION strate_frozen() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'facts are never changed'; END $$"
        )
    for table in FROZEN_TABLES:
        for verb in ("UPDATE", "DELETE"):
            name = f"{table}_refuses_{verb.lower()}"
            if vendor == "postgresql":
                statements.append(
                    f"CREATE OR REPLACE TRIGGER {name} BEFORE {verb} ON {table} "
                    "FOR EACH ROW EXECUTE FUNCTION strate_frozen()"
                )
            else:
                statements.append(
                    f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, 'facts are never changed'); END"
                )
        if vendor == "postgresql":
            statements.append(
                f"CREATE OR REPLACE TRIGGER {table}_refuses_truncate BEFORE TRUNCATE ON {table} "
                "EXECUTE FUNCTION strate_frozen()"
            )
    return statements


def thaw_sql(vendor: str) -> list[str]:
    """The reverse, for the test database only."""
    on = " ON {table}" if vendor == "postgresql" else ""
    verbs = ("update", "delete", "truncate") if vendor == "postgresql" else ("update", "delete")
    return [
        f"DROP TRIGGER IF EXISTS {table}_refuses_{verb}" + on.format(table=table)
        for table in FROZEN_TABLES
        for verb in verbs
    ]

"""Bringing a site up to this version: a copy is kept first, facts stay as they were, and are frozen again after."""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from strate.web.backup import copy_embedded
from strate.workshop.journal import guard


def bring_up_to_date() -> Path | None:
    """Run what is pending; returns where the database was copied before, when there was something to lose."""
    kept = _copy_before() if _something_to_lose() else None
    call_command("migrate", interactive=False, verbosity=0)
    _freeze()
    return kept


def _something_to_lose() -> bool:
    """Whether a database already in use is about to be changed."""
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return bool(pending) and any(app == "strate" for app, _name in executor.loader.applied_migrations)


def _copy_before() -> Path | None:
    # A plant's PostgreSQL has its own backups (docs/running.md); the embedded database has only us.
    if connection.vendor != "sqlite":
        return None
    last = max(
        name for app, name in MigrationExecutor(connection).loader.applied_migrations if app == "strate"
    )
    target: Path = settings.STRATE.home / "before-upgrade" / f"{last}.sqlite3"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    copy_embedded(target)
    return target


def _freeze() -> None:
    """SQLite makes a changed table anew, without its triggers: they are put back each time."""
    with connection.cursor() as cursor:
        for sql in guard.freeze_sql(connection.vendor):
            cursor.execute(sql)

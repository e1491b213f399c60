"""The tables and their history agree: upgrading a site never depends on luck."""

import importlib
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from strate.workshop.journal import guard


@pytest.mark.django_db
def test_no_migration_is_missing():
    said = StringIO()
    try:
        call_command("makemigrations", "strate", check=True, dry_run=True, stdout=said, skip_checks=True)
    except SystemExit:
        pytest.fail("make migration\n" + said.getvalue(), pytrace=False)


@pytest.mark.django_db
def test_the_history_has_one_end():
    assert not MigrationLoader(connection).detect_conflicts()


@pytest.mark.django_db
def test_the_migrations_freeze_what_is_never_changed():
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        found = {row[0] for row in cursor.fetchall()}
    assert {f"{t}_refuses_{v}" for t in guard.FROZEN_TABLES for v in ("update", "delete")} <= found


def test_the_user_of_the_house_is_its_own_from_the_first_migration():
    first = importlib.import_module("strate.migrations.0001_initial").Migration
    assert "Person" in {operation.name for operation in first.operations if hasattr(operation, "fields")}

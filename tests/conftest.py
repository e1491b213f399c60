"""What every test stands on: a database with its guards, made from the tables as they are."""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from tests import templates

# Through these alone, or the mark, does a test reach the database; the last three are for those who open it themselves.
TOUCHING = {"db", "transactional_db", "live_server", "django_db_setup", "thawed_flush"}


def pytest_configure(config: pytest.Config) -> None:
    """One folder of ready-made sites for all the processes of a run; the first of them clears it away."""
    # Told to end, a run ends what it has started, as at Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if templates.FOLDER not in os.environ:
        os.environ[templates.FOLDER] = tempfile.mkdtemp(prefix="strate-templates-")
        config.add_cleanup(lambda: shutil.rmtree(os.environ.pop(templates.FOLDER)))
    config.addinivalue_line(
        "markers", "database: may touch the database, as found when the tests are collected"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever may touch the database is marked so: pytest-django shuts it to all the others."""
    for item in items:
        asked = TOUCHING & set(vars(item)["fixturenames"])
        if asked or item.get_closest_marker("django_db"):
            item.add_marker("database")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The test database, frozen as in production: triggers refuse to change facts."""
    from strate.workshop.journal import guard

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for sql in guard.freeze_sql(connection.vendor):
            cursor.execute(sql)
    _let_the_tests_flush()
    yield


def _let_the_tests_flush() -> None:
    """Django empties the tables after a test that really commits: the guards are lifted for that alone."""
    from strate.workshop.journal import guard

    flush = connection.ops.execute_sql_flush

    def thawed(sql_list: list[str]) -> None:
        with guard.lifted(), connection.cursor() as cursor:
            for sql in guard.thaw_sql(connection.vendor):
                cursor.execute(sql)
            flush(sql_list)
            for sql in guard.freeze_sql(connection.vendor):
                cursor.execute(sql)

    connection.ops.execute_sql_flush = thawed


@pytest.fixture(autouse=True)
def _no_signed_head_of_another_test() -> Iterator[None]:
    """Each test has a journal of its own; the copy kept outside the database must not speak of another."""
    from strate.workshop.journal import checkpoints

    yield
    checkpoints.outside_path().unlink(missing_ok=True)


@pytest.fixture()
def thawed_flush(django_db_blocker: Any) -> Iterator[None]:
    """For tests that really commit: afterwards the tables are emptied, guards lifted, then frozen again."""
    from strate.workshop.journal import guard

    yield
    with django_db_blocker.unblock(), guard.lifted(), connection.cursor() as cursor:
        for sql in guard.thaw_sql(connection.vendor):
            cursor.execute(sql)
        _empty_every_table(cursor)
        for sql in guard.freeze_sql(connection.vendor):
            cursor.execute(sql)


def _empty_every_table(cursor: Any) -> None:
    tables = [t for t in connection.introspection.table_names() if t != "django_migrations"]
    if connection.vendor == "postgresql":
        cursor.execute("TRUNCATE " + ", ".join(f'"{t}"' for t in tables) + " RESTART IDENTITY CASCADE")
        return
    cursor.execute("PRAGMA foreign_keys=OFF")
    for table in tables:
        cursor.execute(f'DELETE FROM "{table}"')
    cursor.execute("PRAGMA foreign_keys=ON")

"""A new version arrives on a site in use: what was written stays, and stays frozen."""

import shutil
import sqlite3
import textwrap

from tests.operations.site import ROOT, Site

NEXT = textwrap.dedent(
    """
    from django.db import migrations, models

    class Migration(migrations.Migration):
        dependencies = [("strate", "0002_frozen_facts")]
        operations = [
            migrations.AddField("fact", "shelf", models.CharField(max_length=9, default="")),
            migrations.AddField("station", "colour", models.CharField(max_length=9, default="grey")),
        ]
    """
)


def older_then_newer(tmp_path, site):
    """The settings of this version, with a history that has one more step than the site knows."""
    package = tmp_path / "later"
    shutil.copytree(ROOT / "src/strate/migrations", package / "later_migrations")
    (package / "later_migrations/0003_next.py").write_text(NEXT)
    settings = "from strate.web.settings.base import *\nMIGRATION_MODULES = {'strate': 'later_migrations'}\n"
    (package / "later_settings.py").write_text(settings)
    return Site(site.home, PYTHONPATH=str(package), DJANGO_SETTINGS_MODULE="later_settings")


def test_an_older_database_is_brought_up_with_its_facts(site, seen, tmp_path):
    newer = older_then_newer(tmp_path, site)
    done = newer.strate("migrate")
    assert done.returncode == 0, done.stderr
    assert site.look() == seen
    with sqlite3.connect(site.home / "strate.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM strate_station WHERE colour = 'grey'").fetchone() == (
            5,
        )
    database.close()


def test_facts_are_frozen_again_after_their_table_was_made_anew(site, tmp_path):
    older_then_newer(tmp_path, site).strate("migrate")
    with sqlite3.connect(site.home / "strate.sqlite3") as database:
        try:
            database.execute("UPDATE strate_fact SET what = 'x'")
            refused = ""
        except sqlite3.DatabaseError as error:
            refused = str(error)
    database.close()
    assert refused == "facts are never changed"


def test_the_database_as_it_was_is_kept_beside(site, tmp_path):
    done = older_then_newer(tmp_path, site).strate("migrate")
    kept = site.home / "before-upgrade/0002_frozen_facts.sqlite3"
    assert str(kept) in done.stdout
    with sqlite3.connect(kept) as database:
        assert database.execute("SELECT count(*) FROM strate_fact").fetchone() == (5,)
    database.close()


def test_nothing_pending_copies_nothing(site):
    assert site.strate("migrate").stdout == "The database is of this version.\n"
    assert not (site.home / "before-upgrade").exists()


def test_the_pages_open_early_only_when_nothing_is_to_be_upgraded(site, tmp_path):
    from strate.web import preflight

    assert preflight.nothing_to_upgrade(site.home)
    assert not preflight.nothing_to_upgrade(tmp_path)
    older_then_newer(tmp_path, site).strate("migrate")
    assert not preflight.nothing_to_upgrade(site.home)

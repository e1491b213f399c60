"""A site looks at itself: what somebody altered is named in the words of a person, never as a traceback."""

import sqlite3


def test_a_sound_site_says_so_and_a_missing_file_is_named(site):
    path = next((site.home / "files").glob("*/*"))
    done = site.strate("checkup")
    assert done.returncode == 0 and done.stdout.splitlines() == [
        "Journal: nothing was altered, removed or added (5 facts, 0 signed checkpoints).",
        "All holds.",
    ]
    assert path.exists()


def test_a_fact_whose_bytes_are_no_text_any_more_is_named_and_not_saved(site, tmp_path):
    with sqlite3.connect(site.home / "strate.sqlite3") as database:
        database.execute("DROP TRIGGER strate_fact_refuses_update")
        database.execute("UPDATE strate_fact SET envelope = CAST(x'7bff7d' AS TEXT) WHERE seq = 3")
    database.close()
    done = site.strate("checkup")
    assert done.returncode == 1 and done.stderr == "", done.stderr
    assert "Fact 3 was altered." in done.stdout and "All holds" not in done.stdout
    done = site.strate("backup", str(tmp_path / "site.strate"))
    assert done.returncode == 1 and "nothing was saved: Fact 3 was altered." in done.stderr, done.stderr
    assert not (tmp_path / "site.strate").exists()

"""A backup that was not read back is only a hope: it is verified when made, and again when brought back."""

import json
import random
import shutil
import tarfile
from pathlib import Path

import pytest

from strate.web import backup
from tests.operations.site import Site

FACTS = 5


@pytest.fixture()
def saved(site, template_backup, tmp_path):
    """The backup of that very site."""
    return Path(shutil.copy(template_backup, tmp_path / "site.strate"))


@pytest.fixture()
def empty(tmp_path):
    return Site(tmp_path / "another")


def repacked(saved, change):
    """The same backup after somebody opened it, changed something and closed it again."""
    folder = saved.parent / "opened"
    with tarfile.open(saved) as tar:
        tar.extractall(folder, filter="data")
    change(folder)
    altered = saved.with_name("altered.strate")
    with tarfile.open(altered, "w:gz") as tar:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                tar.add(path, str(path.relative_to(folder)))
    return altered


def test_a_backup_comes_back_whole(site, saved, empty, seen):
    done = empty.strate("restore", str(saved))
    assert done.returncode == 0 and f"{FACTS} facts restored" in done.stdout, done.stderr
    assert empty.look() == seen
    assert [p.read_bytes() for p in empty.home.glob("files/*/*")] == [b"a photo"]
    assert (empty.home / "keys/site.ed25519.pem").read_bytes() == (
        site.home / "keys/site.ed25519.pem"
    ).read_bytes()


def test_a_restored_site_goes_on_writing_the_same_chain(site, saved, empty):
    empty.strate("restore", str(saved))
    empty.write(3)
    assert empty.look()["facts"] == FACTS + 3
    assert empty.strate("checkup").returncode == 0


def test_a_backup_is_readable_by_its_owner_alone_since_it_holds_the_keys(saved):
    assert saved.stat().st_mode & 0o077 == 0
    with tarfile.open(saved) as tar:
        assert "keys/site.ed25519.pem" in tar.getnames()


def test_nothing_half_made_is_left_beside_it(site, tmp_path):
    saved = tmp_path / "fresh.strate"
    assert site.strate("backup", str(saved)).returncode == 0 and saved.exists()
    assert not list(saved.parent.glob("*.part")) and not list(site.home.glob(".backup-*"))


def test_a_site_that_exists_is_never_overwritten(site, saved, seen):
    done = site.strate("restore", str(saved))
    assert done.returncode == 1 and "already holds a site" in done.stderr
    assert site.look() == seen


def test_an_altered_file_is_found_and_named(saved, empty):
    def change(folder):
        path = next(folder.glob("files/*/*"))
        path.write_bytes(b"another photo")

    done = empty.strate("restore", str(repacked(saved, change)))
    assert done.returncode == 1 and "was altered in the backup" in done.stderr and "files/" in done.stderr
    assert not (empty.home / "strate.sqlite3").exists()


def test_an_altered_fact_is_found_even_when_the_digests_were_made_again(saved, empty):
    import hashlib
    import sqlite3

    def change(folder):
        path = folder / "strate.sqlite3"
        with sqlite3.connect(path) as database:
            database.execute("DROP TRIGGER strate_fact_refuses_update")
            database.execute(
                "UPDATE strate_fact SET envelope = replace(envelope, 'station:S2', 'station:S9')"
            )
        database.close()
        manifest = json.loads((folder / "manifest.json").read_text())
        manifest["sha256"]["strate.sqlite3"] = hashlib.sha256(path.read_bytes()).hexdigest()
        (folder / "manifest.json").write_text(json.dumps(manifest))

    done = empty.strate("restore", str(repacked(saved, change)))
    assert done.returncode == 1 and "Fact 3 was altered." in done.stderr
    assert not (empty.home / "strate.sqlite3").exists()


def test_a_removed_file_is_found_and_named(saved, empty):
    done = empty.strate("restore", str(repacked(saved, lambda folder: shutil.rmtree(folder / "files"))))
    assert done.returncode == 1 and "is missing from the backup" in done.stderr


def test_a_backup_that_points_outside_is_refused(saved, empty, tmp_path):
    (tmp_path / "secret").write_text("not yours")

    def change(folder):
        manifest = json.loads((folder / "manifest.json").read_text())
        manifest["sha256"]["../../../secret"] = "0" * 64
        (folder / "manifest.json").write_text(json.dumps(manifest))

    done = empty.strate("restore", str(repacked(saved, change)))
    assert done.returncode == 1 and "outside" in done.stderr
    assert (tmp_path / "secret").read_text() == "not yours"


@pytest.mark.parametrize("content", [b"", b"not a backup", b"\x1f\x8b\x08\x00rubbish"])
def test_a_file_that_is_no_backup_is_told_in_one_sentence(content, empty, tmp_path):
    (tmp_path / "odd").write_bytes(content)
    done = empty.strate("restore", str(tmp_path / "odd"))
    assert done.returncode == 1 and len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert "not a whole backup" in done.stderr


def test_a_backup_with_one_byte_changed_comes_back_as_it_was_or_is_refused_in_one_sentence(
    site, saved, tmp_path
):
    data, dice = saved.read_bytes(), random.Random(5)
    refused = 0
    for turn in range(25):
        at, home = dice.randrange(len(data)), tmp_path / f"home{turn}"
        saved.write_bytes(data[:at] + bytes([data[at] ^ 1 << dice.randrange(8)]) + data[at + 1 :])
        try:
            assert backup.restore(saved, home)["facts"] == FACTS
        except backup.BackupBroken:
            refused += 1
            assert not (home / "strate.sqlite3").exists()
    assert refused > 10


def test_a_cut_backup_is_found(saved, empty):
    saved.write_bytes(saved.read_bytes()[: saved.stat().st_size // 2])
    done = empty.strate("restore", str(saved))
    assert done.returncode == 1 and "not a whole backup" in done.stderr


def test_a_damaged_journal_is_not_saved_as_if_it_were_sound(site, tmp_path):
    import sqlite3

    with sqlite3.connect(site.home / "strate.sqlite3") as database:
        database.execute("DROP TRIGGER strate_fact_refuses_update")
        database.execute("UPDATE strate_fact SET envelope = replace(envelope, 'S2', 'S9') WHERE seq = 3")
    database.close()
    done = site.strate("backup", str(tmp_path / "site.strate"))
    assert (
        done.returncode == 1
        and "nothing was saved" in done.stderr
        and not (tmp_path / "site.strate").exists()
    )
    checked = site.strate("checkup")
    assert checked.returncode == 1 and "3" in checked.stdout

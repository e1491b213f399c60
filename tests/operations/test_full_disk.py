"""The disk is full: what was acknowledged is there, the rest is refused, and nothing is half written."""

import os
import subprocess

import pytest

from tests import templates
from tests.operations.site import Site

MEGABYTE = 1024 * 1024


@pytest.fixture()
def small_disk(tmp_path):
    """A disk of sixteen megabytes."""
    if os.geteuid() != 0:
        pytest.skip("only root may make a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", disk], capture_output=True, text=True
    )
    if mounted.returncode:
        pytest.skip(f"no small disk here: {mounted.stderr.strip()}")
    yield disk
    subprocess.run(["umount", "-l", disk], check=True)


def test_a_full_disk_leaves_nothing_half_and_writing_goes_on_once_there_is_room(small_disk):
    site = Site(small_disk / "home")
    templates.lay("empty", site.home)
    filler = small_disk / "filler"
    free = os.statvfs(small_disk).f_bavail * os.statvfs(small_disk).f_frsize
    filler.write_bytes(b"\0" * (free - 3 * MEGABYTE // 2))
    told = site.write(4000, size=2000)
    kept = {line.split()[1] for line in told if line.startswith("kept")}
    assert told[-1].startswith("refused") and kept
    filler.unlink()
    found = site.look()
    assert set(found["events"]) == kept and found["facts"] == found["stations"] == len(kept)
    site.write(3)
    assert site.look()["facts"] == len(kept) + 3


def test_a_backup_onto_a_full_disk_is_refused_and_leaves_nothing(small_disk, site):
    (small_disk / "filler").write_bytes(b"\0" * (16 * MEGABYTE - 4 * 1024))
    done = site.strate("backup", str(small_disk / "site.strate"))
    assert done.returncode == 1 and "nothing was saved" in done.stderr
    assert {p.name for p in small_disk.iterdir()} == {"filler"}
